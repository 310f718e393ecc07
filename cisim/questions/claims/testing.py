"""Tests of one claim over the ensemble: on average, in a fifth of its members, and in which share of it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from cisim.survival.intervals import t_quantile

Floats = NDArray[np.float64]

#: Share of the members in which a claim is looked for, and share of the ensemble that a supported claim must exceed.
FIFTH, MOST = 0.2, 2.0 / 3.0


@dataclass(frozen=True)
class Average:
    """Mean effect over the ensemble with its interval, and one-sided p values of being above and below."""

    value: float
    standard_error: float
    lower: float
    upper: float
    p_above: float
    p_below: float


def mean_over_ensemble(effects: Floats, weights: Floats, smallest: float = 0.0, confidence: float = 0.95) -> Average:
    """Mean over members and worlds, both taken as drawn from more of their kind.

    Parameters
    ----------
    effects : ndarray, shape (n_members, n_worlds)
        Members in the same worlds.
    weights : ndarray, shape (n_members,)
        They add up to 1.
    smallest : float
        `p_above` is for a mean above it, `p_below` for one below 0.
    confidence : float
        Coverage of the interval, in (0, 1).

    References
    ----------
    Two-way clusters: Cameron, Gelbach & Miller 2011, J. Bus. Econ. Stat. 29:238, with the degrees of freedom of the
    fewer clusters.
    """
    n_worlds, n_members = effects.shape[1], 1.0 / float(np.sum(weights**2))
    mean = float(weights @ effects.mean(axis=1))
    rest = effects - mean
    by_member = float(np.sum((weights * rest.mean(axis=1)) ** 2)) * n_members / max(n_members - 1.0, 1e-9)
    by_world = float(np.sum((weights @ rest) ** 2)) / n_worlds / (n_worlds - 1.0)
    by_run = float(np.sum((weights[:, None] * rest / n_worlds) ** 2))
    error = float(np.sqrt(max(by_member + by_world - by_run, by_member, by_world)))
    degrees = max(1.0, min(n_members, n_worlds) - 1.0)
    half = float(t_quantile(degrees, confidence)) * error
    p_above, p_below = (p_of(sign * (mean - at), error, degrees) for sign, at in ((1, smallest), (-1, 0.0)))
    return Average(mean, error, mean - half, mean + half, p_above, p_below)


def p_of(distance: float, error: float, degrees: float) -> float:
    """One-sided p value of a distance above 0; without any spread 0 or 1."""
    if error > 0:
        return float(stats.t.sf(distance / error, degrees))
    return 0.0 if distance > 0 else 1.0


def t_values(effects: Floats, smallest: float = 0.0) -> Floats:
    """Student's t of each member, shape (..., n_members); 0 where nothing spreads and nothing differs."""
    n = effects.shape[-1]
    distance = effects.mean(axis=-1) - smallest
    error = effects.std(axis=-1, ddof=1) / np.sqrt(n)
    floor = np.maximum(error, 1e-9 * np.abs(distance))
    return np.asarray(np.divide(distance, floor, out=np.zeros_like(distance), where=floor > 0))


def p_of_a_fifth(effects: Floats, weights: Floats, smallest: float) -> tuple[float, float]:
    """P values of the claim holding, and reversing, in the fifth of the members in which it does so most clearly.

    The fifth is chosen in one half of the worlds and judged in the other, so that luck does not choose it.

    Parameters
    ----------
    effects : ndarray, shape (n_contrasts, n_members, n_worlds)
        Effects in the direction of the claim.
    weights : ndarray, shape (n_members,)
        Weights of the members.
    smallest : float
        Smallest effect of interest.
    """
    choosing, judging = effects[..., ::2], effects[..., 1::2]
    size = max(2, round(FIFTH * len(weights)))
    best = np.argsort(-t_values(choosing, smallest).min(axis=0), kind="stable")[:size]
    worst = np.argsort(t_values(choosing).min(axis=0), kind="stable")[:size]
    above, below = (
        [mean_over_ensemble(part, weights[chosen] / weights[chosen].sum(), smallest) for part in judging[:, chosen]]
        for chosen in (best, worst)
    )
    return max(found.p_above for found in above), min(1.0, len(below) * min(found.p_below for found in below))


@dataclass(frozen=True)
class Shares:
    """Shares of the ensemble in which a claim holds, surely holds and surely fails, and p of more than `MOST`."""

    holds: float
    surely_holds: float
    surely_reverses: float
    p_most: float


def shares(effects: Floats, weights: Floats, smallest: float) -> Shares:
    """Return shares by weight; sure is what a member's own 95 % interval says. Shapes as in `p_of_a_fifth`."""
    n = effects.shape[-1]
    t, critical = t_values(effects, smallest), float(t_quantile(n - 1, 0.95))
    holds = float(weights @ (effects.mean(axis=-1) > smallest).all(axis=0))
    size = 1.0 / float(np.sum(weights**2))
    return Shares(
        holds,
        float(weights @ (t > critical).all(axis=0)),
        float(weights @ (t_values(effects) < -critical).any(axis=0)),
        float(stats.binom.sf(round(holds * size) - 1, round(size), MOST)),
    )
