"""What figures of a sensitivity analysis share: names of indices and outcomes, the strongest parameters, looks."""

import pandas as pd

from cisim.figures.style import BLACK, BLUE, DOUBLE, GREEN, MM, ORANGE, PURPLE
from cisim.questions.sensitivity.layout import DUMMY

#: Outcomes that a figure has room for, in one column below one another.
MOST_OUTCOMES = 3

#: What an index is called on an axis.
NAMES = {
    "S1": "first order S1",
    "ST": "total order ST",
    "mu_star": "mean absolute effect \N{GREEK SMALL LETTER MU}*",
    "mu": "mean effect \N{GREEK SMALL LETTER MU}",
    "sigma": "SD of effects \N{GREEK SMALL LETTER SIGMA}",
    "PAWN": "PAWN (median distance)",
    "delta": "Borgonovo's \N{GREEK SMALL LETTER DELTA}",
    "KS": "distance between regions (KS)",
    "swing": "swing over all levels",
}

#: Beginnings of the names of outcomes, and the unit that effects on them have.
UNITS = {
    **dict.fromkeys(("time_", "median"), "months"),
    **dict.fromkeys(("share_", "failed_", "survival_", "founders_"), "share"),
}

#: Outcomes whose names say too little as a title.
TITLES = {"median": "Median duration"}

#: One look for each of the lines.
LINES = ((BLUE, "-", "o"), (ORANGE, "--", "s"), (GREEN, "-.", "^"), (PURPLE, (0, (5, 1, 1, 1)), "D"), (BLACK, ":", "v"))


def of_means(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are of expected outcomes and hold an index."""
    return rows[(rows["of"] == "mean") & rows["value"].notna()]


def outcomes_of(rows: pd.DataFrame) -> list[str]:
    """Return the outcomes that a figure shows."""
    return [str(outcome) for outcome in rows["outcome"].unique()][:MOST_OUTCOMES]


def strongest(rows: pd.DataFrame, outcome: str, kind: str, most: int) -> list[str]:
    """Return the parameters with the largest index of a kind, without the dummy."""
    part = rows[(rows["outcome"] == outcome) & (rows["index"] == kind) & (rows["parameter"] != DUMMY)]
    ranked = part.sort_values("value", ascending=False, kind="stable").head(most)
    return [str(name) for name in ranked["parameter"]]


def panels_of(width: float, n: int) -> tuple[int, int]:
    """Return columns and rows of panels that fit."""
    columns = min(n, 1 if width < DOUBLE - MM else 2)
    return columns, -(-n // columns)


def texts(column: "pd.Series[str]") -> "pd.Series[str]":
    """Fill in empty names where a file holds none."""
    return column.fillna("")


def title_of(outcome: str) -> str:
    """Return the name of an outcome as a title."""
    return TITLES.get(outcome, outcome.replace("_", " ").capitalize())


def with_unit(name: str, kind: str, outcome: str) -> str:
    """Name an index with the unit that effects on an outcome have."""
    found = next((unit for start, unit in UNITS.items() if outcome.startswith(start)), "")
    unit = found if kind in ("mu", "mu_star", "sigma", "swing") else ""
    label = name[:1].upper() + name[1:]
    return f"{label} ({unit})" if unit else label
