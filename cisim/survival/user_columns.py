"""Columns of a user's table as numbers, truths and words, or one line that says which row cannot be read."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cisim.errors import InputError

#: Words that stand for true and false, in lower case.
TRUE, FALSE = ("true", "yes", "1", "1.0", "t", "y"), ("false", "no", "0", "0.0", "f", "n")


def check_columns(table: pd.DataFrame, names: Sequence[str]) -> None:
    """Raise InputError unless the table has rows and every column, each once."""
    missing = [name for name in names if name not in table]
    if missing:
        raise InputError(
            f"the table lacks the column {', '.join(missing)}: it has {', '.join(map(str, table.columns)) or 'none'}"
        )
    twice = [name for name in names if table.columns.tolist().count(name) > 1]
    if twice:
        raise InputError(f"the column {twice[0]} comes more than once: rename one of them")
    if table.empty:
        raise InputError("the table has no rows: give at least one spell")


def as_numbers(table: pd.DataFrame, name: str) -> NDArray[np.float64]:
    """Column as floats, shape (n,); InputError for text or for a value that is missing."""
    column = table[name]
    if column.dtype == bool or not (pd.api.types.is_numeric_dtype(column) or column.dtype == object):
        raise InputError(f"{name} holds {column.dtype} values: it must hold numbers")
    numbers = pd.to_numeric(column, errors="coerce")
    _refuse(column[numbers.isna() & ~column.isna()], name, len(column), "must hold numbers; mend or remove these rows")
    _refuse(column[column.isna()], name, len(column), "may not be empty; fill or remove these rows")
    return numbers.to_numpy(dtype=np.float64)


def as_flags(table: pd.DataFrame, name: str) -> NDArray[np.bool_]:
    """Column as truths, shape (n,): booleans, 1 and 0, or words for them; InputError for anything else."""
    column = table[name]
    words = column.astype(str).str.strip().str.lower()
    wrong = column.isna() | ~words.isin(TRUE + FALSE)
    _refuse(column[wrong], name, len(column), "must be true or false, 1 or 0; mend or remove these rows")
    return words.isin(TRUE).to_numpy(dtype=bool)


def as_words(table: pd.DataFrame, name: str) -> NDArray[np.str_]:
    """Column as stripped text, shape (n,); empty where a value is missing."""
    return table[name].astype(object).where(table[name].notna(), "").astype(str).str.strip().to_numpy(dtype=np.str_)


def _refuse(wrong: "pd.Series", name: str, rows: int, remedy: str) -> None:
    """Raise InputError if any value is left, naming the first by its row in the table, counted from 1."""
    if len(wrong):
        value = "empty" if pd.isna(wrong.iloc[0]) else f"'{wrong.iloc[0]}'"
        place = f"first at index {wrong.index[0]}: {value}"
        raise InputError(f"{name} of {len(wrong)} of {rows} rows is not usable ({place}): it {remedy}")
