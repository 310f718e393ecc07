"""Where two records of one run part first."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cisim.core.records import RunRecord
from cisim.study.store.bits import unequal

#: What one record says, and what the other does.
Pair = tuple[Any, Any]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """The first thing in which two records differ.

    Attributes
    ----------
    month : int
        Month of the coalition.
    what : str
        Name of the monthly series or of the outcome; ``event`` or ``membership`` for a row.
    values : tuple of two
        What the first and the second record say; None where one says nothing.
    """

    month: int
    what: str
    values: Pair

    def between(self, first: str, second: str) -> str:
        """Say it in words, `first` and `second` being the names of what made the records."""
        return (
            f"month {self.month}, {self.what}: {_say(self.values[0])} ({first}) and {_say(self.values[1])} ({second})"
        )


def _say(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(f"{name}={item}" for name, item in value.items())
    return "nothing" if value is None else repr(value)


def first_difference(first: RunRecord, second: RunRecord) -> Difference | None:
    """Find the earliest month in which two records differ.

    Floats are compared by their bits, except that NaN equals NaN. Of what differs in the same month, monthly series
    come first, in their order; then events, memberships, and outcomes of the spell.

    Parameters
    ----------
    first, second : RunRecord
        Two records of the same run, with the same things kept.

    Returns
    -------
    Difference or None
        None if the records are identical.
    """
    parted = [
        *_parted_series(first.trajectory or {}, second.trajectory or {}),
        *_parted_rows("event", (first.events, second.events), lambda row: int(row["month"])),
        *_parted_rows("membership", (first.members, second.members), lambda row: int(row["entry"] + row["duration"])),
        *_parted_outcomes(first.spell, second.spell),
    ]
    return min(parted, key=lambda difference: difference.month, default=None)


def _names(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys([*first, *second]))


def _parted_series(first: Mapping[str, Any], second: Mapping[str, Any]) -> Iterator[Difference]:
    """Yield the first difference in each monthly series; one that is missing differs from month 1 on."""
    for name in _names(first, second):
        one, other = (np.asarray(series.get(name, []), dtype=np.float64) for series in (first, second))
        at = _first_unequal(one, other)
        if at is not None:
            values = [float(values[at]) if at < values.size else None for values in (one, other)]
            yield Difference(month=at + 1, what=name, values=(values[0], values[1]))


def _first_unequal(one: NDArray[np.float64], other: NDArray[np.float64]) -> int | None:
    """Place of the first two floats of different bits (NaN equals NaN), or where the shorter array ends."""
    n = min(one.size, other.size)
    parted = unequal(one[:n], other[:n])
    if parted.any():
        return int(parted.argmax())
    return None if one.size == other.size else n


def _parted_rows(
    what: str, rows: tuple[Sequence[Mapping[str, Any]], ...], month: Callable[[Mapping[str, Any]], int]
) -> Iterator[Difference]:
    """Yield the first row that differs, if any."""
    first, second = rows
    for i in range(max(len(first), len(second))):
        one, other = (found[i] if i < len(found) else None for found in rows)
        if one != other:
            yield Difference(
                month=min(month(row) for row in (one, other) if row is not None), what=what, values=(one, other)
            )
            return


def _parted_outcomes(first: Mapping[str, Any], second: Mapping[str, Any]) -> Iterator[Difference]:
    """Yield every outcome that differs, in the month in which the shorter spell ends; repr tells all floats apart."""
    month = min(int(spell["duration"]) for spell in (first, second))
    for name in _names(first, second):
        one, other = first.get(name), second.get(name)
        if repr(one) != repr(other):
            yield Difference(month=month, what=name, values=(one, other))
