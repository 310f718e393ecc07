"""Tables and figures of a sensitivity analysis out of its runs, and their files."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from cisim.analysis.csv_files import write_tables
from cisim.analysis.sensitivity.indices import PRECISION, Verdict, judge, nested_indices
from cisim.analysis.sensitivity.layout import (
    CONVERGENCE,
    EFFECTS,
    INDICES,
    LEVELS,
    VARIANCE,
    VERDICTS,
    Floats,
    Ints,
    Layout,
    grouped,
    spread,
)
from cisim.analysis.sensitivity.methods import METHODS
from cisim.analysis.sensitivity.morris import MU_STAR, SIGMA
from cisim.analysis.sensitivity.oat import levels_table
from cisim.analysis.sensitivity.outcomes import laid_out, outcome_values
from cisim.analysis.sensitivity.variance import variance_table

#: What of an outcome is explained: its expected value, and the variance of a run about it.
MEAN, DISPERSION = "mean", "dispersion"


def sensitivity_tables(
    runs: pd.DataFrame,
    layout: Layout,
    place: Ints,
    outcomes: Sequence[str],
    tau: float,
    *,
    precision: float = PRECISION,
) -> dict[str, pd.DataFrame]:
    """Analyse the runs of a design.

    Parameters
    ----------
    runs : DataFrame
        As for :func:`cisim.analysis.sensitivity.outcomes.outcome_values`.
    layout : Layout
        Design.
    place : ndarray of int, shape (n_units * n_rows,)
        Design point of each row; rows that are alike share one.
    outcomes : sequence of str
        Names of outcomes.
    tau : float
        End of the window (months).
    precision : float
        As for :func:`cisim.analysis.sensitivity.indices.judge`.

    Returns
    -------
    dict of str to DataFrame
        By the names of `cisim.analysis.sensitivity.layout.TABLES`: indices at the whole sample and at nested parts of
        it (columns of :func:`~cisim.analysis.sensitivity.indices.nested_indices`), the variance taken apart, and a
        verdict for each outcome with a statement in words.

    Raises
    ------
    InputError
        If an outcome is not known, or too many runs raised.
    """
    parts: dict[str, list[pd.DataFrame]] = {CONVERGENCE: [], VARIANCE: [], VERDICTS: []}
    for outcome in outcomes:
        values = outcome_values(runs, outcome, tau)
        rows, units, said = laid_out(values, place, (layout.n_units, layout.n_rows))
        left = layout.part(units)
        parts[VARIANCE].append(variance_table(_of_the_distributions(rows, layout.method)).assign(outcome=outcome))
        each = place.size / values.shape[0]  # rows that a design point stands for
        for aspect, found in _aspects(rows, layout.method).items():
            table = nested_indices(left, found).assign(outcome=outcome, of=aspect)
            n_units = layout.n_units if layout.method != "oat" else int(table["n_units"].max())
            runs_of_a_unit = place.size * values.shape[1] / each / n_units
            parts[CONVERGENCE].append(table.assign(n_runs=(table["n_units"] * runs_of_a_unit).round().astype(int)))
            parts[VERDICTS].append(_verdict(table, layout.method, precision, runs_of_a_unit, said))
    tables = {name: _ordered(pd.concat(found, ignore_index=True)) for name, found in parts.items()}
    nested = tables[CONVERGENCE]
    whole = nested["n_units"] == nested.groupby(["outcome", "of"])["n_units"].transform("max")
    made = {INDICES: nested[whole].reset_index(drop=True), **tables}
    if layout.method == "oat":
        levels = [levels_table(layout, outcome_values(runs, name, tau)).assign(outcome=name) for name in outcomes]
        return {**made, LEVELS: _ordered(pd.concat(levels, ignore_index=True))}
    return {**made, EFFECTS: effects_table(made[INDICES])} if layout.method == "morris" else made


def effects_table(indices: pd.DataFrame) -> pd.DataFrame:
    """Set mean and standard deviation of elementary effects side by side: one row for each outcome and parameter.

    Columns are outcome, parameter, and ``mu_star`` and ``sigma`` with their limits.
    """
    part = indices[indices["of"] == MEAN]
    parts = []
    for index in (MU_STAR, SIGMA):
        rows = part[part["index"] == index].set_index(["outcome", "parameter"])[["value", "lower", "upper"]]
        parts.append(rows.set_axis([index, f"{index}_lower", f"{index}_upper"], axis=1))
    return pd.concat(parts, axis=1).reset_index()


def _of_the_distributions(rows: Floats, method: str) -> Floats:
    """Rows that are drawn from the distributions of the parameters; of ``oat`` none, so but one world of them."""
    if method == "oat":
        return rows[..., :1]
    return rows[:, [0, -1]] if method == "sobol" else rows


def _aspects(rows: Floats, method: str) -> dict[str, Floats]:
    found = {MEAN: rows if method == "oat" else grouped(rows)}
    dispersion = spread(rows)
    return found if dispersion is None else {**found, DISPERSION: dispersion}


def _verdict(table: pd.DataFrame, method: str, precision: float, runs_of_a_unit: float, said: str) -> pd.DataFrame:
    found = judge(table, method, precision)
    row = {"outcome": table["outcome"].iloc[0], "of": table["of"].iloc[0]}
    if found is None:
        row |= {"index": METHODS[method].main, "n_units": int(table["n_units"].max()), "is_converged": False}
        return pd.DataFrame(
            [{**row, "statement": "the outcome does not vary enough to be explained", "left_out": said}]
        )
    more = round(found.more_units * runs_of_a_unit)
    row |= {**asdict(found), "distinct": " ".join(found.distinct), "n_distinct": len(found.distinct), "more_runs": more}
    unit = "" if METHODS[method].is_share else " of the largest"
    width = f"the widest 95 % interval of {found.index} is {found.width:.2f}{unit} wide"
    if found.is_converged:
        words = f"converged: {width}, {precision:g} or less is asked for"
    else:
        words = f"not converged: {width}, {precision:g} is asked for, which takes about {more:,} more runs"
        words += _hint(found, method)
    return pd.DataFrame([{**row, "statement": words, "left_out": said}])


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


def _ordered(table: pd.DataFrame) -> pd.DataFrame:
    """Put the columns that say what a row is about first."""
    first = [name for name in ("outcome", "of") if name in table]
    return table[[*first, *(name for name in table if name not in first)]]


def write_sensitivity(tables: Mapping[str, pd.DataFrame], folder: Path, provenance: Mapping[str, str]) -> list[Path]:
    """Write tables and figures into an existing result folder; files of the same name are replaced.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Of `sensitivity_tables`.
    folder : Path
        Result folder.
    provenance : mapping of str to str
        What made the results; it goes into the metadata of figures.

    Returns
    -------
    list of Path
        The files written.
    """
    # matplotlib takes a second to load: not before there is something to draw
    from cisim.analysis.figures.registry import write_figures

    (folder / "figures").mkdir(exist_ok=True)
    return write_tables(tables, folder) + write_figures(tables, folder / "figures", provenance)
