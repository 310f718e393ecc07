"""A small regression tree: boxes of parameters in which an effect is alike.

Breiman, Friedman, Olshen & Stone 1984; several outcomes at once as in De'ath 2002, Ecology 83:1105. Text splits into
one level and the others. Own code since scikit-learn's tree has no test of a split, so that it cuts noise into boxes;
where every split is clear and every cut is tried the two agree (``tests/claims/test_tree.py``).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

#: Splits from root to leaf, least share and number of points in a leaf, cuts tried, and t that a split must reach.
DEPTH, LEAST_SHARE, LEAST, CUTS, CLEAR = 3, 0.06, 12, 24, 2.0
#: A difference of means, in standard deviations, that may be rounding.
ROUNDING = 1e-9


@dataclass(frozen=True)
class TreeBox:
    """A part of the space that was searched.

    Attributes
    ----------
    limits : dict of str to tuple
        Lower and upper end by parameter, infinite where the box is open.
    levels, others : dict of str to str or tuple of str
        Level that a text parameter has, and levels that it has not.
    """

    limits: dict[str, tuple[float, float]] = field(default_factory=dict)
    levels: dict[str, str] = field(default_factory=dict)
    others: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def holds(self, values: pd.DataFrame) -> Flags:
        """Whether each row lies inside, shape (n_rows,)."""
        inside = np.ones(len(values), dtype=bool)
        for name, (low, high) in self.limits.items():
            column = values[name].to_numpy(dtype=np.float64)
            inside &= (column > low) & (column <= high)
        for name, level in self.levels.items():
            inside &= (values[name] == level).to_numpy()
        for name, levels in self.others.items():
            inside &= ~values[name].isin(levels).to_numpy()
        return inside

    def halves(self, name: str, cut: float | str) -> tuple["TreeBox", "TreeBox"]:
        """Split at a cut: up to it and above, or this level and the others."""
        if isinstance(cut, str):
            rest = (*self.others.get(name, ()), cut)
            return replace(self, levels=self.levels | {name: cut}), replace(self, others=self.others | {name: rest})
        low, high = self.limits.get(name, (-np.inf, np.inf))
        below, above = self.limits | {name: (low, cut)}, self.limits | {name: (cut, high)}
        return replace(self, limits=below), replace(self, limits=above)

    @property
    def names(self) -> tuple[str, ...]:
        """Parameters that bound the box."""
        return tuple(dict.fromkeys((*self.limits, *self.levels, *self.others)))


@dataclass(frozen=True)
class Tree:
    """Boxes that fill the space, and how much each parameter explains.

    Attributes
    ----------
    boxes : tuple of TreeBox
        Leaves.
    nodes : tuple of TreeBox
        Every box on the way to a leaf, from the whole space on, and the leaves.
    means : ndarray, shape (n_boxes, n_outcomes)
        Mean outcomes in each leaf.
    gains : dict of str to float
        Reduction of squares by the splits of each parameter, in standard units, largest first.
    """

    boxes: tuple[TreeBox, ...]
    nodes: tuple[TreeBox, ...]
    means: Floats
    gains: dict[str, float]

    def predict(self, values: pd.DataFrame) -> Floats:
        """Mean outcomes of the box of each row, shape (n_rows, n_outcomes)."""
        found = np.full((len(values), self.means.shape[1]), np.nan)
        for box, mean in zip(self.boxes, self.means, strict=True):
            found[box.holds(values)] = mean
        return found


@dataclass(frozen=True)
class _Split:
    name: str
    cut: float | str
    gain: float


def grow(values: pd.DataFrame, outcomes: Floats, depth: int = DEPTH) -> Tree:
    """Grow a tree.

    Parameters
    ----------
    values : DataFrame, shape (n_points, n_parameters)
        Numbers, or text.
    outcomes : ndarray, shape (n_points, n_outcomes)
        What is to be alike within a box.
    depth : int
        Splits from root to leaf at most.
    """
    spread = outcomes.std(axis=0)
    scaled = outcomes / np.where(spread > 0, spread, 1.0)
    least = max(LEAST, int(np.ceil(LEAST_SHARE * len(values))))
    gains: dict[str, float] = {}
    nodes = list(_nodes(TreeBox(), values, scaled, least, depth, gains))
    boxes = tuple(box for box, is_leaf in nodes if is_leaf)
    means = np.array([outcomes[box.holds(values)].mean(axis=0) for box in boxes])
    return Tree(boxes, tuple(box for box, _ in nodes), means, dict(sorted(gains.items(), key=lambda item: -item[1])))


def _nodes(
    box: TreeBox, values: pd.DataFrame, outcomes: Floats, least: int, depth: int, gains: dict[str, float]
) -> Iterator[tuple[TreeBox, bool]]:
    """Yield the boxes from here on, each with whether it is a leaf."""
    inside = box.holds(values)
    split = _best(values[inside], outcomes[inside], least) if depth else None
    yield box, split is None
    if split is None:
        return
    gains[split.name] = gains.get(split.name, 0.0) + split.gain
    for half in box.halves(split.name, split.cut):
        yield from _nodes(half, values, outcomes, least, depth - 1, gains)


def _best(values: pd.DataFrame, outcomes: Floats, least: int) -> _Split | None:
    """Split that takes most squares away, if its two sides clearly differ in some outcome."""
    best: _Split | None = None
    for name in values:
        column = values[name].to_numpy()
        for cut in _cuts(column):
            left = column == cut if isinstance(cut, str) else column <= cut
            n, m = int(left.sum()), int((~left).sum())
            if min(n, m) < least:
                continue
            apart = outcomes[left].mean(axis=0) - outcomes[~left].mean(axis=0)
            gain = float(n * m / (n + m) * np.sum(apart**2))
            if best is None or gain > best.gain:
                error = np.sqrt(outcomes[left].var(axis=0, ddof=1) / n + outcomes[~left].var(axis=0, ddof=1) / m)
                if (np.abs(apart) > CLEAR * error + ROUNDING).any():
                    best = _Split(str(name), cut, gain)
    return best


def _cuts(column: NDArray[np.generic]) -> list[float] | list[str]:
    if column.dtype == object:
        return sorted({str(level) for level in column.tolist()})
    inner = np.linspace(0.0, 1.0, CUTS + 2)[1:-1]
    numbers = column.astype(np.float64)
    return [float(cut) for cut in np.unique(np.quantile(numbers, inner, method="lower")) if cut < numbers.max()]
