"""What each arm changes, member by member of an ensemble of parameter sets."""

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from cisim.figures.parts import footnote
from cisim.figures.style import BLUE, MM, SINGLE, VERMILION, new_figure, styled

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
