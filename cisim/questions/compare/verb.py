"""``cisim compare``: the arms in the same worlds, with tables, figures and a comparison on the terminal."""

from pathlib import Path

import pandas as pd
from rich.table import Table

from cisim.cli.experiment import Results, analysed, provenance_of, write_outputs
from cisim.cli.over_ensemble import conduct_or_spread
from cisim.cli.screen import screen
from cisim.cli.terminal_words import comparison_rows, has_runs
from cisim.cli.verbs import Arguments
from cisim.questions.compare.plan import plan_compare
from cisim.questions.compare.tables import comparison_tables
from cisim.study.store.folder import COMPLETE

HEADINGS = (
    "\nstrategies",
    "months free\nof failure",
    "change to\nbaseline",
    "alive\n3 y",
    "\n5 y",
    "\n10 y",
    "median\nmonths",
    "\nfailed",
    "com-\npleted",
)

#: Comparison table in a result folder.
COMPARISON = Path("tables", "comparison.csv")


def do_compare(arguments: Arguments) -> int:
    """Compare the arms that the command line names; return the exit code."""
    return conduct_or_spread(arguments, plan_compare, _analyse, _report)


def _analyse(results: Results) -> str:
    """Write tables and figures."""
    study, folder = results.study, results.folder
    if not has_runs(results.runs):
        return COMPLETE

    def work() -> None:
        from cisim.questions.compare.figures import FIGURES  # matplotlib takes a second to load
        from cisim.questions.run.figures import FIGURES as WITHIN_RUNS

        series = results.table("trajectories") if study.trajectories else None
        members = results.table("members") if study.members else None
        tables = comparison_tables(results.runs, series, members)
        write_outputs(tables, (*FIGURES, *WITHIN_RUNS), folder, provenance_of(study))

    return analysed(folder, work)


def _report(results: Results) -> None:
    console, study = screen(), results.study
    if (results.folder / COMPARISON).exists():
        title = f"{study.scenario}: {study.replicates} worlds, seed {study.seed}, 95 % intervals"
        table = comparison_on_screen(pd.read_csv(results.folder / COMPARISON), title)
        console.print(table)
    console.print(f"results in {results.folder}", soft_wrap=True, highlight=False)


def comparison_on_screen(comparison: pd.DataFrame, title: str) -> Table:
    """Table for the terminal, at most 100 columns wide, out of the comparison table of a result folder."""
    table = Table(
        title=title, box=None, title_justify="left", header_style="bold", collapse_padding=True, pad_edge=False
    )
    for heading in HEADINGS:
        table.add_column(heading, justify="left" if heading == HEADINGS[0] else "right", no_wrap=True)
    for cells in comparison_rows(comparison):
        table.add_row(*cells)
    return table
