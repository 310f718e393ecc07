"""``cisim robustness``: effects of disturbances of each class, with and without strategies, paired by world."""

import numpy as np
import pandas as pd

from cisim.cli.experiment import Results, analysed, conduct, provenance_of, write_outputs
from cisim.cli.screen import screen
from cisim.cli.terminal_words import has_runs
from cisim.cli.verbs import Arguments
from cisim.errors import InputError
from cisim.questions.robustness.exposures import FINDINGS, Stress
from cisim.questions.robustness.plan import plan_robustness
from cisim.questions.robustness.tables import tables_of_runs
from cisim.study.store.folder import COMPLETE

#: What the estimates need to know of a run.
COLUMNS = ["point", "replicate", "duration", "ending", "status"]


def do_robustness(arguments: Arguments) -> int:
    """Run and analyse the test that the command line asks for; return the exit code."""
    if arguments.several:
        raise InputError("cisim robustness does one test at a time and takes no -m; leave it out")
    return conduct(arguments, plan_robustness, _analyse, _report)


def _analyse(results: Results) -> str:
    """Write tables and figures."""
    stress = results.study.task_as(Stress)
    runs = results.table("runs", COLUMNS)
    if not has_runs(runs):
        return COMPLETE
    weights = np.ones(1) if results.study.ensemble is None else results.study.ensemble.weights
    provenance = provenance_of(results.study)

    def work() -> None:
        from cisim.questions.robustness.figures import FIGURES  # matplotlib takes a second to load

        write_outputs(tables_of_runs(runs, stress, weights, results.folder), FIGURES, results.folder, provenance)

    return analysed(results.folder, work)


def _report(results: Results) -> None:
    console, study = screen(), results.study
    path = results.folder / "tables" / f"{FINDINGS}.csv"
    if path.exists():
        title = f"{study.scenario}: {study.replicates} worlds, seed {study.seed}, 95 % intervals"
        console.print(title, style="bold", soft_wrap=True, highlight=False)
        for row in pd.read_csv(path, keep_default_na=False).to_dict("records"):
            console.print(f"- {row['sentence']}", soft_wrap=True, highlight=False)
    console.print(f"results in {results.folder}", soft_wrap=True, highlight=False)
