"""Figures of a sweep: along its parameters, and over two of them."""

from cisim.figures.along_parameters import heatmap_figure, response_figure
from cisim.figures.entries import DOUBLE_FIRST, SINGLE_FIRST, FigureEntry
from cisim.figures.phase_diagrams import phase_figure

#: Figures of a report in its order.
FIGURES = (
    FigureEntry(
        name="response",
        table="response",
        draw=response_figure,
        widths=DOUBLE_FIRST,
        title="Response",
        caption="Restricted mean time free of failure along each parameter of the sweep.",
    ),
    FigureEntry(
        name="map",
        table="map",
        draw=heatmap_figure,
        widths=DOUBLE_FIRST,
        title="Map",
        caption="Restricted mean time free of failure over two parameters, and the half-width of its 95 % interval.",
    ),
    FigureEntry(
        name="formation_map",
        table="formation_map",
        draw=heatmap_figure,
        widths=DOUBLE_FIRST,
        title="Formation over two parameters",
        caption="Share of partnerships that came about over two parameters, and the half-width of its 95 % interval.",
    ),
    FigureEntry(
        name="lasting_map",
        table="lasting_map",
        draw=heatmap_figure,
        widths=DOUBLE_FIRST,
        title="How long the formed last",
        caption="Restricted mean time free of failure since formation over two parameters, among the partnerships "
        "that came about, and the half-width of its 95 % interval.",
    ),
    FigureEntry(
        name="phase",
        table="phase",
        draw=phase_figure,
        widths=SINGLE_FIRST,
        title="Phase diagram",
        caption="Arm that stays free of failure longest over two parameters; hatched where its lead over the next "
        "arm is not sure.",
    ),
)
