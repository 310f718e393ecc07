"""Arms in the same worlds: how long coalitions last with each mix of strategies, and how they end."""

from dataclasses import dataclass
from typing import Any

from cisim.config.options import PosteriorOptions, Verb, option


@dataclass
class CompareOptions(PosteriorOptions):
    """Options of ``cisim compare``."""

    replicates: int = option(100, "runs of every arm, 1 or more; run r is the same world in every arm")
    trajectories: bool = option(True, "false: leave out the monthly trajectories")
    strategies: Any = option("default5", "default5, all8, or a list such as [none,gazing+spacing]")
    scenarios: Any = option(None, "scenarios to compare as they are, [hjump_alone,hjump], not strategies")
    intensity: float | None = option(None, "intensity of a strategy in use; default: the scenario's own")


VERB = Verb(
    name="compare",
    title="Compare the strategies of the backbone in the same worlds.",
    options=CompareOptions,
    scenario="hondream",
)
