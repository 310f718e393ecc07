"""``cisim compare``: the arms in the same worlds, with tables, figures and a comparison on the terminal."""

import traceback
from pathlib import Path

from rich.table import Table

from cisim._version import __version__
from cisim.analysis.compare import comparison_table
from cisim.analysis.outputs import write_comparison
from cisim.cli.arguments import Arguments
from cisim.cli.experiment import COMPLETE, Results, conduct
from cisim.cli.screen import screen
from cisim.cli.summary import comparison_rows, has_runs
from cisim.study.study import Study

HEADINGS = (
    "strategies",
    "months free of failure",
    "change to baseline",
    "alive 3 y",
    "5 y",
    "10 y",
    "median months",
    "failed",
    "completed",
)


def main(arguments: Arguments) -> int:
    """Compare the arms that the command line names; return the exit code."""
    return conduct(arguments, _analyse, _report)


def _analyse(results: Results) -> str:
    """Write tables and figures; if that fails, keep the runs and say so."""
    if not has_runs(results.tables.runs):
        return COMPLETE
    tables = results.tables
    try:
        write_comparison(tables.runs, tables.trajectories, tables.members, results.folder, _provenance(results.study))
    except Exception as problem:  # hours of runs must not be lost to a table
        Path(results.folder, "traceback.txt").write_text(traceback.format_exc(), encoding="utf-8")
        return f"the runs are whole, their analysis failed with {type(problem).__name__}: {problem}; see traceback.txt"
    return COMPLETE


def _provenance(study: Study) -> dict[str, str]:
    """Say what made a figure, without anything that differs between two makings of the same."""
    return {
        "cisim": __version__,
        "scenario": study.scenario,
        "seed": str(study.seed),
        "replicates": str(study.replicates),
        "configuration": study.fingerprint()[:12],
    }


def _report(results: Results) -> None:
    console = screen()
    if has_runs(results.tables.runs):
        study = results.study
        title = f"{study.scenario}: {study.replicates} worlds, seed {study.seed}, 95 % intervals"
        table = Table(title=title, box=None, title_justify="left", header_style="bold")
        for heading in HEADINGS:
            table.add_column(heading, justify="left" if heading == HEADINGS[0] else "right")
        for cells in comparison_rows(comparison_table(results.tables.runs)):
            table.add_row(*cells)
        console.print(table)
    console.print(f"results in {results.folder}", soft_wrap=True, highlight=False)
