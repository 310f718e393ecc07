"""Where a claim holds and where it reverses: boxes found on one half of the search and confirmed on the other.

The halves share neither parameter sets nor worlds, so that the effect in a box is not estimated on what made it be
chosen (honest estimation, Athey & Imbens 2016, PNAS 113:7353).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cisim.questions.claims.evidence import Search, p_of
from cisim.questions.claims.tree import Tree, TreeBox, grow
from cisim.survival.intervals import t_quantile

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

#: Members of the ensemble that a box must hold for an estimate.
FEWEST_MEMBERS = 5


@dataclass(frozen=True)
class Confirmed:
    """A box with the effect in the half that did not find it.

    Attributes
    ----------
    box : TreeBox
        Where.
    share : float
        Share of the points searched that lie inside.
    value, lower, upper : float
        Effect there in the direction of the claim, with its 95 % interval: the contrast that is weakest.
    p : float
        One-sided, that the claim holds there, or that it reverses there.
    """

    box: TreeBox
    share: float
    value: float
    lower: float
    upper: float
    p: float


@dataclass(frozen=True)
class Regions:
    """Where a claim holds best and where it reverses, and the tree that both come from."""

    tree: Tree
    holds: Confirmed
    reverses: Confirmed


def find_regions(search: Search, smallest: float = 0.0) -> Regions:
    """Find both boxes on members of even number, and confirm them on the others.

    Of the boxes of a tree, and those that they lie in, each is the one in which the effect is clearest.

    Parameters
    ----------
    search : Search
        Points around a claim.
    smallest : float
        Smallest effect of interest: above it a claim holds, below 0 it reverses.
    """
    first = search.member % 2 == 0
    tree = grow(search.points[first], search.effects(first).T)
    clear = [_clearness(search, box.holds(search.points) & first) for box in tree.nodes]
    return Regions(
        tree,
        confirm_region(search, ~first, tree.nodes[int(np.argmax(clear))], 1, smallest),
        confirm_region(search, ~first, tree.nodes[int(np.argmin(clear))], -1, 0.0),
    )


def _clearness(search: Search, chosen: Flags) -> float:
    """Mean over standard error at some points, of the contrast for which it is least; 0 where a ratio is not known."""
    rows = [_clustered(values, search.member[chosen]) for values in search.effects(chosen)]
    found = [value / error if error > 0 else 0.0 for value, error, _ in rows]
    return min(found) if np.isfinite(found).all() else 0.0


def confirm_region(search: Search, fresh: Flags, box: TreeBox, sign: int, least: float) -> Confirmed:
    """Estimate the effect inside a box from points that did not find it.

    Parameters
    ----------
    search : Search
        Points around a claim.
    fresh : ndarray of bool, shape (n_points,)
        Points that took no part in finding the box.
    box : TreeBox
        Where.
    sign : int
        1 to test that every contrast is above `least`, -1 that one is below it.
    least : float
        In units of the effect.
    """
    inside = box.holds(search.points)
    chosen = inside & fresh
    share = float(inside.mean())
    member = search.member[chosen]
    if len(np.unique(member)) < FEWEST_MEMBERS:
        return Confirmed(box, share, np.nan, np.nan, np.nan, 1.0)
    rows = [_clustered(values, member) for values in search.effects(chosen)]
    if not np.isfinite([value for value, *_ in rows]).all():
        return Confirmed(box, share, np.nan, np.nan, np.nan, 1.0)
    p_values = [p_of(sign * (value - least), error, degrees) for value, error, degrees in rows]
    value, error, degrees = min(rows)
    half = float(t_quantile(degrees, 0.95)) * error
    p = max(p_values) if sign > 0 else min(1.0, len(p_values) * min(p_values))
    return Confirmed(box, share, value, value - half, value + half, p)


def _clustered(values: Floats, member: NDArray[np.int64]) -> tuple[float, float, float]:
    """Mean, standard error clustered by member (Liang & Zeger 1986), and degrees of freedom."""
    mean = float(values.mean())
    _, group = np.unique(member, return_inverse=True)
    sums = np.bincount(group.reshape(-1), values - mean)
    n = len(sums)
    return mean, float(np.sqrt(n / (n - 1.0) * np.sum(sums**2))) / len(values), n - 1.0


def describe_region(box: TreeBox, digits: int = 3) -> str:
    """Return a box in words; ``over the whole of the ranges`` for one that nothing bounds."""
    parts = []
    for name, (low, high) in box.limits.items():
        if np.isinf(low):
            parts.append(f"{name} is at most {high:.{digits}g}")
        elif np.isinf(high):
            parts.append(f"{name} is above {low:.{digits}g}")
        else:
            parts.append(f"{name} lies between {low:.{digits}g} and {high:.{digits}g}")
    parts += [f"{name} is {level}" for name, level in box.levels.items()]
    parts += [f"{name} is not {' or '.join(levels)}" for name, levels in box.others.items() if name not in box.levels]
    if not parts:
        return "over the whole of the ranges"
    return f"where {', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else f"where {parts[0]}"
