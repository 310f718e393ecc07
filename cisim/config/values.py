"""Values of options that are lists or a month, checked."""

from types import SimpleNamespace
from typing import Any, TypeVar

from cisim.errors import InputError

Item = TypeVar("Item", str, int, float)

_MEANT = {str: ("names", "NAME"), int: ("whole numbers", "12"), float: ("numbers", "0.5")}


def listed(options: SimpleNamespace, name: str, kind: type[Item]) -> list[Item]:
    """Return the value of an option that is one item or a list of items, of one kind; empty where it is null.

    Raises
    ------
    InputError
        If an item is of another kind.
    """
    value = getattr(options, name)
    if value is None:
        return []
    items: Any = value if isinstance(value, list) else [value]
    if isinstance(value, str) and value.startswith("["):  # a default
        items = [kind(word.strip()) for word in value.strip("[]").split(",")]
    meant, example = _MEANT[kind]
    fits = (int, float) if kind is float else kind
    if not isinstance(items, list) or not all(isinstance(i, fits) and not isinstance(i, bool) for i in items):
        raise InputError(f"{name}={value} is no list of {meant}; write {name}={example} or {name}=[{example},...]")
    return [kind(item) for item in items]


def window_of(tau: int | None, horizon: int) -> int:
    """Return the month that ``tau=`` names, or the horizon; InputError for a month that is not followed."""
    if tau is None:
        return horizon
    if not 1 <= tau <= horizon:
        raise InputError(f"tau={tau} is out of range; give a month from 1 to the horizon of {horizon}")
    return tau
