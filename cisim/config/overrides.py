"""Overrides of the command line, checked before Hydra composes them, and what a sweep varies in their words."""

import random
import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import (
    ChoiceSweep,
    Glob,
    IntervalSweep,
    Override,
    QuotedString,
    RangeSweep,
)
from hydra.errors import HydraException

from cisim.config.foreign_files import looks_around, names_target
from cisim.config.names import Names
from cisim.config.options import TRUST
from cisim.errors import InputError
from cisim.parameters import REGISTRY
from cisim.study.design.design_points import LARGEST_DESIGN
from cisim.study.design.factor import SCENARIO, Factor

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
        refuse_moves(text, override)
        _refuse_code(text, override, names.folders)
        if override.is_hydra_override():
            continue
        if override.is_sweep_override() and not several:
            raise InputError(f"{text} gives several values; add -m for one job for each, or write one value")
        values = list(islice(_values(override), MOST_JOBS + 1))
        n_jobs *= max(1, len(values))
        if n_jobs > MOST_JOBS:
            raise InputError(f"{text} makes more than {MOST_JOBS} jobs; give fewer values, or take cisim sweep")
        for value in values:
            check_value(override.key_or_group, value, names)


#: Settings of Hydra that the command line may name: what spreads the jobs of ``-m``, and how much is told.
HYDRA = re.compile(r"hydra[./](launcher|sweeper)(\..*)?|hydra\.verbose")


def _refuse_code(text: str, override: Override, folders: Sequence[Path]) -> None:
    """Raise InputError for an override that would run code, or read the environment or a file that is not checked."""
    name = override.key_or_group
    if override.is_hydra_override() and not HYDRA.fullmatch(name):
        raise InputError(
            f"cannot use the override {text}; of Hydra's own only hydra/launcher and hydra/sweeper are set"
        )
    inner = override.value() if not override.is_sweep_override() else None
    if any(map(names_target, _inner(name, inner))):
        raise InputError(f"cannot use the override {text}; _target_ names code to be run")
    if looks_around(text.replace("\\", "")):  # Hydra takes the backslash off
        raise InputError(f"cannot use the override {text}; write the value itself, or ${{another.name}} for its value")
    for folder in folders[1:]:
        if name != "scenario" and (folder / name).is_dir():
            raise InputError(f"cannot use the override {text} beside the folder {folder / name}; rename that folder")


def split_trust(overrides: Sequence[str]) -> tuple[list[str], bool]:
    """Return the overrides without ``trust=true`` or ``trust=false``, and which of the two was the last."""
    values = {text: parse(text).value() for text in overrides if parse(text).key_or_group == TRUST}
    trusts = [value for value in values.values() if isinstance(value, bool)]
    return [text for text in overrides if not isinstance(values.get(text), bool)], bool(trusts and trusts[-1])


def names_given(overrides: Sequence[str]) -> set[str]:
    """Return the dotted names that overrides set, those inside a mapping too."""
    return {name for override in map(parse, overrides) for name in _inner(override.key_or_group, override.value())}


def _inner(name: str, value: Any) -> Iterator[str]:
    yield name
    for key, held in value.items() if isinstance(value, dict) else ():
        yield from _inner(f"{name}.{key}", held)


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
    if name == TRUST and not isinstance(value, dict):
        if not isinstance(value, bool):
            raise InputError(f"{name}={value} is not true or false; trust.start= and others are parameters")
    elif isinstance(value, dict):
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


def read_factors(overrides: Sequence[str], names: Names) -> tuple[list[str], tuple[Factor, ...]]:
    """Split overrides into those that give one value and the factors of a design.

    Several values are what they are for Hydra with ``-m`` (``a=1,2``, ``choice``, ``range``, ``glob``, ``sort``,
    ``tag``; the ends of ``range`` too), and so is ``interval``, which Hydra leaves to its sweepers. Two differences:
    ``shuffle`` gives the same order each time, and ``glob`` works on ``scenario`` alone. Tags have no effect.

    Parameters
    ----------
    overrides : sequence of str
        As on the command line.
    names : Names
        What can be set.

    Returns
    -------
    plain : list of str
        Overrides of one value, as they were, to be composed by Hydra.
    factors : tuple of Factor
        In the order given.

    Raises
    ------
    InputError
        If several values are given to what is no parameter, a name comes twice, or a value does not fit.
    """
    parsed = [(text, parse(text)) for text in overrides]
    factors = tuple(_factor(text, override, names) for text, override in parsed if override.is_sweep_override())
    given = [override.key_or_group for _, override in parsed]
    for factor in factors:
        if given.count(factor.name) > 1:
            raise InputError(f"{factor.name} is given twice, once with several values; give it in one place")
    return [text for text, override in parsed if not override.is_sweep_override()], factors


def refuse_overlap(plain: Sequence[str], varied: Collection[str]) -> None:
    """Raise InputError if an override of one value sets what the design varies (by a table: see `read_factors`)."""
    for override in map(parse, plain):
        if override.key_or_group in varied:
            raise InputError(f"{override.input_line} sets what the design varies; leave it out here or in the table")


def _factor(text: str, override: Override, names: Names) -> Factor:
    """Turn an override of several values into a factor."""
    name = override.key_or_group
    refuse_moves(text, override)
    if override.is_hydra_override() or (name in names.options and name != SCENARIO):
        raise InputError(
            f"{text} gives several values, and a sweep varies parameters and the scenario only; give one value, or "
            "add -m for one job for each (replicates= gives each point more worlds)"
        )
    if name not in REGISTRY and name != SCENARIO:
        check_value(name, override.get_value_string(), names)
    swept: Any = override.value()
    if isinstance(swept, IntervalSweep):
        return Factor(name=name, low=swept.start, high=swept.end)
    values = _globbed(name, swept, names) if isinstance(swept, Glob) else _listed(text, swept)
    try:
        for value in values:
            check_value(name, value, names)
    except InputError as problem:
        if isinstance(swept, RangeSweep) and swept.stop is not None and values[-1] == swept.stop:
            late = "range() adds its steps in binary and so takes in its end; give an end between two steps"
            raise InputError(f"{problem} ({late})") from problem
        raise
    return Factor(name=name, values=tuple(values))


def _globbed(name: str, glob: Glob, names: Names) -> list[Any]:
    """Scenarios that a pattern matches, in order of name."""
    if name != SCENARIO:
        raise InputError(f"{name}=glob() finds no files, since it is no group of configs; give the values by name")
    found = glob.filter(sorted(names.scenarios))
    if not found:
        raise InputError(f"{name}=glob() finds no scenario; choose among {', '.join(names.scenarios)}")
    return found


def _listed(text: str, swept: ChoiceSweep | RangeSweep) -> list[Any]:
    """Values that an override lists, as Hydra lists them; a shuffle is decided by the words of the override."""
    try:
        several = swept.range() if isinstance(swept, RangeSweep) else swept.list
        values = list(islice(several, LARGEST_DESIGN + 1))
    except (ArithmeticError, HydraException, ValueError) as problem:
        raise InputError(f"cannot list the values of {text}: {problem}; give range(start,stop,step)") from problem
    if not 0 < len(values) <= LARGEST_DESIGN:
        amount = f"more than {LARGEST_DESIGN} values; give fewer" if values else "no value at all; give at least one"
        raise InputError(f"{text} gives {amount}")
    if swept.shuffle:
        random.Random(text).shuffle(values)
    return [value.text if isinstance(value, QuotedString) else value for value in values]
