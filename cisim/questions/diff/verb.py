"""``cisim diff``: what differs between two results, and whether they lead to the same conclusions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

from cisim.cli.screen import screen
from cisim.cli.terminal_words import rounded_interval, whole_percent
from cisim.cli.verbs import Arguments
from cisim.errors import InputError
from cisim.questions.diff.compute import UNDECIDED, Match, agreement_table, judgements, match_points, overlap, parted
from cisim.reading.result_files import find_result
from cisim.reading.stored_result import StoredResult, open_result
from cisim.study.changes import SURROUNDINGS, configured_differently, differing, setting_table

#: Most differences, and most design points, that the terminal shows.
SHOWN = 30

#: What a manifest says of code, besides the surroundings.
CODE = ("cisim", "commit", "dirty", "extensions")

#: When conclusions count as different. That an arm differs surely in one result only is no difference between them
#: (Gelman & Stern 2006, Am. Stat. 60:328).
RULE = (
    "Rule: conclusions differ if the interval of a difference excludes zero at any point; all intervals shown hold "
    "together with 95 % (Bonferroni)."
)
RULE_OF_ARMS = (
    "They differ too if an arm is better than the baseline in one and worse in the other, its own 95 % interval "
    "excluding zero in both."
)


@dataclass(frozen=True)
class Pair:
    """Two results, with the design points that they share."""

    first: StoredResult
    second: StoredResult
    matches: Sequence[Match]
    by_label: bool

    @property
    def share_worlds(self) -> bool:
        """Whether replicates of one number are one world."""
        return bool(self.first.config["seed"] == self.second.config["seed"])


def do_diff(arguments: Arguments) -> int:
    """Compare the two results that the command line names; return 0."""
    if arguments.several or arguments.config_dir or len(arguments.overrides) != 2:
        raise InputError("cisim diff takes two results and nothing else; write cisim diff RESULT RESULT")
    first, second = (open_result(find_result(word)) for word in arguments.overrides)
    pair = _matched(first, second)
    console = screen()
    _print(console, f"first: {first.folder}; second: {second.folder}")
    _show(console, "configuration", configured_differently(first, second))
    _show(console, "code and packages", differing(_code(first), _code(second)))
    with Console(stderr=True).status("runs"):
        _print(console, _rows(pair))
        table, judged = _conclusions(pair)
    if table.empty:
        _print(console, "conclusions: none to compare, since no design point is in both with runs free of error")
        return 0
    _print(console, f"conclusions: within {table['tau'].iloc[0]:.0f} months, second less first")
    console.print(_as_table(table))
    for sentence in _verdict(pair, table, judged):
        _print(console, sentence)
    return 0


def _matched(first: StoredResult, second: StoredResult) -> Pair:
    """Match arms by label where both are comparisons, else points by the values of whatever varies in either."""
    by_label = {first.config["verb"], second.config["verb"]} == {"compare"}
    on = ["strategies"] if by_label else list(dict.fromkeys([*first.varied, *second.varied]))
    tables = [setting_table(result, [] if by_label else on) for result in (first, second)]
    return Pair(first, second, match_points(tables[0], tables[1], on), by_label)


def _code(result: StoredResult) -> dict[str, Any]:
    """Return what made the result: hash of the model, version, commit, packages, own classes."""
    named = {name: result.manifest[name] for name in (*CODE, *SURROUNDINGS) if name in result.manifest}
    return {"model": result.seal.model, **named}


def _show(console: Console, title: str, found: Mapping[str, tuple[Any, Any]]) -> None:
    """Print what differs, one line each."""
    if not found:
        _print(console, f"{title}: the same")
        return
    heading = f"{title}: {len(found)} difference{'s' * (len(found) > 1)}"
    _print(console, heading)
    table = Table(box=None, header_style="bold")
    for name in ("", "first", "second"):
        table.add_column(name, overflow="fold")
    for name, pair in list(found.items())[:SHOWN]:
        table.add_row(name, *("" if value is None else str(value) for value in pair))
    if len(found) > SHOWN:
        table.caption = f"the first {SHOWN} of {len(found)}"
    console.print(table)


def _rows(pair: Pair) -> str:
    """Return which runs are in both and how many of them are identical, in words."""
    if not pair.share_worlds:
        seeds = " and ".join(str(result.config["seed"]) for result in (pair.first, pair.second))
        return f"runs: none is in both, since the seeds differ ({seeds})"
    tables = [
        result.read("runs", [name for name in result.columns("runs") if name != "traceback"])
        for result in (pair.first, pair.second)
    ]
    found = overlap(tables[0], tables[1], {match.first: match.second for match in pair.matches})
    alone = f"{found.first_only:,} in the first only, {found.second_only:,} in the second only"
    line = f"runs: {found.both:,} in both, {alone}"
    if not found.both:
        return line
    line += f"; {found.identical:,} of {found.both:,} have identical outcomes, bit for bit"
    return f"{line}; the first that differs is {found.parting}" if found.parting else line


def _conclusions(pair: Pair) -> tuple[pd.DataFrame, list[Mapping[str, str]]]:
    """Differences at every shared point; of two comparisons also how each judges its arms."""
    columns = ["point", "replicate", "duration", "event_observed", "ending", "cause", "status"]
    runs = [result.read("runs", columns).to_pandas() for result in (pair.first, pair.second)]
    table = agreement_table(runs[0], runs[1], pair.matches, paired=pair.share_worlds)
    if table.empty or not pair.by_label:
        return table, []
    labels = [
        {match.first: match.label for match in pair.matches},
        {match.second: match.label for match in pair.matches},
    ]
    tau = float(table["tau"].iloc[0])
    return table, [judgements(part, label, tau) for part, label in zip(runs, labels, strict=True)]


def _as_table(found: pd.DataFrame) -> Table:
    """First design points for the terminal."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("", overflow="fold")
    for heading in (
        "months free of\nfailure, first",
        "\nsecond",
        "\nchange",
        "failed\nfirst",
        "\nsecond",
        "% points\nchange",
    ):
        table.add_column(heading, justify="right", no_wrap=True)
    points = list(zip(*(rows.to_dict("records") for _, rows in found.groupby("measure", sort=False)), strict=True))
    for free, failed in points[:SHOWN]:
        months = [f"{free[name]:.1f}" for name in ("first", "second")]
        shares = [whole_percent(failed[name]) for name in ("first", "second")]
        table.add_row(str(free["label"]), *months, _change(free, 1), *shares, _change(failed, 100))
    if len(points) > SHOWN:
        table.caption = f"the first {SHOWN} of {len(points)} points"
    return table


def _change(row: Mapping[Any, Any], scale: float) -> str:
    value, lower, upper = (round(scale * row[name], 6) + 0.0 for name in ("difference", "lower", "upper"))
    return rounded_interval(value, lower, upper, "+")


def _verdict(pair: Pair, table: pd.DataFrame, judged: Sequence[Mapping[str, str]]) -> list[str]:
    """Return sentences on whether the conclusions agree, and by which rule."""
    how = "paired by world" if pair.share_worlds else "independent runs, since the seeds differ"
    apart = list(dict.fromkeys(table.loc[parted(table), "label"]))
    which = f" ({', '.join(apart[:5])}{' and more' if len(apart) > 5 else ''})" if apart else ""
    verb = "differs" if len(apart) < 2 else "differ"
    finding = f"{len(apart) or 'none'} of {table['label'].nunique()} points {verb}{which}, {how}"
    if not judged:
        return [f"Conclusions {'differ' if apart else 'agree'}: {finding}.", RULE]
    unlike = {arm: (one, judged[1][arm]) for arm, one in judged[0].items() if judged[1].get(arm, one) != one}
    is_opposite = any(UNDECIDED not in both for both in unlike.values())
    arms = [f"{arm} is {one} in the first and {two} in the second" for arm, (one, two) in unlike.items()]
    finding += f"; against the baseline {', '.join(arms) or 'every arm is judged alike'}"
    return [f"Conclusions {'differ' if apart or is_opposite else 'agree'}: {finding}.", f"{RULE} {RULE_OF_ARMS}"]


def _print(console: Console, text: str) -> None:
    console.print(text, soft_wrap=True, highlight=False, markup=False)
