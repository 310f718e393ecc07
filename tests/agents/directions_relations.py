"""Directions of the parameters of relations."""

from tests.agents.directions import (
    ABSTRACTING,
    APPLYING,
    CHANGES,
    DISAPPOINTED,
    DOWN,
    GAZING,
    JOINING,
    LEAVING,
    PLEASED,
    SPACING,
    UP,
    Move,
)

MEASURED = {**DISAPPOINTED, "conditions.measurement_effort": 1.0, "conditions.start": 0.9}
IMPATIENT = {**GAZING, "agenda.tolerance": 0.0}
TRUSTING = {"trust.start": 0.8}
GOVERNED = {"backbone.relational_governance": 1.0}
RESTLESS = {"shocks.internal_rate": 0.5, "shocks.internal_size": 1.0}
ABANDONED = {"exit.base_rate": 0.02, "backbone.takeover_bar": 0.0, "backbone.takeover_rate": 1.0, "ending.quorum": 0.0}
BOUND = {**LEAVING, "exit.base_rate": 0.005, "backbone.contract_months": 120}
RENEWING = {**LEAVING, "backbone.contract_months": 12}
UNSPOKEN = {**RENEWING, **SPACING, **DISAPPOINTED}

CONFLICT: dict[str, Move] = {
    "conflict.scale": Move(0.5, 4.0, "mean_conflict", UP, "overall strength"),
    "conflict.agenda_clash": Move(0.0, 3.0, "mean_conflict", UP, "goals clash over a divided agenda"),
    "conflict.divergence_clash": Move(0.0, 2.0, "mean_conflict", UP, "weights diverge"),
    "conflict.confrontation": Move(0.0, 3.0, "mean_conflict", UP, "results are blamed", DISAPPOINTED),
    "conflict.exposure": Move(0.0, 1.0, "mean_conflict", UP, "fine shared measures expose", MEASURED),
    "conflict.neglect": Move(0.0, 5.0, "mean_conflict", UP, "the neglected side is impatient", IMPATIENT),
    "conflict.tie_share": Move(
        0.0, 1.0, "mean_conflict", DOWN, "partners share a language; a mean distance is below its root mean square"
    ),
}

TRUST: dict[str, Move] = {
    "trust.start": Move(0.1, 0.8, "mean_trust", UP, "more trust at founding"),
    "trust.growth": Move(0.0, 0.2, "mean_trust", UP, "kept contributions build trust"),
    "trust.conflict_loss": Move(0.0, 0.2, "mean_trust", DOWN, "conflict costs trust"),
    "trust.control_loss": Move(0.0, 0.05, "mean_trust", DOWN, "fine control costs goodwill"),
    "trust.result_loss": Move(0.0, 0.1, "mean_trust", DOWN, "trust follows results", DISAPPOINTED),
    "trust.goodwill": Move(0.0, 1.5, "mean_trust", UP, "spacing wins goodwill (4.3)", SPACING),
    "trust.governance": Move(0.0, 3.0, "mean_trust", UP, "relational governance builds trust", GOVERNED),
    "trust.closure": Move(0.0, 1.5, "mean_trust", UP, "third parties build trust", {"population.tie_density": 0.6}),
    "trust.coordination": Move(0.0, 1.0, "mean_trust", UP, "coordination raises goodwill"),
    "trust.legitimacy": Move(
        0.0, 2.0, "mean_trust", UP, "a social lead is legitimate", {"population.public_agency_weight": 0.9}
    ),
    "trust.spanner_loss": Move(0.0, 1.0, "mean_trust", DOWN, "boundary spanners leave", RESTLESS),
    "trust.language_growth": Move(0.0, 0.15, "mean_conflict", DOWN, "a shared language eases distance"),
    "trust.language_relief": Move(0.0, 1.0, "mean_conflict", DOWN, "a shared language eases distance"),
}

DEPENDENCE: dict[str, Move] = {
    "dependence.nonprofit": Move(0.1, 0.9, "mean_dependence", UP, "who lives on others loses autonomy"),
    "dependence.social_enterprise": Move(0.1, 0.9, "mean_dependence", UP, "who lives on others loses autonomy"),
    "dependence.recovery": Move(
        0.0, 0.3, "social_outcome", UP, "lost means are mended", ABANDONED, months=48, replicates=6
    ),
    "dependence.drift": Move(0.0, 0.05, "mean_dependence", UP, "drift from one's own mission is resented"),
    "dependence.relief": Move(0.0, 1.0, "mean_dependence", DOWN, "governance relieves dependence", GOVERNED),
}

COMMITMENT: dict[str, Move] = {
    "commitment.base": Move(-1.0, 2.0, "mean_commitment", UP, "commitment at par"),
    "commitment.speed": Move(0.01, 0.5, "mean_commitment", DOWN, "commitment falls sooner", DISAPPOINTED),
    "commitment.satisfaction": Move(0.0, 4.0, "mean_commitment", UP, "results bind", PLEASED),
    "commitment.conflict": Move(0.0, 3.0, "mean_commitment", DOWN, "conflict repels"),
    "commitment.trust": Move(0.0, 4.0, "mean_commitment", UP, "trust above a half binds", TRUSTING),
    "commitment.frame": Move(0.0, 2.0, "mean_commitment", UP, "a credible frame binds", ABSTRACTING),
    "commitment.autonomy": Move(0.0, 4.0, "mean_commitment", DOWN, "autonomy lost repels"),
    "commitment.outside": Move(0.0, 1.0, "mean_commitment", CHANGES, "options are as often poor as good"),
    "commitment.lock_in": Move(0.0, 6.0, "mean_commitment", DOWN, "lock-in erodes commitment (3.11)", BOUND),
}

EXIT: dict[str, Move] = {
    "exit.base_rate": Move(0.0, 0.005, "mean_hazard", UP, "hazard without reasons"),
    "exit.conflict": Move(0.0, 6.0, "mean_hazard", UP, "a reason to leave", LEAVING),
    "exit.disappointment": Move(0.0, 6.0, "mean_hazard", UP, "a reason to leave", {**LEAVING, **DISAPPOINTED}),
    "exit.evidence": Move(
        0.0, 4.0, "mean_hazard", UP, "spacing denies evidence (4.3)", {**LEAVING, **DISAPPOINTED, **SPACING}
    ),
    "exit.dependence": Move(0.0, 10.0, "mean_hazard", UP, "a reason to leave", LEAVING),
    "exit.hypocrisy": Move(
        0.0, 8.0, "mean_hazard", UP, "results belie the frame (4.2)", {**LEAVING, **DISAPPOINTED, **ABSTRACTING}, 36, 6
    ),
    "exit.outside": Move(
        0.0, 1.0, "mean_hazard", UP, "the mean of an exponential rises with its spread", LEAVING, replicates=6
    ),
    "exit.rival": Move(0.0, 0.8, "mean_hazard", UP, "rivals pull", {**LEAVING, "environment.rivals_mean": 3.0}),
    "exit.climate": Move(
        0.0,
        0.4,
        "mean_hazard",
        CHANGES,
        "the climate is as often bad as good",
        {**LEAVING, "environment.climate_sd": 1.0},
    ),
    "exit.trust": Move(0.0, 4.0, "mean_hazard", DOWN, "trust above a half protects", {**LEAVING, **TRUSTING}),
    "exit.satisfaction": Move(0.0, 2.0, "mean_hazard", DOWN, "satisfaction protects", {**LEAVING, **PLEASED}),
    "exit.break_penalty": Move(0.0, 4.0, "mean_hazard", DOWN, "breaking a contract is dear", BOUND),
    "exit.deferral_decay": Move(0.0, 0.2, "mean_hazard", DOWN, "deferred wishes are forgotten", RENEWING),
    "exit.review": Move(0.0, 2.0, "mean_hazard", UP, "a review is an occasion", BOUND),
    "exit.contract_end": Move(0.0, 3.0, "mean_hazard", UP, "the end is an occasion (4.12)", RENEWING),
    "exit.grievance_growth": Move(0.0, 0.6, "mean_hazard", UP, "grievances surface at the end (4.3)", UNSPOKEN),
    "exit.grievance_decay": Move(0.0, 0.1, "mean_hazard", DOWN, "grievances are forgotten", UNSPOKEN),
}

ENTRY: dict[str, Move] = {
    "entry.rate": Move(0.0, 1.0, "mean_members", UP, "more candidates"),
    "entry.base": Move(-4.0, 2.0, "mean_members", UP, "candidates are willing", JOINING),
    "entry.record": Move(0.0, 5.0, "mean_members", UP, "a good record attracts", {**JOINING, **PLEASED}),
    "entry.distance": Move(0.0, 6.0, "mean_members", DOWN, "distant goals repel", JOINING),
}

ENDING: dict[str, Move] = {
    "ending.quorum": Move(
        0.0, 1.0, "duration", DOWN, "more members are needed", {**ABANDONED, "backbone.grace_months": 1}
    ),
    "ending.agenda_size": Move(10.0, 2000.0, "duration", UP, "a larger job takes longer"),
    "ending.agenda_sd": Move(
        0.0, 2.0, "duration", CHANGES, "some jobs are larger, others smaller", {"ending.agenda_size": 40.0}
    ),
    "ending.need_ends": Move(
        0.0, 0.05, "duration", DOWN, "a need that ends completes", {"ending.agenda_size": 5000.0}, 120, 10
    ),
    "ending.unfunded_months": Move(
        1,
        36,
        "duration",
        UP,
        "there is more time to win a grant",
        {**APPLYING, "funding.floor": 0.8, "funding.win_base": 0.0},
        months=60,
    ),
}

RELATIONS = {**CONFLICT, **TRUST, **DEPENDENCE, **COMMITMENT, **EXIT, **ENTRY, **ENDING}
