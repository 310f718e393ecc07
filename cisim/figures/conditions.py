"""The five conditions of collective impact side by side, one panel per arm."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from cisim.figures.parts import enough_alive, label_time, legend_columns, marked, note, small_multiples
from cisim.figures.style import DOUBLE, MM, SINGLE, STYLES, new_figure, styled
from cisim.survival.arms import ordered_labels
from cisim.survival.trajectories import CONDITIONS

#: A line style for each condition, apart from that of the baseline.
LINES = dict(zip(CONDITIONS, list(STYLES.values())[1:6], strict=True))
MOST_COLUMNS = 4


def conditions_figure(table: pd.DataFrame, width: float = DOUBLE) -> Figure:
    """Draw the mean of each condition over time.

    Parameters
    ----------
    table : DataFrame
        From :func:`cisim.survival.trajectories.trajectory_table`, with at least one of the five conditions.
    width : float
        Inches.

    Returns
    -------
    Figure
        Bands are 95 % intervals of the mean.
    """
    labels = ordered_labels(table["strategies"].unique())
    lines, alive = enough_alive(table)
    names = [name for name in CONDITIONS if name in set(table["measure"])]
    columns = 2 if width <= SINGLE else MOST_COLUMNS
    with styled():
        figure = new_figure(width, (26 + 42 * -(-len(labels) // columns)) * MM)
        panels = small_multiples(figure, len(labels), columns, share_y=True)
        for axes, label in zip(panels, labels, strict=True):
            _draw_panel(axes, lines[lines["strategies"] == label], names)
            axes.set_title(label)
        panels[0].set_ylim(0, 1)
        figure.supylabel("Index, 0-1", fontsize="medium")
        label_time(panels, float(table["month"].max()))
        handles = _handles(names)
        columns = legend_columns((str(handle.get_label()) for handle in handles), width)
        figure.legend(handles=handles, loc="outside upper center", ncols=columns)
        note(figure, f"{alive} Bands: 95 % intervals of the mean.")
    return figure


def _draw_panel(axes: Axes, lines: pd.DataFrame, names: list[str]) -> None:
    """Draw one arm's conditions with their intervals."""
    for i, name in enumerate(names):
        part = lines[lines["measure"] == name]
        style, marks = LINES[name], marked(i, len(names), len(part), most=4)
        axes.fill_between(part["month"], part["lower"], part["upper"], color=style.colour, alpha=0.2, lw=0)
        axes.plot(
            part["month"],
            part["mean"],
            color=style.colour,
            linestyle=style.line,
            marker=style.marker,
            markevery=marks,
            lw=1.0,
            ms=2.5,
            label=name,
        )


def _handles(names: list[str]) -> list[Line2D]:
    return [
        Line2D(
            [],
            [],
            color=LINES[name].colour,
            linestyle=LINES[name].line,
            marker=LINES[name].marker,
            label=name.replace("_", " ").capitalize(),
        )
        for name in names
    ]
