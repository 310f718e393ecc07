"""Cells over two parameters: the axes that heat maps and phase diagrams share."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray


def edges(centres: Sequence[float]) -> NDArray[np.float64]:
    """Borders of cells around their centres, in rising order: halfway between neighbours."""
    x = np.asarray(centres, dtype=np.float64)
    if x.size == 1:
        return np.array([x[0] - 0.5, x[0] + 0.5])
    half = np.diff(x) / 2
    return np.concatenate([[x[0] - half[0]], x[:-1] + half, [x[-1] + half[-1]]])


def centres(cells: pd.DataFrame, letter: str) -> pd.Series:
    """Mean place of each level on one axis, by level, rising."""
    return cells.groupby(f"{letter}_level")[letter].mean()


def matrix(cells: pd.DataFrame, column: str, levels: tuple[pd.Index, pd.Index]) -> NDArray[np.float64]:
    """One column as an array of shape (y levels, x levels), NaN where the design has no run."""
    table = cells.pivot_table(index="y_level", columns="x_level", values=column, aggfunc="mean")
    return table.reindex(index=levels[1], columns=levels[0]).to_numpy(dtype=float)


def name_ticks(axes: Axes, cells: pd.DataFrame) -> None:
    """Write words at the cells where a parameter is not a number."""
    for letter, set_ticks in (("x", axes.set_xticks), ("y", axes.set_yticks)):
        if not pd.to_numeric(cells[f"{letter}_label"].str.partition(" to ")[0], errors="coerce").notna().all():
            ticks = cells.drop_duplicates(f"{letter}_level").sort_values(f"{letter}_level")
            set_ticks(ticks[letter], list(ticks[f"{letter}_label"]))
