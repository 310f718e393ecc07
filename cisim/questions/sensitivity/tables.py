"""Tables and figures of a sensitivity analysis out of its runs, and their files."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from cisim.questions.sensitivity.compute import MEAN, Analysis, explained
from cisim.questions.sensitivity.indices import PRECISION
from cisim.questions.sensitivity.layout import CONVERGENCE, EFFECTS, INDICES, PAIRS, TABLES, Ints, Layout
from cisim.questions.sensitivity.morris import MU_STAR, SIGMA
from cisim.reading.csv_files import write_tables


def sensitivity_tables(
    runs: pd.DataFrame,
    layout: Layout,
    place: Ints,
    outcomes: Sequence[str],
    tau: float,
    *,
    precision: float = PRECISION,
    points: pd.DataFrame | None = None,
) -> dict[str, pd.DataFrame]:
    """Analyse the runs of a design.

    Parameters
    ----------
    runs : DataFrame
        As for :func:`cisim.questions.sensitivity.outcomes.outcome_values`.
    layout : Layout
        Design.
    place : ndarray of int, shape (n_units * n_rows,)
        Design point of each row; rows that are alike share one.
    outcomes : sequence of str
        Names of outcomes.
    tau : float
        End of the window (months).
    precision : float
        As for :func:`cisim.questions.sensitivity.indices.judge`.
    points : DataFrame, optional
        Values of the parameters at each design point; without it conditional means are along shares.

    Returns
    -------
    dict of str to DataFrame
        By the names of `cisim.questions.sensitivity.layout.TABLES`: indices at the whole sample and at nested parts of
        it (columns of :func:`~cisim.questions.sensitivity.indices.nested_indices`), the variance taken apart, and a
        verdict for each outcome with a statement in words; effects of Morris, pairs, conditional means and indices
        through time where the design and the outcomes have them.

    Raises
    ------
    InputError
        If an outcome is not known, or too many runs raised.
    """
    analysis = Analysis(runs=runs, layout=layout, place=place, tau=tau, precision=precision, points=points)
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in TABLES}
    for outcome in outcomes:
        for name, table in explained(analysis, outcome).items():
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
        **({EFFECTS: effects_table(indices)} if layout.method == "morris" else {}),
        **({PAIRS: pairs} if len(pairs) else {}),
    }


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


def pairs_table(indices: pd.DataFrame) -> pd.DataFrame:
    """Return the indices of pairs of the expected outcomes: outcome, index, parameter, other, value and limits."""
    part = indices[(indices["of"] == MEAN) & (indices["other"] != "")]
    columns = ["outcome", "index", "parameter", "other", "value", "lower", "upper", "is_distinct"]
    return part[columns].reset_index(drop=True)


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
    from cisim.figures.registry import write_figures

    (folder / "figures").mkdir(exist_ok=True)
    return write_tables(tables, folder) + write_figures(tables, folder / "figures", provenance)
