"""Distribution of durations: the share of coalitions that end in each year, and how many go on."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from cisim.figures.parts import footnote, label_time, small_multiples
from cisim.figures.style import DOUBLE, MM, SINGLE, VERMILION, new_figure, styled
from cisim.figures.ways_to_end import COMPLETED
from cisim.survival.arms import ordered_labels

MOST_COLUMNS = 4
COLOURS = {"failed": VERMILION, "completed": COMPLETED.colour}


def durations_figure(table: pd.DataFrame, width: float = DOUBLE) -> Figure:
    """Draw a histogram of the months at which coalitions end, one panel per arm.

    Parameters
    ----------
    table : DataFrame
        From :func:`cisim.survival.durations.durations_table`.
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
            _draw_panel(axes, table[table["strategies"] == label], shown)
            axes.set_title(label)
        ended = table[table["ending"] == "ended"]
        panels[0].set_ylim(0, max(1.0, 125 * float(ended["upper"].max())) if ended["n"].sum() else 100)
        panels[0].set_yticks([tick for tick in panels[0].get_yticks() if tick <= 100])
        figure.supylabel("Share of coalitions (%)", fontsize="medium")
        label_time(panels, float(table["end"].max()))
        if shown:
            handles = [Patch(facecolor=COLOURS[kind], label=kind) for kind in shown]
            figure.legend(handles=handles, loc="outside upper center", ncols=2)
        footnote(figure, _note(ended))
    return figure


def _draw_panel(axes: Axes, part: pd.DataFrame, shown: list[str]) -> None:
    """Stack the endings of each class, with the interval of all of them; what goes on stands above."""
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


def _note(ended: pd.DataFrame) -> str:
    span = float((ended["end"] - ended["start"]).iloc[0])
    months = f"{span:g} months" if span > 1 else "one month"
    return f"Classes of {months}. Bars and brackets: 95 % intervals of all endings, and of what had not ended."
