"""Which parameters an outcome depends on: ranked bars, Morris' plane, and indices against the size of the sample."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cisim.figures.entries import DOUBLE_FIRST, FigureEntry
from cisim.figures.parts import footnote, legend_columns, small_multiples
from cisim.figures.style import BLACK, BLUE, DOUBLE, GREY, MM, ORANGE, SINGLE, VERMILION, new_figure, styled
from cisim.questions.sensitivity.figures_conditional import conditional_figure
from cisim.questions.sensitivity.figures_pairs import pairs_figure
from cisim.questions.sensitivity.figures_parts import (
    LINES,
    NAMES,
    of_means,
    outcomes_of,
    panels_of,
    strongest,
    texts,
    title_of,
    with_unit,
)
from cisim.questions.sensitivity.figures_time import time_figure
from cisim.questions.sensitivity.layout import DUMMY, MAINS
from cisim.questions.sensitivity.main_effects import main_effects_figure

#: Parameters that a figure has room for.
MOST_BARS, MOST_POINTS, MOST_LINES = 10, 8, 5

#: How much further room goes with the letters of small legends.
SMALL = 1.15

#: One look for each of the indices that stand side by side.
BARS = ((BLUE, "o"), (ORANGE, "s"))


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
    longest = max(len(strongest(rows, outcome, kinds[0], MOST_BARS)) for outcome in outcomes)
    columns, panels = panels_of(width, len(outcomes))
    with styled():
        figure = new_figure(width, (14 + panels * (12 + 5 * longest)) * MM)
        for axes, outcome in zip(
            small_multiples(figure, len(outcomes), columns, share_y=False, share_x=False), outcomes, strict=True
        ):
            _bars(axes, rows[rows["outcome"] == outcome], kinds, outcome)
        if len(kinds) > 1:
            figure.legend(*figure.axes[0].get_legend_handles_labels(), loc="outside upper center", ncols=2)
        footnote(figure, _note(indices, outcomes))
    return figure


def _bars(axes: Axes, rows: pd.DataFrame, kinds: list[str], outcome: str) -> None:
    names = strongest(rows, outcome, kinds[0], MOST_BARS)
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
        axes.plot(part["value"], places, ls="", color=colour, marker=marker, ms=3, label=NAMES[kind])
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_title(title_of(outcome), loc="left")
    axes.set_xlabel(with_unit(NAMES[kinds[0]], kinds[0], outcome) if len(kinds) == 1 else "Share of variance")


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
    axes.set_xlabel(with_unit(NAMES["mu_star"], "mu_star", outcome))
    axes.set_ylabel(with_unit(NAMES["sigma"], "sigma", outcome))
    axes.legend(
        loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=2, fontsize=6, handlelength=0, handletextpad=0,
        markerscale=0, columnspacing=1.0,
    )  # fmt: skip


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
    names = [*strongest(whole, outcome, kind, MOST_LINES), *([DUMMY] if (rows["parameter"] == DUMMY).any() else [])]
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
    axes.set_ylabel(with_unit(NAMES[kind], kind, outcome))
    ncols = min(2, legend_columns(names, SMALL * room))
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.22), ncols=ncols, fontsize=6, columnspacing=1.0)


def _note(indices: pd.DataFrame, outcomes: list[str]) -> str:
    said = ["Bars: 95 % intervals; the strongest parameters."]
    if (indices["parameter"] == DUMMY).any():
        said.append("Grey band: interval of a dummy parameter, which nothing depends on.")
    left = indices["outcome"].nunique() - len(outcomes)
    if left:
        said.append(f"{left} more outcomes are in the tables.")
    return " ".join(said)


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
