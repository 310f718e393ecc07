"""Targets of a calibration: statistics of the coalitions' spells, each with an interval, and the distance to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from cisim.errors import InputError
from cisim.study.table_schemas import RESULTS

Floats = NDArray[np.float64]

#: Half-width of a 95 % interval in standard deviations.
HALF_WIDTH = float(ndtri(0.975))

#: Fields that each statistic needs; see `cisim.questions.calibrate.simulate`.
NEEDS = {
    "survival": ("month",),
    "hazard_ratio": ("split", "month"),
    "share_completed": ("month",),
    "median": ("outcome",),
}

#: How a miss is weighed: inside the interval or out, or by a normal error with the interval as its 95 %.
INTERVAL, NORMAL = KERNELS = ("interval", "normal")


@dataclass(frozen=True, kw_only=True)
class Target:
    """One pattern.

    Attributes
    ----------
    name : str
        Its name in tables and figures.
    statistic : str
        Key of `NEEDS`.
    value, low, high : float
        What was observed, and its interval; low < value < high.
    source : str
        Where the numbers come from.
    weight : float
        How much a miss counts, 0 or more: 1 as it is, 2 as if the interval were half as wide, 0 reported only.
    month, after, split : int or None
        Ages in months: of the statistic, from which on it counts (0: founding), and where the hazard may change.
    outcome : str or None
        Column of the runs that a median is taken of.
    """

    name: str
    statistic: str
    value: float
    low: float
    high: float
    source: str
    weight: float = 1.0
    month: int | None = None
    after: int = 0
    split: int | None = None
    outcome: str | None = None

    def __post_init__(self) -> None:
        if self.statistic not in NEEDS:
            raise InputError(f"target {self.name}: statistic={self.statistic} is not known; use {', '.join(NEEDS)}")
        for need in NEEDS[self.statistic]:
            if getattr(self, need) is None:
                raise InputError(f"target {self.name}: statistic {self.statistic} needs {need}:; give it")
        if not self.low < self.value < self.high:
            raise InputError(f"target {self.name}: value {self.value} must lie inside {self.low} to {self.high}")
        if self.weight < 0:
            raise InputError(f"target {self.name}: weight {self.weight} is below 0; give 0 or more")
        before = self.split if self.statistic == "hazard_ratio" else self.after
        if self.month is not None and not 0 <= (before or 0) < self.month:
            raise InputError(f"target {self.name}: month {self.month} must come after {before}")
        if self.outcome is not None and self.outcome not in RESULTS:
            raise InputError(f"target {self.name}: outcome {self.outcome} is no column of the runs")


@dataclass(frozen=True)
class Targets:
    """Patterns that are aimed at together.

    Attributes
    ----------
    items : tuple of Target
        At least one with a weight, names each once.
    kernel : str
        ``interval``: a set of parameters is kept if all its statistics lie inside. ``normal``: each target is a
        measurement with a normal error of which the interval is the 95 % one.
    """

    items: tuple[Target, ...]
    kernel: str = INTERVAL

    def __post_init__(self) -> None:
        names = [target.name for target in self.items]
        if len(set(names)) < len(names):
            raise InputError(f"two targets have the same name ({', '.join(names)}); name each once")
        if not any(target.weight for target in self.items):
            raise InputError("no target has a weight above 0; give at least one to aim at")
        if self.kernel not in KERNELS:
            raise InputError(f"kernel={self.kernel} is not known; use {' or '.join(KERNELS)}")

    @property
    def names(self) -> list[str]:
        """Names of the targets, in order."""
        return [target.name for target in self.items]

    @property
    def outcomes(self) -> list[str]:
        """Columns of the runs that the targets need, each once."""
        return list(dict.fromkeys(target.outcome for target in self.items if target.outcome))

    def last_month(self, milestone: int) -> int:
        """Month until which runs must be followed; `milestone` is that of the outcomes."""
        months = [target.month for target in self.items if target.month is not None]
        return max([*months, *([milestone] if self.outcomes else [])])


def read_targets(plain: Mapping[str, Any], where: str) -> Targets:
    """Make targets of plain values, as in a YAML file.

    Parameters
    ----------
    plain : mapping
        ``kernel`` (optional) and ``targets``, a list of mappings with the fields of `Target`.
    where : str
        Where they come from, for complaints.

    Raises
    ------
    InputError
        For a missing or unknown key, or a value that does not fit.
    """
    unknown = sorted(set(plain) - {"kernel", "targets"})
    listed = plain.get("targets")
    if unknown or not isinstance(listed, Sequence) or not listed:
        raise InputError(f"{where} must hold kernel: and a list targets: and nothing else ({', '.join(unknown)})")
    return Targets(tuple(_target(item, where) for item in listed), str(plain.get("kernel", INTERVAL)))


def _target(item: Any, where: str) -> Target:
    if not isinstance(item, Mapping):
        raise InputError(f"{where}: {item!r} is no target; give name:, statistic:, value:, low:, high:, source:")
    known = {field.name for field in fields(Target)}
    for key in item:
        if key not in known:
            raise InputError(f"{where}: a target has no {key}:; choose among {', '.join(sorted(known))}")
    for key in ("name", "statistic", "value", "low", "high", "source"):
        if key not in item:
            raise InputError(f"{where}: target {item.get('name', '?')} lacks {key}:; give it")
    for key in ("value", "low", "high", "weight", "month", "after", "split"):
        if isinstance(item.get(key, 0), (str, bool)):
            raise InputError(f"{where}: {key}: {item[key]!r} of target {item['name']} is not a number; give one")
    return Target(**item)


def deviations(statistics: Floats, targets: Targets) -> Floats:
    """Misses in half-widths of the intervals, each side with its own, shape of `statistics`; inf where undefined."""
    value, low, high = (np.array([getattr(t, name) for t in targets.items]) for name in ("value", "low", "high"))
    miss = np.where(np.isnan(statistics), np.inf, statistics - value)
    return np.asarray(miss / np.where(miss > 0, high - value, value - low), dtype=np.float64)


def distances(statistics: Floats, luck: Floats, targets: Targets) -> Floats:
    """Distance of each parameter set, shape (n,).

    Parameters
    ----------
    statistics : ndarray, shape (n, n_targets)
        As `cisim.questions.calibrate.simulate.statistics_of` gives them.
    luck : ndarray, shape (n,)
        Uniform on (0, 1), one draw for each simulation.
    targets : Targets
        What is aimed at.

    Notes
    -----
    With the kernel ``interval`` it is the largest weighted miss, so that a set within 1 has all its statistics in
    their intervals. With ``normal`` it is sqrt(sum of weight z^2 / (-2 log luck)), z the misses in standard errors: it
    is 1 or less with probability exp(-sum of weight z^2 / 2), that is, acceptance within 1 is rejection by the
    likelihood of a normal error, for which approximate Bayesian computation is exact (Wilkinson 2013, Stat. Appl.
    Genet. Mol. Biol. 12:129); within a tolerance e it is that of an error e times as large.
    """
    weight = np.array([target.weight for target in targets.items])
    miss = np.abs(deviations(statistics, targets))[:, weight > 0]
    if targets.kernel == NORMAL:
        squares = (weight[weight > 0] * (HALF_WIDTH * miss) ** 2).sum(axis=1)
        return np.asarray(np.sqrt(squares / (-2.0 * np.log(luck))), dtype=np.float64)
    return np.asarray((weight[weight > 0] * miss).max(axis=1), dtype=np.float64)
