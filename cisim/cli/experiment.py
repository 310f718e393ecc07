"""Common to verbs: compose a study, run it into the result folder, print how it ended."""

import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from rich.console import Console

from cisim._version import __version__
from cisim.cli.screen import complain
from cisim.cli.verbs import Arguments, declared
from cisim.config.multirun import run_jobs
from cisim.errors import InputError
from cisim.reading.table_files import read_whole, write_tables
from cisim.study.engines import needs_compiling
from cisim.study.prepared import Plan, prepare
from cisim.study.progress import check_room, check_runs, forecast, show_progress
from cisim.study.result_writer import ResultWriter, result_folder, result_writer
from cisim.study.store.folder import COMPLETE, UNFINISHED
from cisim.study.study import Study

if TYPE_CHECKING:
    from cisim.figures.entries import FigureEntry


@dataclass(frozen=True)
class Results:
    """A study whose runs are done.

    Attributes
    ----------
    study : Study
        What was run.
    folder : Path
        Where its results are.
    """

    study: Study
    folder: Path

    @cached_property
    def runs(self) -> pd.DataFrame:
        """Coalition spells, without tracebacks."""
        return self.table("runs").drop(columns="traceback")

    def table(self, name: str, columns: list[str] | None = None) -> pd.DataFrame:
        """Read a table of the result folder, or some columns of it."""
        found: pd.DataFrame = read_whole(self.folder / f"{name}.parquet", columns).to_pandas()
        return found

    @property
    def first_error(self) -> str:
        """Error of the first run that raised."""
        found = self.table("runs", ["status", "error"])
        return str(found.loc[found["status"] == "error", "error"].iloc[0])


#: Writes what a verb adds to the result folder and returns the state of the results.
Analysis = Callable[[Results], str]
#: Prints what a verb shows.
Report = Callable[[Results], None]
#: Composes the study of a verb out of overrides and a user's own config folder.
Planner = Callable[[Sequence[str], str | None], Study]


def conduct(arguments: Arguments, plan: Planner, analyse: Analysis, report: Report) -> int:
    """Do the study, or with ``-m`` the studies, that the command line asks for; return the exit code."""
    return for_each_study(
        arguments, plan, lambda study: conduct_one(prepare(study), arguments.command, analyse, report)
    )


def provenance_of(study: Study) -> dict[str, str]:
    """Return the provenance of a figure, without anything that differs between two runs of the same study."""
    over = {} if study.ensemble is None else {"posterior": str(study.ensemble.summary()["digest"])}
    return {
        "cisim": __version__,
        "scenario": study.scenario,
        "seed": str(study.seed),
        "replicates": str(study.replicates),
        "configuration": study.fingerprint()[:12],
        **over,
    }


def write_outputs(
    tables: Mapping[str, pd.DataFrame], entries: "Iterable[FigureEntry]", folder: Path, provenance: Mapping[str, str]
) -> list[Path]:
    """Write ``tables/*.csv``, and ``figures/*.pdf`` and ``*.png`` of every figure that has something to show.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        By name.
    entries : iterable of FigureEntry
        Figures in the order of writing.
    folder : Path
        Existing result folder; files of the same name are replaced.
    provenance : mapping of str to str
        What made the results, such as version, command and seed; it goes into every figure's metadata.

    Returns
    -------
    list of Path
        The files written.
    """
    from cisim.figures.entries import write_figures  # matplotlib takes a second to load

    (folder / "figures").mkdir(exist_ok=True)
    return write_tables(tables, folder) + write_figures(entries, tables, folder / "figures", provenance)


def analysed(folder: Path, work: Callable[[], object]) -> str:
    """Write tables and figures; if that fails, keep the runs and print the error."""
    try:
        with Console(stderr=True).status("tables and figures"):
            work()
    except InputError as problem:
        return f"the runs are whole; of their analysis: {problem}"
    except Exception as problem:  # hours of runs must not be lost to a table
        (folder / "traceback.txt").write_text(traceback.format_exc(), encoding="utf-8")
        return f"the runs are whole, their analysis failed with {type(problem).__name__}: {problem}; see traceback.txt"
    return COMPLETE


def for_each_study(arguments: Arguments, plan: Planner, work: Callable[[Study], int]) -> int:
    """Do `work` on the study, or with ``-m`` the studies, that the command line asks for; return the exit code."""
    if not arguments.several:
        return work(plan(arguments.overrides, arguments.config_dir))
    jobs = run_jobs(declared(arguments.verb), arguments.overrides, arguments.config_dir, work)
    for job in jobs:
        if job.error:
            complain(f"job {job.number} ({' '.join(job.overrides)}): {job.error}")
    return max(job.exit_code for job in jobs)


def conduct_one(
    plan: Plan, command: str, analyse: Analysis, report: Report, folder: Path | None = None, apart: str = ""
) -> int:
    """Do one study, in a folder that is found unless given; return the exit code.

    The lock of the folder is held from before it is examined until all is shown. Something named `apart` in it belongs
    to another study.
    """
    check_runs(plan)
    with result_writer(plan, folder or result_folder(plan), command, apart) as writer:
        results = Results(plan.study, writer.folder)
        if writer.is_done:
            _note(f"{writer.folder} is complete already; nothing was run")
            report(results)
            return 0
        try:
            remark = _run(plan, writer, lambda: analyse(results))
        except KeyboardInterrupt as interrupt:
            raise KeyboardInterrupt(_how_to_go_on(writer)) from interrupt
        report(results)
        return _verdict(results, writer, remark)


def _run(plan: Plan, writer: ResultWriter, analyse: Callable[[], str]) -> str:
    """Run what is missing; return ``complete``, or what is wrong with the results besides runs that failed."""
    study = plan.study
    for note in plan.design.notes:
        _note(note)
    if needs_compiling(plan.setting.engine):
        _note("compiling the model, once after installation; this takes about half a minute")
    size = plan.batch_size()
    if writer.is_new:
        expected = forecast(plan)
        if expected is not None:
            _note(f"forecast: {expected}")
            check_room(expected, writer.folder)
            size = expected.batch
    elif writer.holds == UNFINISHED:
        _note(f"{writer.folder} goes on after {writer.status.runs_done:,} runs")
    with show_progress(f"{study.verb} {study.scenario}", plan.cells.n_runs) as watch:
        writer.work(size, watch)
    remark = analyse()
    writer.finish(remark)
    return remark


def _how_to_go_on(writer: ResultWriter) -> str:
    done, total = writer.status.runs_done, writer.status.runs_total
    if done == 0:
        return "nothing was written"
    return f"{done:,} of {total:,} runs are safe in {writer.folder}; the same command goes on from there"


def _note(text: str) -> None:
    Console(stderr=True).print(text, soft_wrap=True, highlight=False, markup=False)


def _verdict(results: Results, writer: ResultWriter, remark: str) -> int:
    """Complain of what went wrong, if anything, and return the exit code."""
    failed, total = writer.runs_failed, writer.status.runs_total
    if failed:
        complain(f"{failed} of {total} runs failed (status=error), the first with {results.first_error}")
    if remark != COMPLETE:
        complain(remark)
    return 1 if failed or remark != COMPLETE else 0
