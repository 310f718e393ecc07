"""Hazard of ending by age: when coalitions are most likely to end, with the ends of contracts marked."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cisim.figures.parts import footnote, label_time, small_multiples
from cisim.figures.style import DOUBLE, MM, SINGLE, ArmStyle, arm_styles, new_figure, styled
from cisim.survival.arms import ordered_labels

MOST_COLUMNS = 4
#: Share of the largest estimate above which an interval is cut, so that a late month with few at risk hides nothing.
HEADROOM = 1.6


def hazard_figure(table: pd.DataFrame, width: float = DOUBLE) -> Figure:
    """Draw the smoothed hazard, one panel per arm.

    Parameters
    ----------
    table : DataFrame
        Columns strategies, month (age), hazard (share of those at risk that end in a month), lower, upper and
        contract_end (whether a contract ends in that month).
    width : float
        Inches.

    Returns
    -------
    Figure
    """
    labels = ordered_labels(table["strategies"].unique())
    styles = arm_styles(labels)
    columns = 2 if width <= SINGLE else MOST_COLUMNS
    rows = -(-len(labels) // columns)
    with styled():
        figure = new_figure(width, (16 + 40 * rows) * MM)
        panels = small_multiples(figure, len(labels), columns, share_y=True)
        for axes, label in zip(panels, labels, strict=True):
            _draw_panel(axes, table[table["strategies"] == label], styles[label])
            axes.set_title(label)
        panels[0].set_ylim(0, _top(table))
        figure.supylabel("Hazard of ending (% a month)", fontsize="medium")
        label_time(panels, float(table["month"].max()))
        footnote(figure, _note(table))
    return figure


def _draw_panel(axes: Axes, part: pd.DataFrame, style: ArmStyle) -> None:
    """Draw one arm's hazard in per cent a month, with its interval and the ends of contracts."""
    for month in part.loc[part["contract_end"], "month"]:
        axes.axvline(month, color="#999999", lw=0.6, ls=(0, (2, 2)), zorder=0)
    percent = 100 * part[["hazard", "lower", "upper"]]
    axes.fill_between(part["month"], percent["lower"], percent["upper"], color=style.colour, alpha=0.2, lw=0)
    axes.plot(part["month"], percent["hazard"], color=style.colour, lw=1.0)


def _top(table: pd.DataFrame) -> float:
    """Upper end of the axis in per cent: all intervals, unless a few would flatten every curve."""
    highest = float(table["hazard"].max())
    top = min(float(table["upper"].max()), HEADROOM * highest) if highest > 0 else float(table["upper"].max())
    return 105 * top if top > 0 else 1.0


def _note(table: pd.DataFrame) -> str:
    ends = "Dashed: ends of contracts. " if table["contract_end"].any() else ""
    cut = " Bands are cut at the top of the axis." if 100 * float(table["upper"].max()) > _top(table) else ""
    return f"{ends}Bands: pointwise 95 % intervals.{cut}"
