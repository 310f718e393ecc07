"""One scenario as it is, in a study."""

from collections.abc import Sequence

from rich.table import Table

from cisim.cli.experiment import Results
from cisim.cli.over_ensemble import conduct_or_spread
from cisim.cli.screen import screen
from cisim.cli.terminal_words import field_rows, outcome_rows
from cisim.cli.verbs import Arguments
from cisim.config.compose import compose_one
from cisim.config.names import find_names
from cisim.config.uncertainty import with_posterior
from cisim.questions.run import VERB
from cisim.study.store.folder import COMPLETE
from cisim.study.study import Study


def plan_run(overrides: Sequence[str] = (), config_dir: str | None = None) -> Study:
    """Return the study that ``cisim run`` runs.

    Parameters
    ----------
    overrides : sequence of str
        In Hydra's grammar, for instance ``scenario=minimal``, ``backbone.gazing=0.5``, ``replicates=20``.
    config_dir : str, optional
        A user's own config folder; its ``scenario/*.yaml`` come on top of cisim's.

    Raises
    ------
    InputError
        For every bad input, in one line.
    """
    study, options = compose_one(overrides, find_names(VERB, config_dir))
    return with_posterior(study, options.posterior)


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
