"""Plans of sensitivity analysis in the unit cube: units of the same rows each, independent draws."""

import warnings
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from cisim.errors import InputError
from cisim.parameters import Parameters
from cisim.study.design.design_points import Design, check_size
from cisim.study.design.factor import Factor
from cisim.study.design.grids import one_at_a_time
from cisim.study.design.space_filling import latin_shares

Floats = NDArray[np.float64]

#: Search curves of FAST, each with phases of its own, and fewest points of one (SALib asks for more than 64).
CURVES, SHORTEST_CURVE = 8, 65

#: Harmonics of a parameter's own frequency that stay clear of one another, as SALib's analysis has them.
HARMONICS = 4

#: Levels of Morris' trajectories.
LEVELS = 4

#: Points that a surrogate is fitted to, for the indices of ``sobol``, and fewest of them.
SURROGATE, FEWEST_SURROGATE = "surrogate", 32

#: Fewest units that intervals can be made of, and fewest points of ``hdmr``: SALib takes 300, and halves are taken.
FEWEST, FEWEST_HDMR = 4, 600


def draw_plan(method: str, k: int, samples: int, seed: int, *, second_order: bool = False) -> Floats:
    """Draw a plan; the same arguments give the same plan, and NumPy's global generator is left alone.

    Parameters
    ----------
    method : str
        Key of `SAMPLES`, but for ``oat`` (see `one_by_one`).
    k : int
        Number of parameters, 1 or more.
    samples : int
        Base points of ``sobol``, trajectories of ``morris``, points of each parameter's curves of ``fast``, points of
        the others. Plans of ``sobol`` and ``morris`` begin with every smaller one, Latin hypercubes (the others but
        ``fast``) with that of half the size.
    seed : int
        0 to 2**63 - 1.
    second_order : bool
        Whether ``sobol`` has the rows for indices of pairs.

    Returns
    -------
    ndarray, shape (n_units, n_rows, columns)
        In [0, 1]. There are k columns for ``sobol`` and ``morris``, else k + 1, the last for a parameter that nothing
        depends on.

    Raises
    ------
    InputError
        If there are too few samples or too many rows.
    """
    fewest = {"fast": CURVES * SHORTEST_CURVE, "hdmr": FEWEST_HDMR, SURROGATE: FEWEST_SURROGATE}.get(method, FEWEST)
    if samples < fewest:
        raise InputError(f"samples={samples} is no use to method={method}; give {fewest} or more")
    check_size(samples * _rows_a_sample(method, k, second_order))
    return _PLANS[method](k, samples, seed, second_order)


def grouped_plan(kept: Sequence[int], k: int, samples: int, seed: int, *, second_order: bool = False) -> Floats:
    """Draw Saltelli's plan in which some of k parameters change one at a time, and all others together, last.

    Parameters
    ----------
    kept : sequence of int
        Places of the parameters that change one at a time.
    k, samples, seed, second_order
        As for `draw_plan` with ``sobol``.

    Returns
    -------
    ndarray, shape (samples, n_rows, k)
        As of `draw_plan` for len(kept) + 1 parameters, the last of which stands for all others.
    """
    check_size(samples * _rows_a_sample("sobol", len(kept) + 1, second_order))
    rows = draw_plan("sobol", k, samples, seed)
    first, last = rows[:, :1], rows[:, -1:]
    rest = np.ones(k, dtype=bool)
    rest[list(kept)] = False
    groups = np.array([*np.eye(k, dtype=bool)[list(kept)], rest])[None]
    parts = [first, np.where(groups, last, first)]
    if second_order:
        parts.append(np.where(groups, first, last))
    return np.concatenate([*parts, last], axis=1)


def one_by_one(factors: Sequence[Factor], samples: int, case: Parameters) -> tuple[Design, Floats, tuple[str, ...]]:
    """Levels of every parameter in turn, the others as in the case.

    Returns
    -------
    design : Design
        Of `cisim.study.design.grids.one_at_a_time`: the case, then the levels.
    shares : ndarray, shape (1, n_rows, k)
        Place of a level among those of its parameter, from 0 to 1; NaN where a parameter is as in the case.
    levels : tuple of str
        Value that each row gives to the parameter it changes; empty for the case.
    """
    design = one_at_a_time(factors, samples, {"": case})
    shares, levels = np.full((1, design.n_points, len(factors)), np.nan), [""] * design.n_points
    for j, factor in enumerate(factors):
        column, places = design.columns[factor.name].tolist(), factor.spaced(samples).tolist()
        for row in (row for row, value in enumerate(column) if value != column[0]):
            shares[0, row, j] = places.index(column[row]) / max(len(places) - 1, 1)
            levels[row] = f"{column[row]:g}" if isinstance(column[row], float) else str(column[row])
    return design, shares, tuple(levels)


def _rows_a_sample(method: str, k: int, second_order: bool) -> int:
    if method == "sobol":
        return 2 * k + 2 if second_order else k + 2
    return k + 1 if method in ("morris", "fast") else 1


def _problem(k: int) -> dict[str, object]:
    return {"num_vars": k, "names": [f"x{i}" for i in range(k)], "bounds": [[0.0, 1.0]] * k}


def _saltelli(k: int, samples: int, seed: int, second_order: bool) -> Floats:
    from SALib.sample import sobol

    with warnings.catch_warnings():  # of sizes that are no power of two, which `note` tells
        warnings.simplefilter("ignore")
        rng = np.random.default_rng(seed)
        rows = sobol.sample(_problem(k), samples, calc_second_order=second_order, seed=rng)
    return np.asarray(rows.reshape(samples, -1, k))


def _trajectories(k: int, samples: int, seed: int, second_order: bool) -> Floats:  # noqa: ARG001
    from SALib.sample import morris

    rows = morris.sample(_problem(k), samples, num_levels=LEVELS, seed=np.random.default_rng(seed))
    return np.asarray(rows.reshape(samples, k + 1, k))


def _curves(k: int, samples: int, seed: int, second_order: bool) -> Floats:  # noqa: ARG001
    """Search curves of extended FAST, one for each parameter, a set of them for each unit.

    Each parameter of each curve has a phase of its own and a random one of the low frequencies (Saltelli, Tarantola &
    Chan 1999, Technometrics 41:39, eq. 20 and section 3). SALib's sampler gives all parameters of a curve one phase and
    always the same frequencies, which ties them to one another: the indices are then off by more than their intervals.
    """
    rng = np.random.default_rng(seed)
    length = samples // CURVES
    highest = (length - 1) // (2 * HARMONICS)
    low = np.floor(np.linspace(1, max(1, highest // (2 * HARMONICS)), k))
    s = 2 * np.pi / length * np.arange(length)
    units = np.empty((CURVES, k + 1, length, k + 1))
    for unit in units:
        for own, curve in enumerate(unit):
            frequency = np.insert(rng.permutation(low), own, highest)
            phase = rng.uniform(0, 2 * np.pi, k + 1)
            curve[:] = 0.5 + np.arcsin(np.sin(frequency * s[:, None] + phase)) / np.pi
    return units.reshape(CURVES, -1, k + 1)


def _points(k: int, samples: int, seed: int, second_order: bool) -> Floats:  # noqa: ARG001
    return latin_shares(samples, k + 1, seed)[:, None]


_PLANS: dict[str, Callable[[int, int, int, bool], Floats]] = {
    "morris": _trajectories,
    "sobol": _saltelli,
    "fast": _curves,
    **dict.fromkeys(("rbd_fast", "pawn", "delta", "regional", "hdmr", SURROGATE), _points),
}

#: Samples where none are named.
SAMPLES = {
    "morris": 20,
    "sobol": 256,
    "fast": 2048,
    "oat": 5,
    SURROGATE: 512,
    **dict.fromkeys(("rbd_fast", "pawn", "delta", "regional", "hdmr"), 1024),
}


def note(method: str, samples: int) -> tuple[str, ...]:
    """Say what a user should know of the number of samples."""
    power = max(samples - 1, 0).bit_length()
    if method != "sobol" or samples == 2**power:
        return ()
    return (
        f"samples={samples} is not a power of two, which a Sobol sequence needs to be balanced; "
        f"take {2 ** (power - 1)} or {2**power}",
    )
