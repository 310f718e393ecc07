"""Runs of a study: planned, sent out in batches, collected in the order of the design."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, as_completed, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from cisim.errors import CisimError
from cisim.parameters import Parameters
from cisim.study.arms import arm_points, label_of
from cisim.study.batches import Batch, Part, n_runs, simulate_batch
from cisim.study.engines import BLOCKS, ENGINES
from cisim.study.executors import count_workers, open_executor
from cisim.study.extensions import load_extensions, resolve_extensions
from cisim.study.points import Point
from cisim.study.study import Study

#: Most replicates in a batch: few enough for a smooth progress line and a quick stop; more where they run as a block.
LARGEST_BATCH, LARGEST_BLOCK = 8, 128

#: Batches that each worker process should get at least, so that all end at about the same time.
BATCHES_PER_WORKER = 8


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A study that is ready to run: everything the user gave has been checked.

    Attributes
    ----------
    study : Study
        The study.
    points : tuple of Point
        Its design.
    params : tuple of Parameters
        Parameters at each point.
    batches : tuple of Batch
        Its runs, in order of (point, replicate).
    workers : int
        Processes (or threads, where the engine lets others work) to use, at least 1.
    """

    study: Study
    points: tuple[Point, ...]
    params: tuple[Parameters, ...]
    batches: tuple[Batch, ...]
    workers: int

    @property
    def n_runs(self) -> int:
        """Number of runs in all."""
        return len(self.points) * self.study.replicates


def prepare(study: Study) -> Plan:
    """Plan the runs of `study`; InputError for all that can be known to be wrong before the first run."""
    points = design(study)
    params = tuple(point.apply(study.params) for point in points)
    extensions = resolve_extensions(study.extensions, study.folders)
    load_extensions(extensions)
    wanted = count_workers(study.workers)
    engine = ENGINES[study.runs_on]
    largest = LARGEST_BLOCK if engine in BLOCKS else LARGEST_BATCH
    size = min(largest, -(-len(points) * study.replicates // (wanted * BATCHES_PER_WORKER)))
    batches = tuple(
        Batch(
            point=point.index,
            replicates=range(first, min(first + size, study.replicates)),
            params=at_point,
            seed=study.seed,
            engine=engine,
            extensions=extensions,
            trajectories=study.trajectories,
            events=study.events,
        )
        for point, at_point in zip(points, params, strict=True)
        for first in range(0, study.replicates, size)
    )
    return Plan(study=study, points=points, params=params, batches=batches, workers=min(wanted, len(batches)))


def design(study: Study) -> tuple[Point, ...]:
    """Design points of `study`: one for each arm, or the case as it is."""
    if study.strategies:
        return tuple(arm_points(study.strategies, study.params, study.intensity))
    return (Point(index=0, label=label_of(study.params), setting={}),)


def unwatched(done: int) -> None:  # noqa: ARG001
    """Take no notice of further runs."""


def run(plan: Plan, watch: Callable[[int], None] = unwatched) -> list[Part]:
    """Run all batches of `plan`.

    Parameters
    ----------
    plan : Plan
        What to run.
    watch : callable, optional
        Told the number of further runs whenever some are done.

    Returns
    -------
    list of Run or Done
        In order of (point, replicate), whatever the number of workers.

    Raises
    ------
    CisimError
        If a worker process dies.
    """
    parts: list[Part] = []
    threads = bool(plan.batches) and plan.batches[0].engine in BLOCKS
    try:
        with open_executor(plan.workers, threads=threads) as executor:
            for done in _completed(executor, plan.batches, ahead=2 * plan.workers - 1):
                parts += done
                watch(sum(map(n_runs, done)))
    except BrokenProcessPool as problem:
        raise CisimError(
            f"a worker process died after {sum(map(n_runs, parts))} of {plan.n_runs} runs (out of memory, killed, or a "
            f"script without if __name__ == '__main__'); try workers=1, or fewer workers than {plan.workers}"
        ) from problem
    return sorted(parts, key=lambda part: (part.point, part.replicate))


def _completed(executor: Executor, batches: Iterable[Batch], ahead: int) -> Iterator[Sequence[Part]]:
    """Yield the runs of each batch as they finish, with at most `ahead` batches sent out at a time."""
    waiting: set[Future[Sequence[Part]]] = set()
    for batch in batches:
        waiting.add(executor.submit(simulate_batch, batch))
        if len(waiting) >= ahead:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)
    for future in as_completed(waiting):
        yield future.result()
