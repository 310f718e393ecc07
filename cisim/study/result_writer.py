"""The result folder of a study: locked, examined, what is missing run, the tables put together and sealed."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from cisim.errors import CisimError
from cisim.reading.seal import CONFIG, SEAL, write_json, write_seal, write_text
from cisim.reading.table_files import write_frame, write_whole
from cisim.study.manifest import Timing, manifest_of, model_digest
from cisim.study.prepared import Plan
from cisim.study.progress import UNTRACKED, ProgressTracker
from cisim.study.reuse import keys_of, take_over, take_sound
from cisim.study.runner import run_plan
from cisim.study.sinks import ShardSink
from cisim.study.store.folder import (
    COMPLETE,
    EMPTY,
    FAILED,
    FINISHED,
    INTERRUPTED,
    RUNNING,
    SHARDS,
    Reporter,
    Status,
    check_around,
    configuration_text,
    disk_problem,
    examine,
    folder_for,
    held,
    plan_identity,
)
from cisim.study.store.shards import DamagedShardError, Shards, merged
from cisim.study.study import ERRORS
from cisim.study.table_schemas import schemas
from cisim.study.task import series_of

#: How often tables are put together at most, where shards are damaged meanwhile.
ATTEMPTS = 3


class ResultWriter:
    """A result folder that is written, under its lock.

    Attributes
    ----------
    folder : Path
        Result folder.
    holds : str
        What the folder held at the beginning: `EMPTY`, `UNFINISHED` or `FINISHED`.
    """

    def __init__(self, plan: Plan, folder: Path, holds: str, command: str) -> None:
        self.folder, self.holds = folder, holds
        self._plan, self._command, self._start = plan, command, datetime.now(UTC)
        identity = plan_identity(plan.study, model_digest())
        self.shards = Shards(folder / SHARDS, list(_schemas(plan)), identity)
        self._reporter = Reporter(folder, Status(state=RUNNING, runs_total=plan.cells.n_runs))

    @property
    def is_done(self) -> bool:
        """Whether all runs are there already and none is asked for again."""
        return self.holds == FINISHED and self._plan.study.retry != ERRORS

    @property
    def is_new(self) -> bool:
        """Whether nothing was there at the beginning."""
        return self.holds == EMPTY

    @property
    def status(self) -> Status:
        """How far it is."""
        return self._reporter.status

    @property
    def runs_failed(self) -> int:
        """Runs that raised, as far as known."""
        return self.status.runs_failed

    def open(self) -> None:
        """Find, or take over, runs that are there already."""
        if self.is_done:
            with suppress(OSError):  # a folder that cannot be written to keeps what a killed session left
                self.shards.clear()
            return
        self._write_heads()
        self.shards.find()
        if self.holds == FINISHED and len(self.shards.runs()[0]) >= self._plan.cells.n_runs:
            self.shards.clear()  # of a session that was killed after its end, with the runs that raised
        if self.holds == FINISHED and not self.shards.held:
            take_sound(self._plan, self.folder, self.shards)
        elif self.is_new and self._plan.study.reuse:
            take_over(self._plan, self.folder, self.shards)
        n_held = len(self.shards.runs()[0])
        self._reporter.change(state=RUNNING, runs_done=n_held, runs_failed=self.shards.n_raised)

    def work(self, size: int, watch: ProgressTracker = UNTRACKED) -> None:
        """Do the runs that are missing, `size` in a shard, and put the tables together.

        Raises
        ------
        CisimError
            If the tables cannot be proved to hold each run exactly once.
        """
        for _ in range(ATTEMPTS):
            try:
                cells = run_plan(self._plan, ShardSink(self.shards, self._reporter), size, watch)
                (self.folder / SEAL).unlink(missing_ok=True)  # from here on the result is not finished
                for name, wanted in _schemas(self._plan).items():
                    parts = merged(self.shards, name, cells, self._plan.design.n_points)
                    write_whole(parts, wanted, self.folder / f"{name}.parquet")
            except DamagedShardError:
                self.shards.find()
            else:
                return
        raise CisimError(
            f"shards in {self.shards.folder} are damaged again and again; check the disk, and give the same command "
            "again"
        )

    def finish(self, remark: str) -> None:
        """Write provenance and seal; `remark` is ``complete``, or what is wrong with the results."""
        self._write_manifest(self._in_words(remark))
        study = self._plan.study
        write_seal(self.folder, study.fingerprint(), model_digest())
        self._reporter.change(state=COMPLETE)
        self.shards.clear()

    def stop(self, state: str) -> None:
        """Report that the work was broken off."""
        with suppress(OSError):  # the disk may be full
            self._reporter.change(state=state)

    def _in_words(self, remark: str) -> str:
        """State of the results, with the number of runs that failed."""
        total = self.status.runs_total
        return f"{remark}; {self.runs_failed} of {total} runs failed" if self.runs_failed else remark

    def _write_heads(self) -> None:
        """Write what is known before the first run."""
        plan = self._plan
        write_text(configuration_text(plan.study), self.folder / CONFIG)
        table = plan.design.frame() if plan.design.columns else plan.design.frame().reindex([0])
        table.insert(0, "point", range(plan.design.n_points))
        write_frame(table.assign(key=keys_of(plan)), self.folder / "points.parquet")
        self._write_manifest(RUNNING)

    def _write_manifest(self, state: str) -> None:
        timing = Timing(start=self._start, end=datetime.now(UTC))
        write_json(manifest_of(self._plan.study, self._command, timing, state), self.folder / "manifest.json")


def result_folder(plan: Plan, inner: str = "") -> Path:
    """Return the folder that the results of `plan` go to; with `inner`, a folder of that name inside a second's.

    Raises
    ------
    InputError
        If the folder of the second holds anything that was not begun with the first.
    """
    folder = folder_for(plan.study, model_digest(), datetime.now().astimezone(), inner)
    if inner:
        check_around(folder)
    return folder


@contextmanager
def result_writer(plan: Plan, folder: Path, command: str, apart: str = "") -> Iterator[ResultWriter]:
    """Lock the result folder, examine it, and find what is there already.

    Parameters
    ----------
    plan : Plan
        What to run.
    folder : Path
        Where its results go (see `result_folder`).
    command : str
        How the study was called.
    apart : str, optional
        Name of something in the folder that belongs to another study.

    Raises
    ------
    InputError
        If nothing can be written there, another process writes there, or other results are there.
    CisimError
        If the disk refuses on the way, or workers die at once; what is done is safe.
    KeyboardInterrupt
        Passed on; what is done is safe.
    """
    with held(folder):
        writer = ResultWriter(plan, folder, examine(folder, plan.study, model_digest(), apart), command)
        try:
            writer.open()
            yield writer
        except KeyboardInterrupt:
            writer.stop(INTERRUPTED)
            raise
        except OSError as problem:
            writer.stop(FAILED)
            raise disk_problem(folder, problem) from problem
        except BaseException:
            writer.stop(FAILED)
            raise


def _schemas(plan: Plan) -> dict[str, pa.Schema]:
    study = plan.study
    kept = {"members": study.members, "trajectories": study.trajectories, "events": study.events}
    kept |= {"communities": plan.setting.communities > 1}
    return schemas(plan.design.told, **kept, series=series_of(plan.trajectory_filter))
