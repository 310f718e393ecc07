"""Small coalitions that bring out, one each, what a coalition can meet and end by."""

from cisim.parameters import Value

#: Nine members of all kinds.
SMALL: dict[str, Value] = {
    "population.corporations": 2,
    "population.nonprofits": 3,
    "population.funders": 1,
    "population.social_enterprises": 1,
    "population.public_agencies": 2,
}

#: No reason to leave.
CONTENT: dict[str, Value] = {
    "exit.conflict": 0.0,
    "exit.disappointment": 0.0,
    "exit.evidence": 0.0,
    "exit.dependence": 0.0,
    "exit.hypocrisy": 0.0,
    "framing.backlog_growth": 0.0,
}

#: A corporation and a social enterprise, which have to find each other first, each in its way well known.
PAIR: dict[str, Value] = {
    "population.corporations": 1,
    "population.nonprofits": 0,
    "population.funders": 0,
    "population.social_enterprises": 1,
    "population.public_agencies": 0,
    "backbone.lead": "shared",
    "ending.least_members": 2,
    "formation.mode": "negotiated",
    "formation.age_months": 240,
    "tactics.broker": 1.0,
}

#: Cases by what they are about; what they bring out is counted by tests/docking/test_cases.py.
CASES: dict[str, dict[str, Value]] = {
    "quarrels": {**SMALL, **CONTENT, "backbone.lead": "funder", "conflict.scale": 4.0, "exit.conflict": 3.0},
    "shortfalls": {
        **SMALL,
        "backbone.lead": "corporate",
        "assessment.optimism": 1.6,
        "exit.disappointment": 6.0,
        "exit.conflict": 0.0,
    },
    "dependence": {
        **SMALL,
        **CONTENT,
        "backbone.lead": "nonprofit",
        "backbone.takeover_rate": 0.0,
        "exit.base_rate": 0.02,
        "exit.dependence": 10.0,
        "dependence.nonprofit": 0.9,
        "dependence.social_enterprise": 0.9,
        "dependence.drift": 0.05,
        "dependence.relief": 0.0,
    },
    "hypocrisy": {
        **SMALL,
        **CONTENT,
        "backbone.lead": "shared",
        "backbone.abstracting": 1.0,
        "backbone.takeover_rate": 0.0,
        "assessment.optimism": 1.6,
        "conflict.scale": 0.0,
        "exit.base_rate": 0.02,
        "exit.hypocrisy": 8.0,
        "framing.adaptation": 0.3,
        "framing.credible": 1.0,
    },
    "poverty": {
        **SMALL,
        "backbone.lead": "public",
        "funding.grant_share": 0.3,
        "funding.own_income": 0.1,
        "funding.reserve_months": 1.0,
        "funding.win_base": -1.0,
    },
    "an end from outside": {**SMALL, "environment.imposed_hazard": 0.05},
    "newcomers and shocks": {
        **SMALL,
        "cohort.intake": 20.0,
        "ending.agenda_size": 0.0,
        "entry.base": 2.0,
        "entry.rate": 1.0,
        "shocks.external_rate": 1.0,
    },
    "all strategies": {
        **SMALL,
        "backbone.gazing": 1.0,
        "backbone.abstracting": 0.5,
        "backbone.spacing": 1.0,
        "ending.agenda_size": 100.0,
        "shocks.scheduled_class": "relational",
    },
    "not formed": {**PAIR, "formation.giving_up": 0.05, "formation.bar": 3.0},
    "formed with a third party": {
        **PAIR,
        "formation.structural": 0.8,
        "tactics.haloing": 1.0,
        "tactics.networking": 0.5,
        "tactics.third_party": 1.0,
        "backbone.contract_complement": 0.5,
        "backbone.relational_governance": 0.5,
    },
    "formed with a platform": {
        **SMALL,
        "backbone.lead": "shared",
        "formation.mode": "negotiated",
        "formation.age_months": 120,
        "formation.giving_up": 0.0,
        "tactics.broker": 0.5,
        "tactics.third_party": 0.5,
        "joint_platform.intensity": 1.0,
    },
}
