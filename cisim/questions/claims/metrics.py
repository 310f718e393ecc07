"""What a claim is about: a quantity of each run, or the ratio of two, by name, and its values."""

import re
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cisim.core.records import CAUSES
from cisim.errors import InputError
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
