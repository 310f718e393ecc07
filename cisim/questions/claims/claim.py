"""A claim: what a document says, the contrast of settings that puts it to the test, and where its runs are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cisim.parameters import Value
from cisim.study.design import Factor
from cisim.study.design.factor import Column

Ints = NDArray[np.int64]

#: Words for the direction of an effect.
DIRECTIONS = {"up": 1, "down": -1}


class Term(NamedTuple):
    """One part of a contrast: a metric of an arm, added (sign 1) or taken off (sign -1)."""

    sign: int
    arm: str
    metric: str


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One claim.

    Attributes
    ----------
    name : str
        Short and unique, letters, digits and hyphens.
    claim : str
        The claim in one sentence.
    source : str
        Document and section.
    passage : str
        Words of the document that it rests on.
    scenario : str
        Case that it is tried in.
    arms : mapping of str to mapping of str to int, float or str
        Parameters that each arm sets, by dotted name.
    metric : str
        Metric of terms that name none (see `cisim.questions.claims.metrics`).
    contrasts : tuple of tuple of Term
        Sums of terms; the claim holds where every one of them goes in `direction`.
    direction : int
        1 if the contrasts are to be above 0, -1 if below.
    smallest : float
        Smallest effect of interest, in units of the contrast; 0 if any is.
    depends : tuple of Factor
        Parameters that it should depend on, with the ranges that a reversal is looked for in.
    replicates, samples : int or None
        Most worlds of a member, and most points of the search, where a run takes long; None for no less than others.
    """

    name: str
    claim: str
    source: str
    passage: str
    scenario: str
    arms: Mapping[str, Mapping[str, Value]]
    metric: str
    contrasts: tuple[tuple[Term, ...], ...]
    direction: int
    smallest: float = 0.0
    depends: tuple[Factor, ...] = ()
    replicates: int | None = None
    samples: int | None = None

    @property
    def contrast(self) -> str:
        """Contrast as it is written: ``time_free_of_failure, gazing - none``."""
        return f"{self.metric}, {' and '.join(self._written(terms) for terms in self.contrasts)}"

    def _written(self, terms: tuple[Term, ...]) -> str:
        parts = [
            f"{'+' if sign > 0 else '-'} {arm}" + ("" if metric == self.metric else f" ({metric})")
            for sign, arm, metric in terms
        ]
        return " ".join(parts).removeprefix("+ ")

    @property
    def quantities(self) -> tuple[str, ...]:
        """Quantities of runs that the metrics are made of, in the order of the terms."""
        return tuple(name for terms in self.contrasts for term in terms for name in term.metric.split("/"))

    def summary(self) -> dict[str, Any]:
        """Return what decides the results, as plain values."""
        return {
            "name": self.name,
            "scenario": self.scenario,
            "arms": {name: dict(given) for name, given in self.arms.items()},
            "contrasts": [[list(term) for term in terms] for terms in self.contrasts],
            "direction": self.direction,
            "smallest": self.smallest,
            "depends": [[item.name, item.low, item.high, list(item.values)] for item in self.depends],
        }


class Untested(NamedTuple):
    """A claim that the model cannot speak to, and why."""

    name: str
    claim: str
    source: str
    reason: str


@dataclass(frozen=True, eq=False)
class ClaimRuns:
    """Where the runs of one claim are.

    Attributes
    ----------
    members : mapping of str to ndarray of int64, each of shape (n_members,)
        Design point of every member of the ensemble, by arm; worlds 0 to `replicates` - 1.
    searched : mapping of str to ndarray of int64, each of shape (n_samples,)
        Design point of every point of the search, by arm.
    values : mapping of str to ndarray, each of shape (n_samples,)
        Values of the parameters that are searched.
    member : ndarray of int64, shape (n_samples,)
        Member of the ensemble that every point of the search is made from.
    start : ndarray of int64, shape (n_samples,)
        First world of every point of the search.
    replicates : int
        Worlds of every member.
    """

    members: Mapping[str, Ints]
    searched: Mapping[str, Ints]
    values: Mapping[str, Column]
    member: Ints
    start: Ints
    replicates: int
