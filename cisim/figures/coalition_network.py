"""One coalition at chosen months: its members by kind, the roles they hold, and the ties that the log names."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from cisim.figures.parts import footnote, legend_columns
from cisim.figures.style import (
    BLUE,
    DOUBLE,
    GREEN,
    MM,
    ORANGE,
    PURPLE,
    SKY,
    VERMILION,
    ArmStyle,
    new_figure,
    styled,
)
from cisim.survival.arms import ordered_labels

KINDS = {
    "corporation": ArmStyle(VERMILION, "", "s"),
    "nonprofit": ArmStyle(GREEN, "", "o"),
    "funder": ArmStyle(ORANGE, "", "D"),
    "social_enterprise": ArmStyle(PURPLE, "", "^"),
    "public_agency": ArmStyle(BLUE, "", "p"),
}
#: Kind of a researcher's own.
OTHER = ArmStyle(SKY, "", "h")
Place = dict[int, tuple[float, float]]


def network_figure(table: pd.DataFrame, width: float = DOUBLE) -> Figure:
    """Draw one coalition on a circle, one row per arm and one column per month (the other way round on one column).

    Parameters
    ----------
    table : DataFrame
        From :func:`cisim.questions.run.tables.network_table`.
    width : float
        Inches.

    Returns
    -------
    Figure
        Every organisation keeps its place; those that have left leave a grey cross.
    """
    labels, months = ordered_labels(table["strategies"].unique()), sorted(table["month"].unique())
    upright = width < DOUBLE
    shape = (len(months), len(labels)) if upright else (len(labels), len(months))
    kinds = [kind for kind in dict.fromkeys([*KINDS, *table["kind"]]) if kind and kind in set(table["kind"])]
    with styled():
        figure = new_figure(width, (24 + shape[0] * 0.98 * width / MM / max(shape[1], 2)) * MM)
        panels = figure.subplots(*shape, squeeze=False)
        for row, label in enumerate(labels):
            part = table[table["strategies"] == label]
            places = _places(part)
            for column, month in enumerate(months):
                axes = panels[column, row] if upright else panels[row, column]
                _draw_panel(axes, part[part["month"] == month], places)
                axes.set_title(_title(part, label, int(month)))
        handles = _handles(kinds)
        columns = legend_columns((str(handle.get_label()) for handle in handles), width)
        figure.legend(handles=handles, loc="outside upper center", ncols=columns)
        footnote(figure, _note(table))
    return figure


def _places(part: pd.DataFrame) -> Place:
    """Place of each organisation on the unit circle, kinds side by side, from the top."""
    rank = {kind: i for i, kind in enumerate(KINDS)}
    nodes = part[part["other"] < 0].drop_duplicates("organisation")
    keys = [(rank.get(kind, len(rank)), int(organisation)) for kind, organisation in zip(*_kinds(nodes), strict=True)]
    angle = np.linspace(0.5 * np.pi, 2.5 * np.pi, len(keys), endpoint=False)
    return {
        organisation: (float(np.cos(a)), float(np.sin(a)))
        for (_, organisation), a in zip(sorted(keys), angle, strict=True)
    }


def _kinds(nodes: pd.DataFrame) -> tuple[list[str], list[int]]:
    return [str(kind) for kind in nodes["kind"]], [int(number) for number in nodes["organisation"]]


def _draw_panel(axes: Axes, rows: pd.DataFrame, places: Place) -> None:
    """Draw ties below, then organisations, then the letters of their roles outside the circle."""
    for tie in rows[rows["other"] >= 0].to_dict("records"):
        (x0, y0), (x1, y1) = places[tie["organisation"]], places[tie["other"]]
        axes.plot([x0, x1], [y0, y1], color="#AAAAAA", lw=0.5, zorder=1)
    for node in rows[rows["other"] < 0].to_dict("records"):
        x, y = places[node["organisation"]]
        style = KINDS.get(node["kind"], OTHER)
        if not node["present"]:
            axes.plot(x, y, color="#999999", marker="x", ms=3, mew=0.8, zorder=2)
            continue
        face = style.colour if node["founder"] else "white"
        axes.plot(x, y, marker=style.marker, ms=5, mfc=face, mec=style.colour, mew=1.0, ls="none", zorder=3)
        letters = "".join(role[0].upper() for role in str(node["roles"]).split())
        axes.text(1.22 * x, 1.22 * y, letters, ha="center", va="center", fontsize=6.5, fontweight="bold")
    axes.set_xlim(-1.4, 1.4)
    axes.set_ylim(-1.35, 1.35)
    axes.set_aspect("equal")
    axes.set_axis_off()


def _title(part: pd.DataFrame, label: str, month: int) -> str:
    """Arm, month, and how many members there are, or when it ended."""
    ended = int(part["ended"].iloc[0])
    here = part[(part["month"] == month) & (part["other"] < 0)]["present"].sum()
    state = f"ended in month {ended}" if 0 <= ended <= month else f"{here} members"
    return f"{label}, month {month}\n{state}"


def _handles(kinds: list[str]) -> list[Line2D]:
    """Legend entries: kinds of organisation, who founded it, who left."""
    entries = [(kind.replace("_", " "), KINDS.get(kind, OTHER)) for kind in kinds]
    handles = [Line2D([], [], ls="none", marker=s.marker, color=s.colour, label=name) for name, s in entries]
    later = Line2D([], [], ls="none", marker="o", mfc="white", mec="black", label="joined later")
    gone = Line2D([], [], ls="none", marker="x", color="#999999", label="left")
    return [*handles, later, gone]


def _note(table: pd.DataFrame) -> str:
    roles = {role for held in table["roles"] for role in str(held).split()}
    letters = ", ".join(f"{role[0].upper()} {role}" for role in sorted(roles))
    return (
        f"Replicate {table['replicate'].iloc[0]}. Lines: pairs of members whose tie the event log has named by then (a "
        "breach of trust ran along it); other ties are not in the records."
        + (f" Roles, as far as the log tells: {letters}." if roles else "")
    )
