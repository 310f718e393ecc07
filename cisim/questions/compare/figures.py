"""Figures of whole curves and of comparisons, arm by arm."""

from cisim.figures.ages_at_ending import durations_figure, hazard_figure
from cisim.figures.effects import effects_figure
from cisim.figures.entries import DOUBLE_FIRST, SINGLE_FIRST, FigureEntry
from cisim.figures.survival_curves import formation_figure, survival_figure
from cisim.figures.ways_to_end import incidence_figure

#: Figures of a report in its order.
FIGURES = (
    FigureEntry(
        name="survival",
        table="survival",
        draw=survival_figure,
        widths=SINGLE_FIRST,
        title="Survival",
        caption="Kaplan-Meier estimate of the share of coalitions that have neither failed nor completed, with the "
        "number at risk below.",
    ),
    FigureEntry(
        name="effects",
        table="effects",
        draw=effects_figure,
        widths=SINGLE_FIRST,
        title="Effects",
        caption="Change in restricted mean time free of failure against the baseline, paired by world, with 95 % "
        "intervals.",
    ),
    FigureEntry(
        name="incidence",
        table="incidence",
        draw=incidence_figure,
        widths=DOUBLE_FIRST,
        title="Ways to end",
        caption="Aalen-Johansen cumulative incidence, stacked: failures by cause from below, completions from above.",
    ),
    FigureEntry(
        name="hazard",
        table="hazard",
        draw=hazard_figure,
        widths=DOUBLE_FIRST,
        title="Hazard by age",
        caption="Hazard of ending by age, smoothed over neighbouring months (Epanechnikov kernel), which spreads "
        "the endings of one month over its neighbours.",
    ),
    FigureEntry(
        name="durations",
        table="durations",
        draw=durations_figure,
        widths=DOUBLE_FIRST,
        title="Durations",
        caption="Distribution of durations: share of coalitions that end in each class of months, by ending, with "
        "exact binomial intervals.",
    ),
    FigureEntry(
        name="formation",
        table="formation_curves",
        draw=formation_figure,
        widths=SINGLE_FIRST,
        title="Formation",
        caption="Aalen-Johansen cumulative incidence of formation since the first contact was sought; giving up "
        "competes.",
    ),
)
