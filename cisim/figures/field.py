"""Phase diagrams of a field: which way to practice wins by several outcomes, side by side for a third parameter."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from cisim.figures.grid import name_ticks
from cisim.figures.parts import note
from cisim.figures.phase import UNSURE, draw_cells
from cisim.figures.style import BLUE, DOUBLE, GREY, MM, ORANGE, arm_styles, new_figure, styled

#: Colours of the ways to practice, in order: told apart also where they are paled.
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


def field_figure(table: pd.DataFrame, width: float = DOUBLE) -> Figure:
    """Colour each cell by its best arm: a row of panels for each outcome, a column for each value of the facet.

    Parameters
    ----------
    table : DataFrame
        From :func:`cisim.survival.fields.field_leads`, for several outcomes below one another; the same facets in all.
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
        note(figure, _NOTE)
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
