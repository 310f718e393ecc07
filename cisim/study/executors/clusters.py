"""Batches on a cluster: Dask (https://distributed.dask.org), or Slurm through submitit."""

import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from cisim.errors import CisimError, InputError
from cisim.study.executors import Workplace


@contextmanager
def open_dask(workplace: Workplace) -> Iterator[Executor]:
    """Connect to the scheduler at ``cluster.address``, or start one with ``workers`` processes here.

    Raises
    ------
    InputError
        If Dask is not installed.
    CisimError
        If there is no scheduler at the address.
    """
    try:
        import distributed
    except ImportError as problem:
        raise InputError("executor=dask needs Dask, which is not installed; pip install 'cisim[cluster]'") from problem
    untyped: Any = distributed
    address, scratch = workplace.cluster.address, workplace.folder
    if address is None:
        with (
            untyped.LocalCluster(
                n_workers=workplace.workers,
                threads_per_worker=1,
                dashboard_address=None,
                local_directory=None if scratch is None else str(scratch / "dask"),
            ) as cluster,
            untyped.Client(cluster) as client,
        ):
            yield client.get_executor(pure=False)
        return
    try:
        client = untyped.Client(address, timeout="10s")
    except (OSError, ValueError) as problem:
        raise CisimError(
            f"no Dask scheduler answers at cluster.address={address}; start one with dask scheduler, or leave it out"
        ) from problem
    with client:
        yield client.get_executor(pure=False)


P = ParamSpec("P")
T = TypeVar("T")

#: Seconds between two looks at the jobs: on the cluster, and on this machine.
PATIENCE, SHORT_PATIENCE = 5.0, 0.1


class JobExecutor(Executor):
    """Sends every call to submitit as a job and looks at the jobs from a thread of its own.

    Parameters
    ----------
    jobs : submitit.Executor
        Takes the jobs.
    workers : int
        Jobs at a time; further calls wait.
    patience : float
        Seconds between two looks.
    """

    def __init__(self, jobs: Any, workers: int, patience: float) -> None:
        self._jobs, self._patience = jobs, patience
        self._room = threading.Semaphore(workers)
        self._running: dict[Any, Future[Any]] = {}
        self._lock, self._closed = threading.Lock(), threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Send a job as soon as there is room and return the future of its result."""
        self._room.acquire()
        future: Future[T] = Future()
        job = self._jobs.submit(fn, *args, **kwargs)
        with self._lock:
            self._running[job] = future
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Stop looking at jobs; with `cancel_futures`, cancel those that run."""
        with self._lock:
            left = list(self._running)
        for job in left if cancel_futures else ():
            job.cancel(check=False)
        self._closed.set()
        if wait:
            self._watcher.join()

    def _watch(self) -> None:
        while not self._closed.is_set():
            with self._lock:
                ended = [job for job in self._running if job.done()]
                futures = [(job, self._running.pop(job)) for job in ended]
            for job, future in futures:
                self._settle(job, future)
                self._room.release()
            time.sleep(self._patience)

    @staticmethod
    def _settle(job: Any, future: Future[Any]) -> None:
        try:
            future.set_result(job.result())
        except Exception as problem:
            future.set_exception(problem)


@contextmanager
def open_slurm(workplace: Workplace) -> Iterator[Executor]:
    """Send batches to Slurm, at most ``workers`` jobs at a time; an error inside cancels them.

    Raises
    ------
    InputError
        If submitit is not installed, or this machine has no Slurm and ``cluster.local`` is not set.
    """
    try:
        import submitit
    except ImportError as problem:
        raise InputError(
            "executor=slurm needs submitit, which is not installed; pip install 'cisim[cluster]'"
        ) from problem
    cluster = workplace.cluster
    if not cluster.local and shutil.which("srun") is None:
        raise InputError(
            "executor=slurm finds no Slurm on this machine (no srun); run on a login node, or try cluster.local=true"
        )
    with tempfile.TemporaryDirectory(prefix="jobs-", dir=workplace.folder) as folder:
        jobs = submitit.AutoExecutor(folder=Path(folder), cluster="local" if cluster.local else "slurm")
        jobs.update_parameters(name="cisim", timeout_min=cluster.minutes, mem_gb=cluster.memory_gb, cpus_per_task=1)
        if cluster.partition is not None and not cluster.local:
            jobs.update_parameters(slurm_partition=cluster.partition)
        executor = JobExecutor(jobs, workplace.workers, SHORT_PATIENCE if cluster.local else PATIENCE)
        try:
            yield executor
        finally:
            executor.shutdown(cancel_futures=True)
