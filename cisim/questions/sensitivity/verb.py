"""``cisim sensitivity``: indices with intervals, the variance taken apart, and a verdict on the sample."""

from collections.abc import Hashable, Mapping

import numpy as np
import pandas as pd
from rich.console import Console
from rich.table import Table

from cisim.cli.experiment import Results, analysed, conduct_one, for_each_study, provenance_of, write_outputs
from cisim.cli.screen import screen
from cisim.cli.verbs import Arguments
from cisim.errors import InputError
from cisim.questions.sensitivity.compute import MEAN, sensitivity_tables
from cisim.questions.sensitivity.outcomes import SURVIVAL, columns_of_runs
from cisim.questions.sensitivity.plan import Sampling, plan_sensitivity
from cisim.questions.sensitivity.profiles import STEP, ranking, some_of
from cisim.questions.sensitivity.screening import screening_table, two_stages
from cisim.questions.sensitivity.sensitivity_methods import METHODS
from cisim.questions.sensitivity.units_and_worlds import (
    DUMMY,
    INDICES,
    QUALITY,
    SCREENED,
    TIME,
    VARIANCE,
    VERDICTS,
    UnitLayout,
)
from cisim.study.prepared import prepare
from cisim.study.store.folder import COMPLETE
from cisim.study.study import Study

#: Parameters, and pairs, that the terminal shows.
SHOWN, SHOWN_PAIRS = 15, 5

#: Parameters and years that the terminal shows of indices through time.
SHOWN_THROUGH_TIME, SHOWN_YEARS = 8, 6


def do_sensitivity(arguments: Arguments) -> int:
    """Run and analyse the design that the command line asks for; return the exit code."""
    if arguments.several:
        raise InputError("cisim sensitivity does one analysis at a time and takes no -m; leave it out")

    def work(study: Study) -> int:
        if study.task_as(Sampling).then is not None:
            return two_stages(study, arguments.command, _analyse, _report)
        return conduct_one(prepare(study), arguments.command, _analyse, _report)

    return for_each_study(arguments, plan_sensitivity, work)


def _analyse(results: Results) -> str:
    """Write tables and figures."""
    study, sampling = results.study, results.study.task_as(Sampling)
    if results.table("runs", ["status"])["status"].eq("error").all():
        return COMPLETE

    def work() -> None:
        from cisim.questions.sensitivity.figures import FIGURES  # matplotlib takes a second to load

        layout = UnitLayout(**sampling.layout)
        runs = results.table("runs", columns_of_runs(sampling.outcomes))
        tables = sensitivity_tables(
            runs,
            layout,
            sampling.place,
            sampling.outcomes,
            float(sampling.tau),
            precision=sampling.precision,
            points=results.table("points", [factor.name for factor in sampling.factors]),
        )
        if sampling.then is not None:
            of_runs = (runs, layout, sampling.place, sampling.outcomes, float(sampling.tau))
            tables[SCREENED] = screening_table(*of_runs, sampling.then.negligible)
        write_outputs(tables, FIGURES, results.folder, provenance_of(study))

    return analysed(results.folder, work)


def _report(results: Results) -> None:
    console, study = screen(), results.study
    sampling = study.task_as(Sampling)
    shown = (INDICES, TIME, VARIANCE, VERDICTS, QUALITY)
    files = {name: results.folder / "tables" / f"{name}.csv" for name in shown}
    tables = {name: pd.read_csv(file) for name, file in files.items() if file.exists()}
    for outcome in sampling.outcomes if VERDICTS in tables else ():
        _show(console, study, outcome, {name: part[part["outcome"] == outcome] for name, part in tables.items()})
    console.print(f"results in {results.folder}", soft_wrap=True, highlight=False)


def _show(console: Console, study: Study, outcome: str, tables: dict[str, pd.DataFrame]) -> None:
    """Show one outcome: the strongest parameters, where its variance comes from, and the verdicts."""
    sampling = study.task_as(Sampling)
    points, worlds = study.points().n_points, study.replicates
    title = f"{outcome} of {study.scenario}: {sampling.method}, {points:,} points in {worlds} worlds, seed {study.seed}"
    if outcome == SURVIVAL:
        console.print(years_on_screen(tables[TIME], METHODS[sampling.method].main, f"{title}, years"))
    else:
        _show_indices(console, tables, METHODS[sampling.method].main, f"{title}, 95 % intervals")
    n_varied = len(sampling.factors) - len(sampling.frozen)
    for found in tables[VERDICTS].to_dict("records"):
        n = 0 if pd.isna(found.get("n_distinct")) else int(found["n_distinct"])
        sentence = f"{found['of']}: {found['statement']}; {n} of {n_varied} parameters stand out"
        console.print(sentence, highlight=False, soft_wrap=True)
    if QUALITY in tables:
        for sentence in tables[QUALITY]["statement"]:
            console.print(f"surrogate: {sentence}", highlight=False, soft_wrap=True)
    for column in [name for name in ("remark", "left_out") if name in tables[VERDICTS]]:
        for sentence in tables[VERDICTS][column].dropna().unique():
            console.print(sentence, highlight=False, soft_wrap=True)
    console.print()


def _show_indices(console: Console, tables: Mapping[str, pd.DataFrame], main: str, title: str) -> None:
    """Show indices of an expected outcome, of its strongest pairs, and where its variance comes from."""
    indices = tables[INDICES][tables[INDICES]["of"] == MEAN]
    console.print(indices_on_screen(indices, main, title))
    pairs = indices[indices["other"].notna() & indices["value"].notna()].sort_values(
        "value", ascending=False, kind="stable"
    )
    for _, row in pairs.head(SHOWN_PAIRS).iterrows():
        pair = f"{row['index']} of {row['parameter']} and {row['other']}: {_cell(row)}"
        console.print(pair, highlight=False, soft_wrap=True)
    parts = tables.get(VARIANCE, pd.DataFrame())
    if len(parts):
        shares = ", ".join(f"{row['component']} {_percent(row)}" for row in parts.to_dict("records"))
        console.print(f"variance of a run: {shares}", highlight=False, soft_wrap=True)


def years_on_screen(rows: pd.DataFrame, main: str, title: str) -> Table:
    """Show the main index of the strongest parameters in some of the years, and the share still there."""
    shown = some_of(sorted(rows["month"].unique()), SHOWN_YEARS)
    table = Table(title=title, box=None, title_justify="left", header_style="bold", pad_edge=False)
    table.add_column(f"{main} of the share still there", no_wrap=True)
    for month in shown:
        table.add_column(f"{month // STEP}", justify="right", no_wrap=True)
    cells = rows[rows["index"] == main].set_index(["parameter", "month"])
    names = ranking(rows, main)
    for name in [*names[:SHOWN_THROUGH_TIME], DUMMY]:
        if name in cells.index:
            table.add_row(name, *(_short(cells.loc[(name, month)]) for month in shown))
    shares = rows.groupby("month")["share"].first()
    table.add_row("share still there", *(f"{shares[month]:.2f} " for month in shown))
    table.caption = f"* stands out from 0 and from the dummy; all years with intervals in tables/{TIME}.csv"
    return table


def _short(row: "pd.Series[float]") -> str:
    """Value, empty where there is none."""
    return "" if np.isnan(row["value"]) else f"{row['value']:.2g}{'*' if row['is_distinct'] else ' '}"


def indices_on_screen(indices: pd.DataFrame, main: str, title: str) -> Table:
    """Strongest parameters by the main index, every index with its interval, and the dummy last."""
    single = indices[indices["other"].isna()]
    ranked = single[single["index"] == main].sort_values("value", ascending=False, kind="stable")
    names = [name for name in ranked["parameter"] if name != DUMMY]
    shown = [*names[:SHOWN], *(name for name in ranked["parameter"] if name == DUMMY)]
    kinds = [main, *(kind for kind in single["index"].unique() if kind != main)]
    table = Table(title=title, box=None, title_justify="left", header_style="bold", pad_edge=False)
    for heading in ("parameter", *kinds):
        table.add_column(heading, justify="left" if heading == "parameter" else "right", no_wrap=True)
    cells = single.set_index(["parameter", "index"])
    for name in shown:
        table.add_row(name, *(_cell(cells.loc[(name, kind)]) for kind in kinds))
    rest = len(names) - SHOWN
    stand_out = "* stands out from 0 and from the dummy"
    table.caption = f"{stand_out}; {rest} more parameters in tables/{INDICES}.csv" if rest > 0 else stand_out
    return table


def _cell(row: "pd.Series[float]") -> str:
    if np.isnan(row["value"]):
        return ""
    star = "*" if row["is_distinct"] else " "
    return f"{row['value']:.3g} ({row['lower']:.2g} to {row['upper']:.2g}){star}"


def _percent(row: Mapping[Hashable, float]) -> str:
    value, lower, upper = (100 * row[name] for name in ("share", "lower", "upper"))
    return f"{value:.0f} % ({lower:.0f} to {upper:.0f})"
