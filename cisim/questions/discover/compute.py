"""Scenario discovery: the conditions under which coalitions fail early although strategies are used."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from cisim.questions.discover.boxes import Bools, Box, Floats
from cisim.study.task import Task
from cisim.survival.intervals import ROUNDING_SHARE


@dataclass(frozen=True, kw_only=True)
class Discovery(Task):
    """Plan of scenario discovery.

    Attributes
    ----------
    labels : tuple of str
        Arms, one for each setting of the design.
    names : tuple of str
        Parameters whose conditions are looked for.
    before : int
        Month by the end of which failures count.
    boxes : int
        Boxes for each arm at most.
    """

    labels: tuple[str, ...]
    names: tuple[str, ...]
    before: int
    boxes: int

    def summary(self) -> dict[str, Any]:
        """Return what decides the results besides the design, as plain values."""
        return {"parameters": list(self.names), "before": self.before, "boxes": self.boxes}


#: Share of the points that a peel takes off, and share of all points that a box keeps at least.
PEEL, SMALLEST = 0.05, 0.05
#: Chance that a limit stays which nothing asks for, over all limits of a box.
LEVEL = 0.05


def find_box(points: pd.DataFrame, outcome: Floats) -> Box:
    """Find the box with the highest quality, with no more limits than it needs.

    Every other point is used to peel, and the rest to choose among the boxes on the way and to drop limits: a peel
    takes the points that are lowest by chance too, so those that it was found on cannot tell which limits are needed.

    Parameters
    ----------
    points : DataFrame
        One row for each point; columns of numbers, or of categories as text.
    outcome : ndarray, shape (n_points,)
        Such as the share of runs that failed, in [0, 1].

    Returns
    -------
    Box
        Without restrictions where no peel helps.
    """
    first = np.arange(len(points)) % 2 == 0
    chosen = points[~first], outcome[~first]
    trajectory = list(peel(points[first], outcome[first]))
    best = max(trajectory, key=lambda box: box_quality(box.inside(chosen[0]), chosen[1]))
    return needed(_pasted(best, *chosen), *chosen)


def box_quality(inside: Bools, outcome: Floats) -> float:
    """Root of the share of the points inside, times how far their mean lies above that of all; -inf for none."""
    if not inside.any():
        return -np.inf
    return float(np.sqrt(inside.mean()) * (outcome[inside].mean() - outcome.mean()))


def peel(points: pd.DataFrame, outcome: Floats) -> Iterator[Box]:
    """Yield the box of all points, then after every peel, until few points are left or nothing can be peeled."""
    box, inside = Box(), np.ones(len(points), dtype=bool)
    fewest = max(2, int(np.ceil(SMALLEST * len(points))))
    while True:
        yield box
        best: tuple[float, Box, Bools] | None = None
        for tried in _peels(box, points[inside]):
            left = inside & tried.inside(points)
            if fewest <= left.sum() < inside.sum():
                mean = float(outcome[left].mean())
                if best is None or mean > best[0]:
                    best = mean, tried, left
        if best is None:
            return
        _, box, inside = best


def _peels(box: Box, points: pd.DataFrame) -> Iterator[Box]:
    """Yield the boxes that one peel of one parameter leaves."""
    for name in points.columns:
        column = points[name]
        if column.dtype == object:
            present = frozenset(column.unique())
            if len(present) > 1:
                for category in sorted(present):
                    yield box.among(name, present - {category})
            continue
        values = np.sort(column.to_numpy())
        if values[0] == values[-1]:
            continue
        n = max(1, int(PEEL * len(values)))
        low, high = values[values > values[n - 1]], values[values < values[-n]]
        if low.size:
            yield box.above(name, float(low[0]))
        if high.size:
            yield box.below(name, float(high[-1]))


def _pasted(box: Box, points: pd.DataFrame, outcome: Floats) -> Box:
    """Paste: widen one end of the box at a time as long as that raises its quality."""
    current = box_quality(box.inside(points), outcome)
    while True:
        tried = [(box_quality(wider.inside(points), outcome), wider) for wider in _wider(box, points)]
        best = max(tried, key=lambda pair: pair[0], default=(-np.inf, box))
        if best[0] <= current:
            return box
        current, box = best


def _wider(box: Box, points: pd.DataFrame) -> Iterator[Box]:
    """Yield the boxes with one end moved out past some more points."""
    for name, (low, high) in box.ranges.items():
        others = points.loc[box.without(name).inside(points), name].to_numpy()
        n = max(1, int(PEEL * len(others)))
        under, over = np.sort(others[others < low])[::-1], np.sort(others[others > high])
        if under.size:
            yield box.above(name, float(under[min(n, under.size) - 1]))
        if over.size:
            yield box.below(name, float(over[min(n, over.size) - 1]))


def needed(box: Box, points: pd.DataFrame, outcome: Floats) -> Box:
    """Drop every limit that the points do not ask for, the least needed first.

    A limit is needed if the outcome inside is surely above that of the points which it alone keeps out: a one-sided
    Welch test at `LEVEL` over the number of limits, in place of the quasi-p-values of Bryant & Lempert 2010, which take
    outcomes of 0 and 1.
    """
    level = LEVEL / max(1, len(list(_without_a_limit(box))))
    while box.names:
        tried = [(_doubt(box, wider, points, outcome), wider) for wider in _without_a_limit(box)]
        doubt, wider = max(tried, key=lambda pair: pair[0])
        if doubt < level:
            return box
        box = wider
    return box


def _without_a_limit(box: Box) -> Iterator[Box]:
    """Yield the boxes with one limit less."""
    for name, (low, high) in box.ranges.items():
        if np.isfinite(low):
            yield box.above(name, -np.inf) if np.isfinite(high) else box.without(name)
        if np.isfinite(high):
            yield box.below(name, np.inf) if np.isfinite(low) else box.without(name)
    for name in box.kept:
        yield box.without(name)


def _doubt(box: Box, wider: Box, points: pd.DataFrame, outcome: Floats) -> float:
    """p-value of the outcome inside being no higher than that of the points kept out; 1 where these are too few."""
    inside = box.inside(points)
    out = wider.inside(points) & ~inside
    if min(inside.sum(), out.sum()) < 2:
        return 1.0
    parts = [(float(x.mean()), float(x.std(ddof=1)), x.size) for x in (outcome[inside], outcome[out])]
    if not max(spread for _, spread, _ in parts) > ROUNDING_SHARE:
        return 0.0 if parts[0][0] > parts[1][0] + ROUNDING_SHARE else 1.0
    found = stats.ttest_ind_from_stats(*parts[0], *parts[1], equal_var=False, alternative="greater")
    return float(found.pvalue)


def find_boxes(points: pd.DataFrame, outcome: Floats, most: int) -> list[Box]:
    """Find boxes one after another, each among the points that are in none before (covering).

    Parameters
    ----------
    points, outcome
        As for `find_box`.
    most : int
        Boxes at most; fewer where nothing lies above the mean any more.
    """
    left = np.ones(len(points), dtype=bool)
    found: list[Box] = []
    while len(found) < most and left.sum() > 2 / SMALLEST:
        box = find_box(points[left], outcome[left])
        inside = left & box.inside(points)
        if not box.names or outcome[inside].mean() <= outcome.mean():
            break
        found.append(box)
        left &= ~inside
    return found
