"""``cisim advise``: which strategies, contract and period of gazing for a case, and how surely."""

import pandas as pd
from rich.table import Table

from cisim.cli.experiment import Results, analysed, conduct, provenance_of, write_outputs
from cisim.cli.screen import screen
from cisim.cli.terminal_words import has_runs
from cisim.cli.verbs import Arguments
from cisim.errors import InputError
from cisim.questions.advise.compute import Advice
from cisim.questions.advise.plan import plan_advise
from cisim.questions.advise.tables import OPTIONS, SENTENCES, advice_tables
from cisim.study.store.folder import COMPLETE

#: What the estimates need to know of a run.
COLUMNS = ["point", "replicate", "duration", "ending", "status"]

#: Options that the terminal shows.
SHOWN = 8


def do_advise(arguments: Arguments) -> int:
    """Run and rank the options that the command line names; return the exit code."""
    if arguments.several:
        raise InputError("cisim advise does one case at a time and takes no -m; leave it out")
    return conduct(arguments, plan_advise, _analyse, _report)


def _analyse(results: Results) -> str:
    """Write table, sentences and figure."""
    runs = results.table("runs", COLUMNS)
    if not has_runs(runs):
        return COMPLETE
    study, provenance = results.study, provenance_of(results.study)
    advice, ensemble = study.task_as(Advice), study.known_ensemble
    states = f"{len(ensemble.weights)} states of the world ({ensemble.name}), each in {study.replicates} worlds"

    def work() -> None:
        from cisim.questions.advise.figures import FIGURES  # matplotlib takes a second to load

        tables = advice_tables(runs, advice, ensemble.weights, states)
        (results.folder / "advice.txt").write_text("\n".join([*tables[SENTENCES]["sentence"], ""]), encoding="utf-8")
        write_outputs(tables, FIGURES, results.folder, provenance)

    return analysed(results.folder, work)


def _report(results: Results) -> None:
    console, study = screen(), results.study
    folder = results.folder / "tables"
    if (folder / f"{OPTIONS}.csv").exists():
        title = (
            f"{study.scenario}: months free of failure, {study.replicates} worlds, seed {study.seed}, 95 % intervals"
        )
        console.print(options_table(pd.read_csv(folder / f"{OPTIONS}.csv"), title))
        for sentence in pd.read_csv(folder / f"{SENTENCES}.csv")["sentence"]:
            console.print(f"- {sentence}", soft_wrap=True, highlight=False)
    console.print(f"results in {results.folder}", soft_wrap=True, highlight=False)


def options_table(options: pd.DataFrame, title: str) -> Table:
    """First options for the terminal out of ``advice.csv``."""
    table = Table(title=title, box=None, title_justify="left", header_style="bold", pad_edge=False)
    for heading in ("option", "expected", "worst tenth", "mean regret", "largest regret", "first in"):
        table.add_column(heading, justify="left" if heading == "option" else "right")
    for row in options.head(SHOWN).to_dict("records"):
        cells = (
            f"{row[name]:.0f} ({row[f'{name}_lower']:.0f} to {row[f'{name}_upper']:.0f})"
            for name in ("expected", "worst_tenth", "mean_regret", "max_regret")
        )
        star = "" if row["may_be_best"] else " x"
        table.add_row(f"{row['choice']}{star}", *cells, f"{100 * row['expected_p_best']:.0f} %")
    left = len(options) - SHOWN
    more = f"; {left} more options in tables/{OPTIONS}.csv" if left > 0 else ""
    table.caption = f"x: surely not the best; first in: share of draws of worlds where it comes first{more}"
    return table
