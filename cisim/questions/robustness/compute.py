"""What a coalition with a disturbance and its twin without it say: ratios over those that the disturbance met."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from cisim.questions.robustness.layout import Floats, Layout
from cisim.questions.robustness.lives import Lives
from cisim.questions.robustness.ratios import Ratio

#: Recovery by arm, exposure and state: struck, and months, each of shape (n_worlds,).
Recoveries = Mapping[tuple[int, int, str], tuple[Floats, Floats]]


class Pairs(NamedTuple):
    """An exposure of an arm beside its twin, every array of shape (n_members, n_worlds).

    Attributes
    ----------
    met : ndarray
        1 where the coalition was there when the disturbance began, else 0; it is 0 too where a run met an error.
    change : ndarray
        Months free of failure, with minus without.
    left : ndarray
        Months free of failure that the twin had left when the disturbance began.
    surviving : ndarray
        Whether it had not failed some months later, with minus without.
    """

    met: Floats
    change: Floats
    left: Floats
    surviving: Floats


def pairs_of(lives: Lives, layout: Layout, arm: int, exposure: int) -> Pairs:
    """Pair every run with its twin.

    The two are one and the same until the disturbance, so both are there when it strikes or neither is. A failure is
    dated at the vacancy or shortfall that led to it, some months back: the coalition was there if either of the two is
    dated at the month of the shock or later.
    """
    shock = layout.exposures[exposure]
    with_it, without = layout.setting(arm, exposure), layout.setting(arm, shock.twin)
    there = (lives.duration[with_it] >= shock.month) | (lives.duration[without] >= shock.month)
    met = there & ~np.isnan(lives.duration[with_it]) & ~np.isnan(lives.duration[without])
    start = max(shock.month - 1, 0)
    later = start + layout.within
    survived = [~((lives.failed[at] == 1) & (lives.duration[at] <= later)) for at in (with_it, without)]
    return Pairs(
        met=met.astype(np.float64),
        change=np.where(met, lives.free[with_it] - lives.free[without], 0.0),
        left=np.where(met, np.maximum(lives.free[without] - start, 1.0), 0.0),
        surviving=np.where(met, survived[0].astype(np.float64) - survived[1], 0.0),
    )


class Measure(NamedTuple):
    """A measure of robustness: a ratio of what `top` gives over what `bottom` gives."""

    name: str
    unit: str
    low: float
    high: float
    top: Callable[[Pairs], Floats]
    bottom: Callable[[Pairs], Floats]


def measures(layout: Layout) -> tuple[Measure, ...]:
    """Measures of durations, in order."""
    tau, within = float(layout.tau), layout.within
    return (
        Measure("change", "months", -tau, tau, lambda p: p.change, lambda p: p.met),
        Measure("relative_change", "share", -1.0, 1.0, lambda p: p.change, lambda p: p.left),
        Measure(f"change_free_{within}", "probability", -1.0, 1.0, lambda p: p.surviving, lambda p: p.met),
    )


def over_worlds(top: Floats, bottom: Floats, among: Floats, weights: Floats) -> Ratio:
    """Add up parameter sets by weight within every world, among some of the pairs; shape (n_worlds,)."""
    return Ratio(weights @ (among * top), weights @ (among * bottom))
