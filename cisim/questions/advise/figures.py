"""Options for a case side by side: expected persistence, the worst tenth, and regret."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from cisim.figures.entries import DOUBLE_ONLY, FigureEntry
from cisim.figures.parts import footnote
from cisim.figures.style import BLACK, BLUE, DOUBLE, MM, VERMILION, new_figure, styled

#: Options that there is room for.
MOST = 16


def advice_figure(table: pd.DataFrame, width: float = DOUBLE) -> Figure:
    """Draw the options with the longest expected persistence, from above.

    Parameters
    ----------
    table : DataFrame
        Table ``advice``.
    width : float
        Inches.
    """
    part = table.head(MOST)
    with styled():
        figure = new_figure(width, (30 + 5.5 * len(part)) * MM)
        panels = figure.subplots(1, 3, sharey=True)
        _draw(panels[0], part, "expected", BLACK, "o")
        _draw(panels[1], part, "worst_tenth", BLACK, "o")
        _draw(panels[2], part, "mean_regret", BLUE, "s", shift=-0.15)
        _draw(panels[2], part, "max_regret", VERMILION, "D", shift=0.15)
        tau = f"{part['tau'].iloc[0]:g}"
        panels[0].set_yticks(range(len(part)), list(part["choice"]))
        panels[0].set_ylim(len(part) - 0.5, -0.5)
        panels[0].set_xlabel(f"Expected months free\nof failure, of {tau}")
        panels[1].set_xlabel("Months free of failure\nin the worst tenth")
        panels[2].set_xlabel("Regret (months)")
        figure.legend(handles=_handles(), loc="outside upper center", ncols=4)
        left = len(table) - len(part)
        few = f" The {left} options that stay free of failure shortest are left out." if left > 0 else ""
        footnote(
            figure, f"Bars: 95 % intervals over worlds. Every option lived through the same worlds and states.{few}"
        )
    return figure


def _draw(axes: Axes, part: pd.DataFrame, name: str, colour: str, marker: str, *, shift: float = 0.0) -> None:
    for place, row in enumerate(part.to_dict("records")):
        face = colour if row["may_be_best"] else "white"
        axes.plot([row[f"{name}_lower"], row[f"{name}_upper"]], [place + shift] * 2, color=colour, lw=0.8)
        axes.plot(row[name], place + shift, marker=marker, ms=3.5, color=colour, markerfacecolor=face)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", color="#eeeeee", lw=0.5)
    axes.set_axisbelow(True)


def _handles() -> list[Line2D]:
    return [
        Line2D([], [], color=BLACK, marker="o", lw=0.8, ms=3.5, label="may be the best"),
        Line2D([], [], color=BLACK, marker="o", lw=0.8, ms=3.5, markerfacecolor="white", label="is surely not"),
        Line2D([], [], color=BLUE, marker="s", lw=0.8, ms=3.5, label="mean regret"),
        Line2D([], [], color=VERMILION, marker="D", lw=0.8, ms=3.5, label="largest regret"),
    ]


#: Figures of a report in its order.
FIGURES = (
    FigureEntry(
        name="advice",
        table="advice",
        draw=advice_figure,
        widths=DOUBLE_ONLY,
        title="Options",
        caption="Options by expected months free of failure, by the mean of the worst tenth of coalitions, and by "
        "regret against the best option of each state of the world, with 95 % intervals.",
    ),
)
