"""Recommendation of an option for a case whose parameters are uncertain, and how sure the ranking is.

Read in this order: ``choices`` (options) <- ``compute`` (criteria and the ranking by them) <- ``tables``.
"""

from dataclasses import dataclass
from typing import Any

from cisim.config.options import PosteriorOptions, Verb, option


@dataclass
class AdviseOptions(PosteriorOptions):
    """Options of ``cisim advise``."""

    replicates: int = option(12, "worlds that every option lives through with every parameter set, 2 or more")
    members: bool = option(False, "true: keep the membership spells")
    posterior: Any = option(True, "what has no range: true: of the ensemble of cisim; a file of one; false: the case")
    parameters: Any = option(None, "what else is uncertain, over its range: uncertainties, a group, or names")
    samples: int = option(64, "states of the world drawn where there are ranges")
    strategies: Any = option("all8", "mixes to choose among: default5, all8, or a list such as [none,gazing+spacing]")
    intensity: float | None = option(None, "intensity of a strategy in use; default: the scenario's own")
    contracts: Any = option(None, "lengths of contract to choose among; default: 12, 36, 60 and the case's own")
    periods: Any = option(None, "periods of gazing to choose among; default: 12, 24, 48 and the case's own")
    tau: int | None = option(None, "until when (months); default: the horizon")


VERB = Verb(
    name="advise",
    title="Recommend strategies, contract and period for a case, with their certainty.",
    options=AdviseOptions,
    scenario="hondream",
)
