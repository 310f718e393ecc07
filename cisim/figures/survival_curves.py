"""Step curves of every arm with pointwise intervals: survival with the number at risk, and formation by month."""

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cisim.figures.parts import arm_handles, drawn_on, footnote, legend_columns, marked, time_axis
from cisim.figures.style import MM, SINGLE, ArmStyle, arm_styles, new_figure, styled

#: Bands of more arms than this would drown in one another.
MOST_BANDS = 5


def survival_figure(table: pd.DataFrame, width: float = SINGLE) -> Figure:
    """Draw any-cause survival.

    Parameters
    ----------
    table : DataFrame
        From :func:`cisim.survival.arm_tables.survival_table`, with its default intervals.
    width : float
        Inches.

    Returns
    -------
    Figure
        Bars at the markers show the intervals; up to five arms have bands as well.
    """
    styles = arm_styles(table["strategies"])
    wide, band = width > SINGLE, len(styles) <= MOST_BANDS
    rows_height = (6 + 3.2 * len(styles)) * MM
    legend_height = 3.8 * MM * -(-len(styles) // legend_columns(styles, width))
    with styled():
        figure = new_figure(width, (72 if wide else 58) * MM + rows_height + legend_height)
        curves, counts = figure.subplots(2, 1, sharex=True, height_ratios=[60 * MM, rows_height])
        for i, (label, style) in enumerate(styles.items()):
            part = table[table["strategies"] == label]
            _draw_curve(curves, part, "survival", style, marked(i, len(styles), len(part)), band=band)
        curves.set_ylim(0, 1.02)
        curves.set_ylabel("Share of coalitions not ended")
        ticks = time_axis(curves, float(table["month"].max()), most_ticks=10 if wide else 6)
        curves.tick_params(labelbottom=True)
        _write_at_risk(counts, table, styles, ticks)
        figure.legend(handles=arm_handles(styles), loc="outside upper center", ncols=legend_columns(styles, width))
        footnote(figure, f"Ended: failed or completed. {'Bands, bars' if band else 'Bars'}: pointwise 95 % intervals.")
    return figure


def _draw_curve(
    axes: Axes, part: pd.DataFrame, column: str, style: ArmStyle, marks: list[int], *, band: bool = True
) -> None:
    """Draw a curve with its interval at every marker and, where there is room, as a band."""
    whole, colour = drawn_on(part), style.colour
    if band:
        axes.fill_between(whole["month"], whole["lower"], whole["upper"], step="post", color=colour, alpha=0.1, lw=0)
    axes.step(
        whole["month"],
        whole[column],
        where="post",
        color=colour,
        linestyle=style.line,
        marker=style.marker,
        markevery=marks,
        label=str(part["strategies"].iloc[0]),
    )
    at = part.iloc[marks]
    axes.vlines(at["month"], at["lower"], at["upper"], color=colour, lw=0.7)


def _write_at_risk(axes: Axes, table: pd.DataFrame, styles: Mapping[str, ArmStyle], ticks: Sequence[int]) -> None:
    """Write the number of runs still followed at each tick, one row per arm."""
    axes.set_ylim(len(styles) - 0.5, -0.5)
    axes.set_yticks(range(len(styles)), list(styles))
    axes.set_title("Coalitions at risk", loc="left", fontsize=7)
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0, pad=12, labelbottom=False)
    numbers = table.set_index(["strategies", "month"])["at_risk"].to_dict()
    for row, (label, style) in enumerate(styles.items()):
        axes.get_yticklabels()[row].set_color(style.colour)
        for month in ticks:
            number = numbers.get((label, month), 0)
            axes.text(month, row, f"{number}", ha="center", va="center_baseline", fontsize=6.5)


def formation_figure(table: pd.DataFrame, width: float = SINGLE) -> Figure:
    """Draw the cumulative incidence of formation.

    Parameters
    ----------
    table : DataFrame
        From :func:`cisim.survival.time_to_formation.formation_curves`, with its default intervals.
    width : float
        Inches.
    """
    styles = arm_styles(table["strategies"])
    columns = legend_columns(styles, width)
    with styled():
        figure = new_figure(width, (62 + 3.8 * -(-len(styles) // columns)) * MM)
        axes = figure.subplots()
        for i, (label, style) in enumerate(styles.items()):
            part = table[table["strategies"] == label].dropna(subset="formed")
            _draw_curve(axes, part, "formed", style, marked(i, len(styles), len(part)))
        axes.set_ylim(0, 1.02)
        axes.set_ylabel("Share of partnerships formed")
        time_axis(axes, float(table["month"].max()), label=" since the first contact was sought")
        figure.legend(handles=arm_handles(styles), loc="outside upper center", ncols=columns)
        footnote(figure, "Giving up competes with forming. Bands, bars: pointwise 95 % intervals.")
    return figure
