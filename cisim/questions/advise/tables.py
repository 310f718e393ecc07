"""Table and sentences of a recommendation: out of its runs by name, and as a report shows them."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from cisim.questions.advise.compute import Advice, Floats, rank_options
from cisim.reading.finished_result import MOST_ROWS, ReportTable, sentences_display, written_by
from cisim.survival.ensembles import read_runs
from cisim.survival.words import interval, percent

#: Tables.
OPTIONS, SENTENCES = "advice", "advice_sentences"

Row = Mapping[Hashable, Any]

#: Rivals that are named; more are counted.
NAMED = 3


def advice_tables(runs: pd.DataFrame, advice: Advice, weights: Floats, states: str) -> dict[str, pd.DataFrame]:
    """Rank the options, the longest expected persistence first, and write the advice in sentences.

    Parameters
    ----------
    runs : DataFrame
        Columns point, replicate, duration, ending and status; points are all states of the first option, then of the
        second, and so on.
    advice : Advice
        Options.
    weights : ndarray, shape (n_states,)
        Weights of the states of the world.
    states : str
        What they are, in words.

    Raises
    ------
    InputError
        If a run is missing or met an error, or there are too few worlds.
    """
    options = advice.table()
    found = read_runs(runs, list(options["choice"]), weights, float(advice.tau))
    free = found.outcomes["time_free_of_failure"]
    table = options.join(rank_options(free, weights, float(advice.tau)))
    sentences = advice_sentences(table, advice.reference, advice.tau, states)
    ranked = table.sort_values("expected", ascending=False, kind="stable").reset_index(drop=True)
    return {OPTIONS: ranked.assign(tau=advice.tau), SENTENCES: pd.DataFrame({"sentence": sentences})}


def advice_sentences(table: pd.DataFrame, reference: int, tau: int, states: str) -> list[str]:
    """Return five sentences for a programme manager: which option to take, and how surely.

    Parameters
    ----------
    table : DataFrame
        From :func:`cisim.questions.advise.compute.rank_options`, with the column ``choice``, options in words.
    reference : int
        Row of the option without strategies; -1 if there is none.
    tau : int
        End of the window (months).
    states : str
        What the states of the world are, in words.
    """
    rows = table.to_dict("records")
    best = max(rows, key=lambda row: row["expected"])
    base = rows[reference] if reference >= 0 else None
    return [
        _first(best, base, tau),
        _certainty(best, rows),
        _worst(best, max(rows, key=lambda row: row["worst_tenth"])),
        _regret(best, min(rows, key=lambda row: row["max_regret"])),
        f"What is uncertain here: {states}; the evidence leaves what strategies cost nearly open, and the model speaks "
        "of coalitions of this kind, not of yours in particular.",
    ]


def _first(best: Row, base: Row | None, tau: int) -> str:
    text = (
        f"On average a coalition stays free of failure longest with {best['choice']}: {best['expected']:.0f} of {tau} "
        f"months ({best['expected_lower']:.0f} to {best['expected_upper']:.0f})"
    )
    if base is None or base["choice"] == best["choice"]:
        return f"{text}."
    lower, upper = base["behind_lower"], base["behind_upper"]
    sure = "" if lower > 0 else ", which is not beyond chance"
    return f"{text}, {base['behind']:.0f} months more than with {base['choice']} ({lower:.0f} to {upper:.0f}){sure}."


def _certainty(best: Row, rows: Sequence[Row]) -> str:
    rivals = sorted((row for row in rows if row["may_be_best"] and row is not best), key=lambda row: row["behind"])
    drawn = f"in {100 * best['expected_p_best']:.0f} % of the draws of other worlds it comes first"
    if not rivals:
        return f"That it is the best of the {len(rows)} options is sure as far as chance goes (95 %; {drawn})."
    named = ", ".join(f"{row['choice']} ({_months(row['behind'])} less)" for row in rivals[:NAMED])
    rest = f" and {len(rivals) - NAMED} more" if len(rivals) > NAMED else ""
    return (
        f"That it is the best is not certain: {len(rivals)} of the other {len(rows) - 1} options may be as good or "
        f"better ({drawn}): {named}{rest}."
    )


def _months(value: float) -> str:
    return f"{value:.0f} month" if round(value) == 1 else f"{value:.0f} months"


def _worst(best: Row, top: Row) -> str:
    own = f"{best['worst_tenth']:.0f} months ({best['worst_tenth_lower']:.0f} to {best['worst_tenth_upper']:.0f})"
    text = f"In the worst tenth of cases it stays free of failure for {own}"
    if top["choice"] == best["choice"]:
        return f"{text}, the most of all options."
    better = f"{top['worst_tenth']:.0f} months ({top['worst_tenth_lower']:.0f} to {top['worst_tenth_upper']:.0f})"
    share = f"{100 * top['worst_tenth_p_best']:.0f} %"
    return f"{text}; there {top['choice']} does best with {better}, first in {share} of the draws."


def _regret(best: Row, least: Row) -> str:
    text = (
        f"Against the option that would be best if the state of the world were known it gives away "
        f"{best['mean_regret']:.0f} months on average ({best['mean_regret_lower']:.0f} to "
        f"{best['mean_regret_upper']:.0f}) and {_largest(best)} in the worst state"
    )
    if least["choice"] == best["choice"]:
        return f"{text}, the least of all options."
    return f"{text}; whoever fears that most looks at {least['choice']}, with {_largest(least)} in its worst state."


def _largest(row: Row) -> str:
    return f"{row['max_regret']:.0f} ({row['max_regret_lower']:.0f} to {row['max_regret_upper']:.0f})"


def _options_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each option, the longest expected persistence first."""
    part = table.head(MOST_ROWS)
    shown: dict[str, object] = {"Option": part["choice"]}
    headings = {
        "expected": "Expected (months)",
        "worst_tenth": "Worst tenth (months)",
        "mean_regret": "Mean regret (months)",
        "max_regret": "Largest regret (months)",
    }
    for name, heading in headings.items():
        rows = part[[name, f"{name}_lower", f"{name}_upper"]].itertuples(index=False)
        shown[heading] = [interval(*limits) for limits in rows]
    shown["First in (%)"] = [percent(share) for share in part["expected_p_best"]]
    shown["May be the best"] = part["may_be_best"].map({True: "yes", False: "no"})
    return pd.DataFrame(shown)


#: Tables of a report in its order.
TABLES = (
    ReportTable(
        name="advice_sentences",
        section="choose",
        title="Advice",
        make=written_by("advise", "advice_sentences"),
        caption="The option with the longest expected persistence, and how sure that is.",
        display=sentences_display,
        says_if_missing=False,
    ),
    ReportTable(
        name="advice",
        section="choose",
        title="Options",
        make=written_by("advise", "advice"),
        caption="Months free of failure, expected and in the worst tenth of coalitions, and regret against the best "
        "option of each state, picked in one half of the worlds and measured in the other, with 95 % "
        "intervals; the share of draws of worlds in which an option comes first; and whether it may be the "
        "best at 95 % confidence.",
        display=_options_display,
        says_if_missing=False,
    ),
)
