"""Boxes: ranges of some parameters and categories of others, and their mass, coverage, density and lift."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cisim.survival.intervals import NO_ESTIMATE, Estimate, t_quantile

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Box:
    """Restrictions on parameters; a point is inside if it meets all of them.

    Attributes
    ----------
    ranges : mapping of str to tuple of float
        Lower and upper end, both inside; infinite where there is no restriction on that side.
    kept : mapping of str to frozenset of str
        Categories inside.
    """

    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    kept: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Parameters restricted."""
        return (*self.ranges, *self.kept)

    def inside(self, points: pd.DataFrame) -> Bools:
        """Whether each point is inside, shape (n_points,)."""
        found = np.ones(len(points), dtype=bool)
        for name, (low, high) in self.ranges.items():
            values = points[name].to_numpy()
            found &= (values >= low) & (values <= high)
        for name, categories in self.kept.items():
            found &= points[name].isin(categories).to_numpy()
        return found

    def above(self, name: str, low: float) -> "Box":
        """Return the box with a higher lower end."""
        return replace(self, ranges={**self.ranges, name: (low, self.ranges.get(name, (-np.inf, np.inf))[1])})

    def below(self, name: str, high: float) -> "Box":
        """Return the box with a lower upper end."""
        return replace(self, ranges={**self.ranges, name: (self.ranges.get(name, (-np.inf, np.inf))[0], high)})

    def among(self, name: str, categories: frozenset[str]) -> "Box":
        """Return the box with other categories."""
        return replace(self, kept={**self.kept, name: categories})

    def without(self, name: str) -> "Box":
        """Return the box without restrictions on a parameter."""
        ranges, kept = ({n: v for n, v in part.items() if n != name} for part in (self.ranges, self.kept))
        return Box(ranges, kept)  # type: ignore[arg-type]


def check_boxes(boxes: Sequence[Box], points: pd.DataFrame, happened: Floats, confidence: float = 0.95) -> pd.DataFrame:
    """Measure every box by itself, and all together.

    Parameters
    ----------
    boxes : sequence of Box
        In the order found; a point in several belongs to the first.
    points : DataFrame
        Points.
    happened : ndarray, shape (n_points, n_worlds)
        1 where it happened, else 0; replicate r is the same world at every point.
    confidence : float
        Coverage of the intervals, in (0, 1).

    Returns
    -------
    DataFrame
        A row for each box and one for ``all``: box, n_points, mass (share of the points), coverage (share of all that
        happened), density (share of the runs inside in which it happened), base (share of all runs), lift (density
        minus that of the points outside), each of the last two of these with its interval.
    """
    rows, taken, all_inside = [], np.zeros(len(points), dtype=bool), np.zeros(len(points), dtype=bool)
    for number, box in enumerate(boxes, start=1):
        inside = box.inside(points) & ~taken
        taken |= inside
        rows.append({"box": str(number), **_measured(inside, happened, confidence)})
        all_inside |= inside
    rows.append({"box": "all", **_measured(all_inside, happened, confidence)})
    return pd.DataFrame(rows)


def _measured(inside: Bools, happened: Floats, confidence: float) -> dict[str, float]:
    total = float(happened.sum())
    within = density(inside, happened, confidence)
    lift = difference(inside, happened, confidence)
    return {
        "n_points": int(inside.sum()),
        "mass": float(inside.mean()),
        "coverage": float(happened[inside].sum() / total) if total else np.nan,
        "base": float(happened.mean()),
        **within.columns("density"),
        **lift.columns("lift"),
    }


def density(inside: Bools, happened: Floats, confidence: float) -> Estimate:
    """Share of the runs inside in which it happened."""
    if not inside.any():
        return NO_ESTIMATE
    mean = float(happened[inside].mean())
    spread = np.where(inside[:, None], (happened - mean) / (inside.sum() * happened.shape[1]), 0.0)
    return _interval(mean, spread, int(inside.sum()), 0.0, confidence)


def difference(inside: Bools, happened: Floats, confidence: float) -> Estimate:
    """Density inside minus density outside."""
    if not inside.any() or inside.all():
        return NO_ESTIMATE
    means = [float(happened[part].mean()) for part in (inside, ~inside)]
    sizes = [part.sum() * happened.shape[1] for part in (inside, ~inside)]
    spread = np.where(inside[:, None], (happened - means[0]) / sizes[0], -(happened - means[1]) / sizes[1])
    return _interval(means[0] - means[1], spread, int(min(inside.sum(), (~inside).sum())), -1.0, confidence)


def _interval(value: float, spread: Floats, n_points: int, low: float, confidence: float) -> Estimate:
    """Student t interval with the variance of two crossed clusters: points and worlds.

    Influences of runs of one point, or in one world, are alike: their variance is that of sums by point plus that of
    sums by world minus that of single runs (Cameron, Gelbach & Miller 2011, J. Bus. Econ. Stat. 29:238).
    """
    n_worlds = spread.shape[1]
    parts = [float((sums**2).sum()) for sums in (spread.sum(axis=1), spread.sum(axis=0), spread)]
    variance = max(parts[0] + parts[1] - parts[2], parts[0]) if n_worlds > 1 else parts[0]
    fewest = min(n_points, n_worlds) if n_worlds > 1 else n_points
    if fewest < 2:
        return Estimate(value, np.nan, np.nan, np.nan)
    error = float(np.sqrt(variance * fewest / (fewest - 1)))
    half = float(t_quantile(fewest - 1, confidence)) * error
    return Estimate(value, error, max(low, value - half), min(1.0, value + half))
