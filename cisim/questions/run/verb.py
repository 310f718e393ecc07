"""``cisim run``: one scenario, replicated, and a table of how its coalitions fare."""

from rich.table import Table

from cisim.cli.arguments import Arguments
from cisim.cli.experiment import Results
from cisim.cli.over_ensemble import conduct_or_spread
from cisim.cli.screen import screen
from cisim.cli.terminal_words import field_rows, outcome_rows
from cisim.questions.run.plan import plan_run
from cisim.study.store.status import COMPLETE


def do_run(arguments: Arguments) -> int:
    """Run the scenario that the command line names; return the exit code."""
    return conduct_or_spread(arguments, plan_run, _no_analysis, _report)


def _no_analysis(results: Results) -> str:  # noqa: ARG001
    return COMPLETE


def _report(results: Results) -> None:
    study = results.study
    horizon, is_field = study.params.observation.horizon, study.params.communities.number > 1
    whose = ", the first community of each run" if is_field else ""
    title = f"{study.scenario}, seed {study.seed}{whose}"
    table = Table(title=title, show_header=False, box=None, title_justify="left")
    rows = outcome_rows(results.runs, horizon)
    for name, value in [*rows, *(field_rows(results.table("communities"), horizon) if is_field else [])]:
        table.add_row(name, value)
    console = screen()
    console.print(table)
    console.print(f"results in {results.folder}", soft_wrap=True, highlight=False)
