"""What the backbone can choose: strategies, contract, conditions, relational governance; and the list of strategies."""

from collections.abc import Mapping
from dataclasses import dataclass

from cisim.parameters.parameter import choice, constant, lever, uncertainty

#: Dotted name of the lever, the intensity (a share), of each strategy, in the order in which labels name them.
STRATEGIES: Mapping[str, str] = {
    "gazing": "backbone.gazing",
    "abstracting": "backbone.abstracting",
    "spacing": "backbone.spacing",
}


@dataclass(frozen=True, kw_only=True)
class BackboneParameters:
    """Levers of a backbone, and the quality of its leaders."""

    lead: str = choice(
        "public",
        ("corporate", "nonprofit", "funder", "public", "shared"),
        "lever",
        "S1 §2.1, Fig. 2",
        "Kind of the lead office; shared: planning, implementing, funding and expertise lie with different members.",
    )
    gazing: float = lever(0.0, "share", 0.0, 1.0, "S1 §4.3.1", "Intensity of gazing: one goal at a time.")
    gazing_period: int = lever(24, "months", 2, 120, "S1 §4.3.1", "Months of one round of social and economic focus.")
    abstracting: float = lever(0.0, "share", 0.0, 1.0, "S1 §4.3.2", "Intensity of abstracting: a master frame.")
    spacing: float = lever(0.0, "share", 0.0, 1.0, "S1 §4.3.3", "Intensity of spacing: coarse assessment, distance.")
    contract_months: int = lever(
        36, "months", 6, 120, "S1 §4.3.3: 60; usual grants 12-36", "Length of a contract between the members."
    )
    relational_governance: float = lever(
        0.2, "share", 0.0, 1.0, "S2 §2.2", "Intensity of joint action and norms between the members."
    )
    governance_cost: float = uncertainty(
        0.25, "share of need", 0.0, 0.6, "MODEL 4.7", "Staff need added by full relational governance."
    )
    contract_complement: float = uncertainty(
        0.0,
        "multiple",
        0.0,
        1.0,
        "Poppo & Zenger 2002",
        "Protection inside a contract added by full relational governance.",
    )
    leader_mean: float = uncertainty(
        0.0, "sd", -2.0, 2.0, "S1 §2.2: leadership capacity", "Mean quality of backbone leaders."
    )
    leader_sd: float = uncertainty(1.0, "sd", 0.0, 1.5, "MODEL 7", "Spread of the quality of backbone leaders.")
    corporate_wavering: float = uncertainty(
        0.5, "multiple", 0.0, 2.0, "S1 §4.1: not core business", "Extra swing of a leading corporation's budget."
    )
    takeover_bar: float = uncertainty(
        0.40, "commitment", 0.0, 0.9, "MODEL 3.13", "Commitment from which a member is willing to take over a role."
    )
    takeover_rate: float = uncertainty(
        0.10, "probability a month", 0.0, 1.0, "MODEL 3.13", "Chance a month that a willing, able member takes over."
    )
    grace_months: int = constant(
        12, "months", 1, 36, "MODEL 3.13", "Months in which a vacancy or shortfall can be mended."
    )


@dataclass(frozen=True, kw_only=True)
class FundingParameters:
    """Money of the backbone: need, grant, own income, applications, reserves."""

    grant_share: float = uncertainty(
        0.75, "share of need", 0.0, 1.5, "MODEL 9", "Share of the need that the founding grant covers."
    )
    grant_months: int = constant(36, "months", 1, 240, "Feinberg et al. 2008", "Length of the founding grant.")
    own_income: float = uncertainty(0.40, "share of need", 0.0, 1.5, "MODEL 9", "Median of dues and other own income.")
    own_income_sd: float = uncertainty(0.6, "log units", 0.0, 1.0, "MODEL 9", "Spread of own income.")
    size_cost: float = uncertainty(
        0.5, "elasticity", 0.0, 1.0, "MODEL 9 (traps)", "How the need for staff grows with the number of members."
    )
    inside_share: float = uncertainty(
        0.5,
        "share",
        0.0,
        1.0,
        "S1 §4.1: a foundation as funder",
        "Share of grants that hangs on the member that funds.",
    )
    in_kind: float = uncertainty(
        0.08, "share of need", 0.0, 0.3, "S1 §2.1", "Staff and goods that the lead office lends, by its size."
    )
    reserve_months: float = uncertainty(4.0, "months of need", 0.0, 24.0, "MODEL 3.13", "Reserves at the start.")
    reserve_cap: float = uncertainty(
        12.0, "months of need", 0.0, 48.0, "MODEL 3.13", "Reserves that a backbone may hold."
    )
    win_base: float = uncertainty(1.35, "log odds", -1.0, 3.0, "MODEL 9", "Odds of a grant application at par.")
    win_results: float = uncertainty(
        1.8, "log odds", 0.0, 4.0, "MODEL 9", "Effect of measured results over the promise on an application."
    )
    win_evidence: float = uncertainty(
        1.35, "log odds", 0.0, 4.0, "MODEL 4.3, 9", "Loss of odds for want of evidence under full spacing."
    )
    win_climate: float = uncertainty(0.3, "log odds", 0.0, 1.0, "MODEL 9", "Effect of the climate on an application.")
    win_leader: float = uncertainty(0.67, "log odds", 0.0, 1.5, "MODEL 9", "Effect of the leader on an application.")
    award_low: float = uncertainty(0.55, "share of need", 0.0, 1.5, "MODEL 9", "Smallest award.")
    award_high: float = uncertainty(1.05, "share of need", 0.0, 2.0, "MODEL 9", "Largest award.")
    term_low: int = constant(12, "months", 1, 120, "NCRP", "Shortest term of a later grant.")
    term_high: int = constant(36, "months", 1, 120, "NCRP", "Longest term of a later grant.")
    application_interval: int = constant(6, "months", 1, 24, "MODEL 9", "Months between applications.")
    staffing_speed: float = uncertainty(
        0.20, "share a month", 0.01, 1.0, "MODEL 9", "Speed at which staffing follows the money at hand."
    )
    floor: float = uncertainty(
        0.41, "share of need", 0.0, 0.9, "MODEL 9", "Staffing below which the backbone cannot work for long."
    )


@dataclass(frozen=True, kw_only=True)
class ConditionsParameters:
    """The five conditions of collective impact: efforts, their costs, mutual support, effect on output."""

    agenda_effort: float = lever(0.5, "share", 0.0, 1.0, "S1 §2.1, §4.1", "Effort for a common agenda.")
    measurement_effort: float = lever(0.5, "share", 0.0, 1.0, "S1 §2.1, §4.1", "Effort for shared measurement.")
    activities_effort: float = lever(
        0.5, "share", 0.0, 1.0, "S1 §2.1, §4.1", "Effort for mutually reinforcing activities."
    )
    communication_effort: float = lever(0.5, "share", 0.0, 1.0, "S1 §2.1, §4.1", "Effort for continuous communication.")
    effort_cost: float = uncertainty(
        0.3, "share of need", 0.0, 1.0, "MODEL 4.9", "Staff need added when all four efforts are full."
    )
    start: float = uncertainty(0.4, "share", 0.0, 1.0, "MODEL 4.9", "All five conditions at founding.")
    speed: float = uncertainty(0.08, "share a month", 0.01, 0.5, "MODEL 4.9", "Speed at which conditions change.")
    mutual: float = uncertainty(
        0.3, "share", 0.0, 0.6, "Stachowiak & Gase 2018 in S1 §1", "How far the conditions raise one another."
    )
    output_gain: float = uncertainty(
        0.5, "share", 0.0, 1.0, "S1 §2.1", "Effect on output of conditions from none to full."
    )
