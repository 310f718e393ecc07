"""Indices by parameter and by size of the sample, and what all figures of a sensitivity analysis share."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cisim.figures.parts import footnote, legend_columns, small_multiples
from cisim.figures.style import BLACK, BLUE, DOUBLE, GREEN, MM, ORANGE, PURPLE, VERMILION, new_figure, styled
from cisim.questions.sensitivity.sensitivity_methods import IN_UNITS, INDEX_LABELS, MAINS
from cisim.questions.sensitivity.units_and_worlds import DUMMY

#: Outcomes that a figure has room for, in one column below one another.
MOST_OUTCOMES = 3

#: Parameters that a figure has room for.
MOST_BARS, MOST_LINES = 10, 5

#: How much further room goes with the letters of small legends.
SMALL = 1.15

#: One look for each of the indices that stand side by side.
BARS = ((BLUE, "o"), (ORANGE, "s"))

#: Beginnings of the names of outcomes, and the unit that effects on them have.
UNITS = {
    **dict.fromkeys(("time_", "median"), "months"),
    **dict.fromkeys(("share_", "failed_", "survival_", "founders_"), "share"),
}

#: Titles of outcomes whose names are too short for one.
TITLES = {"median": "Median duration"}

#: One look for each of the lines.
LINES = ((BLUE, "-", "o"), (ORANGE, "--", "s"), (GREEN, "-.", "^"), (PURPLE, (0, (5, 1, 1, 1)), "D"), (BLACK, ":", "v"))


def of_means(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are of expected outcomes and hold an index."""
    return rows[(rows["of"] == "mean") & rows["value"].notna()]


def outcomes_of(rows: pd.DataFrame) -> list[str]:
    """Return the outcomes that a figure shows."""
    return [str(outcome) for outcome in rows["outcome"].unique()][:MOST_OUTCOMES]


def leading_parameters(rows: pd.DataFrame, outcome: str, kind: str, most: int) -> list[str]:
    """Return the parameters with the largest index of a kind, without the dummy."""
    part = rows[(rows["outcome"] == outcome) & (rows["index"] == kind) & (rows["parameter"] != DUMMY)]
    ranked = part.sort_values("value", ascending=False, kind="stable").head(most)
    return [str(name) for name in ranked["parameter"]]


def panels_of(width: float, n: int) -> tuple[int, int]:
    """Return columns and rows of panels that fit."""
    columns = min(n, 1 if width < DOUBLE - MM else 2)
    return columns, -(-n // columns)


def texts(column: "pd.Series[str]") -> "pd.Series[str]":
    """Return names, empty where a file holds none."""
    return column.fillna("")


def title_of(outcome: str) -> str:
    """Return the name of an outcome as a title."""
    return TITLES.get(outcome, outcome.replace("_", " ").capitalize())


def outcome_unit(outcome: str) -> str:
    """Return the unit that effects on an outcome have; empty if it is not known."""
    return next((unit for start, unit in UNITS.items() if outcome.startswith(start)), "")


def with_unit(name: str, kind: str, outcome: str) -> str:
    """Return the label of an index with the unit that effects on an outcome have."""
    unit = outcome_unit(outcome) if kind in IN_UNITS else ""
    label = name[:1].upper() + name[1:]
    return f"{label} ({unit})" if unit else label


def ranked_figure(indices: pd.DataFrame, width: float = DOUBLE) -> Figure:
    """Draw the strongest parameters of each outcome with their indices and intervals, over the band of the dummy.

    Parameters
    ----------
    indices : DataFrame
        Table ``sensitivity_indices``.
    width : float
        Inches.
    """
    rows = of_means(indices[texts(indices["other"]) == ""])
    outcomes, kinds = outcomes_of(rows), [kind for kind in ("ST", "S1") if kind in set(rows["index"])]
    kinds = kinds or [kind for kind in MAINS if kind in set(rows["index"])][:1]
    longest = max(len(leading_parameters(rows, outcome, kinds[0], MOST_BARS)) for outcome in outcomes)
    columns, panels = panels_of(width, len(outcomes))
    with styled():
        figure = new_figure(width, (14 + panels * (12 + 5 * longest)) * MM)
        for axes, outcome in zip(
            small_multiples(figure, len(outcomes), columns, share_y=False, share_x=False), outcomes, strict=True
        ):
            _bars(axes, rows[rows["outcome"] == outcome], kinds, outcome)
        if len(kinds) > 1:
            figure.legend(*figure.axes[0].get_legend_handles_labels(), loc="outside upper center", ncols=2)
        footnote(figure, _ranked_note(indices, outcomes))
    return figure


def _bars(axes: Axes, rows: pd.DataFrame, kinds: list[str], outcome: str) -> None:
    names = leading_parameters(rows, outcome, kinds[0], MOST_BARS)
    floor = rows[(rows["parameter"] == DUMMY) & (rows["index"] == kinds[0])]
    if len(floor):
        axes.axvspan(min(0.0, floor["lower"].iloc[0]), floor["upper"].iloc[0], color="#dddddd", lw=0)
    axes.axvline(0, color=BLACK, lw=0.6)
    shift = np.linspace(-0.17, 0.17, len(kinds)) if len(kinds) > 1 else [0.0]
    for kind, (colour, marker), off in zip(kinds, BARS, shift, strict=False):
        part = rows[rows["index"] == kind].set_index("parameter").loc[names]
        places = np.arange(len(names)) + off
        axes.barh(places, part["value"], height=0.6 / len(kinds), color=colour, alpha=0.35, lw=0)
        axes.hlines(places, part["lower"], part["upper"], color=colour, lw=1.0)
        axes.plot(part["value"], places, ls="", color=colour, marker=marker, ms=3, label=INDEX_LABELS[kind])
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_title(title_of(outcome), loc="left")
    axes.set_xlabel(with_unit(INDEX_LABELS[kinds[0]], kinds[0], outcome) if len(kinds) == 1 else "Share of variance")


def _ranked_note(indices: pd.DataFrame, outcomes: list[str]) -> str:
    notes = ["Bars: 95 % intervals; the strongest parameters."]
    if (indices["parameter"] == DUMMY).any():
        notes.append("Grey band: interval of a dummy parameter, which nothing depends on.")
    left = indices["outcome"].nunique() - len(outcomes)
    if left:
        notes.append(f"{left} more outcomes are in the tables.")
    return " ".join(notes)


def convergence_figure(nested: pd.DataFrame, width: float = DOUBLE) -> Figure:
    """Draw the main index of the strongest parameters, and of the dummy, at growing parts of the sample.

    Parameters
    ----------
    nested : DataFrame
        Table ``sensitivity_convergence``.
    width : float
        Inches.
    """
    rows = of_means(nested[texts(nested["other"]) == ""])
    kind = next(kind for kind in MAINS if kind in set(rows["index"]))
    rows = rows[rows["index"] == kind]
    outcomes = outcomes_of(rows)
    columns, panels = panels_of(width, len(outcomes))
    with styled():
        figure = new_figure(width, (12 + panels * 72) * MM)
        for axes, outcome in zip(
            small_multiples(figure, len(outcomes), columns, share_y=False, share_x=False), outcomes, strict=True
        ):
            _lines(axes, rows[rows["outcome"] == outcome], kind, outcome, width / columns)
        footnote(figure, "Each part of the sample is the beginning of the next. Bars: 95 % intervals.")
    return figure


def _lines(axes: Axes, rows: pd.DataFrame, kind: str, outcome: str, room: float) -> None:
    whole = rows[rows["n_units"] == rows["n_units"].max()]
    names = [
        *leading_parameters(whole, outcome, kind, MOST_LINES),
        *([DUMMY] if (rows["parameter"] == DUMMY).any() else []),
    ]
    looks = [*LINES[: len(names) - (DUMMY in names)], (VERMILION, (0, (1, 1)), "x")]
    sizes = np.sort(rows["n_runs"].unique())
    for place, (name, (colour, line, marker)) in enumerate(zip(names, looks, strict=False)):
        part = rows[rows["parameter"] == name].sort_values("n_runs")
        x = part["n_runs"] * 1.05 ** (place - (len(names) - 1) / 2)
        axes.vlines(x, part["lower"], part["upper"], color=colour, lw=0.8, alpha=0.7)
        axes.plot(x, part["value"], color=colour, ls=line, marker=marker, label=name)
    axes.axhline(0, color=BLACK, lw=0.6)
    axes.set_xscale("log", base=2)
    axes.minorticks_off()
    axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axes.set_title(title_of(outcome), loc="left")
    axes.set_xlabel("Runs")
    axes.set_ylabel(with_unit(INDEX_LABELS[kind], kind, outcome))
    ncols = min(2, legend_columns(names, SMALL * room))
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.22), ncols=ncols, fontsize=6, columnspacing=1.0)
