"""Which parameters an outcome depends on, and how surely: indices, intervals, variance taken apart.

Read from the bottom up: ``units_and_worlds`` (outcomes by unit, row and world; standard errors) <- ``samplers`` (plans
of points), ``elementary_effects``, ``variance_based``, ``distribution_based``, ``surrogate`` (indices) <-
``sensitivity_methods`` (the one table of methods) <- ``indices`` (intervals, nested sizes, verdict, variance),
``profiles`` (year by year, along a parameter) <- ``outcomes`` (from runs) and ``plan`` (what is run) <- ``compute``
(every table) <- ``tables`` (files), ``index_figures``, ``profile_figures``, ``figures`` <- ``screening`` (two stages),
``verb``. ``docs/sensitivity.md``: which method answers what.
"""

from dataclasses import dataclass
from typing import Any

from cisim.config.options import StudyOptions, Verb, option


@dataclass
class SensitivityOptions(StudyOptions):
    """Options of ``cisim sensitivity``."""

    replicates: int = option(20, "runs of every point, all in the same worlds; 4 or more separate chance")
    members: bool = option(False, "true: keep the membership spells")
    method: str = option("morris", "morris, sobol or another of docs/sensitivity.md; auto: morris, then sobol")
    parameters: Any = option(None, "uncertainties (default if no range is given), levers, all, a group, or names")
    samples: int | None = option(
        None, "morris: trajectories (20); sobol: base points (256); oat: levels (5); others: points"
    )
    screening: int = option(20, "trajectories of the screening of method=auto")
    negligible: float = option(0.05, "share of squared effects that method=auto may freeze")
    surrogate: bool = option(False, "true: method=sobol from a Gaussian process of 512 points")
    second_order: bool = option(False, "true: indices of pairs too, with method=sobol or hdmr")
    outcomes: Any = option("time_free_of_failure", "one or a list, for instance [share_failed,median,survival,causes]")
    tau: int | None = option(None, "until when (months); default: the horizon")
    precision: float = option(0.1, "width of the widest 95 % interval that counts as converged")
    reuse: bool = option(True, "false: run points again that another analysis in the same folder has run")


VERB = Verb(
    name="sensitivity",
    title="Rank the parameters that decide an outcome, with intervals.",
    options=SensitivityOptions,
    scenario="hondream",
)
