"""What ``posterior=`` adds to a verb: tables, a figure and findings over the ensemble."""

import pandas as pd
from rich.table import Table

from cisim.cli.ensemble_outputs import FIRST, write_ensemble
from cisim.cli.experiment import Results, provenance_of
from cisim.cli.screen import screen
from cisim.study.design import SCENARIO
from cisim.study.store.status import COMPLETE
from cisim.study.study import Study
from cisim.survival.ensembles import effect_sentence, read_runs

#: Columns of the runs that are needed.
COLUMNS = ["point", "replicate", "duration", "ending", "status"]

#: Settings that the terminal shows at most.
SHOWN = 30


def analyse(results: Results) -> str:
    """Write the tables and the figure of a study over an ensemble."""
    study = results.study
    assert study.ensemble is not None
    runs = results.table("runs", COLUMNS)
    horizon = min(params.observation.horizon for params in study.all_cases().values())
    found = read_runs(runs, labels(study), study.ensemble.weights, float(horizon))
    write_ensemble(found, results.folder, provenance_of(study))
    return COMPLETE


def report(results: Results) -> None:
    """Show the spread, parametric and by chance, and what holds in which share of the ensemble."""
    study, console = results.study, screen()
    assert study.ensemble is not None
    spread = pd.read_csv(results.folder / "tables" / "ensemble.csv")
    members, worlds = len(study.ensemble.weights), study.replicates
    title = f"{study.scenario}: {members} parameter sets, {worlds} worlds each, months free of failure"
    console.print(_table(spread[spread["measure"] == FIRST].head(SHOWN), title))
    path = results.folder / "tables" / "ensemble_effects.csv"
    if path.exists():
        effects = pd.read_csv(path)
        for _, row in effects[effects["measure"] == FIRST].head(SHOWN).iterrows():
            console.print(f"- {effect_sentence(row)}", highlight=False)
    console.print(f"results in {results.folder}", soft_wrap=True, highlight=False)


def labels(study: Study) -> list[str]:
    """Name of every setting: arms by their label, else what the design varies, else the scenario."""
    if study.strategies:
        return list(study.strategies)
    if study.n_settings == 1:
        return [study.scenario]
    assert study.ensemble is not None
    design, step, drawn = study.points(), len(study.ensemble.weights), study.ensemble.parameters
    varied = [name for name in design.columns if name == SCENARIO or name not in drawn]
    return [
        " ".join(f"{name}={design.columns[name].item(i * step)}" for name in varied) for i in range(study.n_settings)
    ]


def _table(spread: pd.DataFrame, title: str) -> Table:
    table = Table(title=title, box=None, title_justify="left", header_style="bold", pad_edge=False)
    for heading in ("setting", "mean", "90 % of sets", "sd parametric", "sd by chance", "parametric share"):
        table.add_column(heading, justify="left" if heading == "setting" else "right")
    for row in spread.to_dict("records"):
        numbers = (f"{row['mean']:.1f}", f"{row['p5']:.0f} to {row['p95']:.0f}", f"{row['parametric_sd']:.1f}")
        share = "" if pd.isna(row["share_parametric"]) else f"{100 * row['share_parametric']:.0f} %"
        table.add_row(str(row["setting"]), *numbers, f"{row['chance_sd']:.1f}", share)
    return table
