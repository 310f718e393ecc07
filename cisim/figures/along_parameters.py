"""Months free of failure along one parameter of a sweep, and over two."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

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
            axes.set_xlabel(name if len(names) == 1 else _in_two_lines(name))
        figure.supylabel(f"{TIME_FREE}, of the first {table['tau'].iloc[0]:g}", fontsize="medium")
        if len(labels) > 1:
            handles = arm_handles(styles)
            figure.legend(handles=handles, loc="outside upper center", ncols=legend_columns(styles, width))
        footnote(figure, _curves_note(table, len(names)))
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


def _in_two_lines(name: str) -> str:
    """Dotted name on two lines, so that it fits under a small panel."""
    group, _, last = name.rpartition(".")
    return f"{group}.\n{last}" if group else last


def _curves_note(table: pd.DataFrame, shown: int) -> str:
    averaged = bool((table["n_settings"] > 1).any())
    rest = " Each point averages over the rest of the design." if averaged else ""
    classes = " Points stand for classes of values." if (table["high"] > table["low"]).any() else ""
    left = table["parameter"].nunique() - shown
    few = f" The {left} parameters that move it least are left out." if left else ""
    return f"Restricted mean time free of failure; bands and bars: 95 % intervals.{rest}{classes}{few}"


def edges(centres: Sequence[float]) -> NDArray[np.float64]:
    """Borders of cells around their centres, in rising order: halfway between neighbours."""
    x = np.asarray(centres, dtype=np.float64)
    if x.size == 1:
        return np.array([x[0] - 0.5, x[0] + 0.5])
    half = np.diff(x) / 2
    return np.concatenate([[x[0] - half[0]], x[:-1] + half, [x[-1] + half[-1]]])


def centres(cells: pd.DataFrame, letter: str) -> pd.Series:
    """Mean place of each level on one axis, by level, rising."""
    return cells.groupby(f"{letter}_level")[letter].mean()


def matrix(cells: pd.DataFrame, column: str, levels: tuple[pd.Index, pd.Index]) -> NDArray[np.float64]:
    """One column as an array of shape (y levels, x levels), NaN where the design has no run."""
    table = cells.pivot_table(index="y_level", columns="x_level", values=column, aggfunc="mean")
    return table.reindex(index=levels[1], columns=levels[0]).to_numpy(dtype=float)


def name_ticks(axes: Axes, cells: pd.DataFrame) -> None:
    """Write words at the cells where a parameter is not a number."""
    for letter, set_ticks in (("x", axes.set_xticks), ("y", axes.set_yticks)):
        if not pd.to_numeric(cells[f"{letter}_label"].str.partition(" to ")[0], errors="coerce").notna().all():
            ticks = cells.drop_duplicates(f"{letter}_level").sort_values(f"{letter}_level")
            set_ticks(ticks[letter], list(ticks[f"{letter}_label"]))


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
MEASURE_NAMES = {"time_free": "Restricted mean time free of failure", "formed": "Share formed"}
MOST_CONTOURS = 6
#: Panels beside each other on one column and on the full page.
MOST_COLUMNS = (2, 4)


def heatmap_figure(table: pd.DataFrame, width: float = DOUBLE) -> Figure:
    """Draw estimates and, in the same places, half-widths of their intervals, a panel per arm or third value.

    Parameters
    ----------
    table : DataFrame
        From :func:`cisim.survival.sweep_maps.map_table`.
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
        footnote(figure, MEASURE_NAMES[measure] + _note(table, _has_gaps(cells, len(facets))))
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
