"""A design over parameters: how long coalitions last along them."""

from dataclasses import dataclass

from cisim.config.options import PosteriorOptions, Verb, option


@dataclass
class SweepOptions(PosteriorOptions):
    """Options of ``cisim sweep``."""

    replicates: int = option(100, "runs of every point; with target=, of its first stage")
    members: bool = option(False, "true: keep the membership spells")
    design: str = option("auto", "factorial, lhs, sobol or oat; auto: sobol with an interval, else factorial")
    samples: int | None = option(None, "points of lhs (100) and sobol (128), values of each interval of oat (5)")
    table: str | None = option(None, "CSV or Parquet file of points, one column for each parameter")
    target: float | None = option(None, "half-width wanted at every point; replicates are added to reach it")
    target_of: str = option("time_free_of_failure", "time_free_of_failure (months) or share_failed")
    target_month: int | None = option(None, "until when; default: the horizon")
    budget: int = option(1_000_000, "most runs in all with target=")
    reuse: bool = option(True, "false: run points again that another sweep in the same folder has run")


VERB = Verb(
    name="sweep",
    title="Run a design over parameters, and estimate at each of its points.",
    options=SweepOptions,
    scenario="ordinary",
)
