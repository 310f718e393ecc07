"""What pairs of parameters do together: second-order indices as a triangle of cells."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from cisim.figures.parts import footnote, small_multiples
from cisim.figures.style import DOUBLE, MM, new_figure, styled
from cisim.questions.sensitivity.figures_parts import outcomes_of, panels_of, title_of

#: Parameters that a triangle has room for; millimetres of a cell, at most and at least, and of a letter.
MOST_PARAMETERS, CELL, LEAST_CELL, LETTER = 10, 5.5, 3.0, 1.42

#: Colours from no effect on, and the top of their scale where effects are smaller: noise shall not look like much.
COLOURS, LEAST_TOP = "Blues", 0.1

#: Colour of crosses.
FAINT = "#666666"


def pairs_figure(pairs: pd.DataFrame, width: float = DOUBLE) -> Figure:
    """Draw the second-order indices among the parameters with the strongest pairs, and mark what is not told from 0.

    Parameters
    ----------
    pairs : DataFrame
        Table ``sensitivity_pairs``.
    width : float
        Inches.
    """
    known = pairs[pairs["value"].notna()]
    outcomes = outcomes_of(known)
    names = {outcome: _in_strong_pairs(known[known["outcome"] == outcome]) for outcome in outcomes}
    top = max(LEAST_TOP, float(known.loc[known["outcome"].isin(outcomes), "value"].max()))
    columns, panels = panels_of(width, len(outcomes))
    most = max(map(len, names.values()))
    cell = _cell(width / MM / columns, max((name for own in names.values() for name in own), key=len), most)
    with styled():
        figure = new_figure(width, (24 + panels * (12 + cell * most)) * MM)
        figure.set_layout_engine("compressed")  # which knows that cells are square
        grid = small_multiples(figure, len(outcomes), columns, share_y=False, share_x=False)
        for axes, outcome in zip(grid, outcomes, strict=True):
            mesh = _triangle(axes, known[known["outcome"] == outcome], names[outcome], top)
            axes.set_title(title_of(outcome), loc="left")
        bar = figure.colorbar(mesh, ax=grid, location="bottom", aspect=20 * columns, shrink=1 / columns, pad=0.02)
        bar.set_label("S2 (share of variance)")
        bar.locator = MaxNLocator(4, steps=[1, 2, 5, 10])
        footnote(figure, _note(pairs, most))
    return figure


def _cell(room: float, longest: str, n: int) -> float:
    """Millimetres of a cell, so that n less one of them and the longest name fit into the room."""
    return min(CELL, max(LEAST_CELL, (room - LETTER * len(longest) - 9) / (n - 1)))


def _in_strong_pairs(pairs: pd.DataFrame) -> list[str]:
    """Return the parameters of the strongest pairs, as many as there is room for."""
    found: dict[str, None] = {}
    for _, row in pairs.sort_values("value", ascending=False, kind="stable").iterrows():
        both = {row["parameter"]: None, row["other"]: None}
        if len(found | both) <= MOST_PARAMETERS:
            found |= both
    return [str(name) for name in found]


def _triangle(axes: Axes, pairs: pd.DataFrame, names: list[str], top: float) -> QuadMesh:
    """Draw the pairs of some parameters below the diagonal: values where they stand out, crosses where not."""
    n = len(names)
    values = np.full((n, n), np.nan)
    for row in pairs[pairs["parameter"].isin(names) & pairs["other"].isin(names)].to_dict("records"):
        first, second = sorted((names.index(row["parameter"]), names.index(row["other"])))
        values[second, first] = max(row["value"], 0.0)
        is_dark = values[second, first] > 0.5 * top
        words = f"{row['value']:.2f}".replace("0.", ".") if row["is_distinct"] else "\N{MULTIPLICATION SIGN}"
        colour = "white" if is_dark else "black" if row["is_distinct"] else FAINT
        axes.text(first, second, words, ha="center", va="center", fontsize=5, color=colour)
    edges = np.arange(n + 1) - 0.5
    mesh = axes.pcolormesh(edges, edges, values, cmap=COLOURS, vmin=0, vmax=top, edgecolors="white", linewidth=0.5)
    axes.set_xlim(-0.5, n - 1.5)
    axes.set_ylim(n - 0.5, -0.5)
    axes.set_xticks(range(n - 1), [str(number) for number in range(1, n)])
    axes.set_yticks(range(n), [f"{name}  {number}" for number, name in enumerate(names, 1)])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.set_aspect("equal")
    return mesh


def _note(pairs: pd.DataFrame, most: int) -> str:
    said = ["Numbers: the 95 % interval lies above 0. Crosses: it holds 0 or lies below."]
    n = len(set(pairs["parameter"]) | set(pairs["other"]))
    if n > most:
        said.append(f"Of {n} parameters, those of the strongest pairs; the others are in the table.")
    return " ".join(said)
