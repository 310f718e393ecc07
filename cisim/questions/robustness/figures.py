"""Dose and response: effect of disturbances of each class on persistence, with and without strategies."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cisim.figures.entries import DOUBLE_ONLY, FigureEntry
from cisim.figures.parts import arm_handles, footnote, legend_columns
from cisim.figures.style import DOUBLE, MM, ArmStyle, arm_styles, new_figure, styled
from cisim.survival.arms import ordered_labels

#: Height of a row of panels (mm).
ROW = 42
#: Units of the rates of standing disturbances.
RATES = {"internal": "a year and member", "external": "a year", "relational": "a year and tie"}
#: Share of the axis by which neighbouring arms are set apart.
APART = 0.02


def robustness_figure(effects: pd.DataFrame, width: float = DOUBLE) -> Figure:
    """Draw the change in months free of failure against size, a column for each class, a row for each month.

    Parameters
    ----------
    effects : DataFrame
        Table ``robustness``.
    width : float
        Inches.
    """
    part = effects[(effects["measure"] == "change") & effects["size"].notna()]
    styles = arm_styles(part["strategies"].unique())
    classes = list(part["class"].unique())
    rows = [("once", month) for month in sorted(part.loc[part["kind"] == "once", "month"].unique())]
    rows += [("standing", None)] if (part["kind"] == "standing").any() else []
    with styled():
        figure = new_figure(width, (22 + ROW * len(rows)) * MM)
        grid = figure.subplots(len(rows), len(classes), sharey="row", squeeze=False)
        for i, (kind, month) in enumerate(rows):
            for j, of in enumerate(classes):
                here = part[(part["kind"] == kind) & (part["class"] == of)]
                here = here[here["month"] == month] if month is not None else here
                _draw(grid[i, j], here, styles)
                grid[i, j].set_title(_title(of, kind, month))
                if kind == "standing":
                    grid[i, j].set_xlabel(f"Rate ({RATES.get(of, 'a year')})")
                elif i + 1 == len(rows) or rows[i + 1][0] != "once":
                    grid[i, j].set_xlabel("Size of the shock (share)")
            grid[i, 0].set_ylabel("Change in months\nfree of failure")
        figure.legend(handles=arm_handles(styles), loc="outside upper center", ncols=legend_columns(styles, width))
        footnote(
            figure,
            "Against the same coalitions in the same worlds without the disturbance, among those that were there when "
            "it began. Bars: 95 % intervals; arms are set apart sideways.",
        )
    return figure


def _draw(axes: Axes, part: pd.DataFrame, styles: dict[str, ArmStyle]) -> None:
    axes.axhline(0, color="#888888", lw=0.6)
    labels = ordered_labels(part["strategies"].unique())
    span = float(part["size"].max()) if len(part) else 1.0
    for i, label in enumerate(labels):
        rows, style = part[part["strategies"] == label].sort_values("size"), styles[label]
        x = rows["size"] + span * APART * (i - (len(labels) - 1) / 2)
        axes.vlines(x, rows["lower"], rows["upper"], color=style.colour, lw=0.8)
        axes.plot(x, rows["value"], color=style.colour, linestyle=style.line, marker=style.marker, ms=3, lw=0.9)
    axes.set_xlim(0, 1.1 * span)


def _title(of: str, kind: str, month: float | None) -> str:
    return (
        f"{of.capitalize()}, month {month:.0f}"
        if kind == "once" and month is not None
        else f"{of.capitalize()}, standing"
    )


#: Figures of a report in its order.
FIGURES = (
    FigureEntry(
        name="robustness",
        table="robustness",
        draw=robustness_figure,
        widths=DOUBLE_ONLY,
        title="Dose and response",
        caption="Change in restricted mean time free of failure by size and month of a shock, or by rate of a "
        "standing disturbance, in paired worlds, with 95 % intervals.",
    ),
)
