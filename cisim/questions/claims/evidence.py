"""Evidence of the runs on one claim, before any verdict: contrasts by member and world, and by point of the search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cisim.errors import CisimError, InputError
from cisim.questions.claims.claim import Claim, ClaimRuns, Ints
from cisim.questions.claims.metrics import Floats, Quantities, linearised

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
    """What the runs show of one claim.

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
