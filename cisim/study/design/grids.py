"""Designs that are listed: every combination of levels, and one factor at a time."""

from collections.abc import Mapping, Sequence
from math import prod

import numpy as np

from cisim.errors import InputError
from cisim.parameters import Parameters, get
from cisim.study.design.design_points import Design, cases, check_size
from cisim.study.design.factor import SCENARIO, Column, Factor, as_column


def factorial(factors: Sequence[Factor]) -> Design:
    """Every combination of the levels, the last factor changing fastest.

    More levels give a design that contains the smaller one's points, in another order.

    Raises
    ------
    InputError
        If a factor is an interval, or there are too many combinations.
    """
    return Design("factorial", cross(factors))


def cross(factors: Sequence[Factor]) -> dict[str, Column]:
    """Columns of every combination of the levels of `factors` (see `factorial`)."""
    for factor in factors:
        if factor.is_interval:
            raise InputError(
                f"{factor.name}=interval({factor.low},{factor.high}) has no levels to combine; "
                "give values or range(), or design=sobol, lhs or oat"
            )
    sizes = [len(factor.values) for factor in factors]
    check_size(prod(sizes))
    places = np.unravel_index(np.arange(prod(sizes)), sizes)
    return {f.name: as_column(f.name, f.values)[place] for f, place in zip(factors, places, strict=True)}


def one_at_a_time(factors: Sequence[Factor], samples: int, base: Mapping[str, Parameters]) -> Design:
    """One factor at a time around the case as it is.

    Point 0 is the case itself; then come the values of each factor in turn, the others as in the case. A value that
    the case itself has is not repeated. Where ``scenario`` is a factor, this is done for each scenario in turn.

    Parameters
    ----------
    factors : sequence of Factor
        What to vary; at least one parameter.
    samples : int
        Values of each interval, at least 2, at equal steps of its distribution from end to end (whole numbers are
        rounded). 2 * samples - 1 give a design that contains this one's points.
    base : mapping of str to Parameters
        Each scenario as it is; the only one where ``scenario`` is no factor.
    """
    if samples < 2:
        raise InputError(f"samples={samples} is too few for design=oat; give 2 or more, the ends of each interval")
    varied = [factor for factor in factors if factor.name != SCENARIO]
    if not varied:
        raise InputError("design=oat varies no parameter; name at least one, or take design=factorial")
    levels = {factor.name: factor.spaced(samples).tolist() for factor in varied}
    chosen = [str(value) for factor in factors if factor.name == SCENARIO for value in factor.values]
    stars = [_star(levels, base[scenario]) for scenario in cases(chosen, base)]
    columns = {name: as_column(name, [row[name] for star in stars for row in star]) for name in levels}
    if chosen:
        places = np.repeat(np.arange(len(chosen)), [len(star) for star in stars])
        columns = {SCENARIO: as_column(SCENARIO, chosen)[places], **columns}
    return Design("oat", columns)


def _star(levels: Mapping[str, Sequence[float | str]], params: Parameters) -> list[dict[str, float | str]]:
    """Points around one case, itself first."""
    centre = {name: get(params, name) for name in levels}
    moves = ((name, value) for name, values in levels.items() for value in values if value != centre[name])
    return [centre, *({**centre, name: value} for name, value in moves)]
