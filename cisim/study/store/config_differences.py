"""What differs between two configurations."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

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
