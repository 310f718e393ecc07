"""Samplers in the unit cube: units of the same rows each, independent of one another."""

import warnings
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cisim.parameters import Parameters
from cisim.study.design.design_points import Design, check_size
from cisim.study.design.factor import Factor
from cisim.study.design.point_sets import latin_shares, one_at_a_time

Floats = NDArray[np.float64]

#: Search curves of FAST, each with phases of its own, and fewest points of one (SALib asks for more than 64).
N_CURVES, SHORTEST_CURVE = 8, 65

#: Harmonics of a parameter's own frequency that stay clear of one another, as SALib's analysis has them.
HARMONICS = 4

#: Levels of Morris' trajectories.
N_LEVELS = 4


class Sampler(NamedTuple):
    """One way to place points in the unit cube."""

    draw: Callable[[int, int, int, bool], Floats]
    """From number of parameters k, samples, seed and whether pairs are looked at to shares in [0, 1] of shape
    (n_units, n_rows, columns): k columns, or k + 1 with one for a parameter that nothing depends on."""
    rows: Callable[[int, bool], int]
    """From k and whether pairs are looked at to the rows that a sample takes."""
    is_sequence: bool = False
    """Whether points are balanced only if they are a power of two."""


def draw_plan_rows(sampler: Sampler, k: int, samples: int, seed: int, *, second_order: bool = False) -> Floats:
    """Draw the rows of a plan; the same arguments give the same rows, and NumPy's global generator is left alone.

    Parameters
    ----------
    sampler : Sampler
        How points are placed.
    k : int
        Number of parameters, 1 or more.
    samples : int
        Base points of Saltelli's plan, trajectories, points of each parameter's search curves, or points. The first two
        begin with every smaller plan, Latin hypercubes with that of half the size.
    seed : int
        0 to 2**63 - 1.
    second_order : bool
        Whether Saltelli's plan has the rows for indices of pairs.

    Returns
    -------
    ndarray, shape (n_units, n_rows, columns)
        As of `Sampler.draw`.

    Raises
    ------
    InputError
        If there are too many rows.
    """
    check_size(samples * sampler.rows(k, second_order), k)
    return sampler.draw(k, samples, seed, second_order)


def draw_grouped_rows(kept: Sequence[int], k: int, samples: int, seed: int, *, second_order: bool = False) -> Floats:
    """Draw Saltelli's plan in which some of k parameters change one at a time, and all others together, last.

    Parameters
    ----------
    kept : sequence of int
        Places of the parameters that change one at a time.
    k, samples, seed, second_order
        As for `draw_plan_rows`.

    Returns
    -------
    ndarray, shape (samples, n_rows, k)
        As of `draw_plan_rows` for len(kept) + 1 parameters, the last of which stands for all others.
    """
    check_size(samples * SALTELLI.rows(len(kept) + 1, second_order), k)
    rows = draw_plan_rows(SALTELLI, k, samples, seed)
    first, last = rows[:, :1], rows[:, -1:]
    rest = np.ones(k, dtype=bool)
    rest[list(kept)] = False
    groups = np.array([*np.eye(k, dtype=bool)[list(kept)], rest])[None]
    parts = [first, np.where(groups, last, first)]
    if second_order:
        parts.append(np.where(groups, first, last))
    return np.concatenate([*parts, last], axis=1)


def levels_one_at_a_time(
    factors: Sequence[Factor], samples: int, case: Parameters
) -> tuple[Design, Floats, tuple[str, ...]]:
    """Return levels of every parameter in turn, the others as in the case.

    Returns
    -------
    design : Design
        Of `cisim.study.design.point_sets.one_at_a_time`: the case, then the levels.
    shares : ndarray, shape (1, n_rows, k)
        Place of a level among those of its parameter, from 0 to 1; NaN where a parameter is as in the case.
    levels : tuple of str
        Value that each row gives to the parameter it changes; empty for the case.
    """
    design = one_at_a_time(factors, samples, {"": case})
    shares, levels = np.full((1, design.n_points, len(factors)), np.nan), [""] * design.n_points
    for j, factor in enumerate(factors):
        column, values = design.columns[factor.name].tolist(), factor.spaced(samples).tolist()
        places = {value: place for place, value in enumerate(values)}
        for row in (row for row, value in enumerate(column) if value != column[0]):
            shares[0, row, j] = places[column[row]] / max(len(values) - 1, 1)
            levels[row] = f"{column[row]:g}" if isinstance(column[row], float) else str(column[row])
    return design, shares, tuple(levels)


def _problem(k: int) -> dict[str, object]:
    return {"num_vars": k, "names": [f"x{i}" for i in range(k)], "bounds": [[0.0, 1.0]] * k}


def _saltelli_rows(k: int, samples: int, seed: int, second_order: bool) -> Floats:
    from SALib.sample import sobol

    with warnings.catch_warnings():  # of sizes that are no power of two, which `balance_note` reports
        warnings.simplefilter("ignore")
        rng = np.random.default_rng(seed)
        rows = sobol.sample(_problem(k), samples, calc_second_order=second_order, seed=rng)
    return np.asarray(rows.reshape(samples, -1, k))


def _trajectories(k: int, samples: int, seed: int, second_order: bool) -> Floats:  # noqa: ARG001
    from SALib.sample import morris

    rows = morris.sample(_problem(k), samples, num_levels=N_LEVELS, seed=np.random.default_rng(seed))
    return np.asarray(rows.reshape(samples, k + 1, k))


def _curves(k: int, samples: int, seed: int, second_order: bool) -> Floats:  # noqa: ARG001
    """Draw search curves of extended FAST, one for each parameter, a set of them for each unit.

    Each parameter of each curve has a phase of its own and a random one of the low frequencies (Saltelli, Tarantola &
    Chan 1999, Technometrics 41:39, eq. 20 and section 3). SALib's sampler gives all parameters of a curve one phase and
    always the same frequencies, which ties them to one another: the indices are then off by more than their intervals.
    """
    rng = np.random.default_rng(seed)
    length = samples // N_CURVES
    highest = (length - 1) // (2 * HARMONICS)
    low = np.floor(np.linspace(1, max(1, highest // (2 * HARMONICS)), k))
    s = 2 * np.pi / length * np.arange(length)
    units = np.empty((N_CURVES, k + 1, length, k + 1))
    for unit in units:
        for own, curve in enumerate(unit):
            frequency = np.insert(rng.permutation(low), own, highest)
            phase = rng.uniform(0, 2 * np.pi, k + 1)
            curve[:] = 0.5 + np.arcsin(np.sin(frequency * s[:, None] + phase)) / np.pi
    return units.reshape(N_CURVES, -1, k + 1)


def _points(k: int, samples: int, seed: int, second_order: bool) -> Floats:  # noqa: ARG001
    return latin_shares(samples, k + 1, seed)[:, None]


#: Saltelli's plan, rows A, AB_1 ... AB_k, (for pairs) BA_1 ... BA_k, B of each base point of a Sobol sequence.
SALTELLI = Sampler(_saltelli_rows, lambda k, pairs: 2 * k + 2 if pairs else k + 2, is_sequence=True)
#: Morris' trajectories, which change one parameter after the other.
TRAJECTORIES = Sampler(_trajectories, lambda k, _: k + 1)
#: Search curves of extended FAST.
CURVES = Sampler(_curves, lambda k, _: k + 1)
#: Latin hypercube, each point a unit.
POINTS = Sampler(_points, lambda _, __: 1)


def balance_note(sampler: Sampler, samples: int) -> tuple[str, ...]:
    """Return a note on the number of samples, if it is not balanced."""
    power = max(samples - 1, 0).bit_length()
    if not sampler.is_sequence or samples == 2**power:
        return ()
    return (
        f"samples={samples} is not a power of two, which a Sobol sequence needs to be balanced; "
        f"take {2 ** (power - 1)} or {2**power}",
    )
