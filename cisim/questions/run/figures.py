"""Figures within runs: trajectories, and one coalition's network."""

from cisim.figures.coalition_network import network_figure
from cisim.figures.entries import DOUBLE_FIRST, DOUBLE_ONLY, FigureEntry
from cisim.figures.trajectory_panels import conditions_figure, spread_figure, trajectories_figure
from cisim.survival.trajectories import CONDITIONS, PANELS, SPREAD_PANELS

#: Figures of a report in its order.
FIGURES = (
    FigureEntry(
        name="trajectories",
        table="trajectories",
        draw=trajectories_figure,
        widths=DOUBLE_ONLY,
        title="Trajectories",
        caption="Mean of each measure over the coalitions alive in a month. A mean can rise because the weak have "
        "ended.",
        measures=tuple(PANELS),
    ),
    FigureEntry(
        name="trajectories_spread",
        table="trajectories",
        draw=spread_figure,
        widths=DOUBLE_ONLY,
        title="Spread of trajectories",
        caption="Spread between coalitions: median, middle half and middle 80 % of those alive in a month.",
        measures=tuple(SPREAD_PANELS),
    ),
    FigureEntry(
        name="conditions",
        table="trajectories",
        draw=conditions_figure,
        widths=DOUBLE_FIRST,
        title="Five conditions",
        caption="Five conditions of collective impact: mean over the coalitions alive in a month.",
        measures=CONDITIONS,
    ),
    FigureEntry(
        name="network",
        table="network",
        draw=network_figure,
        widths=DOUBLE_FIRST,
        title="Members and ties",
        caption="One coalition (the replicate whose duration is the median) at chosen months: who is in it, in "
        "which role, and the ties that its event log names.",
    ),
)
