"""Parts that several figures share: axis of time, small multiples, legend of the arms, note below."""

import textwrap
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure, FigureBase
from matplotlib.lines import Line2D

from cisim.figures.style import MM, ArmStyle

MONTHS_A_YEAR = 12
#: Steps (years, months) that may separate two ticks; the smallest that gives few enough ticks is taken.
YEAR_STEPS = (1, 2, 5, 10, 20, 50)
MONTH_STEPS = (1, 2, 3, 6)
#: Share of the window by which the last value is drawn on, so that an ending in the last month shows.
OVERHANG = 0.02
#: Fewer coalitions than this make no mean worth a line.
FEWEST_ALIVE = 5
#: Millimetres that a letter of a note takes on average; a letter of a legend; the key before it.
NOTE_LETTER = 1.2
LEGEND_LETTER, LEGEND_KEY = 1.3, 12


def time_axis(axes: Axes, horizon: float, *, most_ticks: int = 7, label: str = " since founding") -> list[int]:
    """Tick months as years (as months when the horizon is under two years); the data stay in months.

    Parameters
    ----------
    axes : Axes
        Its x axis runs from 0 to just past ``horizon`` afterwards.
    horizon : float
        Last month shown.
    most_ticks : int
        Ticks that there is room for, besides 0.
    label : str
        What follows "Years" or "Months" in the label of the axis.

    Returns
    -------
    list of int
        The months ticked.
    """
    in_years = horizon >= 2 * MONTHS_A_YEAR
    unit, steps = (MONTHS_A_YEAR, YEAR_STEPS) if in_years else (1, MONTH_STEPS)
    step = next((s for s in steps if horizon / (s * unit) <= most_ticks), steps[-1]) * unit
    ticks = list(range(0, int(horizon) + 1, step))
    axes.set_xlim(0, (1 + OVERHANG) * horizon)
    axes.set_xticks(ticks, [str(tick // unit) for tick in ticks])
    axes.set_xlabel(("Years" if in_years else "Months") + label)
    return ticks


def small_multiples(
    figure: FigureBase, n_panels: int, most_columns: int, *, share_y: bool, share_x: bool = True
) -> list[Axes]:
    """Panels on an even grid; those with no panel below show the numbers of the x axis."""
    rows = int(np.ceil(n_panels / most_columns))
    columns = int(np.ceil(n_panels / rows))
    grid = figure.subplots(rows, columns, sharex=share_x, sharey=share_y, squeeze=False)
    for spare in grid.flat[n_panels:]:
        spare.remove()
    panels = list(grid.flat[:n_panels])
    for axes in panels[-columns:]:
        axes.tick_params(labelbottom=True)
    return panels


def label_time(panels: list[Axes], horizon: float, *, most_ticks: int = 5) -> None:
    """Draw the axis of time on every panel, labelled in the bottom row."""
    for axes in panels:
        time_axis(axes, horizon, most_ticks=most_ticks)
        place = axes.get_subplotspec()
        if place is not None and not place.is_last_row():
            axes.set_xlabel("")


def drawn_on(part: pd.DataFrame) -> pd.DataFrame:
    """Rows of a step curve with the last one repeated a little later, where it still holds."""
    last = part.iloc[[-1]]
    return pd.concat([part, last.assign(month=(1 + OVERHANG) * last["month"])], ignore_index=True)


def arm_handles(styles: Mapping[str, ArmStyle]) -> list[Line2D]:
    """Legend entries of the arms: line, marker and colour as in the curves."""
    return [
        Line2D([], [], color=style.colour, linestyle=style.line, marker=style.marker, label=label)
        for label, style in styles.items()
    ]


def legend_columns(names: Iterable[str], width: float) -> int:
    """Columns of a legend that fit into a figure `width` inches wide."""
    entries = list(names)
    room = max((len(name) for name in entries), default=1) * LEGEND_LETTER + LEGEND_KEY
    return max(1, min(len(entries), int(width / MM / room)))


def marked(arm: int, n_arms: int, n_points: int, *, most: int = 6) -> list[int]:
    """Points of a curve that carry a marker, placed so that the arms' markers do not fall on each other."""
    spots = (np.arange(most) + (arm + 0.5) / n_arms) / most
    return sorted({int(spot * n_points) for spot in spots})


def enough_alive(table: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Rows of a table of trajectories with enough coalitions alive, and a sentence on which these are.

    Enough are fewer where an arm had fewer from the start.
    """
    fewest = min(FEWEST_ALIVE, int(table.loc[table["month"] == table["month"].min(), "n_alive"].min()))
    sentence = f"Of the coalitions still alive in a month; a line ends where fewer than {fewest} are left."
    return table[table["n_alive"] >= fewest], sentence


def footnote(figure: Figure, text: str) -> None:
    """Small print under the figure, wrapped to its width."""
    width = int(figure.get_figwidth() / MM / NOTE_LETTER)
    figure.supxlabel(
        textwrap.fill(text.replace(" %", "\N{NO-BREAK SPACE}%"), width), x=0.01, ha="left", fontsize=6, color="#444444"
    )
