"""Covariates of a regression: the columns that vary, standardised, categories as 0 and 1."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cisim.errors import InputError
from cisim.survival.arms import ordered_labels
from cisim.survival.spells import check_columns
from cisim.survival.variation import read_variation

#: What is left of a column that others explain, as a share of its spread, below which it follows from them.
SAME = 1e-6


@dataclass(frozen=True)
class Covariates:
    """Columns of a regression and what they stand for."""

    matrix: pd.DataFrame
    """Shape (n, p), columns as in ``meaning``: numbers with mean 0 and standard deviation 1, categories 0 or 1."""
    meaning: pd.DataFrame
    """One row per column: term, parameter, level and reference (empty for numbers), unit (standard deviation; 1 for
    categories)."""
    statements: tuple[str, ...]
    """Which columns were left out, and why."""


def varying_columns(runs: pd.DataFrame) -> list[str]:
    """Columns of ``runs.parquet`` by which its runs differ: parameters that vary, and the strategies where they do."""
    if "strategies" not in runs:
        return [str(name) for name in runs if "." in str(name) and len(runs[name].drop_duplicates()) > 1]
    design = read_variation(runs)
    return (["strategies"] if design.has_arms else []) + list(design.varied)


def with_events(
    table: pd.DataFrame, names: Sequence[str], met: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], list[str]]:
    """Rows whose levels all met an event: the effect of a level without any would be infinite.

    Parameters
    ----------
    table : DataFrame
        Rows to explain.
    names : sequence of str
        Columns to explain them by; only words and truths have levels.
    met : ndarray of bool, shape (n,)
        Which rows met the event.

    Returns
    -------
    ndarray of bool, list of str
        Rows to keep, and a sentence for each level that is left out.
    """
    check_columns(table, names)
    kept, statements = np.ones(len(table), dtype=bool), []
    for name in dict.fromkeys(names):
        if _is_number(table[name]):
            continue
        words = table[name].astype(str).to_numpy()
        for level in sorted(set(words) - set(words[met])):
            statements.append(
                f"{name}={level} is left out: none of its {int(np.sum(words == level))} rows met the event"
            )
            kept &= words != level
    return kept, statements


def read_covariates(table: pd.DataFrame, names: Sequence[str]) -> Covariates:
    """Columns of a regression.

    Parameters
    ----------
    table : DataFrame
        Rows to explain.
    names : sequence of str
        Columns to explain them by: numbers, truths, or words. Words become a column of 0 and 1 for each level but
        the reference ("none" if there is one, else the first in the order of appearance).

    Returns
    -------
    Covariates

    Raises
    ------
    InputError
        If a column is missing or has empty cells, or no column varies.
    """
    check_columns(table, names)
    columns: dict[str, NDArray[np.float64]] = {}
    meaning, statements = [], []
    for name in dict.fromkeys(names):
        found = _terms(table[name], name)
        if not found:
            statements.append(f"{name} is left out: it is the same in every row")
        for term, values, row in found:
            columns[term] = values
            meaning.append({"term": term, **row})
    kept, dropped = _independent(columns)
    statements += [f"{term} is left out: it follows from {', '.join(causes)}" for term, causes in dropped.items()]
    if not kept:
        raise InputError(
            f"none of the columns varies ({', '.join(names) or 'none given'}): there is nothing to compare"
        )
    frame = pd.DataFrame({term: columns[term] for term in kept}, index=table.index)
    rows = pd.DataFrame(meaning)
    return Covariates(frame, rows[rows["term"].isin(kept)].reset_index(drop=True), tuple(statements))


def _terms(column: pd.Series, name: str) -> list[tuple[str, NDArray[np.float64], dict[str, object]]]:
    """Columns that stand for one variable: its name in the regression, its values, what it means."""
    empty = int(column.isna().sum())
    if empty:
        raise InputError(f"{name} of {empty} of {len(column)} rows is empty: fill or remove these rows")
    if _is_number(column):
        values = column.to_numpy(dtype=np.float64)
        if not np.isfinite(values).all():
            raise InputError(f"{name} holds infinite values: correct or remove these rows")
        spread = float(values.std())
        if not spread > 1e-12 * np.abs(values).max():
            return []
        row = {"parameter": name, "level": "", "reference": "", "unit": spread}
        return [(name, (values - values.mean()) / spread, row)]
    words = column.astype(str)
    levels = sorted(words.unique()) if column.dtype == bool else ordered_labels(words.unique())
    return [
        (
            f"{name}={level}",
            (words == level).to_numpy().astype(np.float64),
            {"parameter": name, "level": level, "reference": levels[0], "unit": 1.0},
        )
        for level in levels[1:]
    ]


def _is_number(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and column.dtype != bool


def _independent(columns: dict[str, NDArray[np.float64]]) -> tuple[list[str], dict[str, list[str]]]:
    """Columns that do not follow from those before them; for each other one, those it follows from."""
    kept: list[str] = []
    dropped: dict[str, list[str]] = {}
    for term, values in columns.items():
        centred = values - values.mean()
        before = np.column_stack([columns[name] - columns[name].mean() for name in kept]) if kept else None
        weights = np.linalg.lstsq(before, centred, rcond=None)[0] if before is not None else np.empty(0)
        rest = centred - before @ weights if before is not None else centred
        if np.linalg.norm(rest) > SAME * np.linalg.norm(centred):
            kept.append(term)
        else:
            dropped[term] = [name for name, weight in zip(kept, weights, strict=True) if abs(weight) > SAME]
    return kept, dropped
