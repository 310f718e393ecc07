"""The unit of work: some replicates of one design point, run one after another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cisim.parameters import Parameters
from cisim.study.engines import Engine, load_blocks, load_engine
from cisim.study.executors import stopping
from cisim.study.extensions import load_extensions

if TYPE_CHECKING:
    from cisim.core.kernel.block import Block
    from cisim.core.records import RunRecord


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Replicates of one design point, with all that a worker process needs to run them.

    Attributes
    ----------
    point : int
        Index of the design point.
    replicates : sequence of int
        Numbers of the replicates.
    params : Parameters
        Parameters at this point.
    seed : int
        Seed of the study.
    engine : str
        ``package.module:function``.
    extensions : mapping of str to str
        References with absolute paths.
    trajectories, events : bool
        What to keep besides the spell.
    """

    point: int
    replicates: Sequence[int]
    params: Parameters
    seed: int
    engine: str
    extensions: Mapping[str, str]
    trajectories: bool
    events: bool


@dataclass(frozen=True)
class Run:
    """What came out of one run: its record, or the error that ended it."""

    point: int
    replicate: int
    record: "RunRecord | None"
    error: str = ""


@dataclass(frozen=True)
class Done:
    """What came out of a batch that ran as one block."""

    point: int
    block: "Block"

    @property
    def replicate(self) -> int:
        """Its first replicate."""
        return int(self.block.runs["replicate"][0])


#: A run of its own, or a batch of runs as columns.
Part = Run | Done


def n_runs(part: Part) -> int:
    """Count the runs of a part."""
    return 1 if isinstance(part, Run) else len(part.block.runs["replicate"])


def simulate_batch(batch: Batch) -> Sequence[Part]:
    """Run every replicate of `batch`; a run that raises becomes its error text, the others go on."""
    blocks = None if batch.events else load_blocks(batch.engine)
    if blocks is not None:
        block = blocks(batch.params, seed=batch.seed, replicates=batch.replicates, trajectories=batch.trajectories)
        return [Done(batch.point, block)]
    engine = load_engine(batch.engine)
    extensions = load_extensions(batch.extensions)
    return [_simulate(engine, batch, replicate, extensions) for replicate in _until_stopped(batch.replicates)]


def _simulate(engine: Engine, batch: Batch, replicate: int, extensions: Mapping[str, type]) -> Run:
    try:
        record = engine(
            batch.params,
            seed=batch.seed,
            replicate=replicate,
            extensions=extensions,
            trajectory=batch.trajectories,
            events=batch.events,
        )
    except Exception as problem:  # one bad run must not end the study
        text = " ".join(f"{type(problem).__name__}: {problem}".split())
        return Run(batch.point, replicate, None, text)
    return Run(batch.point, replicate, record)


def _until_stopped(replicates: Sequence[int]) -> Iterator[int]:
    for replicate in replicates:
        if stopping():
            return
        yield replicate
