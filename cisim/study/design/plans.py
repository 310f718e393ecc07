"""Plans of sensitivity analysis in the unit cube, drawn by SALib: units of the same rows each, independent draws."""

import warnings
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from cisim.errors import InputError
from cisim.study.design.design import check_size

Floats = NDArray[np.float64]

#: Search curves of FAST, each with phases of its own, and fewest points of one (SALib asks for more than 64).
CURVES, SHORTEST_CURVE = 8, 65

#: Levels of Morris' trajectories.
LEVELS = 4

#: Fewest units that intervals can be made of.
FEWEST = 4


def draw_plan(method: str, k: int, samples: int, seed: int, *, second_order: bool = False) -> Floats:
    """Draw a plan; the same arguments give the same plan, and NumPy's global generator is left alone.

    Parameters
    ----------
    method : str
        Key of `SAMPLES`.
    k : int
        Number of parameters, 1 or more.
    samples : int
        Base points of ``sobol``, trajectories of ``morris``, points of each parameter's curves of ``fast``, points of
        the others. Plans of all methods but ``fast`` begin with every smaller one.
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
    fewest = CURVES * SHORTEST_CURVE if method == "fast" else FEWEST
    if samples < fewest:
        raise InputError(f"samples={samples} is no use to method={method}; give {fewest} or more")
    check_size(samples * _rows_a_sample(method, k, second_order))
    return _PLANS[method](k, samples, seed, second_order)


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
    from SALib.sample import fast_sampler

    rng = np.random.default_rng(seed)
    return np.stack([fast_sampler.sample(_problem(k + 1), samples // CURVES, seed=rng) for _ in range(CURVES)])


def _points(k: int, samples: int, seed: int, second_order: bool) -> Floats:  # noqa: ARG001
    power = max(samples - 1, 0).bit_length()
    drawn = qmc.Sobol(k + 1, scramble=True, rng=np.random.default_rng(seed)).random_base2(power)
    return np.asarray(drawn[:samples, None])


_PLANS: dict[str, Callable[[int, int, int, bool], Floats]] = {
    "morris": _trajectories,
    "sobol": _saltelli,
    "fast": _curves,
    **dict.fromkeys(("rbd_fast", "pawn", "delta", "regional"), _points),
}

#: Samples where none are named.
SAMPLES = {
    "morris": 20,
    "sobol": 256,
    "fast": 2048,
    **dict.fromkeys(("rbd_fast", "pawn", "delta", "regional"), 1024),
}

#: Plans that are Sobol sequences, which are balanced at powers of two.
SEQUENCES = ("sobol", "rbd_fast", "pawn", "delta", "regional")


def note(method: str, samples: int) -> tuple[str, ...]:
    """Say what a user should know of the number of samples."""
    power = max(samples - 1, 0).bit_length()
    if method not in SEQUENCES or samples == 2**power:
        return ()
    return (
        f"samples={samples} is not a power of two, which a Sobol sequence needs to be balanced; "
        f"take {2 ** (power - 1)} or {2**power}",
    )
