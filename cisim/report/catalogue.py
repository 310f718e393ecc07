"""What a report shows of each table: its section, title and caption, and how it is cut down for readers."""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from cisim.report import briefs, briefs_of_advice, briefs_of_claims, briefs_of_robustness, briefs_of_sensitivity

#: Sections of a report in order.
SECTIONS = {
    "claims": "What becomes of the claims",
    "last": "How long coalitions last",
    "end": "How and when they end",
    "formed": "How partnerships come about",
    "sweep": "What the swept parameters do",
    "decide": "Which parameters decide",
    "shocks": "What disturbances take",
    "break": "Under which conditions they fail early",
    "choose": "Which option to choose",
    "develop": "How they develop",
    "members": "Who is in them",
    "errors": "Runs left out",
}


class Shown(NamedTuple):
    """How one table is shown; without ``brief`` only its figures are, and the whole table is in the files."""

    section: str
    title: str
    caption: str = ""
    brief: Callable[[pd.DataFrame], pd.DataFrame] | None = None


#: By the name of the table.
SHOWN = {
    "claims": Shown(
        "claims",
        "Claims",
        "Mean effect over the ensemble with its 95 % interval (two-way clusters: parameter sets and worlds), share of "
        "the ensemble in which the claim holds (in brackets: beyond chance) and in which it is reversed beyond chance, "
        "p value of holding anywhere adjusted for all claims by Holm's method, verdict, and where a search found it "
        "reversed and fresh runs confirmed it (adjusted too).",
        briefs_of_claims.verdicts,
    ),
    "claims_untested": Shown(
        "claims",
        "Claims that were not tested",
        "What the documents say and the model cannot speak to, with the reason.",
        briefs_of_claims.untested,
    ),
    "claims_members": Shown("claims", "Effects by parameter set"),
    "claims_map": Shown("claims", "Effects over parameters"),
    "claims_boxes": Shown("claims", "Regions"),
    "comparison": Shown(
        "last",
        "Comparison",
        "Restricted mean times, share not ended, median, cumulative incidence of failure and of completion at the end "
        "of the window, each with its 95 % interval. Runs that ended in an error are left out.",
        briefs.comparison,
    ),
    "effects": Shown(
        "last",
        "Effects",
        "Changes against the baseline with 95 % intervals, runs paired by world; beside them what the same runs say "
        "when they are taken as independent, and how many times more independent runs the same width would take.",
        briefs.effects,
    ),
    "logrank": Shown(
        "last",
        "Tests",
        "Log-rank tests that know the pairing by world; p values adjusted for the number of arms by Holm's method.",
        briefs.logrank,
    ),
    "survival": Shown(
        "last",
        "Survival",
        "Share of coalitions (%) that have neither failed nor completed, with pointwise 95 % intervals.",
        briefs.survival,
    ),
    "incidence": Shown(
        "end",
        "Ways to end",
        "Cumulative incidence (%) of each way to end, with 95 % intervals. The causes add up to failure of any cause.",
        briefs.incidence,
    ),
    "durations": Shown("end", "Durations"),
    "hazard": Shown("end", "Hazard by age"),
    "rates": Shown(
        "end",
        "Rates",
        "Endings of any kind per 100 coalitions and year lived through, with exact Poisson 95 % intervals.",
        briefs.rates,
    ),
    "formation": Shown(
        "formed",
        "Formation",
        "Partnerships that came about, and that a side gave up, among all (cumulative incidence, %); months to "
        "formation, and months free of failure since, among those that came about. The last compares the partnerships "
        "that each arm brought about, which are not the same ones.",
        briefs.formation,
    ),
    "formation_curves": Shown("formed", "Formation by month"),
    "response": Shown(
        "sweep",
        "Response",
        "Along each parameter, the levels at which coalitions stay free of failure shortest and longest (restricted "
        "mean months, 95 % intervals). Where several design points share a level they are averaged.",
        briefs.response,
    ),
    "map": Shown("sweep", "Map"),
    "formation_map": Shown("formed", "Formation over two parameters"),
    "lasting_map": Shown("formed", "How long the formed last"),
    "phase": Shown("sweep", "Phase diagram"),
    "points": Shown(
        "sweep",
        "Design points",
        f"The design points that stay free of failure longest, at most {briefs.MOST_ROWS} of them, with 95 % "
        "intervals. The best of many points owes part of its place to luck.",
        briefs.points,
    ),
    "regression": Shown(
        "sweep",
        "Regression",
        "Cox regression of the hazard of failure (of any ending, where the table does not tell them apart) on the "
        "swept parameters, standardised: a ratio is per one standard deviation. Intervals are robust to runs that "
        "share a world. The last columns check that a ratio holds at all ages.",
        briefs.regression,
    ),
    "sensitivity_verdicts": Shown(
        "decide",
        "Verdicts",
        "Whether the sample was large enough, by the widest 95 % interval of the main index, and how many parameters "
        "stand out from 0 and from a dummy parameter.",
        briefs_of_sensitivity.verdicts,
    ),
    "sensitivity_variance": Shown(
        "decide",
        "Where the variance comes from",
        "Variance of single runs by the law of total variance (%), with 95 % intervals: parameters, what a world does "
        "to all points alike (chance), and what it does to some (interaction).",
        briefs_of_sensitivity.variance,
    ),
    "sensitivity_indices": Shown(
        "decide",
        "Indices",
        "The parameters with the largest main index, for the expected outcome, with 95 % intervals; a star marks what "
        "stands out from 0 and from the dummy.",
        briefs_of_sensitivity.indices,
    ),
    "sensitivity_effects": Shown("decide", "Elementary effects"),
    "sensitivity_frozen": Shown(
        "decide",
        "Frozen parameters",
        "What the parameters that the screening froze carry together, by their total index with its 95 % interval.",
        briefs_of_sensitivity.frozen,
    ),
    "sensitivity_screening": Shown("decide", "Screening"),
    "sensitivity_surrogate": Shown(
        "decide",
        "Surrogate",
        "How well a Gaussian process predicts points that are left out of it: error of the mean over worlds, the part "
        "of it that is chance, and the share of the variance of the expected outcome that is predicted.",
        briefs_of_sensitivity.surrogate,
    ),
    "sensitivity_main_effects": Shown("decide", "Main effects"),
    "sensitivity_levels": Shown("decide", "Levels one at a time"),
    "sensitivity_pairs": Shown(
        "decide",
        "Pairs",
        "The pairs with the largest second-order index: what two parameters do together beyond what each does alone, "
        "with 95 % intervals; a star marks intervals above 0.",
        briefs_of_sensitivity.pairs,
    ),
    "sensitivity_conditional": Shown("decide", "Conditional means"),
    "sensitivity_time": Shown(
        "decide",
        "Through time",
        "Main index of the strongest parameters for the share of coalitions still there after some of the years; a "
        "star marks what stands out from 0 and from the dummy. Below, the mean share over the design.",
        briefs_of_sensitivity.through_time,
    ),
    "sensitivity_convergence": Shown("decide", "Convergence"),
    "robustness_findings": Shown(
        "shocks",
        "Findings",
        "What each class of disturbance takes, as a mean over months and sizes, and whether a strategy makes it take "
        "less, in the worlds where the coalition was there in both arms. A difference counts as told where its p "
        "value, adjusted by Holm's method for all of them, is below 0.05.",
        briefs_of_robustness.findings,
    ),
    "robustness": Shown(
        "shocks",
        "Effects of disturbances",
        "Change against the same coalitions in the same worlds without the disturbance, among those that were there "
        "when it began, with 95 % intervals: means over the months and sizes, or rates, of each class.",
        briefs_of_robustness.effects,
    ),
    "robustness_contrasts": Shown(
        "shocks",
        "Strategies under disturbances",
        "Change in months free of failure of each arm minus that of the baseline, with 95 % intervals; above 0 the arm "
        "loses less. Means over each class.",
        briefs_of_robustness.contrasts,
    ),
    "discovery_sentences": Shown(
        "break",
        "Conditions",
        "Shares of coalitions that fail early under conditions found on two thirds of the states of the world and "
        "checked on the rest, with 95 % intervals over states and worlds.",
        briefs_of_advice.said,
    ),
    "discovery": Shown(
        "break",
        "Boxes",
        "Boxes found by the patient rule induction method: share of the states (mass), share of all early failures "
        "(coverage), share failing inside (density) and how far that lies above the share outside (lift).",
        briefs_of_advice.boxes,
    ),
    "discovery_limits": Shown("break", "Limits"),
    "advice_sentences": Shown(
        "choose",
        "Advice",
        "The option with the longest expected persistence, and how sure that is.",
        briefs_of_advice.said,
    ),
    "advice": Shown(
        "choose",
        "Options",
        "Months free of failure, expected and in the worst tenth of coalitions, and regret against the best option of "
        "each state, picked in one half of the worlds and measured in the other, with 95 % intervals; the share of "
        "draws of worlds in which an option comes first; and whether it may be the best at 95 % confidence.",
        briefs_of_advice.options,
    ),
    "trajectories": Shown(
        "develop",
        "Trajectories",
        "Mean over the coalitions alive in a month, with its 95 % interval.",
        briefs.trajectories,
    ),
    "members": Shown(
        "members",
        "Members",
        "Share of organisations (%) that are still members by months since joining, with 95 % intervals that allow for "
        "members of one coalition being alike. Members whose coalition ended first are censored.",
        briefs.members,
    ),
    "network": Shown("members", "Members and ties"),
    "errors": Shown(
        "errors", "Runs left out", "Runs that ended in an error and are left out of every number above.", briefs.errors
    ),
}
