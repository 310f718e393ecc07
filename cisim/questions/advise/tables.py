"""Table and sentences of a recommendation: out of its runs by name, and as a report shows them."""

from dataclasses import dataclass

import pandas as pd

from cisim.questions.advise.compute import Floats, rank_options
from cisim.questions.advise.sentences import advise
from cisim.reading.report_table import MOST_ROWS, ReportTable, sentences_display, written_by
from cisim.survival.ensembles import read_runs
from cisim.survival.words import interval, percent

#: Tables.
OPTIONS, SENTENCES = "advice", "advice_sentences"


@dataclass(frozen=True, eq=False, kw_only=True)
class Chosen:
    """What was compared.

    Attributes
    ----------
    options : DataFrame
        One row for each option: choice (in words), strategies, contract_months, gazing_period (empty without gazing).
    reference : int
        Row of the option without strategies; -1 if there is none.
    weights : ndarray, shape (n_states,)
        Weights of the states of the world.
    states : str
        What they are, in words.
    tau : int
        End of the window (months).
    """

    options: pd.DataFrame
    reference: int
    weights: Floats
    states: str
    tau: int


def advice_tables(runs: pd.DataFrame, chosen: Chosen) -> dict[str, pd.DataFrame]:
    """Rank the options, the longest expected persistence first, and put the advice in words.

    Parameters
    ----------
    runs : DataFrame
        Columns point, replicate, duration, ending and status; points are all states of the first option, then of the
        second, and so on.
    chosen : Chosen
        What was compared.

    Raises
    ------
    InputError
        If a run is missing or met an error, or there are too few worlds.
    """
    labels = list(chosen.options["choice"])
    found = read_runs(runs, labels, chosen.weights, float(chosen.tau))
    free = found.outcomes["time_free_of_failure"]
    table = chosen.options.join(rank_options(free, chosen.weights, float(chosen.tau)))
    said = advise(table, chosen.reference, chosen.tau, chosen.states)
    ranked = table.sort_values("expected", ascending=False, kind="stable").reset_index(drop=True)
    return {OPTIONS: ranked.assign(tau=chosen.tau), SENTENCES: pd.DataFrame({"sentence": said})}


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
