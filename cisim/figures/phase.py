"""Phase diagram over two swept parameters: which arm stays free of failure longest, and where that is sure."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from cisim.figures.grid import centres, edges, name_ticks
from cisim.figures.parts import legend_columns, note
from cisim.figures.style import MM, SINGLE, arm_styles, new_figure, styled

UNSURE = "////"


def phase_figure(table: pd.DataFrame, width: float = SINGLE) -> Figure:
    """Colour each cell by its best arm; hatch it where the interval of the lead over the next holds 0.

    Parameters
    ----------
    table : DataFrame
        From :func:`cisim.survival.response.phase_table`.
    width : float
        Inches.

    Returns
    -------
    Figure
    """
    styles = {label: style.colour for label, style in arm_styles([*table["best"], *table["next"]]).items()}
    winners = [label for label in styles if label in set(table["best"])]
    with styled():
        figure = new_figure(width, (92 if width <= SINGLE else 100) * MM)
        axes = figure.subplots()
        draw_cells(axes, table, styles)
        name_ticks(axes, table)
        axes.set_xlabel(table["x_name"].iloc[0])
        axes.set_ylabel(table["y_name"].iloc[0])
        handles = [Patch(facecolor=styles[label], label=label) for label in winners]
        if (table["lower"] <= 0).any():
            handles.append(Patch(facecolor="white", edgecolor="black", hatch=UNSURE, lw=0.5, label="lead not sure"))
        columns = legend_columns((str(handle.get_label()) for handle in handles), width)
        figure.legend(handles=handles, loc="outside upper center", ncols=columns)
        note(figure, _note(table))
    return figure


def draw_cells(axes: Axes, table: pd.DataFrame, colours: dict[str, str]) -> None:
    """One rectangle per cell, with the months of lead written in it where there is room."""
    x, y = edges(list(centres(table, "x"))), edges(list(centres(table, "y")))
    ranks = (np.unique(table["x_level"]), np.unique(table["y_level"]))
    roomy = max(len(ranks[0]), len(ranks[1])) <= 10
    for row in table.to_dict("records"):
        i, j = (int(np.searchsorted(rank, row[f"{letter}_level"])) for rank, letter in zip(ranks, "xy", strict=True))
        unsure = row["lower"] <= 0
        corner, size = (x[i], y[j]), (x[i + 1] - x[i], y[j + 1] - y[j])
        axes.add_patch(Rectangle(corner, *size, facecolor=colours[row["best"]], alpha=0.35 if unsure else 0.9, lw=0))
        if unsure:
            axes.add_patch(Rectangle(corner, *size, fill=False, hatch=UNSURE, edgecolor="#555555", lw=0))
        if roomy:
            middle = (corner[0] + size[0] / 2, corner[1] + size[1] / 2)
            box = {"facecolor": "white", "alpha": 0.75, "lw": 0, "pad": 0.6}
            axes.text(*middle, f"{row['lead']:.0f}", ha="center", va="center", fontsize=6, bbox=box)
    axes.set_xlim(x[0], x[-1])
    axes.set_ylim(y[0], y[-1])


def _note(table: pd.DataFrame) -> str:
    return (
        f"Arm with the longest restricted mean time free of failure in {table['tau'].iloc[0]:g} months. Numbers: its "
        "lead over the next arm in months, paired by world. Hatched: the 95 % interval of the lead holds 0."
    )
