"""Options of the verbs that run the model: name, type, default and meaning, declared once."""

from dataclasses import dataclass, field, fields, make_dataclass
from typing import Any

from cisim.study.executors import Cluster
from cisim.study.extensions import KEYS

#: A user's own classes, ``path/to/file.py:ClassName`` or ``package.module:ClassName``, by what they replace.
Extensions = make_dataclass("Extensions", [(key, str | None, None) for key in KEYS])


def option(default: Any, text: str) -> Any:  # noqa: ANN401
    """Declare an option with its default and what it means."""
    return field(default=default, metadata={"text": text})


def _cluster() -> Any:  # noqa: ANN401
    return field(default_factory=Cluster, metadata={"text": "what a cluster needs to be told, see docs/sweeps.md"})


def _own_classes(text: str) -> Any:  # noqa: ANN401
    return field(default_factory=Extensions, metadata={"text": text})


@dataclass
class StudyOptions:
    """Options of every verb that keeps runs, besides the scenario and the parameters."""

    replicates: int = option(100, "runs of the scenario, 1 or more")
    seed: int = option(1, "0 to 2**63 - 1; the same seed gives the same runs")
    workers: int = option(0, "threads, processes or jobs at a time; 0: all cores; results do not depend on it")
    executor: str = option("auto", "threads, processes, dask or slurm; auto: threads, processes for engine=mesa")
    cluster: Cluster = _cluster()
    engine: str = option("auto", "compiled or mesa, with the same results; auto: compiled, mesa with extensions")
    out: str = option("results", "folder of all results")
    name: str | None = option(None, "folder of this result; default: time and short hash")
    members: bool = option(True, "false: leave out the membership spells")
    trajectories: bool = option(False, "true: keep the monthly trajectories")
    events: bool = option(False, "true: keep the timed event log")
    retry: str = option("nothing", "errors: do those runs of a finished result again that raised an error")
    extensions: Extensions = _own_classes(  # type: ignore[valid-type]
        "own classes, for instance extensions.gazing=my_file.py:MyGazing"
    )


@dataclass
class RunOptions(StudyOptions):
    """Options of ``cisim run``."""

    posterior: Any = option(False, "true: over the ensemble of cisim calibrate that comes with cisim; or a file of one")


@dataclass
class CompareOptions(RunOptions):
    """Options of ``cisim compare``."""

    replicates: int = option(100, "runs of every arm, 1 or more; run r is the same world in every arm")
    trajectories: bool = option(True, "false: leave out the monthly trajectories")
    strategies: Any = option("default5", "default5, all8, or a list such as [none,gazing+spacing]")
    scenarios: Any = option(None, "scenarios to compare as they are, [hjump_alone,hjump], not strategies")
    intensity: float | None = option(None, "intensity of a strategy in use; default: the scenario's own")


@dataclass
class SweepOptions(RunOptions):
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


@dataclass
class SensitivityOptions(StudyOptions):
    """Options of ``cisim sensitivity``."""

    replicates: int = option(20, "runs of every point, all in the same worlds; from 4 on chance is told apart")
    members: bool = option(False, "true: keep the membership spells")
    method: str = option("morris", "morris, sobol, fast, rbd_fast, hdmr, pawn, delta, regional, oat or auto")
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


@dataclass
class ClaimsOptions(StudyOptions):
    """Options of ``cisim claims``."""

    replicates: int = option(24, "worlds of every member of the ensemble in every arm, 4 or more")
    members: bool = option(False, "true: keep the membership spells")
    files: Any = option(None, "files of claims, of configs/claims or your own .yaml; default: all of configs/claims")
    only: Any = option(None, "names of claims to test; default: all of the files")
    posterior: Any = option(True, "true: the ensemble of cisim calibrate that comes with cisim; or a file of one")
    samples: int = option(1024, "points searched around each claim for where it reverses; 0: no search")
    worlds: int = option(2, "worlds of each of these points, which no other point has")
    reuse: bool = option(True, "false: run points again that another trial in the same folder has run")


@dataclass
class RobustnessOptions(RunOptions):
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


@dataclass
class AdviseOptions(RunOptions):
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


@dataclass
class DiscoverOptions(RunOptions):
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
    cluster: Cluster = _cluster()
    engine: str = option("auto", "compiled or mesa, with the same results; auto: compiled, mesa with extensions")
    out: str = option("results", "folder of all results")
    name: str | None = option(None, "folder of this result; default: time and short hash")
    extensions: Extensions = _own_classes(  # type: ignore[valid-type]
        "own classes, for instance extensions.gazing=my_file.py:MyGazing"
    )


@dataclass
class VerifyOptions:
    """Options of ``cisim verify``, which writes no results."""

    replicates: int = option(20, "runs on each engine, 1 or more")
    seed: int = option(1, "0 to 2**63 - 1")
    extensions: Extensions = _own_classes("none: the compiled engine cannot run own classes")  # type: ignore[valid-type]


#: Options of a verb.
VerbOptions = StudyOptions | CalibrateOptions | VerifyOptions

#: Options of each verb.
OPTIONS: dict[str, type[VerbOptions]] = {
    "run": RunOptions,
    "compare": CompareOptions,
    "sweep": SweepOptions,
    "sensitivity": SensitivityOptions,
    "claims": ClaimsOptions,
    "robustness": RobustnessOptions,
    "advise": AdviseOptions,
    "discover": DiscoverOptions,
    "calibrate": CalibrateOptions,
    "verify": VerifyOptions,
}

_EXPECTED: dict[Any, str] = {
    int: "a whole number",
    int | None: "a whole number",
    float: "a number",
    float | None: "a number",
    bool: "true or false",
}


def expected(verb: str, name: str) -> str:
    """Return what the option `name` of `verb` takes, in words."""
    kinds: dict[str, Any] = {item.name: item.type for item in fields(OPTIONS[verb])}
    return _EXPECTED.get(kinds.get(name), "text")
