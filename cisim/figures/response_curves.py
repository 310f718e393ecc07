"""Response to each swept parameter: months free of failure along it, with intervals."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cisim.figures.parts import arm_handles, footnote, legend_columns, small_multiples
from cisim.figures.style import DOUBLE, MM, SINGLE, ArmStyle, arm_styles, new_figure, styled
from cisim.survival.arms import ordered_labels
from cisim.survival.sweep_estimates import ranked_by_response

#: Panels that a page has room for; the parameters that move the response most are taken.
MOST_PANELS = 12
TIME_FREE = "Months free of failure"


def response_figure(table: pd.DataFrame, width: float = DOUBLE) -> Figure:
    """Draw one curve per arm in a panel per parameter.

    Parameters
    ----------
    table : DataFrame
        From :func:`cisim.survival.sweep_estimates.response_table`.
    width : float
        Inches.

    Returns
    -------
    Figure
    """
    names = ranked_by_response(table)[:MOST_PANELS]
    labels = ordered_labels(table["strategies"].unique())
    styles = arm_styles(labels)
    columns = min(len(names), 1 if width <= SINGLE and len(names) == 1 else 2 if width <= SINGLE else 4)
    rows = -(-len(names) // columns)
    height = 62 if len(names) == 1 else 20 + 44 * rows
    with styled():
        figure = new_figure(width, height * MM)
        panels = small_multiples(figure, len(names), columns, share_y=True, share_x=False)
        for axes, name in zip(panels, names, strict=True):
            _draw_panel(axes, table[table["parameter"] == name], styles)
            axes.set_xlabel(name if len(names) == 1 else _breakable(name))
        figure.supylabel(f"{TIME_FREE}, of the first {table['tau'].iloc[0]:g}", fontsize="medium")
        if len(labels) > 1:
            handles = arm_handles(styles)
            figure.legend(handles=handles, loc="outside upper center", ncols=legend_columns(styles, width))
        footnote(figure, _note(table, len(names)))
    return figure


def _draw_panel(axes: Axes, table: pd.DataFrame, styles: dict[str, ArmStyle]) -> None:
    """Draw every arm along one parameter; words have no line between them."""
    numeric = bool(table["is_number"].iloc[0])
    for i, (label, style) in enumerate(styles.items()):
        part = table[table["strategies"] == label].sort_values("level")
        shift = 0.0 if numeric else 0.12 * (i - (len(styles) - 1) / 2)
        x, y = part["value"] + shift, part["time_free"]
        line = style.line if numeric else "none"
        if numeric:
            axes.fill_between(x, part["lower"], part["upper"], color=style.colour, alpha=0.15, lw=0)
        axes.vlines(x, part["lower"], part["upper"], color=style.colour, lw=0.7)
        axes.plot(x, y, color=style.colour, linestyle=line, marker=style.marker, ms=3, lw=1.0, label=label)
    if not numeric:
        ticks = table.drop_duplicates("level")
        axes.set_xticks(ticks["value"], list(ticks["label"]), rotation=30, ha="right")
        axes.margins(x=0.15)


def _breakable(name: str) -> str:
    """Dotted name on two lines, so that it fits under a small panel."""
    group, _, last = name.rpartition(".")
    return f"{group}.\n{last}" if group else last


def _note(table: pd.DataFrame, shown: int) -> str:
    averaged = bool((table["n_settings"] > 1).any())
    rest = " Each point averages over the rest of the design." if averaged else ""
    classes = " Points stand for classes of values." if (table["high"] > table["low"]).any() else ""
    left = table["parameter"].nunique() - shown
    few = f" The {left} parameters that move it least are left out." if left else ""
    return f"Restricted mean time free of failure; bands and bars: 95 % intervals.{rest}{classes}{few}"
