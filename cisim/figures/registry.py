"""Every figure: the table it shows, the function that draws it, the widths that suit it, its title and caption."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from cisim.figures.conditions import conditions_figure
from cisim.figures.durations import durations_figure
from cisim.figures.effects import effects_figure
from cisim.figures.formation import formation_figure
from cisim.figures.hazard import hazard_figure
from cisim.figures.heatmap import heatmap_figure
from cisim.figures.incidence import incidence_figure
from cisim.figures.network import network_figure
from cisim.figures.phase import phase_figure
from cisim.figures.response import response_figure
from cisim.figures.save import save_figure
from cisim.figures.style import DOUBLE, SINGLE
from cisim.figures.survival import survival_figure
from cisim.figures.trajectories import spread_figure, trajectories_figure
from cisim.questions.advise.figures import advice_figure
from cisim.questions.claims.figures import claim_figure, claims_figure
from cisim.questions.discover.figures import discovery_figure
from cisim.questions.robustness.figures import robustness_figure
from cisim.questions.sensitivity.figures import pairs_figure, plane_figure
from cisim.questions.sensitivity.index_figures import convergence_figure, ranked_figure
from cisim.questions.sensitivity.profile_figures import conditional_figure, main_effects_figure, time_figure
from cisim.survival.trajectories import CONDITIONS, PANELS, SPREAD_PANELS

#: Widths by the name that a file carries.
WIDTHS = {"single": SINGLE, "double": DOUBLE}
BOTH, WIDE_FIRST, PAGE = ("single", "double"), ("double", "single"), ("double",)


class Entry(NamedTuple):
    """One figure; the first of its widths is the usual one."""

    name: str
    table: str
    draw: Callable[[pd.DataFrame, float], Figure]
    widths: tuple[str, ...]
    title: str
    caption: str
    measures: tuple[str, ...] = ()
    """Measures of a table of trajectories of which at least one must be there."""
    column: str = ""
    """Column of which at least one number must be there."""

    def shows(self, table: pd.DataFrame | None) -> bool:
        """Whether there is something to draw."""
        if table is None or table.empty or (self.column and table[self.column].isna().all()):
            return False
        return not self.measures or bool(set(self.measures) & set(table["measure"]))


#: Figures in the order of a report. One entry adds one.
FIGURES = (
    Entry(
        "claims", "claims", claims_figure, PAGE, "Claims",
        "Share of the parameter sets of the ensemble in which each claim holds and in which it is reversed.",
    ),
    Entry(
        "survival", "survival", survival_figure, BOTH, "Survival",
        "Kaplan-Meier estimate of the share of coalitions that have neither failed nor completed, with the "
        "number at risk below.",
    ),
    Entry(
        "effects", "effects", effects_figure, BOTH, "Effects",
        "Change in restricted mean time free of failure against the baseline, paired by world, with 95 % "
        "intervals.",
    ),
    Entry(
        "incidence", "incidence", incidence_figure, WIDE_FIRST, "Ways to end",
        "Aalen-Johansen cumulative incidence, stacked: failures by cause from below, completions from above.",
    ),
    Entry(
        "hazard", "hazard", hazard_figure, WIDE_FIRST, "Hazard by age",
        "Hazard of ending by age, smoothed over neighbouring months (Epanechnikov kernel), which spreads the "
        "endings of one month over its neighbours.",
    ),
    Entry(
        "durations", "durations", durations_figure, WIDE_FIRST, "Durations",
        "Distribution of durations: share of coalitions that end in each class of months, by ending, with "
        "exact binomial intervals.",
    ),
    Entry(
        "formation", "formation_curves", formation_figure, BOTH, "Formation",
        "Aalen-Johansen cumulative incidence of formation since the first contact was sought; giving up competes.",
    ),
    Entry(
        "response", "response", response_figure, WIDE_FIRST, "Response",
        "Restricted mean time free of failure along each parameter of the sweep.",
    ),
    Entry(
        "map", "map", heatmap_figure, WIDE_FIRST, "Map",
        "Restricted mean time free of failure over two parameters, and the half-width of its 95 % interval.",
    ),
    Entry(
        "formation_map", "formation_map", heatmap_figure, WIDE_FIRST, "Formation over two parameters",
        "Share of partnerships that came about over two parameters, and the half-width of its 95 % interval.",
    ),
    Entry(
        "lasting_map", "lasting_map", heatmap_figure, WIDE_FIRST, "How long the formed last",
        "Restricted mean time free of failure since formation over two parameters, among the partnerships that came "
        "about, and the half-width of its 95 % interval.",
    ),
    Entry(
        "phase", "phase", phase_figure, BOTH, "Phase diagram",
        "Arm that stays free of failure longest over two parameters; hatched where its lead over the next arm "
        "is not sure.",
    ),
    Entry(
        "sensitivity", "sensitivity_indices", ranked_figure, WIDE_FIRST, "Which parameters decide",
        "Sensitivity indices of the strongest parameters with 95 % intervals, for the expected outcome, and the noise "
        "floor of a dummy parameter.",
        column="value",
    ),
    Entry(
        "sensitivity_plane", "sensitivity_effects", plane_figure, WIDE_FIRST, "Elementary effects",
        "Morris' elementary effects: mean of their absolute values against their standard deviation, with 95 % "
        "intervals.",
    ),
    Entry(
        "sensitivity_convergence", "sensitivity_convergence", convergence_figure, WIDE_FIRST, "Convergence of indices",
        "Main index of the strongest parameters and of the dummy at growing parts of the sample, with 95 % intervals.",
        column="value",
    ),
    Entry(
        "sensitivity_pairs", "sensitivity_pairs", pairs_figure, WIDE_FIRST, "Pairs",
        "Second-order indices of pairs of parameters: what two do together beyond what each does alone.",
        column="value",
    ),
    Entry(
        "sensitivity_conditional", "sensitivity_conditional", conditional_figure, WIDE_FIRST, "Conditional means",
        "Each outcome against the parameters with the largest main index: design points, and means over classes of the "
        "parameter with 95 % intervals over other points and other worlds.",
    ),
    Entry(
        "sensitivity_time", "sensitivity_time", time_figure, WIDE_FIRST, "Indices through time",
        "Sensitivity indices of the share of coalitions that have neither failed nor completed, year by year, for the "
        "parameters that decide most over all years; bands are 95 % intervals.",
        column="value",
    ),
    Entry(
        "robustness", "robustness", robustness_figure, PAGE, "Dose and response",
        "Change in restricted mean time free of failure by size and month of a shock, or by rate of a standing "
        "disturbance, in paired worlds, with 95 % intervals.",
    ),
    Entry(
        "discovery", "discovery_limits", discovery_figure, PAGE, "Conditions of early failure",
        "Limits of the boxes in which coalitions fail early, found by the patient rule induction method.",
    ),
    Entry(
        "advice", "advice", advice_figure, PAGE, "Options",
        "Options by expected months free of failure, by the mean of the worst tenth of coalitions, and by regret "
        "against the best option of each state of the world, with 95 % intervals.",
    ),
    Entry(
        "sensitivity_main_effects", "sensitivity_main_effects", main_effects_figure, WIDE_FIRST, "Main effects",
        "Expected outcome along the parameters that move it most, averaged over all others by a Gaussian process, with "
        "95 % intervals of what the runs leave open.",
    ),
    Entry(
        "trajectories", "trajectories", trajectories_figure, PAGE, "Trajectories",
        "Mean of each measure over the coalitions alive in a month. A mean can rise because the weak have "
        "ended.",
        tuple(PANELS),
    ),
    Entry(
        "trajectories_spread", "trajectories", spread_figure, PAGE, "Spread of trajectories",
        "Spread between coalitions: median, middle half and middle 80 % of those alive in a month.",
        tuple(SPREAD_PANELS),
    ),
    Entry(
        "conditions", "trajectories", conditions_figure, WIDE_FIRST, "Five conditions",
        "Five conditions of collective impact: mean over the coalitions alive in a month.",
        CONDITIONS,
    ),
    Entry(
        "network", "network", network_figure, WIDE_FIRST, "Members and ties",
        "One coalition (the replicate whose duration is the median) at chosen months: who is in it, in which "
        "role, and the ties that its event log names.",
    ),
)  # fmt: skip


def claim_entry(name: str, tables: Mapping[str, pd.DataFrame]) -> Entry:
    """Return the figure of one claim; `tables` as for :func:`cisim.questions.claims.figures.claim_figure`."""
    return Entry(
        f"claim-{name}", "claims", lambda _, width: claim_figure(tables, name, width), PAGE, "Claim",
        "Effect in every parameter set of the ensemble with its 95 % interval, and mean effect over the parameters "
        "that it depends on most.",
    )  # fmt: skip


def write_figures(tables: Mapping[str, pd.DataFrame], folder: Path, provenance: Mapping[str, str]) -> list[Path]:
    """Draw and write, at its usual width, every figure whose table is there and not empty.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        By name, as from :func:`cisim.questions.compare.outputs.comparison_tables`.
    folder : Path
        Existing folder.
    provenance : mapping of str to str
        As for :func:`cisim.figures.save.save_figure`.

    Returns
    -------
    list of Path
        The files written, PDF and PNG of each figure.
    """
    written: list[Path] = []
    for entry in FIGURES:
        if entry.shows(tables.get(entry.table)):
            figure = entry.draw(tables[entry.table], WIDTHS[entry.widths[0]])
            written += save_figure(figure, folder, entry.name, provenance)
    return written
