"""Studies over an ensemble of parameter sets: their tables, figure and findings, the same for most verbs."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from rich.table import Table

from cisim.cli.experiment import Analysis, Planner, Report, Results, conduct_one, for_each_study, provenance_of
from cisim.cli.screen import screen
from cisim.cli.verbs import Arguments
from cisim.reading.table_files import write_tables
from cisim.study.design import SCENARIO
from cisim.study.prepared import prepare
from cisim.study.store.folder import COMPLETE
from cisim.study.study import Study
from cisim.survival.ensembles import (
    Ensembled,
    effect_sentence,
    ensemble_effects,
    member_effects,
    read_runs,
    spread_table,
)

#: Columns of the runs that are needed.
COLUMNS = ["point", "replicate", "duration", "ending", "status"]

#: Measure that the figure and the findings are about.
FIRST = "time_free_of_failure"

#: Settings that the terminal shows, and that fit into a figure, at most.
SHOWN, MOST_SETTINGS = 30, 20


def conduct_or_spread(arguments: Arguments, plan: Planner, analyse: Analysis, report: Report) -> int:
    """Do the study, or with ``-m`` the studies, that the command line asks for; return the exit code.

    Over an ensemble the spread between its members is written and shown in place of what the verb has.
    """

    def work(study: Study) -> int:
        shown = (analyse, report) if study.ensemble is None else (_analyse, _report)
        return conduct_one(prepare(study), arguments.command, *shown)

    return for_each_study(arguments, plan, work)


def _analyse(results: Results) -> str:
    """Write the tables and the figure of a study over an ensemble."""
    study = results.study
    runs = results.table("runs", COLUMNS)
    horizon = min(params.observation.horizon for params in study.all_cases().values())
    found = read_runs(runs, _labels(study), study.known_ensemble.weights, float(horizon))
    write_ensemble(found, results.folder, provenance_of(study))
    return COMPLETE


def write_ensemble(found: Ensembled, folder: Path, provenance: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    """Write ``ensemble`` and, with several settings, ``ensemble_effects`` as tables, the latter as a figure too.

    Parameters
    ----------
    found : Ensembled
        From :func:`cisim.survival.ensembles.read_runs`.
    folder : Path
        Existing result folder; files of the same name are replaced.
    provenance : mapping of str to str
        What made the results; it goes into the figure's metadata.

    Returns
    -------
    dict of str to DataFrame
        The tables.
    """
    tables = {"ensemble": spread_table(found)}
    if len(found.labels) > 1:
        tables["ensemble_effects"] = ensemble_effects(found)
    write_tables(tables, folder)
    if 1 < len(found.labels) <= MOST_SETTINGS:
        # matplotlib takes a second to load: not before there is something to draw
        from cisim.figures.effects import ensemble_figure
        from cisim.figures.entries import save_figure

        (folder / "figures").mkdir(exist_ok=True)
        effects = tables["ensemble_effects"]
        figure = ensemble_figure(member_effects(found, FIRST), effects[effects["measure"] == FIRST])
        save_figure(figure, folder / "figures", "ensemble_effects", provenance)
    return tables


def _report(results: Results) -> None:
    """Show the spread, parametric and by chance, and what holds in which share of the ensemble."""
    study, console = results.study, screen()
    spread = pd.read_csv(results.folder / "tables" / "ensemble.csv")
    members, worlds = len(study.known_ensemble.weights), study.replicates
    title = f"{study.scenario}: {members} parameter sets, {worlds} worlds each, months free of failure"
    console.print(_table(spread[spread["measure"] == FIRST].head(SHOWN), title))
    path = results.folder / "tables" / "ensemble_effects.csv"
    if path.exists():
        effects = pd.read_csv(path)
        for _, row in effects[effects["measure"] == FIRST].head(SHOWN).iterrows():
            console.print(f"- {effect_sentence(row)}", highlight=False)
    console.print(f"results in {results.folder}", soft_wrap=True, highlight=False)


def _labels(study: Study) -> list[str]:
    """Name of every setting: arms by their label, else what the design varies, else the scenario."""
    if study.strategies:
        return list(study.strategies)
    design, step, drawn = study.points(), len(study.known_ensemble.weights), study.known_ensemble.parameters
    n_settings = design.n_points // step
    if n_settings == 1:
        return [study.scenario]
    varied = [name for name in design.columns if name == SCENARIO or name not in drawn]
    return [" ".join(f"{name}={design.columns[name].item(i * step)}" for name in varied) for i in range(n_settings)]


def _table(spread: pd.DataFrame, title: str) -> Table:
    table = Table(title=title, box=None, title_justify="left", header_style="bold", pad_edge=False)
    for heading in ("setting", "mean", "90 % of sets", "sd parametric", "sd by chance", "parametric share"):
        table.add_column(heading, justify="left" if heading == "setting" else "right")
    for row in spread.to_dict("records"):
        numbers = (f"{row['mean']:.1f}", f"{row['p5']:.0f} to {row['p95']:.0f}", f"{row['parametric_sd']:.1f}")
        share = "" if pd.isna(row["share_parametric"]) else f"{100 * row['share_parametric']:.0f} %"
        table.add_row(str(row["setting"]), *numbers, f"{row['chance_sd']:.1f}", share)
    return table
