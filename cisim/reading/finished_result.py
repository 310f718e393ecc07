"""What there is to report on: a finished result or a bare table of durations, and the tables shown of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from cisim.survival.arms import Arm, choose_baseline, ordered_labels, read_arms
from cisim.survival.time_to_formation import has_formation
from cisim.survival.variation import FEW_POINTS, Variation, chosen_values, point_labels
from cisim.survival.words import percent

#: Label of the runs of a sweep without arms, and of a table without strategies.
ALL_RUNS, ALL_SPELLS = "all runs", "all spells"


class NotShownError(Exception):
    """A table or figure is not available for this result; the message is the reason, in one sentence."""


@dataclass(frozen=True)
class FinishedResult:
    """A result that has been read.

    Attributes
    ----------
    source : Path
        Result folder, or file of a bare table.
    runs : DataFrame
        One row per coalition; ``strategies`` holds the arm, ``given`` the label that the files have.
    design : Design
        What varies.
    manifest, config : mapping
        Where the result comes from; empty for a bare table.
    notes : tuple of str
        What was assumed about a bare table, one sentence each.
    has_endings : bool
        Whether it is known how coalitions end.
    """

    source: Path
    runs: pd.DataFrame
    design: Variation
    manifest: Mapping[str, Any]
    config: Mapping[str, Any]
    notes: tuple[str, ...] = ()
    has_endings: bool = True

    @property
    def is_table(self) -> bool:
        """Whether this is a bare table of durations."""
        return self.source.is_file()

    @property
    def verb(self) -> str:
        """What made the result: a verb of the command line, or ``table``."""
        return "table" if self.is_table else str(self.manifest.get("verb", "result"))

    @property
    def n_ok(self) -> int:
        """Runs that ended without error."""
        return int((self.runs["status"] == "ok").sum())

    @property
    def n_dropped(self) -> int:
        """Runs that ended in an error and are left out everywhere."""
        return len(self.runs) - self.n_ok

    @property
    def window(self) -> float | None:
        """Months that every coalition could be followed for: the horizon, if it is known and none left earlier."""
        horizon = self.config.get("observation", {}).get("horizon")
        going_on = (self.runs["status"] == "ok") & ~self.runs["event_observed"].astype(bool)
        if horizon is None or (self.runs.loc[going_on, "duration"] < horizon).any():
            return None
        return float(horizon)

    @property
    def labels(self) -> list[str]:
        """Arms in order of appearance."""
        return [str(label) for label in self.runs["strategies"].unique()]

    @property
    def baselines(self) -> list[str]:
        """Arms that others can be compared with: those with whole curves, if there are any."""
        try:
            return [str(label) for label in self.arm_runs()["strategies"].unique()]
        except NotShownError:
            return self.labels

    def arm_runs(self) -> pd.DataFrame:
        """Return the runs with whole curves for each arm: those of a comparison, or the points of a small sweep."""
        if self.n_ok == 0:
            raise NotShownError("no run ended without error")
        if not self.design.is_sweep:
            return self.runs
        chosen = self._chosen()
        if chosen is not None:
            runs = self.runs[self.runs[self.design.varied[0]].isin(chosen)]
            return runs.assign(strategies=point_labels(runs, self.design))
        if self.design.n_points > FEW_POINTS:
            raise NotShownError(
                f"the sweep has {self.design.n_points:,} design points; whole curves are set side by side for up to "
                f"{FEW_POINTS}"
            )
        return self.runs.assign(strategies=point_labels(self.runs, self.design))

    @cached_property
    def arms(self) -> list[Arm]:
        """Arms of the runs with whole curves, read and checked once for all tables."""
        return read_arms(self.arm_runs())

    @property
    def selection(self) -> str:
        """Which design points have curves, where not all of them have; else nothing."""
        chosen = self._chosen()
        if chosen is None:
            return ""
        return f"Curves are drawn for {len(chosen)} of {self.design.n_points:,} values of {self.design.varied[0]}."

    def _chosen(self) -> list[object] | None:
        """Values with curves of a sweep along one parameter that has too many; else None."""
        return chosen_values(self.runs, self.design) if self.design.n_points > FEW_POINTS else None

    def sweep(self) -> pd.DataFrame:
        """Return the runs of a sweep."""
        if not self.design.is_sweep:
            raise NotShownError("no parameter varies within an arm: this is not a sweep")
        if self.n_ok == 0:
            raise NotShownError("no run ended without error")
        return self.runs

    def contract_months(self) -> float | None:
        """Term of the contracts, if it is known and the same in all runs."""
        name = "backbone.contract_months"
        if name in self.runs:
            terms = self.runs[name].unique()
            return float(terms[0]) if len(terms) == 1 else None
        term = self.config.get("backbone", {}).get("contract_months")
        return None if term is None else float(term)


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
