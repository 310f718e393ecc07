"""Evidence on one claim: contrasts by member and world, and tests of them over the ensemble."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from cisim.errors import CisimError, InputError
from cisim.questions.claims.claim import Claim, ClaimRuns, Floats, Ints, Quantities, linearised
from cisim.survival.intervals import t_quantile

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
    """Return shares by weight; sure means by a member's own 95 % interval. Shapes as in `p_of_a_fifth`."""
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


#: Sign, numerator and denominator (None for none) of one term of a contrast.
Part = tuple[int, Floats, Floats | None]


@dataclass(frozen=True, eq=False)
class Search:
    """Points around a claim.

    Attributes
    ----------
    points : DataFrame, shape (n_points, n_parameters)
        Parameters searched.
    member : ndarray, shape (n_points,)
        Member of the ensemble behind each point.
    parts : list of list of Part
        Terms of every contrast, values of shape (n_points,).
    direction : int
        1 or -1.
    """

    points: pd.DataFrame
    member: Ints
    parts: list[list[Part]]
    direction: int

    def effects(self, chosen: NDArray[np.bool_] | slice = slice(None)) -> Floats:
        """Effects in the direction of the claim at some points, shape (n_contrasts, n_chosen)."""
        return np.stack([self.direction * _summed(terms, chosen) for terms in self.parts])


@dataclass(frozen=True, eq=False)
class Evidence:
    """Evidence of the runs on one claim.

    Attributes
    ----------
    claim : Claim
        The claim.
    weights : ndarray, shape (n_members,)
        They add up to 1.
    effects : ndarray, shape (n_contrasts, n_members, n_worlds)
        Values whose means over worlds are the contrasts, times the direction of the claim.
    search : Search or None
        Points around the claim.
    """

    claim: Claim
    weights: Floats
    effects: Floats
    search: Search | None


def _summed(terms: Sequence[Part], chosen: NDArray[np.bool_] | slice) -> Floats:
    found = [
        sign * linearised(above[..., chosen], None if below is None else below[..., chosen])
        for sign, above, below in terms
    ]
    return np.asarray(np.sum(found, axis=0))


class UnknownError(CisimError):
    """A metric of a claim is not known from the runs."""


class Reader:
    """Finds the runs of each claim in one table.

    Parameters
    ----------
    runs : DataFrame
        Columns point, replicate, status, duration, ending, cause and the outcomes that claims name; sorted by point and
        replicate.
    weights : ndarray, shape (n_members,)
        Weights of the members of the ensemble.
    worlds : int
        Worlds of a point of the search.
    communities : DataFrame, optional
        The same columns but status, a row for each community of every run, where runs have several.

    Raises
    ------
    InputError
        If a run met an error.
    """

    def __init__(
        self, runs: pd.DataFrame, weights: Floats, worlds: int, communities: pd.DataFrame | None = None
    ) -> None:
        if (runs["status"] != "ok").any():
            raise InputError("some runs met an error, so claims cannot be judged; run again, retry=errors")
        self._weights, self._worlds = weights, worlds
        self._span = int(runs["replicate"].max()) + 1
        self._keys = self._key(runs)
        self._rows_of = runs if communities is None else communities
        self._run = None if communities is None else np.searchsorted(self._keys, self._key(communities))

    def _key(self, table: pd.DataFrame) -> Ints:
        return np.asarray(table["point"].to_numpy() * self._span + table["replicate"].to_numpy())

    def evidence(self, claim: Claim, place: ClaimRuns, horizon: float) -> Evidence:
        """Return the evidence on one claim; members in which a ratio is not known are left out.

        Parameters
        ----------
        claim : Claim
            The claim.
        place : ClaimRuns
            Where its runs are.
        horizon : float
            Months to which they were followed.

        Raises
        ------
        UnknownError
            If fewer than two members are left.
        """
        quantities = Quantities(self._rows_of, horizon, self._run)
        every = np.arange(place.replicates)
        rows = {arm: self._rows(points[:, None], every) for arm, points in place.members.items()}
        parts = _parts(claim, quantities, rows)
        effects = np.stack([claim.direction * _summed(terms, slice(None)) for terms in parts])
        known = np.isfinite(effects).all(axis=(0, 2))
        if known.sum() < 2:
            raise UnknownError("its metric is known in fewer than two members of the ensemble; give more replicates=")
        weights = self._weights[known] / self._weights[known].sum()
        return Evidence(claim, weights, effects[:, known], self._search(claim, place, quantities))

    def _search(self, claim: Claim, place: ClaimRuns, quantities: Quantities) -> Search | None:
        if not place.searched:
            return None
        worlds = place.start[:, None] + np.arange(self._worlds)
        rows = {arm: self._rows(points[:, None], worlds) for arm, points in place.searched.items()}
        parts = [
            [(sign, above.mean(axis=1), None if below is None else below.mean(axis=1)) for sign, above, below in terms]
            for terms in _parts(claim, quantities, rows)
        ]
        return Search(pd.DataFrame(dict(place.values)), place.member, parts, claim.direction)

    def _rows(self, points: Ints, replicates: Ints) -> Ints:
        wanted = points * self._span + replicates
        rows = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        if (self._keys[rows] != wanted).any():
            raise InputError("some runs are missing, so claims cannot be judged; run again")
        return np.asarray(rows, dtype=np.int64)


def _parts(claim: Claim, quantities: Quantities, rows: Mapping[str, Ints]) -> list[list[Part]]:
    """Terms of every contrast with the values of their runs."""
    found = []
    for terms in claim.contrasts:
        parts: list[Part] = []
        for sign, arm, metric in terms:
            above, _, below = metric.partition("/")
            values = quantities.of(above)[rows[arm]]
            parts.append((sign, values, quantities.of(below)[rows[arm]] if below else None))
        found.append(parts)
    return found
