"""Phase diagrams over two parameters: the leading arm, and where its lead is sure; for sweeps and for fields."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from cisim.figures.along_parameters import centres, edges, name_ticks
from cisim.figures.parts import footnote, legend_columns
from cisim.figures.style import BLUE, DOUBLE, GREY, MM, ORANGE, SINGLE, arm_styles, new_figure, styled

UNSURE = "////"
#: Colours of the ways to practice, in order: distinct also where they are paled.
MODES = {"scratch": GREY, "copy": ORANGE, "blend": BLUE}
#: What a row of panels is called.
NAMES = {
    "months_free": "Months free of failure",
    "share_failed": "Share failed",
    "social_outcome": "Social outcome",
    "social_spread": "Its spread between communities",
    "practice": "Quality of practice",
    "practice_spread": "Its spread between communities",
}


def phase_figure(table: pd.DataFrame, width: float = SINGLE) -> Figure:
    """Colour each cell by its best arm; hatch it where the interval of the lead over the next holds 0.

    Parameters
    ----------
    table : DataFrame
        From :func:`cisim.survival.sweep_maps.phase_table`.
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
        footnote(figure, _note(table))
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


def field_figure(table: pd.DataFrame, width: float = DOUBLE) -> Figure:
    """Colour each cell by its best arm: a row of panels for each outcome, a column for each value of the facet.

    Parameters
    ----------
    table : DataFrame
        From :func:`cisim.survival.field_outcomes.field_leads`, for several outcomes below one another; the same
        facets in all.
    width : float
        Inches.

    Returns
    -------
    Figure
    """
    outcomes = list(dict.fromkeys(table["outcome"]))
    facets = list(table.sort_values("facet_level")["facet"].drop_duplicates())
    colours = _colours({*table["best"], *table["next"]})
    with styled():
        figure = new_figure(width, (22 + 46 * len(outcomes)) * MM)
        panels = np.reshape(figure.subplots(len(outcomes), len(facets), sharex=True, sharey=True), (len(outcomes), -1))
        for row, outcome in zip(panels, outcomes, strict=True):
            for axes, facet in zip(row, facets, strict=True):
                cells = table[(table["outcome"] == outcome) & (table["facet"] == facet)]
                draw_cells(axes, cells, colours)
                name_ticks(axes, cells)
                axes.set_title(f"{NAMES[outcome]}\n{_facet(cells, facet)}")
                axes.set_xlabel(str(table["x_name"].iloc[0]))
                axes.set_ylabel(str(table["y_name"].iloc[0]))
                axes.label_outer()
        handles = [Patch(facecolor=colour, label=label) for label, colour in colours.items()]
        if (table["lower"] <= 0).any():
            handles.append(Patch(facecolor="white", edgecolor="black", hatch=UNSURE, lw=0.5, label="lead not sure"))
        figure.legend(handles=handles, loc="outside upper center", ncols=len(handles))
        footnote(figure, _NOTE)
    return figure


_NOTE = (
    "Numbers: lead of the best over the next, in units of the outcome (months; months of output of a coalition of 25), "
    "paired by world. For a spread the smaller is better. Hatched: the 95 % interval of the lead holds 0."
)


def _colours(labels: set[str]) -> dict[str, str]:
    """Colour of each arm: its own for a way to practice, else that of the style sheet."""
    known = {label: colour for label, colour in MODES.items() if label in labels}
    others = arm_styles(sorted(labels - set(known)))
    return known | {label: style.colour for label, style in others.items()}


def _facet(cells: pd.DataFrame, facet: str) -> str:
    name = str(cells["facet_name"].iloc[0])
    return f"{name} = {facet}" if name else ""
