"""Expected outcome along the parameters that move it most, out of a surrogate."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from cisim.figures.parts import footnote, small_multiples
from cisim.figures.style import BLUE, DOUBLE, MM, VERMILION, new_figure, styled
from cisim.questions.sensitivity.figures_parts import UNITS
from cisim.questions.sensitivity.layout import DUMMY

#: Parameters that a figure has room for.
MOST = 8


def main_effects_figure(effects: pd.DataFrame, width: float = DOUBLE) -> Figure:
    """Draw the first outcome along its strongest parameters, and along the dummy.

    Parameters
    ----------
    effects : DataFrame
        Table ``sensitivity_main_effects``.
    width : float
        Inches.
    """
    outcome = str(effects["outcome"].iloc[0])
    rows = effects[effects["outcome"] == outcome]
    names = _strongest(rows)
    columns = 3 if width > DOUBLE - MM else 2
    with styled():
        figure = new_figure(width, (14 + 38 * -(-len(names) // columns)) * MM)
        panels = small_multiples(figure, len(names), columns, share_y=True)
        for axes, name in zip(panels, names, strict=True):
            part, colour = rows[rows["parameter"] == name], VERMILION if name == DUMMY else BLUE
            axes.fill_between(part["share"], part["lower"], part["upper"], color=colour, alpha=0.25, lw=0)
            axes.plot(part["share"], part["value"], color=colour)
            axes.set_title(name, loc="left", fontsize=6.5 if columns > 2 else 5.5)
            axes.set_xlim(0, 1)
            axes.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
        for axes in panels[-min(columns, len(panels)) :]:
            axes.set_xlabel("Place in the distribution")
        figure.supylabel(_label(outcome), fontsize=7)
        left = effects["outcome"].nunique() - 1
        more = f" {left} more outcomes are in the tables." if left else ""
        footnote(figure, f"Bands: 95 % intervals of what the runs leave open, for the process as fitted.{more}")
    return figure


def _strongest(rows: pd.DataFrame) -> list[str]:
    """Parameters whose main effect has the largest range, and the dummy last."""
    ranges = rows.groupby("parameter", sort=False)["value"].agg(np.ptp).sort_values(ascending=False, kind="stable")
    real = [str(name) for name in ranges.index if name != DUMMY][:MOST]
    return [*real, *([DUMMY] if DUMMY in ranges.index else [])]


def _label(outcome: str) -> str:
    unit = next((unit for start, unit in UNITS.items() if outcome.startswith(start)), "")
    label = outcome.replace("_", " ").capitalize()
    return f"{label} ({unit})" if unit else label
