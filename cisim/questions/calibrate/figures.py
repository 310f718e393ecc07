"""Figures of a calibration: the ensemble against each pattern, and prior against posterior of the parameters."""

import textwrap
from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import ArrayLike, NDArray

from cisim.figures.entries import SINGLE_FIRST, FigureEntry
from cisim.figures.parts import footnote
from cisim.figures.style import BLUE, MM, SINGLE, VERMILION, new_figure, styled

#: Parameters that the figure shows at most.
SHOWN = 20
BAND, DARK_BAND = "#E8E8E8", "#CFCFCF"


def patterns_figure(ensemble: pd.DataFrame, predictive: pd.DataFrame, width: float = SINGLE) -> Figure:
    """Draw every member against every pattern, in half-widths of the patterns' intervals.

    Parameters
    ----------
    ensemble : DataFrame
        As in ``ensemble.parquet``.
    predictive : DataFrame
        From :func:`cisim.questions.calibrate.tables.predictive_table`.
    width : float
        Inches.
    """
    n = len(predictive)
    with styled():
        figure = new_figure(width, max(50, 26 + 11 * n) * MM)
        axes = figure.subplots()
        axes.axvspan(-1, 1, color=BAND, zorder=0)
        axes.axvline(0, color="black", linewidth=0.6, zorder=1)
        for place, row in enumerate(predictive.to_dict("records")):
            scaled = _misses(row, ensemble[str(row["pattern"])].to_numpy())
            height = place + 0.3 * _spread(len(scaled))
            axes.plot(scaled, height, ".", color=BLUE, markersize=3, alpha=0.6, markeredgewidth=0, zorder=2)
            middle = _misses(row, row["median"])
            axes.plot([middle] * 2, [place - 0.36, place + 0.36], color=VERMILION, zorder=3)
        names = [_label(row) for row in predictive.to_dict("records")]
        axes.set_yticks(range(n), names)
        axes.set_ylim(n - 0.5, -0.5)
        axes.tick_params(axis="y", length=0)
        reach = max(1.25, float(np.abs(axes.get_xlim()).max()))
        axes.set_xlim(-reach, reach)
        axes.set_xlabel("Miss (half-widths of the interval)")
        _legend(figure, len(ensemble))
    return figure


def _misses(row: dict[Hashable, Any], values: ArrayLike) -> NDArray[np.float64]:
    """Misses of a pattern in half-widths of its interval, each side by its own width."""
    miss = np.asarray(values, dtype=np.float64) - row["value"]
    return np.asarray(miss / np.where(miss > 0, row["high"] - row["value"], row["value"] - row["low"]))


def _label(row: dict[Hashable, Any]) -> str:
    """Name of a pattern with its value and interval."""
    name = textwrap.fill(str(row["pattern"]), 22)
    return f"{name}\n{row['value']:.3g} ({row['low']:.3g} to {row['high']:.3g})"


def _legend(figure: Figure, members: int) -> None:
    handles = [
        Patch(color=BAND, label="interval"),
        Line2D([], [], color="black", linewidth=0.6, label="value"),
        Line2D([], [], color=BLUE, marker=".", linestyle="", label=f"{members} members"),
        Line2D([], [], color=VERMILION, label="median"),
    ]
    figure.legend(handles=handles, loc="outside upper center", ncols=4, columnspacing=0.9, handlelength=1.2)


def _spread(n: int) -> NDArray[np.float64]:
    """Even, shuffled places in (-1, 1) that look random and are not."""
    return np.asarray(2.0 * ((np.arange(n) * 0.6180339887498949) % 1.0) - 1.0)


def identifiability_figure(table: pd.DataFrame, width: float = SINGLE) -> Figure:
    """Draw the posterior of the most informed parameters on the scale of their priors.

    Parameters
    ----------
    table : DataFrame
        From :func:`cisim.questions.calibrate.tables.identifiability_table`.
    width : float
        Inches.
    """
    part = table.head(SHOWN)
    with styled():
        figure = new_figure(width, max(55, 30 + 5.2 * len(part)) * MM)
        axes = figure.subplots()
        axes.axvspan(0.05, 0.95, color=BAND, zorder=0)
        axes.axvspan(0.25, 0.75, color=DARK_BAND, zorder=0)
        for place, row in enumerate(part.to_dict("records")):
            axes.plot([row["share_p5"], row["share_p95"]], [place] * 2, color=BLUE, linewidth=0.9)
            axes.plot([row["share_p25"], row["share_p75"]], [place] * 2, color=BLUE, linewidth=2.8)
            axes.plot(row["share_median"], place, "o", color="white", markeredgecolor=BLUE, markersize=3)
            weight = "bold" if row["is_informed"] else "normal"
            axes.text(1.03, place, f"{row['ks']:.2f}", va="center", fontsize=6.5, fontweight=weight)
        axes.text(1.03, -1.0, "KS", va="center", fontsize=6.5)
        axes.set_yticks(range(len(part)), part["parameter"])
        axes.set_ylim(len(part) - 0.4, -0.6)
        axes.tick_params(axis="y", length=0)
        axes.set_xlim(0, 1)
        axes.set_xlabel("Share of the prior below")
        handles = [
            Patch(color=BAND, label="prior, 90 %"),
            Patch(color=DARK_BAND, label="prior, 50 %"),
            Line2D([], [], color=BLUE, linewidth=0.9, label="posterior, 90 %"),
            Line2D([], [], color=BLUE, linewidth=2.8, label="posterior, 50 %"),
        ]
        figure.legend(handles=handles, loc="outside upper center", ncols=2, columnspacing=1.2)
        informed = int(table["is_informed"].sum())
        footnote(
            figure,
            f"The {len(part)} of {len(table)} parameters whose posterior differs most from the prior (KS: largest "
            f"distance of the distribution functions; bold: beyond chance, {informed} of {len(table)}).",
        )
    return figure


def calibration_figures(ensemble: pd.DataFrame) -> list[FigureEntry]:
    """Return the figures of a calibration; `ensemble` as in ``ensemble.parquet``."""

    def patterns(table: pd.DataFrame, width: float) -> Figure:
        return patterns_figure(ensemble, table, width)

    return [
        FigureEntry("patterns", "predictive", patterns, SINGLE_FIRST),
        FigureEntry("identifiability", "identifiability", identifiability_figure, SINGLE_FIRST),
    ]
