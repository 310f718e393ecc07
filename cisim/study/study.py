"""A study: its case, arms, replicates, engine, executor and result folder."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar

from cisim.errors import InputError
from cisim.parameters import Parameters
from cisim.study.arms_design import arms_design
from cisim.study.design import Design
from cisim.study.engines import AUTO, BLOCKS, ENGINES, EXTENSIBLE
from cisim.study.executors import AUTO as AUTO_EXECUTOR
from cisim.study.executors import EXECUTORS, Cluster
from cisim.study.limits import LARGEST_SEED, check_whole
from cisim.study.parameter_sets import Ensemble
from cisim.study.replication import Replication
from cisim.study.result_name import check_name, check_out
from cisim.study.task import Task

#: Fields that say where and how a study runs, and not what comes out of it.
INCIDENTAL = (
    *("out", "name", "workers", "folders", "executor", "cluster", "reuse", "retry", "params", "cases", "design"),
    *("ensemble", "task"),
)

#: What ``retry=`` takes: runs that raised are kept as they are, or done again.
NO_RETRY, ERRORS = "nothing", "errors"


TaskT = TypeVar("TaskT", bound=Task)


@dataclass(frozen=True, kw_only=True)
class Study:
    """One study, checked: the same study and seed give the same runs, wherever it runs.

    Attributes
    ----------
    verb : str
        ``run``, ``compare``, ``sweep``, ``sensitivity``, ``robustness`` and so on.
    scenario : str
        Name of the case that `params` come from; the names of all, joined by +, where a sweep varies it.
    params : Parameters
        Parameters of the case; a comparison changes the intensities of the strategies only.
    design : Design or None
        Design points of a sweep; None makes one of the arms, or of the case as it is.
    cases : mapping of str to Parameters
        Parameters of every scenario that `design` names.
    ensemble : Ensemble or None
        Parameter sets that every setting is run with; the points of `design` are then all members at the first
        setting, all at the second, and so on (see `cisim.config.uncertainty`).
    task : Task or None
        Plan of the analysis that the points of `design` come from.
    replication : Replication or None
        Replicates by need; None gives every design point the same number.
    strategies : tuple of str
        Labels of the arms, each once (see `cisim.study.arms_design`); empty when nothing is compared.
    intensity : float or None
        Intensity in (0, 1] of a strategy that an arm uses; None takes the case's own.
    seed : int
        0 to 2**63 - 1. Replicate r of every arm lives through the world (seed, r).
    replicates : int
        Runs of every arm, at least 1.
    workers : int
        Threads, processes or jobs at a time, at least 0: 0 takes all cores, 1 runs in this process.
    executor : str
        Key of `cisim.study.executors.EXECUTORS`, or ``auto``.
    cluster : Cluster
        Options of a cluster.
    engine : str
        Key of `cisim.study.engines.ENGINES`, or ``auto`` (see `runs_on`).
    out : str
        Folder of all results.
    name : str or None
        Name of this result; None makes one from the time and the configuration.
    members, trajectories, events : bool
        Whether to keep membership spells, monthly trajectories, and the timed event log.
    reuse : bool
        Whether to take over runs that other results of the same verb in `out` hold already.
    retry : str
        ``errors`` does those runs of a finished result again that raised; else ``nothing``.
    extensions : mapping of str to str
        A user's own classes by what they replace (see `cisim.study.own_classes`).
    folders : tuple of Path
        Where files of `extensions` are looked up, after the current folder.

    Raises
    ------
    InputError
        If an option is out of range.
    """

    verb: str
    scenario: str
    params: Parameters
    design: Design | None = None
    cases: Mapping[str, Parameters] = field(default_factory=dict)
    ensemble: Ensemble | None = None
    task: Task | None = None
    replication: Replication | None = None
    strategies: tuple[str, ...] = ()
    intensity: float | None = None
    seed: int = 1
    replicates: int = 100
    workers: int = 0
    executor: str = AUTO_EXECUTOR
    cluster: Cluster = Cluster()
    engine: str = AUTO
    out: str = "results"
    name: str | None = None
    members: bool = True
    trajectories: bool = False
    events: bool = False
    reuse: bool = False
    retry: str = NO_RETRY
    extensions: Mapping[str, str] = field(default_factory=dict)
    folders: tuple[Path, ...] = ()

    def __post_init__(self) -> None:
        check_whole("seed", self.seed, 0, LARGEST_SEED)
        check_whole("replicates", self.replicates, 1)
        check_whole("workers", self.workers, 0)
        if self.engine not in (AUTO, *ENGINES):
            raise InputError(f"engine={self.engine} is not known; use engine={', '.join((AUTO, *ENGINES))}")
        if self.executor not in (AUTO_EXECUTOR, *EXECUTORS):
            names = ", ".join((AUTO_EXECUTOR, *EXECUTORS))
            raise InputError(f"executor={self.executor} is not known; use executor={names}")
        if self.retry not in (NO_RETRY, ERRORS):
            raise InputError(f"retry={self.retry} is not known; use retry={NO_RETRY} or retry={ERRORS}")
        if self.extensions and self.engine == "compiled":
            raise InputError("engine=compiled cannot run extensions; use engine=mesa, or leave engine out")
        if self.intensity is not None and not 0.0 < self.intensity <= 1.0:
            raise InputError(f"intensity={self.intensity} is out of range; give a number above 0 and at most 1")
        check_out(self.out)
        if self.name is not None:
            check_name(self.name)

    @property
    def runs_on(self) -> str:
        """Engine that runs the study: the compiled one unless another is asked for or there are extensions."""
        if self.engine != AUTO:
            return self.engine
        return EXTENSIBLE if self.extensions else "compiled"

    @property
    def runs_in(self) -> str:
        """Executor that runs the study: threads where the engine lets others work, unless another is asked for."""
        if self.executor != AUTO_EXECUTOR:
            return self.executor
        return "threads" if ENGINES[self.runs_on] in BLOCKS else "processes"

    @property
    def known_ensemble(self) -> Ensemble:
        """The ensemble of a study that must have one; TypeError if it has none, a fault of the program."""
        if self.ensemble is None:
            raise TypeError(f"a study of cisim {self.verb} without an ensemble")
        return self.ensemble

    def task_as(self, kind: type[TaskT]) -> TaskT:
        """Return the task of a study whose task is of that kind; TypeError if it is not, a fault of the program."""
        if not isinstance(self.task, kind):
            raise TypeError(f"a study of cisim {self.verb} whose task is no {kind.__name__}")
        return self.task

    def points(self) -> Design:
        """Design of the study: as given, one point for each arm, or the case as it is."""
        if self.design is not None:
            return self.design
        if self.strategies:
            return arms_design(self.strategies, self.params, self.intensity)
        return Design(columns={}, kind="single")

    def all_cases(self) -> Mapping[str, Parameters]:
        """Parameters of every scenario of the study by name."""
        return self.cases or {self.scenario: self.params}

    def resolved(self) -> dict[str, Any]:
        """Everything that decides the results, as plain values: options, then the groups of parameters."""
        options = {item.name: getattr(self, item.name) for item in fields(self) if item.name not in INCIDENTAL}
        plain = {name: asdict(value) if is_dataclass(value) else value for name, value in options.items()}  # type: ignore[arg-type]
        cases = {name: asdict(params) for name, params in self.cases.items()} if len(self.cases) > 1 else {}
        return {
            **plain,
            "engine": self.runs_on,
            "strategies": list(self.strategies),
            "extensions": dict(self.extensions),
            **({"design": self.design.summary()} if self.design is not None else {}),
            **({"cases": cases} if cases else {}),
            **({"posterior": self.ensemble.summary()} if self.ensemble is not None else {}),
            **({self.verb: self.task.summary()} if self.task is not None else {}),
            **asdict(self.params),
        }

    def fingerprint(self) -> str:
        """Hash (64 hexadecimal digits) of what decides the results."""
        text = json.dumps(self.resolved(), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()
