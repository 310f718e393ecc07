"""Indices through time: what decides whether a coalition is still there, year by year."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cisim.figures.parts import footnote, label_time, legend_columns, marked, small_multiples
from cisim.figures.style import BLACK, DOUBLE, MM, SINGLE, VERMILION, new_figure, styled
from cisim.questions.sensitivity.figures_parts import LINES, NAMES, with_unit
from cisim.questions.sensitivity.layout import DUMMY, MAINS
from cisim.questions.sensitivity.through_time import STEP, ranking

#: Colour, line and marker of each parameter.
Looks = dict[str, tuple[str, Any, str]]

#: Indices that are shares of variance, each in a panel of its own.
SHARES = ("ST", "S1")

#: Limits of a share of variance, between which everything that is known lies.
SHARE_LIMITS = (-0.1, 1.1)


def time_figure(table: pd.DataFrame, width: float = DOUBLE) -> Figure:
    """Draw the indices of the parameters that decide most over all years, with bands of their intervals.

    Parameters
    ----------
    table : DataFrame
        Table ``sensitivity_time``.
    width : float
        Inches.
    """
    known = table[table["value"].notna()]
    kinds = [kind for kind in SHARES if kind in set(known["index"])]
    kinds = kinds or [kind for kind in MAINS if kind in set(known["index"])][:1]
    names = ranking(known, kinds[0])[: len(LINES)] or list(known["parameter"].unique()[: len(LINES)])
    shown = [*names, *([DUMMY] if (known["parameter"] == DUMMY).any() else [])]
    looks: Looks = dict(zip(shown, (*LINES[: len(names)], (VERMILION, (0, (1, 1)), "x")), strict=False))
    columns = 1 if width <= SINGLE or len(kinds) == 1 else len(kinds)
    with styled():
        rows = -(-len(kinds) // columns)
        entries = legend_columns(shown, width)
        figure = new_figure(width, (16 + rows * (52 if columns == 1 else 60) + 4 * -(-len(shown) // entries)) * MM)
        panels = small_multiples(figure, len(kinds), columns, share_y=True)
        for axes, kind in zip(panels, kinds, strict=True):
            _lines(axes, known[known["index"] == kind], looks)
            if len(kinds) > 1:
                axes.set_title(with_unit(NAMES[kind], kind, ""), loc="left")
        _axes(panels, table, kinds)
        figure.legend(*panels[0].get_legend_handles_labels(), loc="outside upper center", ncols=entries)
        footnote(figure, _note(table))
    return figure


def _lines(axes: Axes, rows: pd.DataFrame, looks: Looks) -> None:
    axes.axhline(0, color=BLACK, lw=0.6)
    for place, (name, (colour, line, marker)) in enumerate(looks.items()):
        part = rows[rows["parameter"] == name].sort_values("month")
        axes.fill_between(part["month"], part["lower"], part["upper"], color=colour, alpha=0.15, lw=0)
        spots = marked(place, len(looks), len(part)) if len(part) > 1 else [0]
        axes.plot(
            part["month"], part["value"], color=colour, ls=line, marker=marker, markevery=spots, label=name
        )  # fmt: skip


def _axes(panels: list[Axes], table: pd.DataFrame, kinds: list[str]) -> None:
    """Label the axes; shares of variance have the same limits everywhere."""
    label_time(panels, float(table["month"].max()), most_ticks=10)
    for axes in panels:
        axes.set_xlim(left=0)
    if kinds[0] in SHARES:
        low, high = panels[0].get_ylim()
        panels[0].set_ylim(max(low, SHARE_LIMITS[0]), min(high, SHARE_LIMITS[1]))
        label = "Share of variance"
    else:
        label = with_unit(NAMES[kinds[0]], kinds[0], "share_")
    for axes in panels:
        place = axes.get_subplotspec()
        if place is not None and place.is_first_col():
            axes.set_ylabel(label)


def _note(table: pd.DataFrame) -> str:
    said = ["Share of coalitions that have neither failed nor completed. Bands: 95 % intervals."]
    by_year = table.groupby("month")["value"].apply(lambda values: values.notna().any())
    if not by_year.all():
        said.append(f"Nothing is drawn where it varies too little: years {_spans(list(by_year.index[~by_year]))}.")
    return " ".join(said)


def _spans(months: list[int]) -> str:
    """Name years, those in a row by the first and the last."""
    years = [month // STEP for month in months]
    starts = [year for year in years if year - 1 not in years]
    ends = [year for year in years if year + 1 not in years]
    return ", ".join(f"{a}" if a == b else f"{a} to {b}" for a, b in zip(starts, ends, strict=True))
