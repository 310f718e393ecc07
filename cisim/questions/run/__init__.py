"""One scenario as it is: how its coalitions fare, what goes on within them."""

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
