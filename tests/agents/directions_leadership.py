"""Directions of the parameters of the backbone, its money and the five conditions."""

from tests.agents.directions import (
    APPLYING,
    BAD_YEARS,
    CHANGES,
    DOWN,
    FLEEING,
    GAZING,
    JOINING,
    LEAVING,
    PLEASED,
    SCARCE,
    SPACING,
    UP,
    Move,
)

SWITCHING = {**GAZING, "agenda.switching_cost": 0.8, "conflict.neglect": 0.0}
FREE_SWITCHING = {"agenda.switching_cost": 0.0, "conflict.neglect": 0.0}
DOUBTFUL = {**APPLYING, "funding.win_base": -0.5}
GREAT_LEADER = {"backbone.leader_mean": 2.0}
FLOURISHING = {
    "conditions.start": 0.9,
    "conditions.agenda_effort": 1.0,
    "conditions.measurement_effort": 1.0,
    "conditions.activities_effort": 1.0,
    "conditions.communication_effort": 1.0,
}

BACKBONE: dict[str, Move] = {
    "backbone.lead": Move("public", "corporate", "mean_trust", DOWN, "a corporate lead has less legitimacy (4.10)"),
    "backbone.gazing": Move(0.0, 1.0, "social_outcome", UP, "returns to focus increase (4.1)", FREE_SWITCHING),
    "backbone.gazing_period": Move(2, 24, "social_outcome", UP, "fewer switches to digest (4.1)", SWITCHING),
    "backbone.abstracting": Move(0.0, 1.0, "mean_conflict", DOWN, "perceived divergence falls (4.2)", PLEASED),
    "backbone.spacing": Move(0.0, 1.0, "mean_shirking", UP, "free-riding goes unseen (4.3)"),
    "backbone.contract_months": Move(12, 120, "mean_hazard", DOWN, "hazard sits at ends of contracts (4.12)", LEAVING),
    "backbone.relational_governance": Move(0.0, 1.0, "mean_trust", UP, "joint action and norms build trust (4.7)"),
    "backbone.governance_cost": Move(
        0.0, 0.6, "mean_staffing", DOWN, "joint action costs staff", {**SCARCE, "backbone.relational_governance": 1.0}
    ),
    "backbone.leader_mean": Move(-2.0, 2.0, "social_outcome", UP, "better leaders raise output"),
    "backbone.leader_sd": Move(0.0, 1.5, "social_outcome", CHANGES, "some leaders are better, others worse"),
    "backbone.corporate_wavering": Move(
        0.0,
        2.0,
        "social_outcome",
        CHANGES,
        "the leading firm's budget swings wider, up or down",
        {"backbone.lead": "corporate", "environment.budget_sd": 0.3},
    ),
    "backbone.takeover_bar": Move(
        0.0,
        0.9,
        "duration",
        DOWN,
        "fewer are willing to take over a vacant role",
        {**FLEEING, "backbone.takeover_rate": 1.0},
        months=72,
        replicates=8,
    ),
    "backbone.takeover_rate": Move(
        0.0, 1.0, "duration", UP, "vacant roles are filled", {**FLEEING, "backbone.takeover_bar": 0.0}, 72, 8
    ),
    "backbone.grace_months": Move(
        1,
        36,
        "duration",
        UP,
        "there is more time to fill a vacant role",
        {**FLEEING, "backbone.takeover_bar": 0.0, "backbone.takeover_rate": 0.02, "ending.quorum": 0.0},
        months=72,
        replicates=10,
    ),
}

FUNDING: dict[str, Move] = {
    "funding.grant_share": Move(0.0, 1.5, "mean_staffing", UP, "a larger grant pays more staff", SCARCE),
    "funding.grant_months": Move(
        6,
        36,
        "mean_staffing",
        UP,
        "the only grant lasts longer",
        {**SCARCE, "funding.award_low": 0.0, "funding.award_high": 0.0},
    ),
    "funding.own_income": Move(0.0, 1.0, "mean_staffing", UP, "own income pays staff", SCARCE),
    "funding.own_income_sd": Move(0.0, 1.0, "mean_staffing", CHANGES, "some have more of it, others less", SCARCE),
    "funding.size_cost": Move(
        0.0, 1.0, "mean_staffing", DOWN, "newcomers raise the need for staff", {**SCARCE, **JOINING}
    ),
    "funding.inside_share": Move(
        0.0,
        1.0,
        "mean_staffing",
        DOWN,
        "the grant shrinks with the budget of the member that funds",
        {**SCARCE, **BAD_YEARS, "backbone.lead": "funder"},
        replicates=6,
    ),
    "funding.in_kind": Move(0.0, 0.3, "mean_staffing", UP, "the lead lends staff", SCARCE),
    "funding.reserve_months": Move(0.0, 24.0, "mean_staffing", UP, "reserves pay staff", SCARCE),
    "funding.reserve_cap": Move(
        0.0, 24.0, "mean_staffing", UP, "reserves may be kept", {**SCARCE, "funding.reserve_months": 24.0}
    ),
    "funding.win_base": Move(-1.0, 3.0, "mean_staffing", UP, "applications win", APPLYING, months=60),
    "funding.win_results": Move(
        0.0, 4.0, "mean_staffing", UP, "good results win grants", {**DOUBTFUL, **PLEASED}, months=60
    ),
    "funding.win_evidence": Move(
        0.0, 4.0, "mean_staffing", DOWN, "spacing leaves no evidence to show (4.3)", {**DOUBTFUL, **SPACING}, months=60
    ),
    "funding.win_climate": Move(
        0.0,
        1.0,
        "mean_staffing",
        CHANGES,
        "the climate is as often bad as good",
        {**DOUBTFUL, "environment.climate_sd": 3.0},
        months=60,
        replicates=6,
    ),
    "funding.win_leader": Move(
        0.0, 1.5, "mean_staffing", UP, "good leaders win grants", {**DOUBTFUL, **GREAT_LEADER}, 60, 8
    ),
    "funding.award_low": Move(0.0, 1.0, "mean_staffing", UP, "larger awards", APPLYING, months=60),
    "funding.award_high": Move(
        0.5, 2.0, "mean_staffing", UP, "larger awards", {**APPLYING, "funding.award_low": 0.5}, months=60
    ),
    "funding.term_low": Move(6, 36, "mean_staffing", UP, "fewer gaps between grants", DOUBTFUL, 72, 8),
    "funding.term_high": Move(12, 60, "mean_staffing", UP, "fewer gaps between grants", DOUBTFUL, 72, 10),
    "funding.application_interval": Move(
        1, 24, "mean_staffing", DOWN, "few applications, long gaps", DOUBTFUL, months=60
    ),
    "funding.staffing_speed": Move(0.01, 1.0, "mean_staffing", DOWN, "staff is dismissed at once", SCARCE),
    "funding.floor": Move(
        0.0, 0.9, "duration", DOWN, "more staff is needed to work", {**SCARCE, "ending.unfunded_months": 1}
    ),
}

CONDITIONS: dict[str, Move] = {
    "conditions.agenda_effort": Move(0.0, 1.0, "mean_conditions", UP, "effort makes a common agenda"),
    "conditions.measurement_effort": Move(0.0, 1.0, "mean_conditions", UP, "effort makes shared measurement"),
    "conditions.activities_effort": Move(0.0, 1.0, "mean_conditions", UP, "effort aligns activities"),
    "conditions.communication_effort": Move(0.0, 1.0, "mean_conditions", UP, "effort keeps communication going"),
    "conditions.effort_cost": Move(0.0, 1.0, "mean_staffing", DOWN, "efforts cost staff (4.9)", SCARCE),
    "conditions.start": Move(0.0, 1.0, "mean_conditions", UP, "more conditions at founding"),
    "conditions.speed": Move(0.01, 0.5, "mean_conditions", UP, "they grow faster", {"conditions.start": 0.0}),
    "conditions.mutual": Move(0.0, 0.6, "mean_conditions", UP, "they raise one another", FLOURISHING),
    "conditions.output_gain": Move(0.0, 1.0, "social_outcome", UP, "conditions raise output", FLOURISHING),
}

LEADERSHIP = {**BACKBONE, **FUNDING, **CONDITIONS}
