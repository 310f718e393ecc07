"""Parts of tables as readers see them: a few rows, rounded, each number with its interval."""

from collections.abc import Callable, Iterable

import pandas as pd

from cisim.survival.arms import ordered_labels
from cisim.survival.words import percent

#: Ages (months) in rows of a table, as far as the data reach.
AGES = (12, 36, 60, 120, 180, 240)
#: Rows of a table at most.
MOST_ROWS = 24


def by_age(table: pd.DataFrame, value: str, ages: Iterable[int] = AGES) -> pd.DataFrame:
    """One row for each age, one column of percentages for each arm; dashes past the end of the data."""
    known = [age for age in ages if age <= table["month"].max()] or [int(table["month"].max())]
    shown: dict[str, list[str]] = {"Month": [f"{age}" for age in known]}
    for label in ordered_labels(table["strategies"].unique()):
        part = table[table["strategies"] == label].set_index("month").reindex(known)
        shown[label] = [percent(*row) for row in part[[value, "lower", "upper"]].itertuples(index=False)]
    return pd.DataFrame(shown)


def with_limits(table: pd.DataFrame, name: str, write: Callable[..., str]) -> list[str]:
    """One estimate of every row with its limits; `write` takes the three and returns text."""
    return [write(*row) for row in table[[name, f"{name}_lower", f"{name}_upper"]].itertuples(index=False)]


def without_single_arm(shown: pd.DataFrame) -> pd.DataFrame:
    """Return a table without the column of arms if there is one arm only."""
    return shown.drop(columns="Arm") if len(set(shown["Arm"])) == 1 else shown


def sentences_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each sentence, with its arm if it is about one."""
    arms = {"Arm": table["strategies"]} if "strategies" in table else {}
    return pd.DataFrame({**arms, "Finding": table["sentence"]})
