"""One scenario as it is: persistence of its coalitions, and their trajectories."""

from dataclasses import dataclass

from cisim.config.options import PosteriorOptions, Verb


@dataclass
class RunOptions(PosteriorOptions):
    """Options of ``cisim run``."""


VERB = Verb(
    name="run",
    title="Run one scenario and show how its coalitions fare.",
    options=RunOptions,
    scenario="ordinary",
)
