"""A finished result: the folder of any verb, or a bare table of durations."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from cisim.survival.arms import Arm, read_arms
from cisim.survival.variation import FEW_POINTS, Variation, chosen_values, point_labels

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
