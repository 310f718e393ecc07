"""``cisim sweep``: a design over parameters in one batched run, with estimates at each of its points."""

import pandas as pd
from rich.table import Table

from cisim.cli.experiment import Results
from cisim.cli.over_ensemble import conduct_or_spread
from cisim.cli.screen import screen
from cisim.cli.terminal_words import has_runs, rounded_interval, whole_percent
from cisim.cli.verbs import Arguments
from cisim.errors import InputError
from cisim.questions.sweep.plan import plan_sweep
from cisim.reading.table_files import write_tables
from cisim.study.store.folder import COMPLETE
from cisim.survival.sweep_estimates import points_table

#: Most design points that the terminal shows.
SHOWN = 30

#: Estimates by design point in a result folder.
POINTS = "tables/points.csv"

#: What the estimates need to know of a run.
COLUMNS = ["point", "strategies", "replicate", "duration", "event_observed", "ending", "cause", "status"]


def do_sweep(arguments: Arguments) -> int:
    """Run the design that the command line spans; return the exit code."""
    if arguments.several:
        raise InputError("cisim sweep runs a whole design at once and takes no -m; leave it out, or write cisim run -m")
    return conduct_or_spread(arguments, plan_sweep, _analyse, _report)


def _analyse(results: Results) -> str:
    """Write the estimates at each design point."""
    varied = list(results.study.points().columns)
    runs = results.table("runs", [*COLUMNS, *varied])
    if has_runs(runs):
        write_tables({"points": points_table(runs, ["point", *varied])}, results.folder)
    return COMPLETE


def _report(results: Results) -> None:
    console, study = screen(), results.study
    path = results.folder / POINTS
    if path.exists():
        title = f"{study.scenario}: {study.points().n_points} design points, seed {study.seed}, 95 % intervals"
        console.print(points_on_screen(pd.read_csv(path), list(study.points().columns), title))
    console.print(f"results in {results.folder}", soft_wrap=True, highlight=False)


def points_on_screen(points: pd.DataFrame, varied: list[str], title: str) -> Table:
    """First design points for the terminal out of ``points.csv``."""
    table = Table(title=title, box=None, title_justify="left", header_style="bold", pad_edge=False)
    for heading in (*(name.replace(".", ".\n") for name in varied), "runs", "months free\nof failure", "failed"):
        table.add_column(heading, justify="right")
    for row in points.head(SHOWN).to_dict("records"):
        free, low, high = (row.get(f"time_free_of_failure{end}", float("nan")) for end in ("", "_lower", "_upper"))
        values = (f"{row[name]:.4g}" if isinstance(row[name], float) else str(row[name]) for name in varied)
        failed = whole_percent(row.get("share_failed", float("nan")))
        table.add_row(*values, f"{row['n_runs']}", rounded_interval(free, low, high, ""), failed)
    if len(points) > SHOWN:
        table.caption = f"the first {SHOWN} of {len(points)} points; all are in {POINTS}"
    return table
