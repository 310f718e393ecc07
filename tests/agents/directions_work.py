"""Directions of the parameters of working together."""

from tests.agents.directions import (
    ABSTRACTING,
    CHANGES,
    DECLINING,
    DISAPPOINTED,
    DOWN,
    GAZING,
    LARGE,
    LEAVING,
    NURTURING,
    PLEASED,
    SPACING,
    UP,
    Move,
)

FREE_SWITCHING = {**GAZING, "agenda.switching_cost": 0.0}
IMPATIENT = {**GAZING, "agenda.tolerance": 0.0}
EXPERT_LEAD = {**ABSTRACTING, "backbone.lead": "nonprofit"}
RENEWING = {**LEAVING, "backbone.contract_months": 12}
UNMET = {**RENEWING, **ABSTRACTING, **DISAPPOINTED}
SMALL_LARGE = {**LARGE, "population.tie_density": 0.0}
GROWING = {**NURTURING, "cohort.growth": 0.3}

AGENDA: dict[str, Move] = {
    "agenda.focus_returns": Move(1.0, 2.0, "social_outcome", UP, "focused attention pays (4.1)", FREE_SWITCHING),
    "agenda.switching_cost": Move(0.0, 0.8, "social_outcome", DOWN, "a switch costs output (4.1)", GAZING),
    "agenda.switching_months": Move(0.5, 12.0, "social_outcome", DOWN, "a switch is digested slowly", GAZING),
    "agenda.memory_months": Move(2.0, 36.0, "mean_conflict", DOWN, "a short phase is forgotten", IMPATIENT),
    "agenda.tolerance": Move(0.0, 0.6, "mean_conflict", DOWN, "neglect is borne", GAZING),
    "agenda.sequential": Move(
        0.0, 1.0, "mean_commitment", UP, "what is judged is what is attended to (Cyert & March)", GAZING, months=48
    ),
}

FRAMING: dict[str, Move] = {
    "framing.pull": Move(0.2, 1.0, "mean_conflict", DOWN, "weights are drawn together", {**ABSTRACTING, **PLEASED}),
    "framing.target": Move(0.7, 0.95, "social_outcome", UP, "the frame stands for social value", ABSTRACTING),
    "framing.start": Move(0.3, 1.0, "mean_credibility", UP, "the frame is credible from the start", ABSTRACTING),
    "framing.adaptation": Move(
        0.01, 0.3, "mean_credibility", DOWN, "poor results are believed sooner", {**DISAPPOINTED, **DECLINING}
    ),
    "framing.vagueness": Move(0.0, 0.5, "social_outcome", DOWN, "vagueness costs output (4.2)", ABSTRACTING),
    "framing.discretion": Move(0.0, 0.8, "social_outcome", UP, "experts are used better (4.2)", EXPERT_LEAD),
    "framing.credible": Move(0.6, 1.0, "mean_hazard", UP, "the frame is resented as hypocrisy (4.2)", UNMET),
    "framing.backlog_growth": Move(
        0.0, 1.0, "mean_hazard", UP, "unmet aspirations surface at renewal (4.2)", UNMET, replicates=8
    ),
    "framing.backlog_decay": Move(0.0, 0.2, "mean_hazard", DOWN, "unmet aspirations are forgotten", UNMET),
}

CONTRIBUTION: dict[str, Move] = {
    "contribution.shirking": Move(0.0, 0.9, "mean_shirking", UP, "readiness to shirk"),
    "contribution.shirking_base": Move(0.0, 0.5, "mean_shirking", UP, "part of it shows anyway"),
    "contribution.shirking_spacing": Move(0.0, 1.0, "mean_shirking", UP, "spacing sets it free (4.3)", SPACING),
    "contribution.shirking_size": Move(
        0.0, 1.0, "mean_shirking", UP, "large groups shirk (Olson)", SMALL_LARGE, months=6, replicates=2
    ),
}

PRODUCTION: dict[str, Move] = {
    "production.reference": Move(1.0, 50.0, "social_outcome", DOWN, "more input is needed for the same output"),
    "production.role_elasticity": Move(
        0.1, 1.0, "social_outcome", DOWN, "a small coalition lacks input", {"production.reference": 50.0}
    ),
    "production.holder_weight": Move(0.0, 3.0, "social_outcome", UP, "who holds a role counts more"),
    "production.coordination": Move(
        0.0, 1.5, "social_outcome", DOWN, "many are hard to coordinate", SMALL_LARGE, months=6, replicates=2
    ),
    "production.coordination_power": Move(
        1.0, 2.0, "social_outcome", DOWN, "many are hard to coordinate", SMALL_LARGE, months=6, replicates=2
    ),
    "production.leader_effect": Move(
        0.0, 0.5, "social_outcome", UP, "good leaders raise output", {"backbone.leader_mean": 2.0}
    ),
    "production.practice_start": Move(0.3, 1.0, "mean_practice", UP, "better practice at founding"),
    "production.practice_decay": Move(0.0, 0.1, "mean_practice", DOWN, "practice decays"),
    "production.practice_learning": Move(0.0, 0.4, "mean_practice", UP, "feedback corrects practice"),
    "production.learning_spacing": Move(0.0, 1.0, "mean_practice", DOWN, "spacing slows correction (4.3)", SPACING),
    "production.noise_sd": Move(0.0, 0.4, "social_outcome", CHANGES, "luck is as often bad as good"),
}

ASSESSMENT: dict[str, Move] = {
    "assessment.window": Move(3.0, 36.0, "mean_commitment", UP, "a decline is seen late", DECLINING),
    "assessment.window_spacing": Move(
        0.0, 3.0, "mean_commitment", UP, "coarse assessment hides a decline (4.3)", {**DECLINING, **SPACING}
    ),
    "assessment.aspiration_speed": Move(0.0, 0.2, "mean_commitment", UP, "aspirations fall with results", DECLINING),
    "assessment.optimism": Move(0.8, 1.6, "mean_commitment", DOWN, "who promises much disappoints"),
    "assessment.promise_weight": Move(
        0.0, 1.0, "mean_commitment", DOWN, "a promise does not adapt to a decline", {**DECLINING, **DISAPPOINTED}
    ),
    "assessment.loss_aversion": Move(1.0, 3.0, "mean_commitment", DOWN, "shortfalls hurt more", DISAPPOINTED),
    "assessment.floor": Move(
        -1.5, -0.1, "mean_commitment", UP, "disappointment has an end", {**DISAPPOINTED, **DECLINING}
    ),
}

COHORT: dict[str, Move] = {
    "cohort.intake": Move(5.0, 40.0, "enterprises_supported", UP, "more places", months=12, replicates=2),
    "cohort.start_jobs": Move(1.0, 10.0, "jobs", UP, "more jobs each", NURTURING, replicates=2),
    "cohort.growth": Move(-0.1, 0.3, "revenue_growth", UP, "firms grow by themselves", NURTURING, replicates=2),
    "cohort.growth_sd": Move(
        0.0, 0.8, "revenue_growth", UP, "growth compounds: the mean of a log-normal rises with its spread", NURTURING
    ),
    "cohort.growth_support": Move(0.0, 0.8, "revenue_growth", UP, "support lets firms grow", NURTURING, replicates=2),
    "cohort.support_memory": Move(6.0, 240.0, "revenue_growth", UP, "support fades slowly", NURTURING, replicates=2),
    "cohort.jobs_elasticity": Move(0.0, 1.2, "jobs", UP, "growing firms hire", GROWING, replicates=2),
    "cohort.jobs_support": Move(0.0, 2.0, "jobs", UP, "social support makes jobs a goal", NURTURING, replicates=2),
    "cohort.exit_rate": Move(0.0, 0.4, "enterprises_alive", DOWN, "firms close", NURTURING, replicates=2),
    "cohort.exit_support": Move(
        0.0, 2.0, "enterprises_alive", UP, "support keeps firms open", {**NURTURING, "cohort.exit_rate": 0.4}
    ),
}

WORK = {**AGENDA, **FRAMING, **CONTRIBUTION, **PRODUCTION, **ASSESSMENT, **COHORT}
