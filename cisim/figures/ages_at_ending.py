"""At which age coalitions end: distribution of durations, and hazard by age."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from cisim.figures.parts import footnote, label_time, small_multiples
from cisim.figures.style import DOUBLE, MM, SINGLE, VERMILION, ArmStyle, arm_styles, new_figure, styled
from cisim.figures.ways_to_end import COMPLETED
from cisim.survival.arms import ordered_labels

COLOURS = {"failed": VERMILION, "completed": COMPLETED.colour}


def durations_figure(table: pd.DataFrame, width: float = DOUBLE) -> Figure:
    """Draw a histogram of the months at which coalitions end, one panel per arm.

    Parameters
    ----------
    table : DataFrame
        From :func:`cisim.survival.arm_tables.durations_table`.
    width : float
        Inches.

    Returns
    -------
    Figure
    """
    labels = ordered_labels(table["strategies"].unique())
    columns = 2 if width <= SINGLE else MOST_COLUMNS
    shown = [kind for kind in COLOURS if table.loc[table["ending"] == kind, "n"].sum() > 0]
    with styled():
        figure = new_figure(width, (22 + 40 * -(-len(labels) // columns)) * MM)
        panels = small_multiples(figure, len(labels), columns, share_y=True)
        for axes, label in zip(panels, labels, strict=True):
            _draw_histogram(axes, table[table["strategies"] == label], shown)
            axes.set_title(label)
        ended = table[table["ending"] == "ended"]
        panels[0].set_ylim(0, max(1.0, 125 * float(ended["upper"].max())) if ended["n"].sum() else 100)
        panels[0].set_yticks([tick for tick in panels[0].get_yticks() if tick <= 100])
        figure.supylabel("Share of coalitions (%)", fontsize="medium")
        label_time(panels, float(table["end"].max()))
        if shown:
            handles = [Patch(facecolor=COLOURS[kind], label=kind) for kind in shown]
            figure.legend(handles=handles, loc="outside upper center", ncols=2)
        footnote(figure, _histogram_note(ended))
    return figure


def _draw_histogram(axes: Axes, part: pd.DataFrame, shown: list[str]) -> None:
    """Stack the endings of each class, with the interval of their sum; the share still running is written above."""
    below = np.zeros(int((part["ending"] == "ended").sum()))
    for kind in shown:
        rows = part[part["ending"] == kind].reset_index(drop=True)
        span = rows["end"] - rows["start"]
        height = 100 * rows["share"].to_numpy()
        axes.bar(rows["start"], height, 0.92 * span, bottom=below, align="edge", color=COLOURS[kind], label=kind)
        below = below + height
    ended = part[(part["ending"] == "ended") & (part["n"] > 0)]
    share, low, high = (100 * ended[name].to_numpy() for name in ("share", "lower", "upper"))
    middle = ended["start"] + 0.46 * (ended["end"] - ended["start"])
    axes.errorbar(middle, share, yerr=[share - low, high - share], fmt="none", ecolor="black", elinewidth=0.6)
    going = part[part["ending"] == "censored"].iloc[0]
    text = "still running {:.0f} %\n({:.0f} to {:.0f} %)".format(*(100 * going[["share", "lower", "upper"]]))
    axes.text(0.98, 0.97, text, transform=axes.transAxes, ha="right", va="top", fontsize=6.5)


def _histogram_note(ended: pd.DataFrame) -> str:
    span = float((ended["end"] - ended["start"]).iloc[0])
    months = f"{span:g} months" if span > 1 else "one month"
    return f"Classes of {months}. Bars and brackets: 95 % intervals of all endings, and of what had not ended."


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
