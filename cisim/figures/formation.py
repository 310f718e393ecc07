"""How partnerships come about: share formed by month, arm by arm."""

import pandas as pd
from matplotlib.figure import Figure

from cisim.figures.parts import arm_handles, drawn_on, legend_columns, marked, note, time_axis
from cisim.figures.style import MM, SINGLE, arm_styles, new_figure, styled


def formation_figure(table: pd.DataFrame, width: float = SINGLE) -> Figure:
    """Draw the cumulative incidence of formation.

    Parameters
    ----------
    table : DataFrame
        From :func:`cisim.survival.formation.formation_curves`, with its default intervals.
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
            marks, whole = marked(i, len(styles), len(part)), drawn_on(part)
            axes.fill_between(
                whole["month"], whole["lower"], whole["upper"], step="post", color=style.colour, alpha=0.1, lw=0
            )
            axes.step(
                whole["month"],
                whole["formed"],
                where="post",
                color=style.colour,
                linestyle=style.line,
                marker=style.marker,
                markevery=marks,
            )
            at = part.iloc[marks]
            axes.vlines(at["month"], at["lower"], at["upper"], color=style.colour, lw=0.7)
        axes.set_ylim(0, 1.02)
        axes.set_ylabel("Share of partnerships formed")
        time_axis(axes, float(table["month"].max()), label=" since the first contact was sought")
        figure.legend(handles=arm_handles(styles), loc="outside upper center", ncols=columns)
        note(figure, "Giving up competes with forming. Bands, bars: pointwise 95 % intervals.")
    return figure
