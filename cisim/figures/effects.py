"""Effects of arms: paired by world, and over an ensemble of parameter sets."""

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from cisim.figures.parts import footnote
from cisim.figures.style import BLUE, MM, SINGLE, VERMILION, arm_styles, new_figure, styled
from cisim.survival.arms import ordered_labels

#: Millimetres that the numbers at the right take.
NUMBERS = 35
TITLES = {
    "time_free_of_failure": "Change in restricted mean time\nfree of failure (months)",
    "survival_time": "Change in restricted mean\nsurvival time (months)",
}


def effects_figure(differences: pd.DataFrame, width: float = SINGLE, *, measure: str | None = None) -> Figure:
    """Draw the paired differences of one measure with their intervals.

    Parameters
    ----------
    differences : DataFrame
        From :func:`cisim.survival.paired.paired_differences`.
    width : float
        Inches.
    measure : str
        Value of its column ``measure``; by default the first that is there.

    Returns
    -------
    Figure
        The numbers, and how many times more runs independent seeds need, stand at the right.
    """
    styles = arm_styles([*differences["baseline"], *differences["strategies"]])
    shown = str(differences["measure"].iloc[0]) if measure is None else measure
    part = differences[differences["measure"] == shown].dropna(subset=["difference"]).set_index("strategies")
    labels = ordered_labels(part.index)
    part = part.loc[labels]
    with styled():
        figure = new_figure(width, (32 + 6.5 * max(1, len(labels))) * MM)
        axes, numbers = figure.subplots(1, 2, sharey=True, width_ratios=[width / MM - 20 - NUMBERS, NUMBERS])
        axes.axvline(0, color="#888888", lw=0.6)
        for row, label in enumerate(labels):
            effect, style = part.loc[label], styles[label]
            axes.plot([effect["lower"], effect["upper"]], [row, row], color=style.colour, lw=1.2)
            axes.plot(effect["difference"], row, color=style.colour, marker=style.marker, ms=5, label=label)
        axes.set_yticks(range(len(labels)), [label.replace("+", "\n+") for label in labels])
        axes.set_ylim(len(labels) - 0.5, -0.5)
        axes.set_xlabel(TITLES.get(shown, f"Change in {shown.replace('_', ' ')}"))
        axes.spines["left"].set_visible(False)
        axes.tick_params(axis="y", length=0)
        _write_numbers(numbers, part)
        footnote(figure, _note(part))
    return figure


def _write_numbers(axes: Axes, part: pd.DataFrame) -> None:
    """Estimate with its interval and the variance ratio, as two columns of text."""
    axes.set_axis_off()
    axes.set_title("Change\n(95 % interval)", loc="left", fontsize=6.5)
    axes.set_title("Runs\nsaved", loc="right", fontsize=6.5)
    widest = part[["lower", "upper"]].abs().to_numpy().max()
    digits = next((digits for least, digits in ((100, 0), (2, 1)) if widest >= least), 3)
    place = axes.get_yaxis_transform()
    columns = (part[name] for name in ("difference", "lower", "upper", "variance_ratio"))
    for row, (change, low, high, ratio) in enumerate(zip(*columns, strict=True)):
        interval = f"{change:.{digits}f} ({low:.{digits}f}, {high:.{digits}f})".replace("-", "\N{MINUS SIGN}")
        saved = f"\N{MULTIPLICATION SIGN}{ratio:.1f}" if np.isfinite(ratio) else "\N{EN DASH}"
        axes.text(0.0, row, interval, transform=place, va="center", fontsize=6.5)
        axes.text(1.0, row, saved, transform=place, ha="right", va="center", fontsize=6.5)


def _note(part: pd.DataFrame) -> str:
    if part.empty:
        return "No arm to compare with the baseline."
    first = part.iloc[0]
    pairs = sorted({int(n) for n in part["n_pairs"]})
    number = f"{pairs[0]}" if len(pairs) == 1 else f"{pairs[0]} to {pairs[-1]}"
    return (
        f"Against {first['baseline']}, months 1 to {first['tau']:g}. Pairs of runs in the same worlds: {number}. "
        "Runs saved: how many times more runs independent seeds would need."
    )


#: Golden section, whose multiples fall evenly.
GOLDEN = 0.6180339887498949


def ensemble_figure(members: pd.DataFrame, effects: pd.DataFrame, width: float = SINGLE) -> Figure:
    """Draw the change in restricted mean time free of failure of every member, arm by arm.

    Parameters
    ----------
    members : DataFrame
        From :func:`cisim.survival.ensembles.member_effects`.
    effects : DataFrame
        From :func:`cisim.survival.ensembles.ensemble_effects`, one measure.
    width : float
        Inches.
    """
    rows = effects.to_dict("records")
    with styled():
        figure = new_figure(width, (28 + 8.5 * len(rows)) * MM)
        axes = figure.subplots()
        axes.axvline(0, color="black", linewidth=0.6)
        for place, row in enumerate(rows):
            changes = members.loc[members["setting"] == row["setting"], "difference"].to_numpy()
            height = place + 0.3 * (2.0 * ((np.arange(len(changes)) * GOLDEN) % 1.0) - 1.0)
            axes.plot(changes, height, ".", color=BLUE, markersize=3, alpha=0.6, markeredgewidth=0)
            axes.plot([row["median"]] * 2, [place - 0.36, place + 0.36], color=VERMILION)
            shares = f"{_percent(row, 'share_positive')} ({_percent(row, 'share_surely_positive')},"
            shares += f" {_percent(row, 'share_surely_negative')})"
            axes.text(1.02, place, shares, va="center", fontsize=6.5, transform=axes.get_yaxis_transform())
        heading = "above 0 (surely\nabove, below), %"
        axes.text(1.02, -0.85, heading, va="center", fontsize=6.5, transform=axes.get_yaxis_transform())
        axes.set_yticks(range(len(rows)), [str(row["setting"]).replace("+", "+\n") for row in rows])
        axes.set_ylim(len(rows) - 0.5, -0.6)
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel("Change in restricted mean time\nfree of failure (months)")
        handles = [
            Line2D([], [], color=BLUE, marker=".", linestyle="", label=f"{members['member'].nunique()} members"),
            Line2D([], [], color=VERMILION, label="median"),
        ]
        figure.legend(handles=handles, loc="outside upper left", ncols=2)
        footnote(
            figure,
            f"Against {rows[0]['baseline']}, in the same worlds. At the right the share of the ensemble above 0, and "
            "in brackets the shares whose 95 % interval is above and below 0.",
        )
    return figure


def _percent(row: Mapping[Hashable, Any], name: str) -> str:
    return f"{100 * row[name]:.0f}"
