"""Parameters in the plane: Morris' elementary effects, and second-order indices of pairs as a triangle of cells."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from cisim.figures.entries import DOUBLE_FIRST, FigureEntry
from cisim.figures.parts import footnote, small_multiples
from cisim.figures.style import BLUE, DOUBLE, GREY, MM, SINGLE, VERMILION, new_figure, styled
from cisim.questions.sensitivity.index_figures import (
    convergence_figure,
    outcomes_of,
    panels_of,
    ranked_figure,
    title_of,
    with_unit,
)
from cisim.questions.sensitivity.profile_figures import conditional_figure, main_effects_figure, time_figure
from cisim.questions.sensitivity.sensitivity_methods import INDEX_LABELS
from cisim.questions.sensitivity.units_and_worlds import DUMMY

#: Parameters that Morris' plane has room for.
MOST_POINTS = 8

#: Parameters that a triangle has room for; millimetres of a cell, at most and at least, and of a letter.
MOST_PARAMETERS, CELL, LEAST_CELL, LETTER = 10, 5.5, 3.0, 1.42

#: Colours from no effect on, and the top of their scale where effects are smaller: noise shall not look like much.
COLOURS, LEAST_TOP = "Blues", 0.1

#: Colour of crosses.
FAINT = "#666666"


def plane_figure(effects: pd.DataFrame, width: float = SINGLE) -> Figure:
    """Draw Morris' plane: how large the effects of a parameter are, and how much they differ.

    Parameters
    ----------
    effects : DataFrame
        Table ``sensitivity_effects``.
    width : float
        Inches.
    """
    outcomes = outcomes_of(effects)
    columns, panels = panels_of(width, len(outcomes))
    with styled():
        figure = new_figure(width, (14 + panels * (62 + 2.9 * MOST_POINTS / 2)) * MM)
        for axes, outcome in zip(
            small_multiples(figure, len(outcomes), columns, share_y=False, share_x=False), outcomes, strict=True
        ):
            _plane(axes, effects[effects["outcome"] == outcome], outcome)
        footnote(
            figure,
            "Numbered: the parameters with the largest effects; grey: the others; cross: dummy. Bars: 95 % intervals. "
            "Above the dashed line effects differ by more than their mean: interaction or a bent response.",
        )
    return figure


def _plane(axes: Axes, effects: pd.DataFrame, outcome: str) -> None:
    real = effects[effects["parameter"] != DUMMY].sort_values("mu_star", ascending=False, kind="stable")
    top, rest = real.head(MOST_POINTS), real.iloc[MOST_POINTS:]
    axes.plot(rest["mu_star"], rest["sigma"], ls="", marker=".", color=GREY, ms=3, alpha=0.6)
    for colour, part in ((BLUE, top), (VERMILION, effects[effects["parameter"] == DUMMY])):
        axes.hlines(part["sigma"], part["mu_star_lower"], part["mu_star_upper"], color=colour, lw=0.6, alpha=0.6)
        axes.vlines(part["mu_star"], part["sigma_lower"], part["sigma_upper"], color=colour, lw=0.6, alpha=0.6)
    dummy = effects[effects["parameter"] == DUMMY]
    axes.plot(dummy["mu_star"], dummy["sigma"], ls="", marker="x", color=VERMILION, ms=5)
    for number, (_, row) in enumerate(top.iterrows(), 1):
        axes.plot(
            row["mu_star"], row["sigma"], marker="o", color=BLUE, ms=6.5, label=f"{number}  {row['parameter']}", ls=""
        )
        axes.annotate(
            str(number), (row["mu_star"], row["sigma"]), ha="center", va="center_baseline", color="white", fontsize=5.5
        )
    end = 1.1 * max(float(top["mu_star_upper"].max()), 1e-9)
    axes.axline((0, 0), slope=1, color=GREY, lw=0.6, ls="--")
    axes.set_xlim(0, end)
    axes.set_ylim(0, 1.1 * max(float(top["sigma_upper"].max()), 1e-9))
    axes.set_title(title_of(outcome), loc="left")
    axes.set_xlabel(with_unit(INDEX_LABELS["mu_star"], "mu_star", outcome))
    axes.set_ylabel(with_unit(INDEX_LABELS["sigma"], "sigma", outcome))
    axes.legend(
        loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=2, fontsize=6, handlelength=0, handletextpad=0,
        markerscale=0, columnspacing=1.0,
    )  # fmt: skip


def pairs_figure(pairs: pd.DataFrame, width: float = DOUBLE) -> Figure:
    """Draw the second-order indices among the parameters with the strongest pairs; crosses mark those not above 0.

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
    """Return the millimetres of a cell, so that n less one of them and the longest name fit into the room."""
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
    sentences = ["Numbers: the 95 % interval lies above 0. Crosses: it holds 0 or lies below."]
    n = len(set(pairs["parameter"]) | set(pairs["other"]))
    if n > most:
        sentences.append(f"Of {n} parameters, those of the strongest pairs; the others are in the table.")
    return " ".join(sentences)


#: Figures of a report in its order.
FIGURES = (
    FigureEntry(
        name="sensitivity",
        table="sensitivity_indices",
        draw=ranked_figure,
        widths=DOUBLE_FIRST,
        title="Which parameters decide",
        caption="Sensitivity indices of the strongest parameters with 95 % intervals, for the expected outcome, and "
        "the noise floor of a dummy parameter.",
        column="value",
    ),
    FigureEntry(
        name="sensitivity_plane",
        table="sensitivity_effects",
        draw=plane_figure,
        widths=DOUBLE_FIRST,
        title="Elementary effects",
        caption="Morris' elementary effects: mean of their absolute values against their standard deviation, with "
        "95 % intervals.",
    ),
    FigureEntry(
        name="sensitivity_convergence",
        table="sensitivity_convergence",
        draw=convergence_figure,
        widths=DOUBLE_FIRST,
        title="Convergence of indices",
        caption="Main index of the strongest parameters and of the dummy at growing parts of the sample, with 95 % "
        "intervals.",
        column="value",
    ),
    FigureEntry(
        name="sensitivity_pairs",
        table="sensitivity_pairs",
        draw=pairs_figure,
        widths=DOUBLE_FIRST,
        title="Pairs",
        caption="Second-order indices of pairs of parameters: what two do together beyond what each does alone.",
        column="value",
    ),
    FigureEntry(
        name="sensitivity_conditional",
        table="sensitivity_conditional",
        draw=conditional_figure,
        widths=DOUBLE_FIRST,
        title="Conditional means",
        caption="Each outcome against the parameters with the largest main index: design points, and means over "
        "classes of the parameter with 95 % intervals over other points and other worlds.",
    ),
    FigureEntry(
        name="sensitivity_time",
        table="sensitivity_time",
        draw=time_figure,
        widths=DOUBLE_FIRST,
        title="Indices through time",
        caption="Sensitivity indices of the share of coalitions that have neither failed nor completed, year by "
        "year, for the parameters that decide most over all years; bands are 95 % intervals.",
        column="value",
    ),
    FigureEntry(
        name="sensitivity_main_effects",
        table="sensitivity_main_effects",
        draw=main_effects_figure,
        widths=DOUBLE_FIRST,
        title="Main effects",
        caption="Expected outcome along the parameters that move it most, averaged over all others by a Gaussian "
        "process, with 95 % intervals of what the runs leave open.",
    ),
)
