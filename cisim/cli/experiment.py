"""What verbs share: compose, run, write the result folder, say how it went."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cisim.cli.arguments import Arguments
from cisim.cli.complaints import complain
from cisim.config.compose import as_yaml, compose_study
from cisim.config.multirun import run_jobs
from cisim.study.manifest import Timing, describe, write_manifest
from cisim.study.progress import show_progress
from cisim.study.records import Tables, tabulate
from cisim.study.runner import prepare, run
from cisim.study.store import new_folder, place, write_tables
from cisim.study.study import Study

COMPLETE = "complete"


@dataclass(frozen=True)
class Results:
    """A study that is done.

    Attributes
    ----------
    study : Study
        What was run.
    tables : Tables
        What came out.
    folder : Path
        Where it is being written, or was.
    """

    study: Study
    tables: Tables
    folder: Path


#: Writes what a verb adds to the result folder and returns the state of the results.
Analysis = Callable[[Results], str]
#: Prints what a verb shows.
Report = Callable[[Results], None]


def conduct(arguments: Arguments, analyse: Analysis, report: Report) -> int:
    """Do the study, or with ``-m`` the studies, that the command line asks for; return the exit code."""

    def work(study: Study) -> int:
        return _conduct_one(study, arguments.command, analyse, report)

    return for_each_study(arguments, work)


def for_each_study(arguments: Arguments, work: Callable[[Study], int]) -> int:
    """Do `work` on the study, or with ``-m`` the studies, that the command line asks for; return the exit code."""
    if not arguments.several:
        return work(compose_study(arguments.verb, arguments.overrides, arguments.config_dir))
    jobs = run_jobs(arguments.verb, arguments.overrides, arguments.config_dir, work)
    for job in jobs:
        if job.error:
            complain(f"job {job.number} ({' '.join(job.overrides)}): {job.error}")
    return max(job.exit_code for job in jobs)


def _conduct_one(study: Study, command: str, analyse: Analysis, report: Report) -> int:
    plan = prepare(study)
    start = datetime.now(UTC)
    target = place(study, start.astimezone())
    with new_folder(target) as folder:
        with show_progress(f"{study.verb} {study.scenario}", plan.n_runs) as watch:
            runs = run(plan, watch)
        tables = tabulate(study, plan.points, runs)
        write_tables(tables, folder)
        (folder / "config.yaml").write_text(as_yaml(study), encoding="utf-8")
        state = analyse(Results(study, tables, folder))
        timing = Timing(start=start, end=datetime.now(UTC))
        write_manifest(describe(study, command, timing, _state(state, tables)), folder)
    report(Results(study, tables, target))
    return _verdict(state, tables)


def _state(state: str, tables: Tables) -> str:
    """State of the results, with the number of runs that failed."""
    failed = len(tables.errors)
    return f"{state}; {failed} of {len(tables.runs)} runs failed" if failed else state


def _verdict(state: str, tables: Tables) -> int:
    """Say what is amiss, if anything, and return the exit code."""
    errors = tables.errors
    if len(errors):
        complain(f"{len(errors)} of {len(tables.runs)} runs failed (status=error), the first with {errors.iloc[0]}")
    if state != COMPLETE:
        complain(state)
    return 1 if len(errors) or state != COMPLETE else 0
