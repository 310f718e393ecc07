"""What differs: between values and tables, bit for bit, and between two configurations."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Values = np.ndarray[Any, np.dtype[Any]]

#: Columns that are not compared: a traceback names lines of files, which say nothing of what came out.
NOT_COMPARED = ("traceback",)

#: Columns that say whether a run raised.
FAULT = ("status", "error")


def unequal(one: Values, other: Values) -> NDArray[np.bool_]:
    """Return where two arrays of one length differ: floats by their bits, except that NaN equals NaN."""
    if one.dtype.kind == "f" and other.dtype.kind == "f":
        a, b = (values.astype(np.float64, copy=False) for values in (one, other))
        parted: NDArray[np.bool_] = (a.view(np.int64) != b.view(np.int64)) & ~(np.isnan(a) & np.isnan(b))
        return parted
    return np.asarray(one != other, dtype=bool)


def as_values(column: pa.ChunkedArray) -> Values:
    """Column of a table as an array; text and truths as objects."""
    values: Values = column.to_numpy()
    return np.ascontiguousarray(values)


def partings(kept: Mapping[str, pa.Table], found: Mapping[str, pa.Table]) -> Iterator[str]:
    """Return what differs between the tables kept and those of the same names found now, column by column."""
    for name, table in kept.items():
        yield from _parted_table(name, table, found[name])


def _parted_table(name: str, kept: pa.Table, found: pa.Table) -> Iterator[str]:
    if kept.num_rows != found.num_rows:
        yield f"{name} has {kept.num_rows} rows in the result and {found.num_rows} now"
    for column in _columns(kept, found):
        if column not in kept.column_names or column not in found.column_names:
            where = "now only" if column in found.column_names else "in the result only"
            yield f"{name}.{column} is there {where}"
            continue
        one, other = (as_values(table[column])[: min(kept.num_rows, found.num_rows)] for table in (kept, found))
        parted = np.flatnonzero(unequal(one, other))
        if parted.size:
            at = int(parted[0])
            place = (
                f" in {parted.size} rows, first in month {found['month'][at]}" if "month" in found.column_names else ""
            )
            yield f"{name}.{column} is {as_shown(one[at])} in the result and {as_shown(other[at])} now{place}"


def _columns(kept: pa.Table, found: pa.Table) -> list[str]:
    """Names of the columns to compare: first whether the run raised, which decides all others."""
    names = dict.fromkeys([*kept.column_names, *found.column_names])
    return sorted((name for name in names if name not in NOT_COMPARED), key=lambda name: name not in FAULT)


def as_shown(value: Any) -> str:
    """Value as Python writes it, which tells all floats apart."""
    return repr(value.item() if isinstance(value, np.generic) else value)


#: Letters of a value that are told.
LONGEST = 60


@dataclass(frozen=True)
class ConfigDifference:
    """One value that differs.

    Attributes
    ----------
    name : str
        Dotted name.
    values : tuple
        Value in the first and in the second; None where there is none.
    """

    name: str
    values: tuple[Any, Any]

    def __str__(self) -> str:
        """Name, and one value after the other."""
        there, now = (shorten(str(value), LONGEST, placeholder="...") for value in self.values)
        return f"{self.name} {there} there, {now} now"


def differences(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[ConfigDifference]:
    """All values that differ, in the order of `first`."""
    one, two = dict(_flat(first)), dict(_flat(second))
    names = [*one, *(name for name in two if name not in one)]
    pairs = [ConfigDifference(name, (one.get(name), two.get(name))) for name in names]
    return [pair for pair in pairs if pair.values[0] != pair.values[1]]


def _flat(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            yield from _flat(value, f"{name}.")
        else:
            yield name, list(value) if isinstance(value, tuple) else value
