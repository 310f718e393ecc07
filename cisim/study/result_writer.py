"""The result folder of a study that runs: opened, what is missing run, the tables put together."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import yaml

from cisim.reading.table_files import write_frame, write_whole
from cisim.study.manifest import Timing, manifest_of, model_digest
from cisim.study.prepared import Plan
from cisim.study.progress import UNTRACKED, ProgressTracker
from cisim.study.reuse import keys_of, take_over, take_sound
from cisim.study.runner import run_plan
from cisim.study.sinks import ShardSink
from cisim.study.store.folder import (
    CONFIG,
    SHARDS,
    ResultPlace,
    begin,
    disk_problem,
    find_inner,
    find_place,
    opened,
    place_at,
)
from cisim.study.store.merge import merged
from cisim.study.store.shards import STAGES, Shards
from cisim.study.store.status import COMPLETE, FAILED, INTERRUPTED, RUNNING, Reporter, write_json
from cisim.study.study import ERRORS
from cisim.study.table_schemas import schemas
from cisim.study.task import series_of


class ResultWriter:
    """A result folder that is written.

    Attributes
    ----------
    folder : Path
        Result folder.
    remark : str
        What is wrong with the results, for the manifest; ``complete`` if nothing is.
    """

    def __init__(self, plan: Plan, place: ResultPlace, reporter: Reporter) -> None:
        self._plan, self._place, self._reporter = plan, place, reporter
        self.folder, self.remark = place.folder, COMPLETE
        self.shards = Shards(place.folder / SHARDS, list(_schemas(plan)))

    @property
    def runs_failed(self) -> int:
        """Runs that raised, as far as known."""
        return self._reporter.status.runs_failed

    def work(self, watch: ProgressTracker = UNTRACKED) -> None:
        """Do the runs that are missing and put the tables together; `watch` is told how far it is."""
        plan, reporter = self._plan, self._reporter
        _prepare(plan, self._place, self.shards, reporter)
        reporter.change(state=RUNNING)
        run_plan(plan, ShardSink(self.shards, reporter), reporter.status.batch, watch)
        for name, wanted in _schemas(plan).items():
            parts = merged(self.shards, name, plan.design.n_points, reporter.status.runs_total)
            write_whole(parts, wanted, self.folder / f"{name}.parquet")

    @property
    def state(self) -> str:
        """State of the results in words, with the number of runs that failed."""
        total = self._reporter.status.runs_total
        return f"{self.remark}; {self.runs_failed} of {total} runs failed" if self.runs_failed else self.remark


def find_result_place(plan: Plan) -> ResultPlace:
    """Find where the results of `plan` go; InputError if they cannot go there."""
    return find_place(plan.study, model_digest(), datetime.now().astimezone())


def nothing_to_do(plan: Plan, place: ResultPlace) -> bool:
    """Tell whether all runs are there already and none is asked for again.

    A process that is killed between its last word and the clearing of its shards leaves these: they go now.
    """
    if place.is_complete and (place.folder / SHARDS).is_dir():
        with suppress(OSError):  # a folder that cannot be written to keeps them
            Shards(place.folder / SHARDS, ()).clear()
    return place.is_complete and plan.study.retry != ERRORS


def inner_place(first: Plan, inner: str) -> ResultPlace:
    """Find where the first of two studies goes, in a folder `inner` of the second's; InputError if it cannot."""
    return find_inner(first.study, model_digest(), datetime.now().astimezone(), inner)


def place_around(second: Plan, inner: ResultPlace) -> ResultPlace:
    """Find where the second of two studies goes: around the first; InputError if other results are there."""
    return place_at(inner.folder.parent, second.study, model_digest(), inner.folder.name)


@contextmanager
def result_writer(plan: Plan, place: ResultPlace, size: int, command: str) -> Iterator[ResultWriter]:
    """Open the result folder; what the caller does inside belongs to the results, which are complete at the end.

    Parameters
    ----------
    plan : Plan
        What to run.
    place : ResultPlace
        Where its results go.
    size : int
        Runs in a shard, if the result is new.
    command : str
        How the study was called.

    Raises
    ------
    InputError
        If nothing can be written there.
    CisimError
        If the disk refuses on the way, or workers die at once; what is done is safe.
    KeyboardInterrupt
        Passed on; what is done is safe.
    """
    start = datetime.now(UTC)
    with opened(place):
        reporter = Reporter(place.folder, place.status or begin(plan.study, model_digest(), size))
        here = ResultWriter(plan, place, reporter)
        try:
            _write_heads(plan, place.folder, command, start)
            yield here
            _write_manifest(plan, place.folder, command, Timing(start=start, end=datetime.now(UTC)), here.state)
            reporter.change(state=COMPLETE)
            here.shards.clear()
        except KeyboardInterrupt:
            reporter.change(state=INTERRUPTED)
            raise
        except OSError as problem:
            with suppress(OSError):  # the disk may be full
                reporter.change(state=FAILED)
            raise disk_problem(place.folder, problem) from problem
        except BaseException:
            reporter.change(state=FAILED)
            raise


def _schemas(plan: Plan) -> dict[str, object]:
    study = plan.study
    kept = {"members": study.members, "trajectories": study.trajectories, "events": study.events}
    kept |= {"communities": plan.setting.communities > 1}
    found: dict[str, object] = schemas(plan.design.told, **kept, series=series_of(plan.trajectory_filter))
    return found


def _write_heads(plan: Plan, folder: Path, command: str, start: datetime) -> None:
    """Write what can be told before the first run."""
    text = yaml.safe_dump(plan.study.resolved(), sort_keys=False, allow_unicode=True)
    (folder / CONFIG).write_text(text, encoding="utf-8")
    if not (folder / "points.parquet").exists():
        table = plan.design.frame() if plan.design.columns else plan.design.frame().reindex([0])
        table.insert(0, "point", range(plan.design.n_points))
        write_frame(table.assign(key=keys_of(plan)), folder / "points.parquet")
    _write_manifest(plan, folder, command, Timing(start=start, end=start), RUNNING)


def _prepare(plan: Plan, place: ResultPlace, shards: Shards, reporter: Reporter) -> None:
    """Bring in runs that there are already: those of this result, or of others."""
    if place.is_complete:
        take_sound(plan, place.folder, shards)
    else:
        shards.drop_damaged()
        if place.status is None and plan.study.reuse:
            take_over(plan, place.folder, shards)
    counted = [shards.count(stage) for stage in STAGES]
    reporter.change(runs_done=sum(runs for runs, _ in counted), runs_failed=sum(failed for _, failed in counted))


def _write_manifest(plan: Plan, folder: Path, command: str, timing: Timing, state: str) -> None:
    write_json(manifest_of(plan.study, command, timing, state), folder / "manifest.json")
