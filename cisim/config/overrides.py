"""Overrides of the command line, checked one by one before Hydra composes them."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from hydra.errors import HydraException

from cisim.config.names import Names
from cisim.errors import InputError
from cisim.parameters import REGISTRY

#: Most jobs of a multirun, each a study with a folder of its own.
MOST_JOBS = 10_000

#: Letters of an override that a message repeats.
LONGEST = 200


def check_overrides(overrides: Sequence[str], names: Names, *, several: bool) -> None:
    """Check names and values of overrides in Hydra's grammar.

    Parameters
    ----------
    overrides : sequence of str
        For instance ``backbone.gazing=0.5``.
    names : Names
        What can be set.
    several : bool
        Whether an override may give several values (``-m``).

    Raises
    ------
    InputError
        For an override that cannot be read, an unknown name, or a parameter's value out of range.
    """
    n_jobs = 1
    for text in overrides:
        override = parse(text)
        if override.is_hydra_override():
            continue
        refuse_moves(text, override)
        if override.is_sweep_override() and not several:
            raise InputError(f"{text} gives several values; add -m for one job for each, or write one value")
        values = list(islice(_values(override), MOST_JOBS + 1))
        n_jobs *= max(1, len(values))
        if n_jobs > MOST_JOBS:
            raise InputError(f"{text} makes more than {MOST_JOBS} jobs; give fewer values, or take cisim sweep")
        for value in values:
            check_value(override.key_or_group, value, names)


def refuse_moves(text: str, override: Override) -> None:
    """Raise InputError for an override that would remove or move part of the configuration."""
    if override.is_delete() or override.package is not None:
        raise InputError(f"cannot use the override {text}; write name=value, nothing can be removed or moved")


def parse(text: str) -> Override:
    """Read one override; InputError if it is not in Hydra's grammar."""
    try:
        return OverridesParser.create().parse_override(text)
    except (HydraException, ValueError, RecursionError) as problem:  # numbers of thousands of digits, deep lists
        raise InputError(
            f"cannot read the override {text[:LONGEST]}; write name=value, and a value with special characters in "
            "quotes"
        ) from problem


def last_value(overrides: Sequence[str], name: str, default: str) -> str:
    """Text that the overrides finally give to `name`, if one value; else `default`."""
    found = default
    for override in map(parse, overrides):
        if override.key_or_group == name and not override.is_sweep_override():
            found = str(override.value())
    return found


def _values(override: Override) -> Iterator[Any]:
    """All values that an override gives, as far as they can be listed."""
    if not override.is_sweep_override():
        yield override.value()
    elif override.is_range_sweep() or isinstance(override.value(), list) or override.is_choice_sweep():
        for text in override.sweep_string_iterator():
            yield parse(f"{override.key_or_group}={text}").value()


def check_value(name: str, value: Any, names: Names) -> None:
    """Raise InputError for an unknown name, or a value that the registry or the list of scenarios refuses."""
    if isinstance(value, dict):
        for key, inner in value.items():
            check_value(f"{name}.{key}", inner, names)
    elif name in REGISTRY:
        if not (isinstance(value, str) and "${" in value):
            REGISTRY[name].check(value)
    elif name == "scenario":
        names.check_scenario(value)
    elif name in names.groups:
        raise InputError(f"{name}={value} sets a whole group; name what is in it, for instance {_example(name)}")
    elif name not in names.options:
        raise names.unknown(name)


def _example(group: str) -> str:
    """Return an override of something in `group`."""
    for name, declared in REGISTRY.items():
        if name.startswith(f"{group}."):
            return f"{name}={declared.default}"
    return f"{group}.gazing=my_file.py:MyGazing"
