"""Directions of the parameters of partnerships between unequals."""

from tests.agents.directions import DISAPPOINTED, DOWN, FLEEING, LEAVING, UP, Move, Region

#: A large corporation and a small social enterprise that have to find each other first.
PAIR: Region = {
    "population.corporations": 1,
    "population.nonprofits": 0,
    "population.funders": 0,
    "population.social_enterprises": 1,
    "population.public_agencies": 0,
    "backbone.lead": "shared",
    "ending.least_members": 2,
    "formation.mode": "negotiated",
}

#: Nobody gives up, so that what a tactic costs does not count.
PATIENT: Region = {**PAIR, "formation.giving_up": 0.0}

#: The corporation is more than ten times as large as the social enterprise.
UNEQUAL: Region = {"population.corporation_size": 4.0, "population.social_enterprise_size": 0.3}

BROKERED: Region = {**PAIR, "tactics.broker": 1.0}
NETWORKING: Region = {**BROKERED, "tactics.networking": 1.0}
HALOED: Region = {**BROKERED, **UNEQUAL, "tactics.haloing": 1.0}
ENGAGING: Region = {**BROKERED, **UNEQUAL, "tactics.third_party": 1.0, "formation.structural": 0.8}
ALL_AT_ONCE: Region = {**NETWORKING, **HALOED, **ENGAGING, "joint_platform.intensity": 1.0}

#: Several providers share a platform, in a coalition that is given.
SHARED: Region = {"joint_platform.intensity": 1.0}

GOVERNED: Region = {**LEAVING, "exit.base_rate": 0.005, "backbone.relational_governance": 1.0}
GOVERNED = {**GOVERNED, "backbone.contract_months": 120}


def formed(low: float | str, high: float | str, sign: int, why: str, region: Region = BROKERED) -> Move:
    """Return the move of the share that is formed; runs are short, and many."""
    return Move(low, high, "formed", sign, why, region, months=1, replicates=60)


FORMATION: dict[str, Move] = {
    "formation.mode": formed("given", "negotiated", DOWN, "a partnership may not come about (MODEL 4.4)"),
    "formation.limit_months": formed(6, 120, UP, "there is more time"),
    "formation.age_months": formed(0, 240, UP, "an older venture is known (S2 4.2)"),
    "formation.review_months": formed(1, 24, DOWN, "there are fewer occasions"),
    "formation.contact_rate": formed(0.0, 0.5, UP, "own ties bring the sides together", PAIR),
    "formation.broker_rate": formed(0.0, 1.0, UP, "a broker brings the sides together"),
    "formation.structural": formed(0.0, 1.0, UP, "ties open the door (S2 2.2)", PAIR),
    "formation.cognitive": formed(0.0, 1.0, UP, "a shared language eases distance and design (S2 2.2)"),
    "formation.relational": formed(0.0, 1.0, UP, "trust lowers risk and eases design (S2 2.2)"),
    "formation.capital_growth": formed(0.0, 0.2, UP, "networking builds social capital", NETWORKING),
    "formation.capital_decay": formed(0.0, 0.05, DOWN, "social capital that is not kept up is lost"),
    "formation.synergy": formed(0.5, 5.0, UP, "there is more to gain together (MODEL 6)"),
    "formation.goals_rate": formed(0.1, 2.0, UP, "a common goal is found sooner"),
    "formation.record_months": formed(12.0, 120.0, DOWN, "it takes longer to be known (S2 4.2)"),
    "formation.doubt": formed(0.0, 0.8, UP, "the unknown is thought better of"),
    "formation.halo": formed(0.0, 1.0, UP, "credentials count for more (S2 4.3)", HALOED),
    "formation.endorsement": formed(0.0, 1.0, UP, "a third body lends legitimacy (S2 4.3)", ENGAGING),
    "formation.borrowed": formed(0.0, 1.0, UP, "a third body lends size (S2 4.3)", ENGAGING),
    "formation.competence": formed(0.0, 4.0, UP, "competence counts (S2 2.1)"),
    "formation.reputation": formed(0.0, 3.0, UP, "reputation counts (S2 2.1)"),
    "formation.fit": formed(0.0, 4.0, UP, "fit counts (S2 4.1)"),
    "formation.complementarity": formed(0.0, 3.0, UP, "complementary capabilities count (S2 2.1)"),
    "formation.size": formed(0.0, 1.5, DOWN, "smallness counts against it (S2 4.2)"),
    "formation.risk": formed(0.0, 3.0, DOWN, "the risk of the untested counts against it (S2 2.1)"),
    "formation.readiness": formed(0.0, 2.0, UP, "good experience makes ready (S2 4.4)"),
    "formation.bar": formed(0.0, 3.0, DOWN, "more is asked"),
    "formation.rivals": formed(0.0, 5.0, DOWN, "the larger side has other options (S2 5)"),
    "formation.spread": formed(0.0, 2.0, DOWN, "the best of the other options is better (S2 5)"),
    "formation.engagement_rate": Move(
        0.0, 1.0, "third_party", UP, "a third body is won sooner", ENGAGING, months=1, replicates=20
    ),
    "formation.design_rate": formed(0.02, 0.5, UP, "design takes less time"),
    "formation.coordination": formed(0.0, 2.0, DOWN, "a third body has goals of its own (MODEL 4.6)", ENGAGING),
    "formation.setup": formed(0.0, 2.0, DOWN, "a platform is set up first (MODEL 4.8)", ALL_AT_ONCE),
    "formation.signing_rate": formed(0.02, 1.0, UP, "signing takes less time"),
    "formation.fear": formed(0.0, 10.0, DOWN, "the weaker side fears for its autonomy (S2 1)"),
    "formation.giving_up": formed(0.0, 0.05, DOWN, "patience ends sooner (MODEL 4.4)"),
    "formation.strain": formed(0.0, 1.0, DOWN, "efforts take means (S2 1)", ALL_AT_ONCE),
    "formation.carried": Move(
        0.0, 1.0, "mean_trust", UP, "trust built before is kept (S2 2.2)", ALL_AT_ONCE, months=12, replicates=10
    ),
    "formation.belief": Move(
        *(0.0, 2.0, "mean_commitment", DOWN, "who was believed too much disappoints (MODEL 4.5)"),
        {**ALL_AT_ONCE, **DISAPPOINTED, "population.speciality": 0.6, "population.generality": 0.1},
        replicates=20,
    ),
}

TACTICS: dict[str, Move] = {
    "tactics.broker": formed(0.0, 1.0, UP, "an accelerator introduces (S2 4.2)", PATIENT),
    "tactics.networking": formed(0.0, 1.0, UP, "efforts build social capital (S2 4.3)", PATIENT),
    "tactics.haloing": formed(0.0, 1.0, UP, "credentials raise perceived competence (S2 4.3)", {**HALOED, **PATIENT}),
    "tactics.third_party": formed(
        0.0, 1.0, UP, "a third body vouches and lends size (S2 4.3)", {**ENGAGING, **PATIENT}
    ),
    "joint_platform.intensity": Move(
        0.0, 1.0, "mean_dependence", DOWN, "a platform of many makes dependence mutual (S2 4.4)"
    ),
    "joint_platform.gain": Move(0.0, 1.0, "social_outcome", UP, "value is co-created (S2 4.4)", SHARED),
    "joint_platform.loss": Move(0.0, 1.0, "social_outcome", DOWN, "setting up costs (MODEL 4.8)", SHARED),
    "joint_platform.months": Move(1.0, 24.0, "social_outcome", DOWN, "setting up takes longer (MODEL 4.8)", SHARED),
    "backbone.contract_complement": Move(
        0.0, 1.0, "mean_hazard", DOWN, "governance complements contracts (Poppo & Zenger 2002)", GOVERNED
    ),
}

PARTNERSHIPS: dict[str, Move] = {
    **FORMATION,
    **TACTICS,
    "ending.least_members": Move(
        2, 9, "duration", DOWN, "more members are needed", {**FLEEING, "backbone.takeover_bar": 0.0}, replicates=10
    ),
}
