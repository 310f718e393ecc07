"""What the runs say of one claim, before any verdict: contrasts by member and world, and by point of the search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cisim.errors import CisimError, InputError
from cisim.questions.claims.quantities import Floats, Quantities, linearised

Ints = NDArray[np.int64]
#: Sign, numerator and denominator (None for none) of one term of a contrast.
Part = tuple[int, Floats, Floats | None]


@dataclass(frozen=True)
class Place:
    """Where the runs of a claim are, by arm: as `cisim.questions.claims.plan.Spot` has it."""

    members: Mapping[str, Ints]
    searched: Mapping[str, Ints]
    values: Mapping[str, NDArray[np.generic]]
    member: Ints
    start: Ints
    replicates: int


@dataclass(frozen=True)
class Question:
    """What is asked of the runs: a claim as plain values.

    Attributes
    ----------
    name, claim, source, passage, scenario, metric : str
        As in the file of claims.
    contrast : str
        In words.
    contrasts : sequence of sequence of (sign, arm, metric)
        The claim holds where every sum of terms goes in `direction`.
    direction : int
        1 or -1.
    smallest : float
        Smallest effect of interest.
    horizon : float
        Months to which runs are followed.
    """

    name: str
    claim: str
    source: str
    passage: str
    scenario: str
    metric: str
    contrast: str
    contrasts: Sequence[Sequence[tuple[int, str, str]]]
    direction: int
    smallest: float
    horizon: float


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
    """What the runs say of one claim.

    Attributes
    ----------
    question : Question
        The claim.
    weights : ndarray, shape (n_members,)
        They add up to 1.
    effects : ndarray, shape (n_contrasts, n_members, n_worlds)
        Values whose means over worlds are the contrasts, times the direction of the claim.
    search : Search or None
        Points around the claim.
    """

    question: Question
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
    """The runs say nothing of a claim."""


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

    def evidence(self, question: Question, place: Place) -> Evidence:
        """Lay out the runs of one claim; members in which a ratio is not known are left out.

        Raises
        ------
        UnknownError
            If fewer than two members are left.
        """
        quantities = Quantities(self._rows_of, question.horizon, self._run)
        every = np.arange(place.replicates)
        rows = {arm: self._rows(points[:, None], every) for arm, points in place.members.items()}
        parts = _parts(question, quantities, rows)
        effects = np.stack([question.direction * _summed(terms, slice(None)) for terms in parts])
        known = np.isfinite(effects).all(axis=(0, 2))
        if known.sum() < 2:
            raise UnknownError("its metric is known in fewer than two members of the ensemble; give more replicates=")
        weights = self._weights[known] / self._weights[known].sum()
        return Evidence(question, weights, effects[:, known], self._search(question, place, quantities))

    def _search(self, question: Question, place: Place, quantities: Quantities) -> Search | None:
        if not place.searched:
            return None
        worlds = place.start[:, None] + np.arange(self._worlds)
        rows = {arm: self._rows(points[:, None], worlds) for arm, points in place.searched.items()}
        parts = [
            [(sign, above.mean(axis=1), None if below is None else below.mean(axis=1)) for sign, above, below in terms]
            for terms in _parts(question, quantities, rows)
        ]
        return Search(pd.DataFrame(dict(place.values)), place.member, parts, question.direction)

    def _rows(self, points: Ints, replicates: Ints) -> Ints:
        wanted = points * self._span + replicates
        rows = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        if (self._keys[rows] != wanted).any():
            raise InputError("some runs are missing, so claims cannot be judged; run again")
        return np.asarray(rows, dtype=np.int64)


def _parts(question: Question, quantities: Quantities, rows: Mapping[str, Ints]) -> list[list[Part]]:
    """Terms of every contrast with the values of their runs."""
    found = []
    for terms in question.contrasts:
        parts: list[Part] = []
        for sign, arm, metric in terms:
            above, _, below = metric.partition("/")
            values = quantities.of(above)[rows[arm]]
            parts.append((sign, values, quantities.of(below)[rows[arm]] if below else None))
        found.append(parts)
    return found
