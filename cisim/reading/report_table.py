"""A table of a report: how it is made of a result, and how readers see it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from cisim.reading.finished_result import FinishedResult, NotShownError
from cisim.survival.arms import choose_baseline, ordered_labels
from cisim.survival.time_to_formation import has_formation
from cisim.survival.words import percent

#: Ages (months) in rows of a table, as far as the data reach.
AGES = (12, 36, 60, 120, 180, 240)
#: Rows of a table at most.
MOST_ROWS = 24


@dataclass(frozen=True)
class ReportOptions:
    """What a user may choose: end of the window (months), arm that others are compared with, parameters of a map."""

    tau: float | None = None
    baseline: str | None = None
    axes: tuple[str, str] | None = None


class TableWithRemark(NamedTuple):
    """A table, and a sentence about it for its captions."""

    table: pd.DataFrame
    remark: str = ""


#: Makes a table; raises NotShownError, or an error of the analysis, where the result has no such table.
Maker = Callable[[FinishedResult, ReportOptions], TableWithRemark]


@dataclass(frozen=True, kw_only=True)
class ReportTable:
    """One table of a report.

    Attributes
    ----------
    name : str
        Name of its files, and of the table in the figures that show it.
    section : str
        Key of `cisim.report.contents.SECTIONS`.
    title, caption : str
        Of the table as readers see it; the title is that of its absence too.
    make : callable
        From a result and a user's options to the whole table.
    display : callable, optional
        From the whole table to what readers see: a few rows, rounded, each number with its interval. Without it the
        page has its figures only; the whole table is in the files.
    method : str
        How it is estimated, for the methods of a paper.
    method_order : int
        Place of that sentence among those of all tables, smaller first; equal ones are in the order of the tables.
    summary : callable, optional
        From all tables of the report by name to what came out, in sentences for the top of the page. The first table
        that has one speaks.
    says_if_missing : bool
        Whether a report without it states why; False where most results have no such table.
    """

    name: str
    section: str
    title: str
    make: Maker
    caption: str = ""
    display: Callable[[pd.DataFrame], pd.DataFrame] | None = None
    method: str = ""
    method_order: int = 10
    summary: Callable[[Mapping[str, pd.DataFrame]], list[str]] | None = None
    says_if_missing: bool = True


def read_written(result: FinishedResult, name: str, verb: str) -> pd.DataFrame:
    """Return a table that a verb wrote into its result folder; NotShownError if it is not there."""
    file = result.source / "tables" / f"{name}.csv"
    if not file.is_file():
        raise NotShownError(f"this is no result of cisim {verb}")
    return pd.read_csv(file)


def written_by(verb: str, name: str) -> Maker:
    """Return what reads a table that a verb wrote: the report adds no estimate of its own."""
    return lambda result, _: TableWithRemark(read_written(result, name, verb))


def check_ended(arms: pd.DataFrame) -> None:
    """Raise NotShownError if no coalition ended."""
    if not arms.loc[arms["status"] == "ok", "event_observed"].any():
        raise NotShownError("no coalition ended")


def baseline_of(result: FinishedResult, options: ReportOptions) -> str | None:
    """Return the baseline asked for, if any; InputError unless it is an arm of the result."""
    if options.baseline is not None:
        choose_baseline(list(result.arm_runs()["strategies"].unique()), options.baseline)
    return options.baseline


def negotiated(runs: pd.DataFrame) -> pd.DataFrame:
    """Return runs as they are; NotShownError unless their coalitions were negotiated first."""
    if not has_formation(runs):
        raise NotShownError("coalitions were given from the start: none was negotiated")
    return runs


def by_age(table: pd.DataFrame, value: str, ages: Iterable[int] = AGES) -> pd.DataFrame:
    """One row for each age, one column of percentages for each arm; dashes past the end of the data."""
    known = [age for age in ages if age <= table["month"].max()] or [int(table["month"].max())]
    shown: dict[str, list[str]] = {"Month": [f"{age}" for age in known]}
    for label in ordered_labels(table["strategies"].unique()):
        part = table[table["strategies"] == label].set_index("month").reindex(known)
        shown[label] = [percent(*row) for row in part[[value, "lower", "upper"]].itertuples(index=False)]
    return pd.DataFrame(shown)


def with_limits(table: pd.DataFrame, name: str, write: Callable[..., str]) -> list[str]:
    """One estimate of every row with its limits; `write` takes the three and returns text."""
    return [write(*row) for row in table[[name, f"{name}_lower", f"{name}_upper"]].itertuples(index=False)]


def without_single_arm(shown: pd.DataFrame) -> pd.DataFrame:
    """Return a table without the column of arms if there is one arm only."""
    return shown.drop(columns="Arm") if len(set(shown["Arm"])) == 1 else shown


def sentences_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each sentence, with its arm if it is about one."""
    arms = {"Arm": table["strategies"]} if "strategies" in table else {}
    return pd.DataFrame({**arms, "Finding": table["sentence"]})
