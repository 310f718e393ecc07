"""Parameters of partnerships between unequals: how they come about, tactics of the weaker side (S2; MODEL 4.4-4.8)."""

from dataclasses import dataclass

from cisim.parameters.parameter import choice, constant, lever, uncertainty


@dataclass(frozen=True, kw_only=True)
class FormationParameters:
    """Negotiation between the first corporation and the first social enterprise."""

    mode: str = choice(
        "given",
        ("given", "negotiated"),
        "constant",
        "S2 §2.3, §4",
        "Whether a coalition is there from the start, or is negotiated first.",
    )
    limit_months: int = constant(60, "months", 6, 240, "convention", "How long a formation is followed.")
    age_months: int = constant(24, "months", 0, 600, "S2 §4.2", "Age of the social enterprise when the clock starts.")
    review_months: int = constant(3, "months", 1, 24, "S2 §3.2: quarterly meetings", "Months between two selections.")
    contact_rate: float = uncertainty(
        0.05, "a month", 0.0, 0.5, "S2 §2.2: structural capital", "Meeting through own ties at full structural capital."
    )
    broker_rate: float = uncertainty(0.3, "a month", 0.0, 1.0, "S2 §4.2: Seed:s", "Meeting through a broker.")
    structural: float = uncertainty(0.3, "share", 0.0, 1.0, "S2 §2.2", "Structural capital at the start: ties.")
    cognitive: float = uncertainty(0.3, "share", 0.0, 1.0, "S2 §2.2", "Cognitive capital at the start: language.")
    relational: float = uncertainty(0.3, "share", 0.0, 1.0, "S2 §2.2", "Relational capital at the start: trust.")
    capital_growth: float = uncertainty(
        0.05, "share a month", 0.0, 0.2, "S2 §4.3: considerable efforts", "Social capital built by full networking."
    )
    capital_decay: float = uncertainty(0.01, "share a month", 0.0, 0.05, "S2 §2.2", "Social capital lost.")
    synergy: float = uncertainty(
        2.0, "multiple", 0.0, 5.0, "MODEL 6: goal-fit test", "Value added by full complementarity."
    )
    goals_rate: float = uncertainty(1.0, "a month", 0.0, 2.0, "S2 §4.1", "Finding a common goal at full fit.")
    record_months: float = uncertainty(
        48.0, "months", 12.0, 120.0, "S2 §4.2: two years old, barely validated", "Age at which 63 % is known."
    )
    doubt: float = uncertainty(0.3, "share", 0.0, 0.8, "S2 §4.2", "Competence that is assumed of the unknown.")
    halo: float = uncertainty(0.7, "share", 0.0, 1.0, "S2 §4.3", "Doubt removed by full haloing and a full network.")
    endorsement: float = uncertainty(0.5, "share", 0.0, 1.0, "S2 §4.3: legitimacy", "Reputation lent by a third body.")
    borrowed: float = uncertainty(0.5, "share", 0.0, 1.0, "S2 §4.3: borrow resources", "Part of its size that is lent.")
    competence: float = uncertainty(2.0, "score", 0.0, 4.0, "S2 §2.1", "Weight of perceived competence.")
    reputation: float = uncertainty(1.0, "score", 0.0, 3.0, "S2 §2.1", "Weight of reputation.")
    fit: float = uncertainty(2.0, "score", 0.0, 4.0, "S2 §4.1: same goal", "Weight of the fit of goals.")
    complementarity: float = uncertainty(1.0, "score", 0.0, 3.0, "S2 §2.1", "Weight of complementary capabilities.")
    size: float = uncertainty(
        0.5, "score per log unit", 0.0, 1.5, "S2 §4.2, §4.3: firm size", "Loss by being small beside the other."
    )
    risk: float = uncertainty(1.0, "score", 0.0, 3.0, "S2 §2.1: risk of the untested", "Loss by being unknown.")
    readiness: float = uncertainty(
        0.0, "score", 0.0, 2.0, "S2 §4.4: H-JUMP led to On-Dream", "Readiness of the corporation from earlier success."
    )
    bar: float = uncertainty(1.0, "score", 0.0, 3.0, "S2 §4.2", "Score from which the larger side selects.")
    rivals: float = uncertainty(
        2.0, "number per log unit", 0.0, 5.0, "S2 §5: many options", "Options of the larger side by the gap in power."
    )
    spread: float = uncertainty(0.7, "score", 0.0, 2.0, "S2 §5", "Spread of these options above the bar.")
    engagement_rate: float = uncertainty(
        0.3, "a month", 0.0, 1.0, "S2 §4.3: SSF", "Winning a third body at full effort and structural capital."
    )
    design_rate: float = uncertainty(0.2, "a month", 0.0, 0.5, "S2 §4.3", "Settling the design without social capital.")
    coordination: float = uncertainty(
        0.5, "multiple", 0.0, 2.0, "MODEL 4.6: one more set of goals", "Slowing of the design by a third body."
    )
    setup: float = uncertainty(0.5, "multiple", 0.0, 2.0, "MODEL 4.8", "Slowing of the design by a joint platform.")
    signing_rate: float = uncertainty(0.5, "a month", 0.0, 1.0, "S2 §2.3: benefits", "Signing without fear.")
    fear: float = uncertainty(
        3.0, "multiple", 0.0, 10.0, "S2 §1: threatened ownership", "Reluctance by dependence on one provider."
    )
    giving_up: float = uncertainty(0.01, "a month", 0.0, 0.05, "MODEL 4.4: or never", "Giving up, without effort.")
    strain: float = uncertainty(
        0.2, "log units", 0.0, 1.0, "S2 §1: resource constraints", "Giving up added by each full effort."
    )
    carried: float = uncertainty(0.5, "share", 0.0, 1.0, "S2 §2.2, §4.4", "Capital that the partnership starts with.")
    belief: float = uncertainty(
        0.5, "multiple", 0.0, 2.0, "MODEL 4.5: disappointment", "Promise per unit of competence seen over the true one."
    )


@dataclass(frozen=True, kw_only=True)
class TacticsParameters:
    """Tactics of the weaker side while a partnership is negotiated."""

    broker: float = lever(0.0, "share", 0.0, 1.0, "S2 §4.2: Seed:s", "Introduction by an accelerator.")
    networking: float = lever(0.0, "share", 0.0, 1.0, "S2 §4.3", "Effort put into social capital.")
    haloing: float = lever(0.0, "share", 0.0, 1.0, "S2 §4.3", "Credentials of founders, advisers and mentors.")
    third_party: float = lever(0.0, "share", 0.0, 1.0, "S2 §4.3: SSF", "Effort to engage a legitimate third body.")


@dataclass(frozen=True, kw_only=True)
class JointPlatformParameters:
    """A platform of the partners, on which value is co-created for all sides."""

    intensity: float = lever(0.0, "share", 0.0, 1.0, "S2 §4.4", "Intensity of a platform for all sides.")
    gain: float = uncertainty(
        0.3, "share", 0.0, 1.0, "S2 §4.4: co-created value", "Output added by a full platform of many providers."
    )
    loss: float = uncertainty(
        0.3, "share", 0.0, 1.0, "MODEL 4.8: set-up cost", "Output lost at first while a full platform is set up."
    )
    months: float = uncertainty(6.0, "months", 1.0, 24.0, "MODEL 4.8", "Time scale of the set-up.")
