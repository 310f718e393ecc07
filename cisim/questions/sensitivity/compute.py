"""One outcome explained: its indices, the verdicts on them, its variance taken apart, its conditional means."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from cisim.questions.sensitivity.conditional import conditional_table
from cisim.questions.sensitivity.indices import Verdict, judge, nested_indices
from cisim.questions.sensitivity.layout import (
    CONDITIONAL,
    CONVERGENCE,
    DUMMY,
    LEVELS,
    SURROGATE,
    TIME,
    VARIANCE,
    VERDICTS,
    Floats,
    Ints,
    Layout,
    grouped,
    medians,
    spread,
)
from cisim.questions.sensitivity.methods import METHODS
from cisim.questions.sensitivity.oat import levels_table
from cisim.questions.sensitivity.outcomes import MEDIAN, SURVIVAL, laid_out, months_to_end, outcome_values
from cisim.questions.sensitivity.screening import FROZEN
from cisim.questions.sensitivity.surrogate import surrogate_tables
from cisim.questions.sensitivity.through_time import time_table, time_verdict
from cisim.questions.sensitivity.variance import of_the_distributions, variance_table

#: What of an outcome is explained: its expected value, and the variance of a run about it.
MEAN, DISPERSION = "mean", "dispersion"

#: Parameters along which an outcome is shown.
MOST_SHOWN = 6


@dataclass(frozen=True, eq=False, kw_only=True)
class Analysis:
    """What `cisim.questions.sensitivity.tables.sensitivity_tables` is given, but for the outcomes."""

    runs: pd.DataFrame
    layout: Layout
    place: Ints
    tau: float
    precision: float
    points: pd.DataFrame | None

    def laid_out(self, values: Floats) -> tuple[Floats, Layout, Ints, str]:
        """Lay values out by row, without what runs that raised have spoilt; with the design, its points, and a word."""
        shape = (self.layout.n_units, self.layout.n_rows)
        rows, units, said = laid_out(values, self.place, shape)
        return rows, self.layout.part(units), self.place.reshape(shape)[units].ravel(), said

    def runs_of_a_unit(self, values: Floats, n_units: int) -> float:
        """Count the runs that a unit takes; of ``oat`` units are worlds, else as many as the layout has."""
        return values.size / (n_units if self.layout.method == "oat" else self.layout.n_units)


def explained(analysis: Analysis, outcome: str) -> dict[str, pd.DataFrame]:
    """Tables of one outcome, by name; those that it does not have are left out."""
    if outcome == SURVIVAL:
        return _through_time(analysis)
    values = outcome_values(analysis.runs, outcome, analysis.tau)
    rows, layout, place, said = analysis.laid_out(values)
    tables: dict[str, list[pd.DataFrame]] = {CONVERGENCE: [], VERDICTS: []}
    aspects = _aspects(rows, outcome, layout.method)
    for aspect, found in aspects.items():
        table = nested_indices(layout, found).assign(of=aspect)
        each = analysis.runs_of_a_unit(values, int(table["n_units"].max()))
        tables[CONVERGENCE].append(table.assign(n_runs=(table["n_units"] * each).round().astype(int)))
        verdict = _verdict(table, layout.method, analysis.precision, each)
        tables[VERDICTS].append(_as_row({"of": aspect, **verdict, "left_out": said}))
    made = {name: pd.concat(parts) for name, parts in tables.items()}
    if outcome == MEDIAN:
        made[VERDICTS]["remark"] = _of_medians(values, analysis.tau)
    else:
        made[VARIANCE] = variance_table(of_the_distributions(rows, layout.method))
    if layout.method == "oat":
        made[LEVELS] = levels_table(analysis.layout, medians(values) if outcome == MEDIAN else values)
    if layout.method == SURROGATE:
        made |= surrogate_tables(layout, aspects[MEAN])
    names = [name for name in _strongest(tables[CONVERGENCE][0], layout.method) if name != FROZEN][:MOST_SHOWN]
    settings = None if analysis.points is None else analysis.points.iloc[place]
    along = conditional_table(layout, aspects[MEAN], names, settings)
    return made if along is None else {**made, CONDITIONAL: along}


def _aspects(rows: Floats, outcome: str, method: str) -> dict[str, Floats]:
    """Values of what is explained; a median is one of several worlds, and has no dispersion of single runs."""
    if outcome == MEDIAN:
        return {MEAN: medians(rows)}
    found = {MEAN: rows if method == "oat" else grouped(rows)}
    dispersion = None if method == SURROGATE else spread(rows)
    return found if dispersion is None else {**found, DISPERSION: dispersion}


def _of_medians(values: Floats, tau: float) -> str:
    """Say of how many worlds a median is, and where it is not reached."""
    groups = medians(np.arange(values.shape[-1], dtype=np.float64)).size
    here = int((np.median(values, axis=-1) >= tau).sum())
    said = f"medians are of {groups} groups of {values.shape[-1] // groups} or more worlds"
    return said + (
        f"; at {here} of {len(values)} points the median is not reached and counts as {tau:g}" if here else ""
    )


def _strongest(nested: pd.DataFrame, method: str) -> list[str]:
    rows = nested[(nested["n_units"] == nested["n_units"].max()) & (nested["index"] == METHODS[method].main)]
    real = rows[(rows["parameter"] != DUMMY) & rows["value"].notna()]
    return [str(name) for name in real.sort_values("value", ascending=False, kind="stable")["parameter"]]


def _verdict(table: pd.DataFrame, method: str, precision: float, runs_of_a_unit: float) -> dict[str, object]:
    found = judge(table, method, precision)
    if found is None:
        none = {"index": METHODS[method].main, "n_units": int(table["n_units"].max()), "is_converged": False}
        why = "the surrogate predicts too little" if method == SURROGATE else "the outcome does not vary enough"
        return {**none, "statement": f"{why} to be explained"}
    more = round(found.more_units * runs_of_a_unit)
    unit = "" if METHODS[method].is_share else " of the largest"
    width = f"the widest 95 % interval of {found.index} is {found.width:.2f}{unit} wide"
    if found.is_converged:
        words = f"converged: {width}, {precision:g} or less is asked for"
    else:
        words = f"not converged: {width}, {precision:g} is asked for, which takes about {more:,} more runs"
        words += _hint(found, method)
    return {**asdict(found), "more_runs": more, "statement": words}


def _hint(found: Verdict, method: str) -> str:
    """Say what the runs are to be spent on."""
    if method == "oat":
        return ", all of them more replicates"
    if found.from_chance > 0.5:
        return (
            f"; chance makes {found.from_chance:.0%} of its squared standard error, so that twice the replicates "
            "shorten it more than twice the points"
        )
    return ""


def _through_time(analysis: Analysis) -> dict[str, pd.DataFrame]:
    """Tables of the share still there, year by year."""
    values = months_to_end(analysis.runs, analysis.tau)
    months, layout, _, said = analysis.laid_out(values)
    table = time_table(layout, months, analysis.tau)
    each = analysis.runs_of_a_unit(values, int(table["n_units"].max()))
    verdict = time_verdict(table, layout.method, analysis.precision, each)
    return {TIME: table, VERDICTS: _as_row({"of": MEAN, **verdict, "left_out": said})}


def _as_row(verdict: Mapping[str, object]) -> pd.DataFrame:
    distinct = verdict.get("distinct")
    if isinstance(distinct, tuple):
        verdict = {**verdict, "distinct": " ".join(distinct), "n_distinct": len(distinct)}
    return pd.DataFrame([verdict])
