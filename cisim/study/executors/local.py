"""Batches on this machine: in this process, in threads, or in worker processes."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar

from cisim.study.executors import Workplace

P = ParamSpec("P")
T = TypeVar("T")


class SerialExecutor(Executor):
    """Runs each call at once, in this process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Call `fn` now and return a finished future; an interrupt passes through."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as problem:
            future.set_exception(problem)
        return future


class _Worker:
    """State of a worker process besides its batches."""

    stop: Any = None
    """Shared byte, 1 once the study was interrupted; None in the main process."""


def stopping() -> bool:
    """Whether this worker process was asked to stop."""
    return _Worker.stop is not None and bool(_Worker.stop.value)


def count_workers(workers: int) -> int:
    """Return the number of processes that `workers` stands for; 0 is all cores that this process may use."""
    if workers:
        return workers
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def open_threads(workplace: Workplace) -> Iterator[Executor]:
    """Open threads (one worker: this one); an error inside lets them finish what they have begun."""
    if workplace.workers == 1:
        yield SerialExecutor()
        return
    pool = ThreadPoolExecutor(workplace.workers)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def open_processes(workplace: Workplace) -> Iterator[Executor]:
    """Open worker processes (one worker: this process); an error inside stops them soon."""
    if workplace.workers == 1:
        yield SerialExecutor()
        return
    with open_pool(workplace.workers) as pool:
        yield pool


@contextmanager
def open_pool(workers: int) -> Iterator[Executor]:
    """Open a pool of worker processes, of one even."""
    context = multiprocessing.get_context("spawn")
    stop = context.RawValue("b", 0)
    executor = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(stop,))
    try:
        yield executor
    except BaseException:
        stop.value = 1
        raise
    finally:
        with _uninterrupted():
            executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ignore Ctrl-C inside: a second one while a pool ends would leave it waiting for its workers for good."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)


def _begin(stop: Any) -> None:
    """Prepare a worker process: leave Ctrl-C to the main process, which says when to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _Worker.stop = stop
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when its parent is gone, killed even: nobody would take what it computes."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
