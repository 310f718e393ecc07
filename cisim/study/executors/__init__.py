"""Where batches run, behind one `concurrent.futures` seam: this process, threads, processes, or a cluster."""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from cisim.errors import InputError

#: Stands for ``threads`` where the engine lets others work, and for ``processes`` elsewhere.
AUTO = "auto"

#: ``package.module:function`` of every executor; each takes a `Workplace` and is a context manager.
EXECUTORS = {
    "threads": "cisim.study.executors.local:open_threads",
    "processes": "cisim.study.executors.local:open_processes",
    "dask": "cisim.study.executors.clusters:open_dask",
    "slurm": "cisim.study.executors.clusters:open_slurm",
}


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """Options of a cluster.

    Attributes
    ----------
    address : str or None
        Address of a running Dask scheduler; None starts a cluster on this machine.
    partition : str or None
        Slurm partition; None takes the cluster's default.
    minutes : int
        Longest that a Slurm job may take, at least 1.
    memory_gb : float
        Memory of a Slurm job, above 0.
    local : bool
        Whether jobs for Slurm run as processes of this machine instead, to try a study out.
    """

    address: str | None = None
    partition: str | None = None
    minutes: int = 60
    memory_gb: float = 4.0
    local: bool = False

    def __post_init__(self) -> None:
        if self.minutes < 1:
            raise InputError(f"cluster.minutes={self.minutes} is out of range; give a whole number of 1 or more")
        if not self.memory_gb > 0:
            raise InputError(f"cluster.memory_gb={self.memory_gb} is out of range; give a number above 0")


@dataclass(frozen=True, kw_only=True)
class Workplace:
    """Workers, cluster and folder of an executor.

    Attributes
    ----------
    workers : int
        Threads, processes or jobs at a time, at least 1.
    cluster : Cluster
        Options of a cluster.
    folder : Path or None
        Where an executor may keep files while it works; None if nothing is kept.
    """

    workers: int
    cluster: Cluster = Cluster()
    folder: Path | None = None


@contextmanager
def open_executor(name: str, workplace: Workplace) -> Iterator[Executor]:
    """Open the executor of that name; an error inside stops its workers soon."""
    module, function = EXECUTORS[name].split(":")
    with getattr(import_module(module), function)(workplace) as executor:
        yield executor
