"""Names of the tables of a sensitivity analysis."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Names of the tables; those from the fifth on are there where a method and its outcomes have such a thing.
TABLE_NAMES = (
    "sensitivity_indices",
    "sensitivity_convergence",
    "sensitivity_variance",
    "sensitivity_verdicts",
    "sensitivity_effects",
    "sensitivity_levels",
    "sensitivity_screening",
    "sensitivity_frozen",
    "sensitivity_pairs",
    "sensitivity_conditional",
    "sensitivity_time",
    "sensitivity_surrogate",
    "sensitivity_main_effects",
)
INDICES, CONVERGENCE, VARIANCE, VERDICTS, EFFECTS, LEVELS, SCREENED, FROZEN_CHECK = TABLE_NAMES[:8]
PAIRS, CONDITIONAL, TIME, QUALITY, ALONG = TABLE_NAMES[8:]


Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Name of the parameter that changes nothing: what its index shows is noise.
DUMMY = "dummy"

#: Seed of the signs that a dummy draws, and of random halves.
SEED = 1

#: Worlds are averaged into at most so many groups, between which products are taken.
MOST_GROUPS = 10

#: Fewest worlds that have a median of their own.
FEWEST_FOR_MEDIAN = 5

#: A variance below this is rounding.
TINY = 1e-20

#: Halves drawn for a standard error.
HALVES = 200

#: Fewest units, and fewest worlds, whose halves are compared.
FEWEST_UNITS, FEWEST_WORLDS = 4, 4

#: Estimates of any shape from chosen units and worlds.
Estimate = Callable[[Ints, Ints], Floats]


@dataclass(frozen=True, eq=False)
class UnitLayout:
    """Rows of a design: units that can be drawn anew, each of the same rows.

    Attributes
    ----------
    method : str
        Key of `cisim.questions.sensitivity.sensitivity_methods.METHODS`.
    names : tuple of str
        The k parameters; the last one is `DUMMY` where the design holds one.
    shares : ndarray, shape (n_units, n_rows, k)
        Place of each row in the distribution of each parameter, in [0, 1]; of ``oat`` among the levels, NaN where a
        parameter is as in the case.
    pairs : bool
        Whether pairs are estimated, where this does not follow from the rows.
    levels : tuple of str
        Value that each row of ``oat`` gives to the parameter it changes; empty for the case.
    """

    method: str
    names: tuple[str, ...]
    shares: Floats
    pairs: bool = False
    levels: tuple[str, ...] = ()

    @property
    def n_units(self) -> int:
        """Resampling units: base points, trajectories, sets of curves, or single points."""
        return len(self.shares)

    @property
    def n_rows(self) -> int:
        """Rows of a unit."""
        return int(self.shares.shape[1])

    def part(self, units: Ints | slice) -> "UnitLayout":
        """Return some of the units."""
        return replace(self, shares=self.shares[units])

    def named(self, names: tuple[str, ...], shares: Floats) -> "UnitLayout":
        """Return the same units with other parameters."""
        return replace(self, names=names, shares=shares)


def group_means(values: Floats, most: int = MOST_GROUPS) -> Floats:
    """Return means over groups of worlds, shape (..., n_groups), from values of shape (..., n_worlds).

    The groups are independent of one another as the worlds are, so products of different groups carry no noise.
    """
    n = min(most, values.shape[-1])
    return np.stack([part.mean(axis=-1) for part in np.array_split(values, n, axis=-1)], axis=-1)


def group_medians(values: Floats, most: int = MOST_GROUPS) -> Floats:
    """Return medians of groups of five or more worlds, shape (..., n_groups), from values of shape (..., n_worlds).

    As with means, the groups are independent of one another. What products of them speak of is the expected median of a
    group, not the median of all worlds that there could be: that of few worlds lies higher where durations are skewed.
    """
    n = min(most, max(1, values.shape[-1] // FEWEST_FOR_MEDIAN))
    return np.stack([np.median(part, axis=-1) for part in np.array_split(values, n, axis=-1)], axis=-1)


def group_variances(values: Floats) -> Floats | None:
    """Return the variance between the worlds of each row, from two or more groups of them; None below four worlds.

    Returns
    -------
    ndarray, shape (..., n_groups), or None
        Each an unbiased estimate of the variance of a run at that row, and independent of the others but for it.
    """
    n = min(MOST_GROUPS, values.shape[-1] // 4) if values.shape[-1] >= 8 else 2
    if values.shape[-1] < 4:
        return None
    return np.stack([part.var(axis=-1, ddof=1) for part in np.array_split(values, n, axis=-1)], axis=-1)


def chance_changes(values: Floats, rng: np.random.Generator) -> Floats | None:
    """Return the change of each value if its row were run in other worlds; None with a single world.

    Parameters
    ----------
    values : ndarray, shape (n_units, n_rows, n_groups)
        Outcomes.
    rng : Generator
        Draws signs.

    Returns
    -------
    ndarray of the same shape, or None
        What is left of a value after the mean of its row and of its world, with random signs and the variance of a
        difference of two worlds: a wild bootstrap (Liu 1988, Annals of Statistics 16:1696) of the interaction.
    """
    n = values.shape[-1]
    if n < 2:
        return None
    world = values.mean(axis=(0, 1))
    rest = values - values.mean(axis=-1, keepdims=True) - world + world.mean()
    signs: Any = rng.choice([-1.0, 1.0], size=values.shape)
    return np.asarray(np.sqrt(2.0 * n / (n - 1)) * signs * rest)


def over_pairs(quadratic: Callable[[Floats], Floats], values: Floats) -> Floats:
    """Estimate a quadratic function of the expected outcome from outcomes in several worlds.

    Parameters
    ----------
    quadratic : callable
        From values of shape (..., m) to one result for each of the m, shape (..., m): a sum of squares or products of
        values, such as a variance.
    values : ndarray, shape (..., n_worlds)
        Outcomes; those of different worlds are independent given the row.

    Returns
    -------
    ndarray, shape (...)
        Mean over all pairs of different worlds of the product form: (n Q(mean) - mean of Q(world)) / (n - 1). It has
        the expectation of Q at the expected outcome, where Q(mean) alone would add the variance of chance, divided by
        n. With a single world it is Q itself.

    References
    ----------
    A U-statistic of order two (Hoeffding 1948, Annals of Mathematical Statistics 19:293).
    """
    n = values.shape[-1]
    if n == 1:
        return np.asarray(quadratic(values)[..., 0])
    found = quadratic(np.concatenate([values, values.mean(axis=-1, keepdims=True)], axis=-1))
    return np.asarray((n * found[..., -1] - found[..., :-1].mean(axis=-1)) / (n - 1))


def ratio(parts: Floats, whole: Floats | float) -> Floats:
    """Return the share of a variance; NaN where there is no variance."""
    positive = np.asarray(whole) > TINY
    return np.asarray(np.where(positive, parts, np.nan) / np.where(positive, whole, 1.0))


def standard_errors(estimate: Estimate, n_units: int, n_worlds: int, halves: int = HALVES) -> Floats:
    """Return the standard errors of estimates over other units and other worlds, of the shape of an estimate."""
    return np.asarray(np.sqrt(sum(error_parts(estimate, n_units, n_worlds, halves))))


def error_parts(estimate: Estimate, n_units: int, n_worlds: int, halves: int = HALVES) -> tuple[Floats, Floats]:
    """Return the variances of estimates over other units, and over other worlds.

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
