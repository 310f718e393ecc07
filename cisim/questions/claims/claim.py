"""A claim: what a document says, and the contrast of settings that puts it to the test."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from cisim.parameters import Value
from cisim.study.design import Factor

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

    def summary(self) -> dict[str, Any]:
        """Say what decides the results, as plain values."""
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
