"""Outcomes explained: their indices, the verdicts on them, their variance taken apart, their conditional means."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from cisim.questions.sensitivity.elementary_effects import MU_STAR, SIGMA
from cisim.questions.sensitivity.indices import (
    PRECISION,
    Verdict,
    judge_convergence,
    nested_indices,
    variance_table,
)
from cisim.questions.sensitivity.outcomes import MEDIAN, SURVIVAL, months_to_end, outcome_values, rows_laid_out
from cisim.questions.sensitivity.plan import FROZEN
from cisim.questions.sensitivity.profiles import conditional_table, time_table, time_verdict
from cisim.questions.sensitivity.sensitivity_methods import METHODS, Method, OutcomeRows, independent_rows
from cisim.questions.sensitivity.units_and_worlds import (
    CONDITIONAL,
    CONVERGENCE,
    DUMMY,
    EFFECTS,
    INDICES,
    PAIRS,
    TABLE_NAMES,
    TIME,
    VARIANCE,
    VERDICTS,
    Floats,
    Ints,
    UnitLayout,
    group_means,
    group_medians,
    group_variances,
)

#: What of an outcome is explained: its expected value, and the variance of a run about it.
MEAN, DISPERSION = "mean", "dispersion"

#: Parameters along which an outcome is shown.
MOST_SHOWN = 6


@dataclass(frozen=True, eq=False, kw_only=True)
class Analysis:
    """Runs and design that outcomes are explained by; see `sensitivity_tables`."""

    runs: pd.DataFrame
    layout: UnitLayout
    place: Ints
    tau: float
    precision: float
    points: pd.DataFrame | None

    @property
    def method(self) -> Method:
        """Method by which outcomes are explained."""
        return METHODS[self.layout.method]

    def laid_out(self, values: Floats) -> tuple[Floats, UnitLayout, Ints, str]:
        """Return values by row without what runs that raised have spoilt, with design, points and a statement."""
        shape = (self.layout.n_units, self.layout.n_rows)
        rows, units, remark = rows_laid_out(values, self.place, shape)
        return rows, self.layout.part(units), self.place.reshape(shape)[units].ravel(), remark

    def runs_of_a_unit(self, values: Floats, n_units: int) -> float:
        """Return the number of runs that a unit takes; units are worlds, or as many as the layout has."""
        return values.size / (n_units if self.method.units_are_worlds else self.layout.n_units)


def sensitivity_tables(
    runs: pd.DataFrame,
    layout: UnitLayout,
    place: Ints,
    outcomes: Sequence[str],
    tau: float,
    *,
    precision: float = PRECISION,
    points: pd.DataFrame | None = None,
) -> dict[str, pd.DataFrame]:
    """Return every table of an analysis of the runs of a design.

    Parameters
    ----------
    runs : DataFrame
        As for :func:`cisim.questions.sensitivity.outcomes.outcome_values`.
    layout : UnitLayout
        Design.
    place : ndarray of int, shape (n_units * n_rows,)
        Design point of each row; rows that are alike share one.
    outcomes : sequence of str
        Names of outcomes.
    tau : float
        End of the window (months).
    precision : float
        As for :func:`cisim.questions.sensitivity.indices.judge_convergence`.
    points : DataFrame, optional
        Values of the parameters at each design point; without it conditional means are along shares.

    Returns
    -------
    dict of str to DataFrame
        By the names in `cisim.questions.sensitivity.units_and_worlds`: indices at the whole sample and at nested
        parts of it (columns of :func:`~cisim.questions.sensitivity.indices.nested_indices`), the variance taken apart,
        and a verdict for each outcome with a statement in words; effects of Morris, pairs, conditional means and
        indices through time where the design and the outcomes have them.

    Raises
    ------
    InputError
        If an outcome is not known, or too many runs raised.
    """
    analysis = Analysis(runs=runs, layout=layout, place=place, tau=tau, precision=precision, points=points)
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in TABLE_NAMES}
    for outcome in outcomes:
        for name, table in explain_outcome(analysis, outcome).items():
            parts[name].append(table.assign(outcome=outcome))
    tables = {name: _ordered(pd.concat(found, ignore_index=True)) for name, found in parts.items() if found}
    if CONVERGENCE not in tables:
        return tables
    nested = tables[CONVERGENCE]
    whole = nested["n_units"] == nested.groupby(["outcome", "of"])["n_units"].transform("max")
    indices = nested[whole].reset_index(drop=True)
    pairs = pairs_table(indices)
    return {
        INDICES: indices,
        **tables,
        **({EFFECTS: elementary_effects_table(indices)} if {MU_STAR, SIGMA} <= set(indices["index"]) else {}),
        **({PAIRS: pairs} if len(pairs) else {}),
    }


def explain_outcome(analysis: Analysis, outcome: str) -> dict[str, pd.DataFrame]:
    """Return the tables of one outcome, by name; those that it does not have are left out."""
    if outcome == SURVIVAL:
        return _through_time(analysis)
    values = outcome_values(analysis.runs, outcome, analysis.tau)
    rows, layout, place, remark = analysis.laid_out(values)
    tables: dict[str, list[pd.DataFrame]] = {CONVERGENCE: [], VERDICTS: []}
    aspects = _aspects(rows, outcome, analysis.method)
    for aspect, found in aspects.items():
        table = nested_indices(layout, found).assign(of=aspect)
        each = analysis.runs_of_a_unit(values, int(table["n_units"].max()))
        tables[CONVERGENCE].append(table.assign(n_runs=(table["n_units"] * each).round().astype(int)))
        verdict = _verdict(table, layout.method, analysis.precision, each)
        tables[VERDICTS].append(_as_row({"of": aspect, **verdict, "left_out": remark}))
    made = {name: pd.concat(parts) for name, parts in tables.items()}
    if outcome == MEDIAN:
        made[VERDICTS]["remark"] = _of_medians(values, analysis.tau)
    else:
        made[VARIANCE] = variance_table(independent_rows(analysis.method, rows))
    if analysis.method.own_tables is not None:
        whole = group_medians(values) if outcome == MEDIAN else values
        made |= analysis.method.own_tables(OutcomeRows(layout, aspects[MEAN], analysis.layout, whole))
    names = [name for name in _strongest(tables[CONVERGENCE][0], layout.method) if name != FROZEN][:MOST_SHOWN]
    settings = None if analysis.points is None else analysis.points.iloc[place]
    along = conditional_table(layout, aspects[MEAN], names, settings)
    return made if along is None else {**made, CONDITIONAL: along}


def _aspects(rows: Floats, outcome: str, method: Method) -> dict[str, Floats]:
    """Return the values of what is explained; a median, one of several worlds, has no dispersion of single runs."""
    if outcome == MEDIAN:
        return {MEAN: group_medians(rows)}
    found = {MEAN: rows if method.units_are_worlds else group_means(rows)}
    dispersion = group_variances(rows) if method.dispersion else None
    return found if dispersion is None else {**found, DISPERSION: dispersion}


def _of_medians(values: Floats, tau: float) -> str:
    """Return of how many worlds a median is, and where it is not reached, in words."""
    groups = group_medians(np.arange(values.shape[-1], dtype=np.float64)).size
    here = int((np.median(values, axis=-1) >= tau).sum())
    remark = f"medians are of {groups} groups of {values.shape[-1] // groups} or more worlds"
    return remark + (
        f"; at {here} of {len(values)} points the median is not reached and counts as {tau:g}" if here else ""
    )


def _strongest(nested: pd.DataFrame, method: str) -> list[str]:
    rows = nested[(nested["n_units"] == nested["n_units"].max()) & (nested["index"] == METHODS[method].main)]
    real = rows[(rows["parameter"] != DUMMY) & rows["value"].notna()]
    return [str(name) for name in real.sort_values("value", ascending=False, kind="stable")["parameter"]]


def _verdict(table: pd.DataFrame, method: str, precision: float, runs_of_a_unit: float) -> dict[str, object]:
    found = judge_convergence(table, method, precision)
    if found is None:
        none = {"index": METHODS[method].main, "n_units": int(table["n_units"].max()), "is_converged": False}
        return {**none, "statement": f"{METHODS[method].unexplained} to be explained"}
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
    """Return how further runs would best be spent, in words."""
    if METHODS[method].units_are_worlds:
        return ", all of them more replicates"
    if found.from_chance > 0.5:
        return (
            f"; chance makes {found.from_chance:.0%} of its squared standard error, so that twice the replicates "
            "shorten it more than twice the points"
        )
    return ""


def _through_time(analysis: Analysis) -> dict[str, pd.DataFrame]:
    """Return the tables of the share still there, year by year."""
    values = months_to_end(analysis.runs, analysis.tau)
    months, layout, _, remark = analysis.laid_out(values)
    table = time_table(layout, months, analysis.tau)
    each = analysis.runs_of_a_unit(values, int(table["n_units"].max()))
    verdict = time_verdict(table, layout.method, analysis.precision, each)
    return {TIME: table, VERDICTS: _as_row({"of": MEAN, **verdict, "left_out": remark})}


def _as_row(verdict: Mapping[str, object]) -> pd.DataFrame:
    distinct = verdict.get("distinct")
    if isinstance(distinct, tuple):
        verdict = {**verdict, "distinct": " ".join(distinct), "n_distinct": len(distinct)}
    return pd.DataFrame([verdict])


def elementary_effects_table(indices: pd.DataFrame) -> pd.DataFrame:
    """Return mean and standard deviation of elementary effects: one row for each outcome and parameter.

    Columns are outcome, parameter, and ``mu_star`` and ``sigma`` with their limits.
    """
    part = indices[indices["of"] == MEAN]
    parts = []
    for index in (MU_STAR, SIGMA):
        rows = part[part["index"] == index].set_index(["outcome", "parameter"])[["value", "lower", "upper"]]
        parts.append(rows.set_axis([index, f"{index}_lower", f"{index}_upper"], axis=1))
    return pd.concat(parts, axis=1).reset_index()


def pairs_table(indices: pd.DataFrame) -> pd.DataFrame:
    """Return the indices of pairs of the expected outcomes: outcome, index, parameter, other, value and limits."""
    part = indices[(indices["of"] == MEAN) & (indices["other"] != "")]
    columns = ["outcome", "index", "parameter", "other", "value", "lower", "upper", "is_distinct"]
    return part[columns].reset_index(drop=True)


def _ordered(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with the columns that identify a row first."""
    first = [name for name in ("outcome", "of") if name in table]
    return table[[*first, *(name for name in table if name not in first)]]
