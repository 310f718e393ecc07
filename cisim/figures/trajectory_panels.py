"""How coalitions develop: means of every arm, the spread between coalitions, and the five conditions."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from cisim.figures.parts import (
    arm_handles,
    enough_alive,
    footnote,
    label_time,
    legend_columns,
    marked,
    small_multiples,
    time_axis,
)
from cisim.figures.style import DOUBLE, MM, SINGLE, STYLES, ArmStyle, arm_styles, new_figure, styled
from cisim.survival.arms import ordered_labels
from cisim.survival.trajectories import CONDITIONS, PANELS, SPREAD_PANELS

#: A line style for each condition, apart from that of the baseline.
LINES = dict(zip(CONDITIONS, list(STYLES.values())[1:6], strict=True))
MOST_COLUMNS = 4


def trajectories_figure(table: pd.DataFrame, width: float = DOUBLE) -> Figure:
    """Draw the mean of every measure and the number of coalitions alive, all arms in each panel.

    Parameters
    ----------
    table : DataFrame
        From :func:`cisim.survival.trajectories.trajectory_table`; measures missing from it are left out.
    width : float
        Inches.

    Returns
    -------
    Figure
        Bands are 95 % intervals of the mean.
    """
    styles = arm_styles(table["strategies"])
    measures = [name for name in PANELS if name in set(table["measure"])]
    lines, alive = enough_alive(table)
    with styled():
        columns = 2 if width <= SINGLE else 4
        figure = new_figure(width, (20 + 36 * -(-(1 + len(measures)) // columns)) * MM)
        panels = small_multiples(figure, len(measures) + 1, columns, share_y=False)
        for axes, name in zip(panels, measures, strict=False):
            _draw_means(axes, lines[lines["measure"] == name], styles)
            axes.set_title(PANELS[name][0])
            axes.set_ylabel(PANELS[name][1])
        _draw_alive(panels[-1], table[table["measure"] == table["measure"].iloc[0]], styles)
        label_time(panels, float(table["month"].max()))
        figure.legend(handles=arm_handles(styles), loc="outside upper center", ncols=legend_columns(styles, width))
        footnote(figure, f"{alive} Bands: 95 % intervals of the mean.")
    return figure


def spread_figure(table: pd.DataFrame, width: float = DOUBLE) -> Figure:
    """Draw fans: median, middle half and middle 80 % of the coalitions, a row per measure and a column per arm.

    Parameters
    ----------
    table : DataFrame
        From :func:`cisim.survival.trajectories.trajectory_table`.
    width : float
        Inches.

    Returns
    -------
    Figure
    """
    styles = arm_styles(table["strategies"])
    measures = [name for name in SPREAD_PANELS if name in set(table["measure"])]
    lines, alive = enough_alive(table)
    with styled():
        figure = new_figure(width, (14 + 27 * len(measures)) * MM)
        panels = figure.subplots(len(measures), len(styles), sharex=True, sharey="row", squeeze=False)
        for name, row in zip(measures, panels, strict=True):
            for axes, (label, style) in zip(row, styles.items(), strict=True):
                _draw_spread(axes, lines[(lines["measure"] == name) & (lines["strategies"] == label)], style)
            row[0].set_ylabel("{}\n({})".format(*SPREAD_PANELS[name]))
        for axes, label in zip(panels[0], styles, strict=True):
            axes.set_title(label.replace("+", "+\n"))
        for axes in panels.flat:
            time_axis(axes, float(table["month"].max()), most_ticks=3, label="")
            axes.label_outer()
        footnote(
            figure,
            f"{alive} Line: their median; dark: the middle half of them; light: 10-90 %.",
        )
    return figure


def _draw_means(axes: Axes, part: pd.DataFrame, styles: Mapping[str, ArmStyle]) -> None:
    """Draw every arm's mean with its interval, as a band and at every marker."""
    for i, (label, style) in enumerate(styles.items()):
        arm = part[part["strategies"] == label]
        marks = marked(i, len(styles), len(arm), most=4)
        at = arm.iloc[marks]
        axes.fill_between(arm["month"], arm["lower"], arm["upper"], color=style.colour, alpha=0.15, lw=0)
        axes.vlines(at["month"], at["lower"], at["upper"], color=style.colour, lw=0.6)
        _draw_line(axes, arm, "mean", label, style, marks)


def _draw_alive(axes: Axes, part: pd.DataFrame, styles: Mapping[str, ArmStyle]) -> None:
    """Draw how many coalitions each arm's means are taken over."""
    for i, (label, style) in enumerate(styles.items()):
        arm = part[part["strategies"] == label]
        _draw_line(axes, arm, "n_alive", label, style, marked(i, len(styles), len(arm), most=4))
    axes.set_ylim(bottom=0)
    axes.set_title("Coalitions alive")
    axes.set_ylabel("runs")


def _draw_line(axes: Axes, arm: pd.DataFrame, column: str, label: str, style: ArmStyle, marks: list[int]) -> None:
    axes.plot(
        arm["month"],
        arm[column],
        color=style.colour,
        linestyle=style.line,
        marker=style.marker,
        markevery=marks,
        lw=1.0,
        ms=2.5,
        label=label,
    )


def _draw_spread(axes: Axes, arm: pd.DataFrame, style: ArmStyle) -> None:
    axes.fill_between(arm["month"], arm["q10"], arm["q90"], color=style.colour, alpha=0.18, lw=0)
    axes.fill_between(arm["month"], arm["q25"], arm["q75"], color=style.colour, alpha=0.4, lw=0)
    axes.plot(arm["month"], arm["q50"], color=style.colour, lw=0.9)


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
        footnote(figure, f"{alive} Bands: 95 % intervals of the mean.")
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
