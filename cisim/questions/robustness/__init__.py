"""How far disturbances of each class move a coalition, with and without strategies, in the same worlds.

Read in this order: ``exposures`` (what is run) <- ``compute`` (runs as arrays, pairs of worlds, ratios) and
``recovery`` (trajectories) <- ``findings`` (in sentences) <- ``tables``.
"""

from dataclasses import dataclass
from typing import Any

from cisim.config.options import PosteriorOptions, Verb, option


@dataclass
class RobustnessOptions(PosteriorOptions):
    """Options of ``cisim robustness``."""

    replicates: int = option(400, "runs of every arm with every disturbance; run r is the same world in all of them")
    members: bool = option(False, "true: keep the membership spells")
    strategies: Any = option("default5", "default5, all8, or a list such as [none,gazing+spacing]")
    intensity: float | None = option(None, "intensity of a strategy in use; default: the scenario's own")
    classes: Any = option(None, "internal, external, relational, or a list; default: all three")
    months: Any = option("[12,36,72]", "when a shock strikes that comes once; one or a list")
    sizes: Any = option("[0.5,1]", "its sizes, shares; one or a list; sizes=[]: none that comes once")
    rates: Any = option("[0.5,1]", "standing disturbances, shares of the largest rate of the registry; rates=[]: none")
    states: Any = option("[commitment,trust,social]", "states whose recovery is followed; states=[]: none")
    within: int = option(60, "months after a shock for which coalitions are followed")
    band: float = option(0.05, "share by which a recovered state may lie below what it would be without the shock")
    tau: int | None = option(None, "until when (months); default: the horizon")


VERB = Verb(
    name="robustness",
    title="Estimate the effect of shocks on persistence, with and without strategies.",
    options=RobustnessOptions,
    scenario="hondream",
)
