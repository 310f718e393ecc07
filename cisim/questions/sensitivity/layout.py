"""The rows of a design for sensitivity analysis, laid out by resampling unit, and what the model gave in each row."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Name of the parameter that changes nothing: what its index shows is noise.
DUMMY = "dummy"

#: Method that takes Sobol's indices from a surrogate.
SURROGATE = "surrogate"

#: Main index of each method, by which parameters are ranked and convergence is judged.
MAINS = ("ST", "mu_star", "S1", "PAWN", "delta", "KS", "swing")

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

#: Seed of the signs that a dummy draws.
SEED = 1

#: Worlds are averaged into at most so many groups, between which products are taken.
MOST_GROUPS = 10

#: Fewest worlds that have a median of their own.
FEWEST_FOR_MEDIAN = 5


@dataclass(frozen=True, eq=False)
class Layout:
    """Rows of a design: units that can be drawn anew, each of the same rows.

    Attributes
    ----------
    method : str
        Key of `cisim.questions.sensitivity.methods.METHODS`.
    names : tuple of str
        The k parameters; the last one is `DUMMY` where the design holds one.
    shares : ndarray, shape (n_units, n_rows, k)
        Place of each row in the distribution of each parameter, in [0, 1]; of ``oat`` among the levels, NaN where a
        parameter is as in the case.
    pairs : bool
        Whether pairs are looked at, where the rows do not tell.
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

    def part(self, units: Ints | slice) -> "Layout":
        """Return some of the units."""
        return replace(self, shares=self.shares[units])

    def named(self, names: tuple[str, ...], shares: Floats) -> "Layout":
        """Return the same units with other parameters."""
        return replace(self, names=names, shares=shares)


def grouped(values: Floats, most: int = MOST_GROUPS) -> Floats:
    """Means over groups of worlds, shape (..., n_groups), from values of shape (..., n_worlds).

    The groups are independent of one another as the worlds are, so products of different groups carry no noise.
    """
    n = min(most, values.shape[-1])
    return np.stack([part.mean(axis=-1) for part in np.array_split(values, n, axis=-1)], axis=-1)


def medians(values: Floats, most: int = MOST_GROUPS) -> Floats:
    """Medians of groups of five or more worlds, shape (..., n_groups), from values of shape (..., n_worlds).

    As with means, the groups are independent of one another. What products of them speak of is the expected median of a
    group, not the median of all worlds that there could be: that of few worlds lies higher where durations are skewed.
    """
    n = min(most, max(1, values.shape[-1] // FEWEST_FOR_MEDIAN))
    return np.stack([np.median(part, axis=-1) for part in np.array_split(values, n, axis=-1)], axis=-1)


def spread(values: Floats) -> Floats | None:
    """Variance between the worlds of each row, from two or more separate groups of worlds; None below four worlds.

    Returns
    -------
    ndarray, shape (..., n_groups), or None
        Each an unbiased estimate of the variance of a run at that row, and independent of the others but for it.
    """
    n = min(MOST_GROUPS, values.shape[-1] // 4) if values.shape[-1] >= 8 else 2
    if values.shape[-1] < 4:
        return None
    return np.stack([part.var(axis=-1, ddof=1) for part in np.array_split(values, n, axis=-1)], axis=-1)


def luck(values: Floats, rng: np.random.Generator) -> Floats | None:
    """Change of each value if its row were run in other worlds; None with a single world.

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
