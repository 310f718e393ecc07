"""Directions of the parameters of a field: communities, practice, platform, donors.

Outcomes are means over communities.
"""

from tests.agents.directions import CHANGES, DOWN, UP, Move, Region

#: Six communities with nothing but practice to tell them apart; evidence and judgement are exact.
FIELD: Region = {
    "communities.number": 6,
    "communities.not_invented": 0.0,
    "communities.ego": 0.0,
    "communities.silos": 0.0,
    "communities.resistance_sd": 0.0,
    "practice.evidence_noise": 0.0,
    "practice.trial_noise": 0.0,
    "practice.look_rate": 0.5,
}
SCRATCH: Region = {**FIELD, "communities.number": 1, "practice.mode": "scratch", "practice.search_rate": 0.5}
COPY: Region = {**FIELD, "practice.mode": "copy", "communities.heterogeneity": 0.0}
STATIC: Region = {**COPY, "practice.look_rate": 0.0}
RICH: Region = {"platform.presence": "present", "platform.start": 1.0, "donors.budget": 0.5, "donors.volatility": 0.0}
BLEND: Region = {**FIELD, **RICH, "practice.mode": "blend", "platform.fee": 0.0, "communities.heterogeneity": 0.5}
#: Donors pay little, so that capacity is far from what it could be; more of them would be better.
POOR: Region = {**BLEND, "donors.budget": 0.05, "donors.programme_bias": 0.5}
SAME: Region = {**BLEND, "communities.heterogeneity": 0.0}
RESISTING: Region = {**COPY, "communities.not_invented": 0.4}
EXCHANGING: Region = {**SAME, "communities.not_invented": 0.4, "communities.capital_growth": 0.1}
#: Money for less than half of the need, which does not depend on users.
HALF: Region = {
    **SAME,
    "donors.budget": 0.15,
    "donors.programme_bias": 0.5,
    "platform.fixed_cost": 1.0,
    "platform.user_cost": 0.0,
    "platform.assistance_cost": 0.0,
}
CHARGED: Region = {
    **BLEND,
    "funding.own_income": 0.5,
    "funding.grant_share": 0.5,
    "funding.reserve_months": 0.0,
    "funding.in_kind": 0.0,
}

COMMUNITIES_TABLE: dict[str, Move] = {
    "communities.number": Move(1, 8, "mean_practice", UP, "more to learn from", COPY),
    "communities.heterogeneity": Move(0.0, 1.0, "mean_practice", DOWN, "copies fit less", COPY),
    "communities.not_invented": Move(0.0, 1.0, "mean_practice", DOWN, "better practice is not believed in", COPY),
    "communities.ego": Move(0.0, 1.0, "mean_practice", DOWN, "the own practice seems better", COPY),
    "communities.silos": Move(0.0, 1.0, "mean_practice", DOWN, "nobody looks", COPY),
    "communities.resistance_sd": Move(0.0, 0.3, "mean_practice", CHANGES, "some resist more, some less", RESISTING),
    "communities.capital_growth": Move(0.0, 0.2, "mean_practice", UP, "exchange lowers resistance", EXCHANGING),
    "communities.capital_decay": Move(0.0, 0.1, "mean_practice", DOWN, "resistance returns", EXCHANGING),
}

PRACTICE_TABLE: dict[str, Move] = {
    "practice.mode": Move("scratch", "copy", "mean_practice", UP, "copying is quick where all are alike", COPY),
    "practice.start_potency": Move(0.3, 0.9, "mean_practice", UP, "better first ideas", STATIC),
    "practice.potency_sd": Move(0.0, 0.3, "mean_practice", UP, "there is a best to copy", COPY),
    "practice.start_error": Move(0.0, 0.3, "mean_practice", DOWN, "first practice misses what suits", STATIC),
    "practice.fit_width": Move(0.05, 0.5, "mean_practice", UP, "practice fits further away", STATIC),
    "practice.misfit": Move(0.0, 1.0, "mean_practice", DOWN, "misfit costs", STATIC),
    "practice.reference": Move(0.4, 0.9, "mean_practice", DOWN, "par is higher", STATIC),
    "practice.search_rate": Move(0.0, 0.5, "mean_practice", UP, "more trials", SCRATCH, months=60),
    "practice.search_step": Move(0.0, 0.05, "mean_practice", UP, "trials find what fits", SCRATCH, 60),
    "practice.potency_step": Move(0.0, 0.1, "mean_practice", UP, "trials find what does more", SCRATCH, 60),
    "practice.trial_noise": Move(0.0, 0.3, "mean_practice", DOWN, "what is worse is kept", SCRATCH, 60),
    "practice.search_cost": Move(0.0, 0.5, "social_outcome", DOWN, "trials cost output", SCRATCH),
    "practice.look_rate": Move(0.0, 0.5, "mean_practice", UP, "more looks at what is better", COPY),
    "practice.peers": Move(1, 5, "mean_practice", UP, "more is seen", COPY),
    "practice.evidence_noise": Move(0.0, 0.5, "mean_practice", DOWN, "what seems best is not", COPY, 36, 8),
    "practice.adoption_months": Move(1, 24, "social_outcome", DOWN, "bringing in takes longer", COPY),
    "practice.adoption_cost": Move(0.0, 0.5, "social_outcome", DOWN, "bringing in costs output", COPY),
    "practice.stickiness": Move(0.0, 1.0, "mean_practice", DOWN, "skill does not travel", COPY),
}

PLATFORM_TABLE: dict[str, Move] = {
    "platform.presence": Move("absent", "present", "mean_practice", UP, "blending needs a platform", BLEND),
    "platform.start": Move(0.0, 1.0, "mean_practice", UP, "it can help from the start", BLEND),
    "platform.speed": Move(0.005, 0.3, "mean_practice", UP, "it grows with money", {**BLEND, "platform.start": 0.0}),
    "platform.fixed_cost": Move(0.0, 5.0, "mean_practice", DOWN, "money does not reach", POOR, 60),
    "platform.user_cost": Move(0.0, 0.3, "mean_practice", DOWN, "money does not reach", POOR, 60),
    "platform.assistance_cost": Move(0.0, 0.5, "mean_practice", DOWN, "help does not reach all", POOR, 60),
    "platform.fee": Move(0.0, 0.1, "mean_staffing", DOWN, "fees are lost to the backbone", CHARGED),
    "platform.join_rate": Move(0.0, 0.5, "mean_practice", UP, "more users", BLEND),
    "platform.leave_rate": Move(0.0, 0.5, "mean_practice", DOWN, "users give up a weak platform", HALF, 60),
    "platform.network": Move(0.0, 1.0, "mean_practice", DOWN, "nobody is there to draw the first", BLEND),
    "platform.share_rate": Move(0.0, 0.5, "mean_practice", UP, "there is more in the library", SAME),
    "platform.evidence_quality": Move(
        0.0, 1.0, "mean_practice", UP, "the best is known", {**SAME, "practice.evidence_noise": 0.5}, 60, 8
    ),
    "platform.fading": Move(0.0, 0.3, "mean_practice", DOWN, "what is known goes stale", HALF, 60),
    "platform.adaptation": Move(0.0, 1.0, "mean_practice", UP, "what comes in fits", BLEND),
    "platform.search_gain": Move(0.0, 3.0, "mean_practice", UP, "help adds trials", BLEND, 60),
    "platform.training_time": Move(0.0, 0.2, "social_outcome", DOWN, "training takes time", BLEND),
}

DONORS_TABLE: dict[str, Move] = {
    "donors.budget": Move(0.0, 0.5, "mean_practice", UP, "money feeds the platform", BLEND, 60),
    "donors.volatility": Move(0.0, 1.0, "mean_practice", CHANGES, "giving swings, up or down", POOR, 60),
    "donors.reversion": Move(
        0.0, 1.0, "mean_practice", CHANGES, "giving swings, up or down", {**POOR, "donors.volatility": 0.5}, 60
    ),
    "donors.programme_bias": Move(0.5, 1.0, "mean_practice", DOWN, "nothing is left for upkeep", BLEND, 60),
    "donors.attention": Move(0.0, 2.0, "mean_practice", CHANGES, "results above or below par", POOR, 60),
}

FIELDS: dict[str, Move] = {**COMMUNITIES_TABLE, **PRACTICE_TABLE, **PLATFORM_TABLE, **DONORS_TABLE}
