"""An outcome against each of the strongest parameters: design points, and conditional means with intervals."""

import textwrap
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cisim.figures.parts import footnote, small_multiples
from cisim.figures.style import BLUE, DOUBLE, GREY, MM, SINGLE, new_figure, styled
from cisim.questions.sensitivity.conditional import CLASS, POINT
from cisim.questions.sensitivity.figures_parts import UNITS, outcomes_of, title_of

#: Panels beside one another on one column and on the full page, and rows where there is one outcome.
COLUMNS, ROWS = (2, 3), 2

#: Letters that a label has room for on one line.
LONGEST = 22

#: Ratio of largest to smallest value from which an even spread of logarithms takes a logarithmic axis.
WIDE = 20.0


def conditional_figure(table: pd.DataFrame, width: float = DOUBLE) -> Figure:
    """Draw each outcome along the parameters with the largest main index, a row of panels for each outcome.

    Parameters
    ----------
    table : DataFrame
        Table ``sensitivity_conditional``.
    width : float
        Inches.
    """
    outcomes = outcomes_of(table)
    columns = COLUMNS[width > SINGLE]
    per_outcome = columns * (ROWS if len(outcomes) == 1 else 1)
    shown = [
        (outcome, str(name))
        for outcome in outcomes
        for name in table.loc[table["outcome"] == outcome, "parameter"].unique()[:per_outcome]
    ]
    columns = min(columns, len(shown))
    with styled():
        figure = new_figure(width, (10 + 46 * -(-len(shown) // columns)) * MM)
        panels = small_multiples(figure, len(shown), columns, share_y=False, share_x=False)
        for axes, (outcome, name) in zip(panels, shown, strict=True):
            rows = table[(table["outcome"] == outcome) & (table["parameter"] == name)]
            _panel(axes, rows)
            axes.set_xlabel(name if len(name) <= LONGEST else name.replace(".", ".\n"))
        _label(panels, shown)
        footnote(figure, _note(table))
    return figure


def _panel(axes: Axes, rows: pd.DataFrame) -> None:
    """Draw one outcome along one parameter."""
    points, classes = rows[rows["kind"] == POINT], rows[rows["kind"] == CLASS]
    numbers = pd.to_numeric(rows["value"], errors="coerce")
    is_number = bool(numbers.notna().all())
    x = numbers if is_number else rows["share"]
    axes.plot(x[points.index], points["mean"], ls="", marker=".", ms=2.2, color=GREY, alpha=0.5, mew=0, rasterized=True)
    axes.vlines(x[classes.index], classes["lower"], classes["upper"], color=BLUE, lw=1.2, zorder=3)
    line = "-" if is_number else ""
    axes.plot(x[classes.index], classes["mean"], ls=line, marker="o", ms=3.5, color=BLUE, zorder=4, lw=0.8)
    if not is_number:
        is_long = classes["value"].str.len().sum() > LONGEST
        turned: dict[str, Any] = {"rotation": 25, "ha": "right", "rotation_mode": "anchor"} if is_long else {}
        axes.set_xticks(list(classes["share"]), list(classes["value"]), **turned)
        axes.set_xlim(0, 1)
    elif _is_logarithmic(x[points.index].to_numpy(), points["share"].to_numpy()):
        axes.set_xscale("log")


def _is_logarithmic(x: np.ndarray, share: np.ndarray) -> bool:
    """Whether values are spread widely, and evenly over their logarithms rather than themselves."""
    if x.min() <= 0 or x.max() < WIDE * x.min():
        return False
    return bool(np.corrcoef(np.log(x), share)[0, 1] > np.corrcoef(x, share)[0, 1])


def _label(panels: list[Axes], shown: list[tuple[str, str]]) -> None:
    """Name outcomes with their units where a row begins, and give the panels of an outcome the same limits."""
    for outcome in dict.fromkeys(outcome for outcome, _ in shown):
        own = [axes for axes, (other, _) in zip(panels, shown, strict=True) if other == outcome]
        limits = np.array([axes.get_ylim() for axes in own])
        unit = next((unit for start, unit in UNITS.items() if outcome.startswith(start)), "")
        for axes in own:
            axes.set_ylim(limits[:, 0].min(), limits[:, 1].max())
            place = axes.get_subplotspec()
            if place is not None and place.is_first_col():
                label = title_of(outcome)
                axes.set_ylabel(textwrap.fill(f"{label} ({unit})" if unit else label, LONGEST))


def _note(table: pd.DataFrame) -> str:
    most = int(table[table["kind"] == POINT].groupby(["outcome", "parameter"]).size().max())
    return (
        "Grey: design points, each the mean over its worlds (at most "
        f"{most} are drawn). Blue: mean over classes of the parameter, whatever the others are, with 95 % intervals."
    )
