"""Scenario discovery: the conditions under which coalitions fail early although strategies are used.

Read in this order: ``discovery`` (what is looked for) <- ``boxes`` (what a box is, and what it says of other points) <-
``compute`` (finds them) <- ``tables``.
"""

from dataclasses import dataclass
from typing import Any

from cisim.config.options import PosteriorOptions, Verb, option


@dataclass
class DiscoverOptions(PosteriorOptions):
    """Options of ``cisim discover``."""

    replicates: int = option(10, "runs of every state of the world, all in the same worlds")
    members: bool = option(False, "true: keep the membership spells")
    posterior: Any = option(True, "what has no range: true: of the ensemble of cisim; a file of one; false: the case")
    parameters: Any = option(None, "uncertainties, a group, or names; default: population, environment, shocks")
    samples: int = option(2000, "states of the world")
    strategies: Any = option("all", "strategies in use; a list searches for each by itself")
    intensity: float | None = option(None, "intensity of a strategy in use; default: the scenario's own")
    before: int = option(60, "month by the end of which failures count")
    boxes: int = option(3, "boxes at most")


VERB = Verb(
    name="discover",
    title="Find the conditions under which coalitions fail early.",
    options=DiscoverOptions,
    scenario="hondream",
)
