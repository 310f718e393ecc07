"""How coalitions end: failures stacked by cause from below, completions from above."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from cisim.core.records import CAUSES, EXTERNAL, NOT_FORMED
from cisim.figures.parts import drawn_on, footnote, label_time, legend_columns, small_multiples
from cisim.figures.style import (
    BLUE,
    DOUBLE,
    GREEN,
    GREY,
    MM,
    ORANGE,
    PURPLE,
    SINGLE,
    SKY,
    VERMILION,
    YELLOW,
    new_figure,
    styled,
)
from cisim.survival.arm_tables import ANY_CAUSE
from cisim.survival.arms import ordered_labels


class Fill(NamedTuple):
    """Colour and hatching of one way to end."""

    colour: str
    hatch: str


#: Fills in the order of the causes, from below.
FILLINGS = (
    Fill(VERMILION, ""),
    Fill(ORANGE, "////"),
    Fill(SKY, "...."),
    Fill(PURPLE, "\\\\\\\\"),
    Fill(BLUE, ""),
)
#: Stacked above the others: what comes from outside, and what never began.
OUTERMOST = {EXTERNAL: Fill(GREY, "xxxx"), NOT_FORMED: Fill(YELLOW, "----")}


def cause_fills(causes: Sequence[str]) -> dict[str, Fill]:
    """Fill of each cause in the order of the stack; causes beyond the colours there are take hatchings of their own."""
    inner = [cause for cause in causes if cause not in OUTERMOST]
    n, hatches = len(FILLINGS), ("oooo", "****", "||||")
    further = {cause: Fill(FILLINGS[i % n].colour, hatches[i // n]) for i, cause in enumerate(inner[n:])}
    return dict(zip(inner, FILLINGS, strict=False)) | further | OUTERMOST


FILLS = cause_fills(CAUSES)
COMPLETED = Fill(GREEN, "")
#: Cause of a researcher's own.
OTHER = Fill("#DDDDDD", "++++")
MOST_COLUMNS = 4


def incidence_figure(table: pd.DataFrame, width: float = DOUBLE) -> Figure:
    """Draw the stacked cumulative incidence, one panel per arm.

    Parameters
    ----------
    table : DataFrame
        From :func:`cisim.survival.arm_tables.incidence_table`.
    width : float
        Inches.

    Returns
    -------
    Figure
    """
    labels = ordered_labels(table["strategies"].unique())
    causes = [cause for cause in table["cause"].unique() if cause != ANY_CAUSE]
    causes = [cause for cause in FILLS if cause in causes] + [cause for cause in causes if cause not in FILLS]
    with styled():
        columns = 2 if width <= SINGLE else MOST_COLUMNS
        rows = -(-len(labels) // columns)
        figure = new_figure(width, (22 + 46 * rows) * MM)
        panels = small_multiples(figure, len(labels), columns, share_y=True)
        for axes, label in zip(panels, labels, strict=True):
            _draw_panel(axes, table[table["strategies"] == label], causes)
            axes.set_title(label)
        figure.supylabel("Share of coalitions", fontsize="medium")
        label_time(panels, float(table["month"].max()))
        handles = _handles(causes, table)
        columns = legend_columns((str(handle.get_label()) for handle in handles), width)
        figure.legend(handles=handles, loc="outside upper center", ncols=columns)
        footnote(figure, "Bars: 95 % intervals of all failures (from below) and of completions (from above).")
    return figure


def _draw_panel(axes: Axes, part: pd.DataFrame, causes: Sequence[str]) -> None:
    """Stack one arm's ways to end."""
    shares = {key: drawn_on(rows).set_index("month")["incidence"] for key, rows in part.groupby(["ending", "cause"])}
    below = 0.0 * shares["failed", ANY_CAUSE]
    for cause in causes:
        above = below + shares["failed", cause]
        _fill(axes, below, above, FILLS.get(cause, OTHER))
        below = above
    completed = shares["completed", ANY_CAUSE]
    _fill(axes, 1.0 - completed, 0.0 * completed + 1.0, COMPLETED)
    axes.set_ylim(0, 1)
    _draw_intervals(axes, part[(part["ending"] == "failed") & (part["cause"] == ANY_CAUSE)], from_above=False)
    _draw_intervals(axes, part[part["ending"] == "completed"], from_above=True)


def _fill(axes: Axes, below: pd.Series, above: pd.Series, fill: Fill) -> None:
    axes.fill_between(
        below.index,
        below,
        above,
        step="post",
        facecolor=fill.colour,
        hatch=fill.hatch,
        edgecolor="white",
        lw=0,
    )
    axes.step(above.index, above, where="post", color="white", lw=0.4)


def _draw_intervals(axes: Axes, part: pd.DataFrame, *, from_above: bool) -> None:
    """Interval at three months spread over the window; the two kinds stand side by side."""
    horizon = int(part["month"].max())
    months = [round(horizon * share) for share in ((0.32, 0.65, 0.97) if from_above else (0.28, 0.61, 0.93))]
    at = part[part["month"].isin(months) & (part["incidence"] > 0)]
    if at.empty:
        return
    value, low, high = at[["incidence", "lower", "upper"]].to_numpy(dtype=float).T
    if from_above:
        value, low, high = 1 - value, 1 - high, 1 - low
    axes.errorbar(
        at["month"],
        value,
        yerr=[value - low, high - value],
        fmt="none",
        ecolor="black",
        elinewidth=0.8,
        capsize=1.8,
    )


def _handles(causes: Sequence[str], table: pd.DataFrame) -> list[Patch]:
    """Legend entries of the ways to end that occur."""
    fills = {f"failed: {cause.replace('_', ' ')}": FILLS.get(cause, OTHER) for cause in causes}
    if (table.loc[table["ending"] == "completed", "incidence"] > 0).any():
        fills["completed"] = COMPLETED
    handles = [
        Patch(facecolor=fill.colour, hatch=fill.hatch, edgecolor="white", label=name) for name, fill in fills.items()
    ]
    return [*handles, Patch(facecolor="white", edgecolor="black", lw=0.5, label="still running")]
