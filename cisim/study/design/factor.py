"""A factor: one thing that a design varies, by levels or over an interval; and its values as a column."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context
from typing import Any

import numpy as np

from cisim.errors import InputError
from cisim.parameters import REGISTRY, Value, lookup

#: Name of the factor that is no parameter: which case the other parameters come from.
SCENARIO = "scenario"

#: One column of a design: int64, float64, or object for text.
Column = np.ndarray[Any, np.dtype[Any]]

#: Arithmetic of 20 decimal digits, each result correctly rounded, so the same on every machine (`exp` of C is not).
_DECIMAL = Context(prec=20)


@dataclass(frozen=True, kw_only=True)
class Factor:
    """What a design varies, checked against the registry.

    Attributes
    ----------
    name : str
        Dotted name of a parameter, or ``scenario``.
    values : tuple of int, float or str
        Levels, each once, in the order given; empty for an interval.
    low, high : float or None
        Ends of an interval. A whole-number parameter takes every whole number from `low` to `high`, both included,
        with equal probability. A parameter that the registry declares ``loguniform`` is spread evenly over the
        logarithm, any other evenly over the values.

    Raises
    ------
    InputError
        If a value is not of the parameter's type, out of its range or given twice, or an interval is no interval.
    """

    name: str
    values: tuple[Value, ...] = ()
    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        if self.is_interval:
            self._check_interval()
        else:
            column = as_column(self.name, self.values)
            object.__setattr__(self, "values", tuple(column.tolist()))
            for value, times in Counter(self.values).items():
                if times > 1:
                    raise InputError(f"{self.name}={value} is given twice; give each value once")

    @property
    def is_interval(self) -> bool:
        """Whether the factor is an interval."""
        return self.low is not None or self.high is not None

    def at(self, share: Column) -> Column:
        """Values at the shares (0 to 1, any shape (n,)) of the factor's distribution: its inverse, level by level."""
        if not self.is_interval:
            return as_column(self.name, self.values)[_bin(share, len(self.values))]
        low, high = self._ends()
        declared = REGISTRY[self.name]
        if isinstance(declared.default, int):
            return _bin(share, int(high) - int(low) + 1) + int(low)
        is_log = declared.distribution == "loguniform"
        values = _log_spaced(share, low, high) if is_log else low * (1 - share) + high * share
        return np.clip(values, low, high)  # the last digit may be off

    def n_spaced(self, n: int) -> int:
        """Return how many values `spaced` gives at most."""
        if not self.is_interval:
            return len(self.values)
        low, high = self._ends()
        return min(n, int(high) - int(low) + 1) if isinstance(REGISTRY[self.name].default, int) else n

    def spaced(self, n: int) -> Column:
        """Return `n` values (at least 2) at equal steps from end to end, the levels if there are; whole ones once."""
        if not self.is_interval:
            return as_column(self.name, self.values)
        share = np.arange(self.n_spaced(n)) / (self.n_spaced(n) - 1)
        if isinstance(REGISTRY[self.name].default, int):
            low, high = self._ends()
            return np.unique(np.rint(low * (1 - share) + high * share).astype(np.int64))
        return self.at(share)

    def _ends(self) -> tuple[float, float]:
        if self.low is None or self.high is None:
            raise InputError(f"the interval of {self.name} has one end; give both")
        return self.low, self.high

    def _check_interval(self) -> None:
        low, high = self._ends()
        text = f"{self.name}=interval({low},{high})"
        if self.values:
            raise InputError(f"{text} has values too; give one of them")
        if self.name == SCENARIO or lookup(self.name).choices:
            named = "glob(*) or names" if self.name == SCENARIO else f"some of {REGISTRY[self.name].range_text}"
            raise InputError(f"{text} is no interval, since {self.name} is not a number; give {named}")
        for end in (low, high):
            REGISTRY[self.name].check(end)
        if not low < high:
            raise InputError(f"{text} is empty; give the lower end first, and a higher one")


def as_column(name: str, values: Sequence[Value] | Column) -> Column:
    """Values of the parameter `name` (or of ``scenario``) as one column of its type.

    Raises
    ------
    InputError
        If the name is not known, there is no value, or one is not of the type or not in the range.
    """
    if len(values) == 0:
        raise InputError(f"{name} has no value at all; give at least one")
    if name == SCENARIO:
        wrong = [value for value in values if not isinstance(value, str) or not value]
        if wrong:
            raise InputError(f"{name}={wrong[0]} is not the name of a scenario")
    elif lookup(name).choices:
        for value in dict.fromkeys(values):
            REGISTRY[name].check(value)
    else:
        return _numbers(name, values)
    return np.array(values, dtype=object)


def _numbers(name: str, given: Sequence[Value] | Column) -> Column:
    """Check numbers, those of an array by its extremes."""
    declared = REGISTRY[name]
    is_whole = isinstance(declared.default, int)
    values = np.asarray(given)
    suspects: list[Value] = given.tolist() if isinstance(given, np.ndarray) else list(given)
    if isinstance(given, np.ndarray) and given.dtype.kind in "iuf":
        broken = given[given != np.floor(given)] if is_whole else given[:0]
        suspects = [*broken[:1].tolist(), given.min().item(), given.max().item()]
    for value in suspects:
        declared.check(value)
    return values.astype(np.int64) if is_whole else values.astype(np.float64) + 0.0  # no -0.0


def _bin(share: Column, n: int) -> Column:
    """Which of `n` equal parts of the unit interval a share lies in, from 0."""
    return np.minimum((share * n).astype(np.int64), n - 1)


def _log_spaced(share: Column, low: float, high: float) -> Column:
    start = _DECIMAL.ln(_DECIMAL.create_decimal_from_float(low))
    width = _DECIMAL.subtract(_DECIMAL.ln(_DECIMAL.create_decimal_from_float(high)), start)
    exponents = (_DECIMAL.fma(width, _DECIMAL.create_decimal_from_float(u), start) for u in share.tolist())
    return np.array([float(_DECIMAL.exp(exponent)) for exponent in exponents])
