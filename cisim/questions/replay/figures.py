"""One run month by month: a time line of its events above, its trajectory below."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from cisim.figures.parts import footnote, label_time, legend_columns, small_multiples, time_axis
from cisim.figures.style import BLUE, DOUBLE, GREEN, GREY, MM, PURPLE, SINGLE, VERMILION, new_figure, styled
from cisim.survival.trajectories import PANELS

#: What is drawn: title and unit of the axis.
MEASURES = {
    "members": ("Members", "organisations"),
    **PANELS,
    "reserve": ("Reserves", "amount"),
}
#: Rows of the time line from above: event, and whether each of its details has a row.
ROWS = {
    "joined": False,
    "left": True,
    "role_vacated": False,
    "role_changed": False,
    "shock": True,
    "renewed": False,
    "grant_won": False,
    "grant_lost": False,
    "ended": True,
}
#: What events are called in the figure.
NAMES = {
    "role_vacated": "role given up",
    "role_changed": "role taken over",
    "renewed": "contract renewed",
    "grant_won": "grant won",
    "grant_lost": "grant ran out",
}
#: Events that concern the whole coalition, drawn through every panel: name, colour and line.
LINES = {
    "renewed": (NAMES["renewed"], GREY, (0, (1, 1.2))),
    "grant_won": (NAMES["grant_won"], GREEN, (0, (4, 1.5))),
    "grant_lost": (NAMES["grant_lost"], VERMILION, (0, (4, 1, 1, 1))),
    "shock": ("external shock", PURPLE, (0, (6, 1.5, 1, 1.5, 1, 1.5))),
}
EXTERNAL = ("downturn", "withdrawal", "policy_end")
COLOURS = {"joined": BLUE, "left": VERMILION, "shock": PURPLE, "grant_won": GREEN, "grant_lost": VERMILION}
#: Millimetres that a row of the time line takes, and a row of panels by their number of columns.
STRIP, PANEL = 3.1, {2: 26, 4: 33}


def replay_figure(trajectory: pd.DataFrame, events: pd.DataFrame, width: float = DOUBLE) -> Figure:
    """Draw what happened in one run and how its measures moved.

    Parameters
    ----------
    trajectory : DataFrame
        month and the measures of one run; measures missing from it are left out.
    events : DataFrame
        Its events: month, event, detail.
    width : float
        Inches.

    Returns
    -------
    Figure
    """
    measures = [name for name in MEASURES if name in trajectory and trajectory[name].notna().any()]
    rows = list(_timeline_rows(events))
    columns = 2 if width <= SINGLE else 4
    heights = [16 + STRIP * len(rows), PANEL[columns] * -(-len(measures) // columns)]
    horizon = float(trajectory["month"].max())
    with styled():
        figure = new_figure(width, (16 + sum(heights)) * MM)
        grid = figure.add_gridspec(2, 1, height_ratios=heights)
        above, below = (figure.add_subfigure(grid[i]) for i in range(2))
        _draw_timeline(above.subplots(), rows, horizon)
        panels = small_multiples(below, len(measures), columns, share_y=False)
        for axes, name in zip(panels, measures, strict=True):
            _draw_measure(axes, trajectory, events, name)
        label_time(panels, horizon)
        _add_legend(figure, events)
        footnote(figure, "Each tick above is one event. Circle: last month of the coalition.")
    return figure


def _timeline_rows(events: pd.DataFrame) -> Iterator[tuple[str, str, Sequence[float]]]:
    """Yield event, name and months of every row that has any; those who founded the coalition are left out."""
    later = events[events["month"] > 0]
    own = dict.fromkeys(later.loc[~later["event"].isin(list(ROWS)), "event"], False)  # of extensions
    for event, has_details in {**ROWS, **own}.items():
        part = later[later["event"] == event]
        name = NAMES.get(event, event.replace("_", " "))
        if not has_details and len(part):
            yield event, name, part["month"].tolist()
        elif has_details:
            for detail, rows in part.groupby("detail", sort=True):
                yield event, f"{name}: {str(detail).replace('_', ' ')}", rows["month"].tolist()


def _draw_timeline(axes: Axes, rows: list[tuple[str, str, Sequence[float]]], horizon: float) -> None:
    for i, (event, _, months) in enumerate(rows):
        axes.vlines(months, i - 0.38, i + 0.38, color=COLOURS.get(event, "black"), lw=0.9)
    axes.set_ylim(max(1, len(rows)) - 0.5, -0.5)
    axes.set_yticks(range(len(rows)), [name for _, name, _ in rows])
    axes.tick_params(axis="y", length=0)
    axes.hlines(np.arange(len(rows)), 0, horizon, color="#dddddd", lw=0.4, zorder=0)
    time_axis(axes, horizon)
    axes.set_title("Events")


def _draw_measure(axes: Axes, trajectory: pd.DataFrame, events: pd.DataFrame, name: str) -> None:
    for kind, months in _whole_coalition(events):
        _, colour, line = LINES[kind]
        for month in months:
            axes.axvline(month, color=colour, linestyle=line, lw=0.6, zorder=0)
    axes.plot(trajectory["month"], trajectory[name], color="black", lw=0.9)
    axes.plot(trajectory["month"].iloc[-1:], trajectory[name].iloc[-1:], "o", color="black", ms=2.5, clip_on=False)
    title, unit = MEASURES[name]
    axes.set_title(title)
    axes.set_ylabel(unit)
    if name == "members":
        axes.set_ylim(bottom=0)


def _whole_coalition(events: pd.DataFrame) -> Iterator[tuple[str, list[float]]]:
    for kind in LINES:
        part = events[events["event"] == kind]
        months = (part[part["detail"].isin(EXTERNAL)] if kind == "shock" else part)["month"].tolist()
        if months:
            yield kind, months


def _add_legend(figure: Figure, events: pd.DataFrame) -> None:
    shown = [LINES[kind] for kind, _ in _whole_coalition(events)]
    handles = [Line2D([], [], color=colour, linestyle=line, label=name, lw=0.9) for name, colour, line in shown]
    if handles:
        names = [name for name, _, _ in shown]
        columns = legend_columns(names, figure.get_figwidth())
        figure.legend(handles=handles, loc="outside upper center", ncols=columns)
