"""One style for every figure: sizes of a journal page; one colour, line and marker for each label."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import matplotlib as mpl
from matplotlib.figure import Figure

from cisim.survival.arms import ordered_labels
from cisim.survival.words import LABELS

MM = 1 / 25.4
#: Widths of a figure in inches: one column, and the full page.
SINGLE, DOUBLE = 85 * MM, 175 * MM

#: Text of 7 points at final size, fonts embedded as TrueType so that a journal can edit them; outlines in SVG.
RULES: Any = {
    "font.size": 7,
    "axes.titlesize": 7.5,
    "axes.labelsize": 7.5,
    "legend.fontsize": 7,
    "xtick.labelsize": 7,
    "ytick.labelsize": 7,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "lines.linewidth": 1.2,
    "lines.markersize": 3.5,
    "legend.frameon": False,
    "legend.handlelength": 2.8,
    "hatch.linewidth": 0.4,
    "pdf.fonttype": 42,
    "svg.fonttype": "path",
    "svg.hashsalt": "cisim",
}

#: Okabe & Ito's colours (2008), distinct in all common forms of colour blindness; their yellow, too pale for a
#: line on white, is replaced by grey.
BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
BLUE, VERMILION, PURPLE, GREY = "#0072B2", "#D55E00", "#CC79A7", "#808080"
#: Their yellow, for areas only.
YELLOW = "#F0E442"


class ArmStyle(NamedTuple):
    """Colour, line and marker of one label in every figure."""

    colour: str
    line: Any
    marker: str


#: The baseline black, "all" blue and solid, so that the two ends stand out; what lies between, in the order of labels.
BASELINE_STYLE, ALL_STYLE = ArmStyle(BLACK, "-", "o"), ArmStyle(BLUE, "-", "*")
BETWEEN = (
    ArmStyle(ORANGE, (0, (4, 1.2)), "s"),
    ArmStyle(SKY, (0, (5, 1, 1, 1)), "^"),
    ArmStyle(GREEN, (0, (1.5, 1)), "D"),
    ArmStyle(PURPLE, (0, (7, 1.5)), "v"),
    ArmStyle(VERMILION, (0, (3, 1, 1, 1, 1, 1)), "P"),
    ArmStyle(GREY, (0, (2.5, 1)), "X"),
)


def _between(place: int) -> ArmStyle:
    """Style of the label at this place between the two ends: every further round shifts the lines and markers."""
    colour, other = BETWEEN[place % len(BETWEEN)].colour, BETWEEN[(place + place // len(BETWEEN)) % len(BETWEEN)]
    return ArmStyle(colour, other.line, other.marker)


#: Style of every label, in the order of ``LABELS``.
STYLES = {
    LABELS[0]: BASELINE_STYLE,
    **{label: _between(place) for place, label in enumerate(LABELS[1:-1])},
    LABELS[-1]: ALL_STYLE,
}


def arm_styles(labels: Iterable[str]) -> dict[str, ArmStyle]:
    """Style of each label in the order of tables; a researcher's own labels take free styles, by alphabet."""
    given = ordered_labels(labels)
    free = [style for label, style in STYLES.items() if label not in given] or list(STYLES.values())
    own = sorted(label for label in given if label not in STYLES)
    styles = STYLES | {label: free[i % len(free)] for i, label in enumerate(own)}
    return {label: styles[label] for label in given}


def new_figure(width: float, height: float) -> Figure:
    """Empty figure of a size in inches whose parts are kept from overlapping."""
    return Figure(figsize=(width, height), layout="constrained")


def styled() -> Any:
    """Context in which a figure is drawn or saved, so that the style is not left set for other figures."""
    return mpl.rc_context(RULES)
