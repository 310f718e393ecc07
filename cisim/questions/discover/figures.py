"""Conditions under which coalitions fail early: the ranges of every box, on the scale of what was drawn."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cisim.figures.entries import DOUBLE_ONLY, FigureEntry
from cisim.figures.parts import footnote
from cisim.figures.style import BLUE, DOUBLE, MM, VERMILION, new_figure, styled
from cisim.survival.arms import ordered_labels

#: Boxes that there is room for.
MOST = 6


def discovery_figure(limits: pd.DataFrame, width: float = DOUBLE) -> Figure:
    """Draw the limits of every box that are numbers, a panel for each box.

    Parameters
    ----------
    limits : DataFrame
        Table ``discovery_limits``.
    width : float
        Inches.
    """
    part = limits.dropna(subset=["lowest"])
    labels = ordered_labels(part["strategies"].unique())
    boxes = [
        (label, number, rows)
        for label in labels
        for number, rows in part[part["strategies"] == label].groupby("box", sort=False)
    ][:MOST]
    with styled():
        figure = new_figure(width, (18 + sum(9 + 7 * len(rows) for _, _, rows in boxes)) * MM)
        heights = [1.5 + len(rows) for _, _, rows in boxes] or [1]
        panels = figure.subplots(max(1, len(boxes)), 1, sharex=True, squeeze=False, height_ratios=heights)[:, 0]
        for axes, (label, number, rows) in zip(panels, boxes, strict=False):
            _draw(axes, rows)
            axes.set_title(f"Box {number}" + (f", {label}" if len(labels) > 1 else ""), loc="left")
        panels[-1].set_xlabel("Share of the range drawn")
        footnote(figure, "Thick: values inside the box, with their limit. Thin: the range drawn.")
    return figure


def _draw(axes: Axes, rows: pd.DataFrame) -> None:
    for place, row in enumerate(rows.to_dict("records")):
        span = row["highest"] - row["lowest"]
        low = 0.0 if pd.isna(row["low"]) else (row["low"] - row["lowest"]) / span
        high = 1.0 if pd.isna(row["high"]) else (row["high"] - row["lowest"]) / span
        axes.plot([0, 1], [place, place], color="#cccccc", lw=1.0, zorder=1)
        axes.plot([low, high], [place, place], color=BLUE, lw=4, solid_capstyle="butt", zorder=2)
        for at, limit in ((low, row["low"]), (high, row["high"])):
            if not pd.isna(limit):
                axes.plot([at, at], [place - 0.22, place + 0.22], color=VERMILION, lw=1.0, zorder=3)
                axes.text(at, place - 0.24, f"{limit:.3g}", ha="center", va="bottom", fontsize=6.5)
    axes.set_yticks(range(len(rows)), list(rows["parameter"]))
    axes.set_ylim(len(rows) - 0.6, -0.8)
    axes.set_xlim(-0.04, 1.04)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


#: Figures of a report in its order.
FIGURES = (
    FigureEntry(
        name="discovery",
        table="discovery_limits",
        draw=discovery_figure,
        widths=DOUBLE_ONLY,
        title="Conditions of early failure",
        caption="Limits of the boxes in which coalitions fail early, found by the patient rule induction method.",
    ),
)
