"""What a sweep varies, in the words of Hydra's own grammar."""

import random
from collections.abc import Collection, Sequence
from itertools import islice
from typing import Any

from hydra.core.override_parser.types import (
    ChoiceSweep,
    Glob,
    IntervalSweep,
    Override,
    QuotedString,
    RangeSweep,
)
from hydra.errors import HydraException

from cisim.config.names import Names
from cisim.config.overrides import check_value, parse, refuse_moves
from cisim.errors import InputError
from cisim.parameters import REGISTRY
from cisim.study.design.design_points import LARGEST_DESIGN
from cisim.study.design.factor import SCENARIO, Factor


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
