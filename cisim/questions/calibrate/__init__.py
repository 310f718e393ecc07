"""Calibration: parameter sets that meet target patterns, by approximate Bayesian computation."""

from dataclasses import dataclass
from typing import Any

from cisim.config.options import Extensions, Verb, cluster_option, extensions_option, option
from cisim.study.executors import Cluster


@dataclass
class CalibrateOptions:
    """Options of ``cisim calibrate``."""

    targets: str = option("ordinary", "file in configs/targets, a .yaml file, or a .csv of observed durations")
    parameters: Any = option("behaviour", "behaviour, uncertainties, a group such as exit, a name, or a list")
    particles: int = option(400, "parameter sets that move towards the targets together, 10 or more")
    draws: int = option(16384, "parameter sets drawn from the prior at first, of which the nearest go on")
    replicates: int = option(200, "runs of a parameter set in each move, 4 or more")
    confirm: int = option(3000, "runs of every parameter set in the end, by which it is kept or not")
    seed: int = option(1, "0 to 2**63 - 1; the same seed gives the same ensemble")
    workers: int = option(0, "threads, processes or jobs at a time; 0: all cores; results do not depend on it")
    executor: str = option("auto", "threads, processes, dask or slurm; auto: threads")
    cluster: Cluster = cluster_option()
    engine: str = option("auto", "compiled or mesa, with the same results; auto: compiled, mesa with extensions")
    out: str = option("results", "folder of all results")
    name: str | None = option(None, "folder of this result; default: time and short hash")
    extensions: Extensions = extensions_option(  # type: ignore[valid-type]
        "own classes, for instance extensions.gazing=my_file.py:MyGazing"
    )


VERB = Verb(
    name="calibrate",
    title="Find parameter sets that meet target patterns, or durations observed.",
    options=CalibrateOptions,
    scenario="ordinary",
)
