"""Parameters of working together: agenda, frame, contribution, production, assessment, cohort."""

from dataclasses import dataclass

from cisim.parameters.parameter import constant, uncertainty


@dataclass(frozen=True, kw_only=True)
class AgendaParameters:
    """What gazing gains and costs (MODEL 4.1)."""

    focus_returns: float = uncertainty(
        1.35, "exponent", 1.0, 2.0, "MODEL 3.5, 9", "Returns to focused attention; above 1 focus pays."
    )
    switching_cost: float = uncertainty(
        0.31, "share of output", 0.0, 0.8, "MODEL 4.1, 9", "Output lost right after a switch under full gazing."
    )
    switching_months: float = uncertainty(3.0, "months", 0.5, 12.0, "MODEL 9", "Time in which a switch is digested.")
    memory_months: float = uncertainty(
        9.0, "months", 2.0, 36.0, "MODEL 4.1: patience", "How far back members remember what got attention."
    )
    tolerance: float = uncertainty(
        0.23, "share", 0.0, 0.6, "MODEL 9", "Gap between remembered attention and own weight that members bear."
    )
    sequential: float = uncertainty(
        0.5, "share", 0.0, 1.0, "Cyert & March 1963; S1 §4.3.1", "How far appraisal follows the goal in focus."
    )


@dataclass(frozen=True, kw_only=True)
class FramingParameters:
    """What abstracting gains and costs (MODEL 4.2)."""

    pull: float = uncertainty(0.61, "share", 0.2, 1.0, "MODEL 9", "Pull of the master frame on effective weights.")
    target: float = uncertainty(0.85, "share", 0.7, 0.95, "S1 §4.3.2", "Social value weight that the frame stands for.")
    start: float = uncertainty(0.8, "share", 0.3, 1.0, "S1 §4.3.2", "Credibility of the frame at founding.")
    adaptation: float = uncertainty(
        0.086, "share a month", 0.01, 0.3, "MODEL 9", "Speed at which credibility follows results; twice when falling."
    )
    vagueness: float = uncertainty(
        0.19, "share of output", 0.0, 0.5, "MODEL 4.2, 9", "Output lost to vagueness under full abstracting."
    )
    discretion: float = uncertainty(
        0.42, "share of output", 0.0, 0.8, "S1 §4.3.2: discretion to SDS", "Output per unit of expertise set free."
    )
    credible: float = uncertainty(
        0.9, "share", 0.6, 1.0, "MODEL 9", "Credibility below which the frame is resented as hypocrisy."
    )
    backlog_growth: float = uncertainty(
        0.3, "a month", 0.0, 1.0, "MODEL 4.2, 9", "Growth of unmet economic aspirations behind the frame."
    )
    backlog_decay: float = uncertainty(0.02, "share a month", 0.0, 0.2, "MODEL 9", "Forgetting of that backlog.")


@dataclass(frozen=True, kw_only=True)
class ContributionParameters:
    """Shirking where detection and trust are low (MODEL 4.3)."""

    shirking: float = uncertainty(0.39, "share", 0.0, 0.9, "MODEL 9", "Readiness to shirk when nothing is detected.")
    shirking_base: float = uncertainty(
        0.1, "share", 0.0, 0.5, "MODEL 9", "Part of that readiness which shows without any spacing."
    )
    shirking_spacing: float = uncertainty(
        0.72, "share", 0.0, 1.0, "MODEL 4.3, 9", "Part of that readiness which full spacing sets free."
    )
    shirking_size: float = uncertainty(
        0.3, "elasticity", 0.0, 1.0, "Olson 1965 in S1; MODEL 9", "How shirking grows with the number of members."
    )


@dataclass(frozen=True, kw_only=True)
class ProductionParameters:
    """Joint production from complementary roles (MODEL 3.5)."""

    reference: float = constant(
        8.0, "contributions", 1.0, 50.0, "convention", "Role input at which output is 1 (about 25 middling members)."
    )
    role_elasticity: float = uncertainty(
        0.46, "elasticity", 0.1, 1.0, "MODEL 9", "Output against all four role inputs together."
    )
    holder_weight: float = uncertainty(
        1.0, "multiple", 0.0, 3.0, "S1 Fig. 2", "Extra weight of the organisation that holds a role."
    )
    coordination: float = uncertainty(0.64, "multiple", 0.0, 1.5, "MODEL 9", "Coordination cost at 25 members.")
    coordination_power: float = uncertainty(
        1.3, "exponent", 1.0, 2.0, "MODEL 9", "How coordination cost grows with the number of members."
    )
    leader_effect: float = uncertainty(0.22, "log units", 0.0, 0.5, "MODEL 9", "Output per unit of leader quality.")
    practice_start: float = uncertainty(0.7, "share", 0.3, 1.0, "MODEL 9", "Quality of practice at founding.")
    practice_decay: float = uncertainty(0.024, "share a month", 0.0, 0.1, "MODEL 9", "Decay of practice.")
    practice_learning: float = uncertainty(
        0.13, "share a month", 0.0, 0.4, "MODEL 9", "Correction of practice by feedback."
    )
    learning_spacing: float = uncertainty(
        0.64, "share", 0.0, 1.0, "MODEL 4.3, 9", "Share of that correction lost under full spacing."
    )
    noise_sd: float = uncertainty(0.10, "log units", 0.0, 0.4, "MODEL 3.5", "Monthly luck in output.")


@dataclass(frozen=True, kw_only=True)
class AssessmentParameters:
    """Perceived results, and the yardstick they are compared with (MODEL 3.7, 3.8)."""

    window: float = uncertainty(15.0, "months", 3.0, 36.0, "MODEL 9", "Months over which results are perceived.")
    window_spacing: float = uncertainty(
        1.1, "multiple", 0.0, 3.0, "MODEL 4.3, 9", "Lengthening of that window under full spacing."
    )
    aspiration_speed: float = uncertainty(
        0.065, "share a month", 0.0, 0.2, "Levinthal & March 1981; MODEL 9", "Adaptation of aspirations to experience."
    )
    optimism: float = uncertainty(1.17, "multiple", 0.8, 1.6, "MODEL 9", "What is promised over what is to be had.")
    promise_weight: float = uncertainty(
        0.35, "share", 0.0, 1.0, "MODEL 3.5: a promise that does not adapt", "Weight of the promise in the yardstick."
    )
    loss_aversion: float = uncertainty(1.58, "multiple", 1.0, 3.0, "MODEL 9", "Weight of a shortfall over a surplus.")
    floor: float = constant(
        -0.7, "satisfaction", -1.5, -0.1, "MODEL 9", "Lowest satisfaction; stops a spiral of disappointment."
    )


@dataclass(frozen=True, kw_only=True)
class CohortParameters:
    """Social enterprises that a programme nurtures (S1 §1, §3)."""

    intake: float = constant(
        0.0, "enterprises a year", 0.0, 200.0, "case fact; S1: 224 in ten years", "Yearly intake at full capacity."
    )
    start_jobs: float = uncertainty(3.0, "jobs", 1.0, 10.0, "S1 §1 (order of size)", "Jobs of a new enterprise.")
    growth: float = uncertainty(
        0.04, "log units a year", -0.1, 0.3, "input range", "Yearly revenue growth without support."
    )
    growth_sd: float = uncertainty(0.35, "log units a year", 0.0, 0.8, "input range", "Spread of yearly growth.")
    growth_support: float = uncertainty(
        0.40,
        "log units a year",
        0.0,
        0.8,
        "S1 §4.3.1: accelerator",
        "Added yearly growth per unit of economic support.",
    )
    support_memory: float = uncertainty(
        48.0, "months", 6.0, 240.0, "S1: one-year programme", "Time in which the effect of support fades."
    )
    jobs_elasticity: float = uncertainty(
        0.6, "elasticity", 0.0, 1.2, "S1 §4.2: growing firms hire", "Jobs against revenue."
    )
    jobs_support: float = uncertainty(
        0.5, "multiple", 0.0, 2.0, "S1 §4.3.1: jobs for the disadvantaged", "Added jobs per unit of social support."
    )
    exit_rate: float = uncertainty(
        0.12, "a year", 0.0, 0.4, "Korean press 2019 (input range)", "Yearly closure hazard without support."
    )
    exit_support: float = uncertainty(
        0.6, "log units", 0.0, 2.0, "Korean press 2019 (input range)", "Fall of log closure hazard per unit of support."
    )
