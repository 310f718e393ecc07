"""Standard errors by random halves: of the units of a design, and of the worlds that all of it was run in."""

from collections.abc import Callable

import numpy as np

from cisim.questions.sensitivity.layout import Floats, Ints

#: Halves drawn, and the seed of the draw.
HALVES, SEED = 200, 1

#: Fewest units, and fewest worlds, of which halves say something.
FEWEST_UNITS, FEWEST_WORLDS = 4, 4

#: Estimates of any shape from chosen units and worlds.
Estimate = Callable[[Ints, Ints], Floats]


def standard_errors(estimate: Estimate, n_units: int, n_worlds: int, halves: int = HALVES) -> Floats:
    """Give the standard errors of estimates over other units and other worlds, of the shape of an estimate."""
    return np.asarray(np.sqrt(sum(error_parts(estimate, n_units, n_worlds, halves))))


def error_parts(estimate: Estimate, n_units: int, n_worlds: int, halves: int = HALVES) -> tuple[Floats, Floats]:
    """Give the variances of estimates over other units, and over other worlds.

    Parameters
    ----------
    estimate : callable
        From places of units and of worlds to estimates of one shape.
    n_units, n_worlds : int
        How many there are. Below `FEWEST_WORLDS` the worlds are taken as given.
    halves : int
        Halves drawn of each.

    Returns
    -------
    units, worlds : ndarray
        Of the shape of an estimate; the first NaN below `FEWEST_UNITS`, the second 0 below `FEWEST_WORLDS`.

    Notes
    -----
    Drawn without replacement, half of n independent units gives estimates whose spread around that of all n is, to
    first order, the standard error of the latter: the delete-d jackknife with d = n / 2. Unlike a bootstrap it repeats
    no point, which estimators by rank or spectrum would take for structure. Units and worlds are halved one after the
    other and the variances added; the part that both share is counted twice, so intervals err on the wide side (as do
    those of Owen 2007, Annals of Applied Statistics 1:386).

    References
    ----------
    Shao & Wu 1989, Annals of Statistics 17:1176.
    """
    rng = np.random.default_rng(SEED)
    units, worlds = np.arange(n_units), np.arange(n_worlds)
    if n_units < FEWEST_UNITS:
        shape = estimate(units, worlds).shape
        return np.full(shape, np.nan), np.zeros(shape)
    of_units = _variance(lambda some: estimate(some, worlds), units, rng, halves)
    if n_worlds < FEWEST_WORLDS:
        return of_units, np.zeros_like(of_units)
    return of_units, _variance(lambda some: estimate(units, some), worlds, rng, halves)


def _variance(estimate: Callable[[Ints], Floats], things: Ints, rng: np.random.Generator, halves: int) -> Floats:
    n = len(things)
    size = n // 2
    found = np.stack([estimate(np.sort(rng.permutation(n)[:size])) for _ in range(halves)])
    return np.asarray(found.var(axis=0, ddof=1) * size / (n - size))
