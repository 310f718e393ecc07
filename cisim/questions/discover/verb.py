"""``cisim discover``: the conditions under which coalitions fail early although strategies are used."""

import pandas as pd

from cisim.cli.experiment import Results, analysed, conduct, provenance_of, write_outputs
from cisim.cli.screen import screen
from cisim.cli.terminal_words import has_runs
from cisim.cli.verbs import Arguments
from cisim.errors import InputError
from cisim.questions.discover.compute import Discovery
from cisim.questions.discover.plan import plan_discover
from cisim.questions.discover.tables import SENTENCES, discovery_tables
from cisim.study.store.folder import COMPLETE

#: What the estimates need to know of a run.
COLUMNS = ["point", "replicate", "duration", "ending", "status"]


def do_discover(arguments: Arguments) -> int:
    """Run and search the states that the command line spans; return the exit code."""
    if arguments.several:
        raise InputError("cisim discover does one search at a time and takes no -m; leave it out")
    return conduct(arguments, plan_discover, _analyse, _report)


def _analyse(results: Results) -> str:
    """Write tables, sentences and figure."""
    runs = results.table("runs", COLUMNS)
    if not has_runs(runs):
        return COMPLETE
    plan, ensemble = results.study.task_as(Discovery), results.study.known_ensemble
    provenance = provenance_of(results.study)
    states = pd.DataFrame({name: ensemble.parameters[name] for name in plan.names})

    def work() -> None:
        from cisim.questions.discover.figures import FIGURES  # matplotlib takes a second to load

        write_outputs(discovery_tables(runs, plan, states), FIGURES, results.folder, provenance)

    return analysed(results.folder, work)


def _report(results: Results) -> None:
    console, study = screen(), results.study
    path = results.folder / "tables" / f"{SENTENCES}.csv"
    if path.exists():
        n = len(study.known_ensemble.weights)
        title = f"{study.scenario}: {n:,} states, {study.replicates} worlds, seed {study.seed}, checked on a third"
        console.print(title, style="bold", soft_wrap=True, highlight=False)
        for sentence in pd.read_csv(path)["sentence"]:
            console.print(f"- {sentence}", soft_wrap=True, highlight=False)
    console.print(f"results in {results.folder}", soft_wrap=True, highlight=False)
