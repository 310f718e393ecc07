"""Heat map over two swept parameters with contour lines, and how sure each cell is."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from cisim.figures.grid import centres, edges, matrix, name_ticks
from cisim.figures.parts import note
from cisim.figures.style import DOUBLE, MM, SINGLE, new_figure, styled


class Kind(NamedTuple):
    """A quantity, its scale of colours (rising evenly in lightness for every eye) and the name of that scale."""

    column: str
    colours: str
    label: str
    has_lines: bool


#: What is shown by the measure of a table: the estimate, and how sure it is.
KINDS = {
    "time_free": (
        Kind("time_free", "viridis", "Months free of failure,\nof the first {tau:g}", has_lines=True),
        Kind("half_width", "Greys", "Half-width of the\n95 % interval (months)", has_lines=False),
    ),
    "formed": (
        Kind("formed", "viridis", "Share of partnerships\nformed", has_lines=True),
        Kind("half_width", "Greys", "Half-width of the\n95 % interval (share)", has_lines=False),
    ),
}
SAID = {"time_free": "Restricted mean time free of failure", "formed": "Share formed"}
MOST_CONTOURS = 6
#: Panels beside each other on one column and on the full page.
MOST_COLUMNS = (2, 4)


def heatmap_figure(table: pd.DataFrame, width: float = DOUBLE) -> Figure:
    """Draw estimates and, in the same places, half-widths of their intervals, a panel per arm or third value.

    Parameters
    ----------
    table : DataFrame
        From :func:`cisim.survival.response.map_table`.
    width : float
        Inches.

    Returns
    -------
    Figure
        The half-widths stand below the estimates; beside them where there is one panel and room.
    """
    facets = list(table.sort_values("facet_level")["facet"].drop_duplicates())
    cells = table.assign(half_width=(table["upper"] - table["lower"]) / 2)
    measure = next(name for name in KINDS if name in table)
    beside = len(facets) == 1 and width > SINGLE
    columns = min(len(facets), MOST_COLUMNS[width > SINGLE])
    rows = -(-len(facets) // columns)
    with styled():
        figure = new_figure(width, (72 if beside else 22 + 2 * rows * (48 if columns == 1 else 42)) * MM)
        halves = figure.subplots(1, 2) if beside else figure.subplots(2 * rows, columns, sharex=True, sharey=True)
        for panels, kind in zip(np.reshape(halves, (2, -1)), KINDS[measure], strict=True):
            for spare in panels[len(facets) :]:
                spare.remove()
            _draw_half(figure, list(panels[: len(facets)]), cells, facets, kind)
        note(figure, SAID[measure] + _note(table, _has_gaps(cells, len(facets))))
    return figure


def _draw_half(figure: Figure, panels: list[Axes], cells: pd.DataFrame, facets: list[str], kind: Kind) -> None:
    """Draw one quantity in every panel on one scale of colours."""
    limits = _limits(cells[kind.column])
    name = str(cells["facet_name"].iloc[0])
    for axes, facet in zip(panels, facets, strict=True):
        mesh = _draw(axes, cells[cells["facet"] == facet], kind, limits)
        axes.set_title(facet if name in ("", "strategies") else f"{name.rpartition('.')[2]} = {facet}")
        axes.set_xlabel(_breakable(cells["x_name"].iloc[0], len(facets)))
        axes.set_ylabel(_breakable(cells["y_name"].iloc[0], len(facets)))
        axes.label_outer()
    bar = figure.colorbar(mesh, ax=panels, shrink=0.9, pad=0.02)
    bar.set_label(kind.label.format(tau=cells["tau"].iloc[0]))


def _draw(axes: Axes, cells: pd.DataFrame, kind: Kind, limits: tuple[float, float]) -> QuadMesh:
    """Colour the cells of one panel and draw lines of equal estimates."""
    x, y = centres(cells, "x"), centres(cells, "y")
    values = matrix(cells, kind.column, (x.index, y.index))
    low, high = limits
    axes.patch.set(hatch="xxxx", edgecolor="#CCCCCC")
    mesh = axes.pcolormesh(
        edges(list(x)), edges(list(y)), values, cmap=kind.colours, vmin=low, vmax=high, rasterized=True
    )
    if kind.has_lines and min(values.shape) > 2 and np.ptp(values[np.isfinite(values)]) > 0:
        at = MaxNLocator(MOST_CONTOURS).tick_values(low, high)
        lines = axes.contour(x, y, values, levels=at, colors="white", linewidths=0.8)
        axes.clabel(lines, fontsize=6, fmt="%g")
    name_ticks(axes, cells)
    return mesh


def _limits(values: "pd.Series[float]") -> tuple[float, float]:
    """Return the ends of a scale of colours, apart also where all values are alike."""
    low, high = float(values.min()), float(values.max())
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def _breakable(name: str, n_panels: int) -> str:
    """Dotted name on two lines where panels are small."""
    return name.replace(".", ".\n") if n_panels > 1 else name


def _has_gaps(cells: pd.DataFrame, n_facets: int) -> bool:
    return len(cells) < n_facets * len(cells["x_level"].unique()) * len(cells["y_level"].unique())


def _note(table: pd.DataFrame, has_gaps: bool) -> str:
    runs = sorted({int(n) for n in table["n_runs"]})
    number = f"{runs[0]}" if len(runs) == 1 else f"{runs[0]} to {runs[-1]}"
    gaps = " Crossed: no run." if has_gaps else ""
    return f"; white lines join equal estimates. Runs in a cell: {number}.{gaps}"
