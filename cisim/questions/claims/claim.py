"""A claim: its statement in a document, the contrast of settings that tests it, and its metric."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cisim.core.records import CAUSES
from cisim.errors import InputError
from cisim.parameters import Value
from cisim.study.design import Factor
from cisim.study.design.factor import Column
from cisim.study.table_schemas import RESULTS

Floats = NDArray[np.float64]

#: Quantities of a run that need no month; see `Quantities`.
PLAIN = ("time_free_of_failure", "survival_time", "failed", "completed", *(f"failed_{cause}" for cause in CAUSES))
#: Quantities of an age, and of a stretch of ages.
DATED = re.compile(r"survival_(\d+)|(?:failures|months)_(\d+)_(\d+)")

_SURVIVAL = re.compile(r"survival_(\d+)")
#: Ending of the names of outcomes that are read at one age: a spell that ended before has nothing of them.
MILESTONE = "_milestone"
#: Quantities that are 1 or 0 of each run, so that their means are probabilities.
CHANCES = ("failed", "completed", "formed", "gave_up", "third_party")
_STRETCH = re.compile(r"(failures|months)_(\d+)_(\d+)")


def check_metric(metric: str, horizon: int, where: str) -> tuple[str, ...]:
    """Return the quantities that a metric is made of: one, or two for ``NUMERATOR/DENOMINATOR``.

    Raises
    ------
    InputError
        If there is no such quantity, or it is dated after the horizon (months).
    """
    quantities = tuple(metric.split("/"))
    if len(quantities) > 2:
        raise InputError(f"{where}: metric {metric} is no ratio of two; write NUMERATOR/DENOMINATOR")
    for name in quantities:
        dated = DATED.fullmatch(name)
        if dated is None and name not in (*PLAIN, *RESULTS):
            raise InputError(
                f"{where}: metric {name} is not known; choose among {', '.join(PLAIN)}, survival_MONTH, "
                f"failures_FIRST_LAST, months_FIRST_LAST and {', '.join(RESULTS)}"
            )
        ages = [int(age) for age in dated.groups() if age] if dated else []
        if ages and not 1 <= ages[0] <= ages[-1] <= horizon:
            raise InputError(f"{where}: metric {name} is out of range; give months from 1 to {horizon}, in order")
    return quantities


def columns_of(quantities: tuple[str, ...]) -> list[str]:
    """Columns of ``runs.parquet`` that quantities are read from, besides how and when a run ended."""
    return [name for name in RESULTS if name in quantities]


class Quantities:
    """Quantities of every run of a table, made when they are asked for.

    Parameters
    ----------
    runs : DataFrame
        Columns duration, ending and cause, and those of the outcomes that are asked for by name.
    horizon : float
        Months to which runs were followed.
    run : ndarray of int64, optional
        Place of the run that each row belongs to, where a run has several communities; a quantity is their mean then.
    """

    def __init__(self, runs: pd.DataFrame, horizon: float, run: NDArray[np.int64] | None = None) -> None:
        self._runs, self._horizon, self._run = runs, horizon, run
        self._duration = runs["duration"].to_numpy(dtype=np.float64)
        self._failed, self._completed = (runs["ending"].to_numpy() == kind for kind in ("failed", "completed"))
        self._found: dict[str, Floats] = {}

    def of(self, name: str) -> Floats:
        """Values of one quantity, shape (n_runs,)."""
        if name not in self._found:
            values = np.asarray(self._make(name), dtype=np.float64)
            if self._run is not None:
                values = np.bincount(self._run, values) / np.bincount(self._run)
            self._found[name] = values
        return self._found[name]

    def _make(self, name: str) -> Any:
        dated, stretch = _SURVIVAL.fullmatch(name), _STRETCH.fullmatch(name)
        if dated:
            return 1.0 - ((self._failed | self._completed) & (self._duration <= float(dated[1])))
        if stretch:
            first, last = float(stretch[2]), float(stretch[3])
            if stretch[1] == "failures":
                return (self._failed & (self._duration >= first) & (self._duration <= last)).astype(np.float64)
            return np.clip(self._duration - first + 1.0, 0.0, last - first + 1.0)
        return self._plain(name)

    def _plain(self, name: str) -> Any:
        if name == "time_free_of_failure":
            return np.where(self._failed, self._duration, self._horizon)
        if name == "survival_time":
            return self._duration
        if name in ("failed", "completed"):
            return (self._failed if name == "failed" else self._completed).astype(np.float64)
        if name.startswith("failed_"):
            cause = self._runs["cause"].to_numpy() == name.removeprefix("failed_")
            return (self._failed & cause).astype(np.float64)
        values = self._runs[name].to_numpy(dtype=np.float64)
        return np.nan_to_num(values) if name.endswith(MILESTONE) else values


def linearised(numerator: Floats, denominator: Floats | None) -> Floats:
    """Values whose mean over the last axis is the ratio of the means, and whose spread is that of the ratio.

    A first-order expansion (Cochran 1977, Sampling Techniques, section 6.3). NaN where the denominator is 0 throughout;
    without one, the numerator as it is.
    """
    if denominator is None:
        return numerator
    below = denominator.mean(axis=-1, keepdims=True)
    known = np.where(below > 0, below, np.nan)
    ratio = numerator.mean(axis=-1, keepdims=True) / known
    return np.asarray(ratio + (numerator - ratio * denominator) / known)


def unit_of(metric: str) -> str:
    """Return the unit of a metric in words; nothing for indices and amounts."""
    above, _, below = metric.partition("/")
    if below.startswith("months_") or below == "survival_time":
        return "a month"
    if above in ("time_free_of_failure", "survival_time"):
        return "months"
    is_share = above in CHANCES or above.startswith(("failed_", "survival_", "failures_"))
    return "probability" if is_share else ""


Ints = NDArray[np.int64]

#: Words for the direction of an effect.
DIRECTIONS = {"up": 1, "down": -1}


class Term(NamedTuple):
    """One part of a contrast: a metric of an arm, added (sign 1) or taken off (sign -1)."""

    sign: int
    arm: str
    metric: str


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One claim.

    Attributes
    ----------
    name : str
        Short and unique, letters, digits and hyphens.
    claim : str
        The claim in one sentence.
    source : str
        Document and section.
    passage : str
        Words of the document that it rests on.
    scenario : str
        Case that it is tried in.
    arms : mapping of str to mapping of str to int, float or str
        Parameters that each arm sets, by dotted name.
    metric : str
        Metric of terms that name none (see `cisim.questions.claims.claim`).
    contrasts : tuple of tuple of Term
        Sums of terms; the claim holds where every one of them goes in `direction`.
    direction : int
        1 if the contrasts are to be above 0, -1 if below.
    smallest : float
        Smallest effect of interest, in units of the contrast; 0 if any is.
    depends : tuple of Factor
        Parameters that it should depend on, with the ranges that a reversal is looked for in.
    replicates, samples : int or None
        Most worlds of a member, and most points of the search, where a run takes long; None for no less than others.
    """

    name: str
    claim: str
    source: str
    passage: str
    scenario: str
    arms: Mapping[str, Mapping[str, Value]]
    metric: str
    contrasts: tuple[tuple[Term, ...], ...]
    direction: int
    smallest: float = 0.0
    depends: tuple[Factor, ...] = ()
    replicates: int | None = None
    samples: int | None = None

    @property
    def contrast(self) -> str:
        """Contrast as it is written: ``time_free_of_failure, gazing - none``."""
        return f"{self.metric}, {' and '.join(self._written(terms) for terms in self.contrasts)}"

    def _written(self, terms: tuple[Term, ...]) -> str:
        parts = [
            f"{'+' if sign > 0 else '-'} {arm}" + ("" if metric == self.metric else f" ({metric})")
            for sign, arm, metric in terms
        ]
        return " ".join(parts).removeprefix("+ ")

    @property
    def quantities(self) -> tuple[str, ...]:
        """Quantities of runs that the metrics are made of, in the order of the terms."""
        return tuple(name for terms in self.contrasts for term in terms for name in term.metric.split("/"))

    def summary(self) -> dict[str, Any]:
        """Return what decides the results, as plain values."""
        return {
            "name": self.name,
            "scenario": self.scenario,
            "arms": {name: dict(given) for name, given in self.arms.items()},
            "contrasts": [[list(term) for term in terms] for terms in self.contrasts],
            "direction": self.direction,
            "smallest": self.smallest,
            "depends": [[item.name, item.low, item.high, list(item.values)] for item in self.depends],
        }


class Untested(NamedTuple):
    """A claim that the model cannot test, and why."""

    name: str
    claim: str
    source: str
    reason: str


@dataclass(frozen=True, eq=False)
class ClaimRuns:
    """Where the runs of one claim are.

    Attributes
    ----------
    members : mapping of str to ndarray of int64, each of shape (n_members,)
        Design point of every member of the ensemble, by arm; worlds 0 to `replicates` - 1.
    searched : mapping of str to ndarray of int64, each of shape (n_samples,)
        Design point of every point of the search, by arm.
    values : mapping of str to ndarray, each of shape (n_samples,)
        Values of the parameters that are searched.
    member : ndarray of int64, shape (n_samples,)
        Member of the ensemble that every point of the search is made from.
    start : ndarray of int64, shape (n_samples,)
        First world of every point of the search.
    replicates : int
        Worlds of every member.
    """

    members: Mapping[str, Ints]
    searched: Mapping[str, Ints]
    values: Mapping[str, Column]
    member: Ints
    start: Ints
    replicates: int
