"""Profiles of an outcome: indices year by year, conditional means, and main effects out of a surrogate."""

import textwrap
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cisim.figures.parts import footnote, label_time, legend_columns, marked, small_multiples
from cisim.figures.style import BLACK, BLUE, DOUBLE, GREY, MM, SINGLE, VERMILION, new_figure, styled
from cisim.questions.sensitivity.index_figures import LINES, outcome_unit, outcomes_of, title_of, with_unit
from cisim.questions.sensitivity.profiles import CLASS, POINT, STEP, ranking
from cisim.questions.sensitivity.sensitivity_methods import INDEX_LABELS, MAINS
from cisim.questions.sensitivity.units_and_worlds import DUMMY

#: Colour, line and marker of each parameter.
Looks = dict[str, tuple[str, Any, str]]

#: Indices that are shares of variance, each in a panel of its own.
SHARES = ("ST", "S1")

#: Limits of a share of variance, between which everything that is known lies.
SHARE_LIMITS = (-0.1, 1.1)

#: Panels beside one another on one column and on the full page, and rows where there is one outcome.
COLUMNS, ROWS = (2, 3), 2

#: Letters that a label has room for on one line.
LONGEST = 22

#: Ratio of largest to smallest value from which an even spread of logarithms takes a logarithmic axis.
WIDE_RANGE = 20.0

#: Parameters that a figure of main effects has room for.
MOST_ALONG = 8


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
            _time_lines(axes, known[known["index"] == kind], looks)
            if len(kinds) > 1:
                axes.set_title(with_unit(INDEX_LABELS[kind], kind, ""), loc="left")
        _label_time_axes(panels, table, kinds)
        figure.legend(*panels[0].get_legend_handles_labels(), loc="outside upper center", ncols=entries)
        footnote(figure, _time_note(table))
    return figure


def _time_lines(axes: Axes, rows: pd.DataFrame, looks: Looks) -> None:
    axes.axhline(0, color=BLACK, lw=0.6)
    for place, (name, (colour, line, marker)) in enumerate(looks.items()):
        part = rows[rows["parameter"] == name].sort_values("month")
        axes.fill_between(part["month"], part["lower"], part["upper"], color=colour, alpha=0.15, lw=0)
        spots = marked(place, len(looks), len(part)) if len(part) > 1 else [0]
        axes.plot(
            part["month"], part["value"], color=colour, ls=line, marker=marker, markevery=spots, label=name
        )  # fmt: skip


def _label_time_axes(panels: list[Axes], table: pd.DataFrame, kinds: list[str]) -> None:
    """Label the axes; shares of variance have the same limits everywhere."""
    label_time(panels, float(table["month"].max()), most_ticks=10)
    for axes in panels:
        axes.set_xlim(left=0)
    if kinds[0] in SHARES:
        low, high = panels[0].get_ylim()
        panels[0].set_ylim(max(low, SHARE_LIMITS[0]), min(high, SHARE_LIMITS[1]))
        label = "Share of variance"
    else:
        label = with_unit(INDEX_LABELS[kinds[0]], kinds[0], "share_")
    for axes in panels:
        place = axes.get_subplotspec()
        if place is not None and place.is_first_col():
            axes.set_ylabel(label)


def _time_note(table: pd.DataFrame) -> str:
    sentences = ["Share of coalitions that have neither failed nor completed. Bands: 95 % intervals."]
    by_year = table.groupby("month")["value"].apply(lambda values: values.notna().any())
    if not by_year.all():
        sentences.append(f"Nothing is drawn where it varies too little: years {_spans(list(by_year.index[~by_year]))}.")
    return " ".join(sentences)


def _spans(months: list[int]) -> str:
    """Return years in words, those in a row by the first and the last."""
    years = [month // STEP for month in months]
    starts = [year for year in years if year - 1 not in years]
    ends = [year for year in years if year + 1 not in years]
    return ", ".join(f"{a}" if a == b else f"{a} to {b}" for a, b in zip(starts, ends, strict=True))


def conditional_figure(table: pd.DataFrame, width: float = DOUBLE) -> Figure:
    """Draw each outcome along the parameters with the largest main index, a row of panels for each outcome.

    Parameters
    ----------
    table : DataFrame
        Table ``sensitivity_conditional``.
    width : float
        Inches.
    """
    outcomes = outcomes_of(table)
    columns = COLUMNS[width > SINGLE]
    per_outcome = columns * (ROWS if len(outcomes) == 1 else 1)
    shown = [
        (outcome, str(name))
        for outcome in outcomes
        for name in table.loc[table["outcome"] == outcome, "parameter"].unique()[:per_outcome]
    ]
    columns = min(columns, len(shown))
    with styled():
        figure = new_figure(width, (10 + 46 * -(-len(shown) // columns)) * MM)
        panels = small_multiples(figure, len(shown), columns, share_y=False, share_x=False)
        for axes, (outcome, name) in zip(panels, shown, strict=True):
            rows = table[(table["outcome"] == outcome) & (table["parameter"] == name)]
            _conditional_panel(axes, rows)
            axes.set_xlabel(name if len(name) <= LONGEST else name.replace(".", ".\n"))
        _label_rows(panels, shown)
        footnote(figure, _conditional_note(table))
    return figure


def _conditional_panel(axes: Axes, rows: pd.DataFrame) -> None:
    """Draw one outcome along one parameter."""
    points, classes = rows[rows["kind"] == POINT], rows[rows["kind"] == CLASS]
    numbers = pd.to_numeric(rows["value"], errors="coerce")
    is_number = bool(numbers.notna().all())
    x = numbers if is_number else rows["share"]
    axes.plot(x[points.index], points["mean"], ls="", marker=".", ms=2.2, color=GREY, alpha=0.5, mew=0, rasterized=True)
    axes.vlines(x[classes.index], classes["lower"], classes["upper"], color=BLUE, lw=1.2, zorder=3)
    line = "-" if is_number else ""
    axes.plot(x[classes.index], classes["mean"], ls=line, marker="o", ms=3.5, color=BLUE, zorder=4, lw=0.8)
    if not is_number:
        is_long = classes["value"].str.len().sum() > LONGEST
        turned: dict[str, Any] = {"rotation": 25, "ha": "right", "rotation_mode": "anchor"} if is_long else {}
        axes.set_xticks(list(classes["share"]), list(classes["value"]), **turned)
        axes.set_xlim(0, 1)
    elif _is_logarithmic(x[points.index].to_numpy(), points["share"].to_numpy()):
        axes.set_xscale("log")


def _is_logarithmic(x: np.ndarray, share: np.ndarray) -> bool:
    """Return whether values are spread widely, and evenly over their logarithms rather than themselves."""
    if x.min() <= 0 or x.max() < WIDE_RANGE * x.min():
        return False
    return bool(np.corrcoef(np.log(x), share)[0, 1] > np.corrcoef(x, share)[0, 1])


def _label_rows(panels: list[Axes], shown: list[tuple[str, str]]) -> None:
    """Name outcomes with their units where a row begins, and give the panels of an outcome the same limits."""
    for outcome in dict.fromkeys(outcome for outcome, _ in shown):
        own = [axes for axes, (other, _) in zip(panels, shown, strict=True) if other == outcome]
        limits = np.array([axes.get_ylim() for axes in own])
        unit = outcome_unit(outcome)
        for axes in own:
            axes.set_ylim(limits[:, 0].min(), limits[:, 1].max())
            place = axes.get_subplotspec()
            if place is not None and place.is_first_col():
                label = title_of(outcome)
                axes.set_ylabel(textwrap.fill(f"{label} ({unit})" if unit else label, LONGEST))


def _conditional_note(table: pd.DataFrame) -> str:
    most = int(table[table["kind"] == POINT].groupby(["outcome", "parameter"]).size().max())
    return (
        "Grey: design points, each the mean over its worlds (at most "
        f"{most} are drawn). Blue: mean over classes of the parameter, whatever the others are, with 95 % intervals."
    )


def main_effects_figure(effects: pd.DataFrame, width: float = DOUBLE) -> Figure:
    """Draw the first outcome along its strongest parameters, and along the dummy.

    Parameters
    ----------
    effects : DataFrame
        Table ``sensitivity_main_effects``.
    width : float
        Inches.
    """
    outcome = str(effects["outcome"].iloc[0])
    rows = effects[effects["outcome"] == outcome]
    names = _largest_effects(rows)
    columns = 3 if width > DOUBLE - MM else 2
    with styled():
        figure = new_figure(width, (14 + 38 * -(-len(names) // columns)) * MM)
        panels = small_multiples(figure, len(names), columns, share_y=True)
        for axes, name in zip(panels, names, strict=True):
            part, colour = rows[rows["parameter"] == name], VERMILION if name == DUMMY else BLUE
            axes.fill_between(part["share"], part["lower"], part["upper"], color=colour, alpha=0.25, lw=0)
            axes.plot(part["share"], part["value"], color=colour)
            axes.set_title(name, loc="left", fontsize=6.5 if columns > 2 else 5.5)
            axes.set_xlim(0, 1)
            axes.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
        for axes in panels[-min(columns, len(panels)) :]:
            axes.set_xlabel("Place in the distribution")
        figure.supylabel(_outcome_label(outcome), fontsize=7)
        left = effects["outcome"].nunique() - 1
        more = f" {left} more outcomes are in the tables." if left else ""
        footnote(figure, f"Bands: 95 % intervals of what the runs leave open, for the process as fitted.{more}")
    return figure


def _largest_effects(rows: pd.DataFrame) -> list[str]:
    """Return the parameters whose main effect has the largest range, and the dummy last."""
    ranges = rows.groupby("parameter", sort=False)["value"].agg(np.ptp).sort_values(ascending=False, kind="stable")
    real = [str(name) for name in ranges.index if name != DUMMY][:MOST_ALONG]
    return [*real, *([DUMMY] if DUMMY in ranges.index else [])]


def _outcome_label(outcome: str) -> str:
    unit = outcome_unit(outcome)
    label = outcome.replace("_", " ").capitalize()
    return f"{label} ({unit})" if unit else label
