"""Parameters of relations: conflict, trust and shared language, dependence, commitment, leaving, joining, ending."""

from dataclasses import dataclass

from cisim.parameters.parameter import constant, uncertainty


@dataclass(frozen=True, kw_only=True)
class ConflictParameters:
    """The three channels of conflict and the neglected side's impatience (MODEL 3.9)."""

    scale: float = uncertainty(1.6, "multiple", 0.0, 4.0, "MODEL 9", "Overall strength of conflict.")
    agenda_clash: float = uncertainty(
        1.25, "multiple", 0.0, 3.0, "MODEL 3.9, 9", "Clash of goals over a divided agenda; gazing suspends it."
    )
    divergence_clash: float = uncertainty(
        0.4, "multiple", 0.0, 2.0, "MODEL 3.9", "Friction of divergent weights as such; abstracting narrows it."
    )
    confrontation: float = uncertainty(
        1.27, "multiple", 0.0, 3.0, "MODEL 3.9, 9", "Blame when fine measures disappoint; spacing avoids it."
    )
    exposure: float = uncertainty(
        0.5, "multiple", 0.0, 1.0, "MODEL 4.9", "How far shared measurement exposes divergence to blame."
    )
    neglect: float = uncertainty(2.05, "multiple", 0.0, 5.0, "MODEL 9", "Conflict per unit of neglect not borne.")
    tie_share: float = uncertainty(
        0.4, "share", 0.0, 1.0, "MODEL 3.9", "Weight of own ties against the coalition's mean position."
    )


@dataclass(frozen=True, kw_only=True)
class TrustParameters:
    """Relational and cognitive capital on ties (S2 §2.2)."""

    start: float = uncertainty(0.45, "share", 0.1, 0.8, "S2 §2.2", "Mean trust on a tie at founding.")
    growth: float = uncertainty(0.054, "share a month", 0.0, 0.2, "MODEL 9", "Growth with kept contributions, results.")
    conflict_loss: float = uncertainty(0.046, "a month", 0.0, 0.2, "MODEL 9", "Loss per unit of conflict.")
    control_loss: float = uncertainty(
        0.011, "a month", 0.0, 0.05, "MODEL 3.9, 9", "Loss of goodwill to fine control; spacing spares it."
    )
    result_loss: float = uncertainty(0.015, "a month", 0.0, 0.1, "MODEL 9", "Loss per unit of dissatisfaction.")
    goodwill: float = uncertainty(0.5, "multiple", 0.0, 1.5, "S1 §4.3.3; MODEL 9", "Growth added by full spacing.")
    governance: float = uncertainty(
        1.0, "multiple", 0.0, 3.0, "S2 §2.2", "Growth and repair added by full relational governance."
    )
    closure: float = uncertainty(
        0.5, "multiple", 0.0, 1.5, "S2 §2.2: structural capital", "Growth added by common third parties."
    )
    coordination: float = uncertainty(
        0.3, "multiple", 0.0, 1.0, "MODEL 3.9: coordination raises goodwill", "Growth added by full communication."
    )
    legitimacy: float = uncertainty(
        0.8, "multiple", 0.0, 2.0, "S1 §2.1: legitimacy of the lead", "Growth per unit of the lead's social weight."
    )
    spanner_loss: float = uncertainty(
        0.6, "share", 0.0, 1.0, "MODEL 3.9: boundary spanners", "Trust lost when a member's leadership changes."
    )
    language_growth: float = uncertainty(
        0.03, "share a month", 0.0, 0.15, "S2 §2.2: cognitive capital", "Growth of shared language with communication."
    )
    language_relief: float = uncertainty(
        0.5, "share", 0.0, 1.0, "S2 §2.2: cognitive capital", "Share of felt distance that shared language removes."
    )


@dataclass(frozen=True, kw_only=True)
class DependenceParameters:
    """Dependence on another's resources (S2 §2.2, §4.3)."""

    nonprofit: float = uncertainty(
        0.30, "share", 0.0, 0.9, "S1 §2.1; S2 §1", "Part of a nonprofit's means from others."
    )
    social_enterprise: float = uncertainty(
        0.50, "share", 0.0, 0.9, "S2 §1: resource constraints", "Part of a social enterprise's means from others."
    )
    recovery: float = uncertainty(
        0.05, "share a month", 0.0, 0.3, "MODEL 3.10", "Mending of means lost when a provider leaves."
    )
    drift: float = uncertainty(
        0.01, "share a month", 0.0, 0.05, "S2 §2.2; Grimes et al. 2019", "Mission drift towards the providers' values."
    )
    relief: float = uncertainty(
        0.6, "share", 0.0, 1.0, "S2 §2.2, §4.3", "Relief by relational governance and third parties."
    )


@dataclass(frozen=True, kw_only=True)
class CommitmentParameters:
    """Weights on which commitment depends (MODEL 3.11)."""

    base: float = uncertainty(0.6, "log odds", -1.0, 2.0, "MODEL 3.11", "Commitment at par.")
    speed: float = uncertainty(0.10, "share a month", 0.01, 0.5, "MODEL 3.11", "Speed at which commitment moves.")
    satisfaction: float = uncertainty(1.5, "log odds", 0.0, 4.0, "MODEL 3.11", "Effect of satisfaction.")
    conflict: float = uncertainty(0.8, "log odds", 0.0, 3.0, "MODEL 3.11", "Effect of conflict.")
    trust: float = uncertainty(1.5, "log odds", 0.0, 4.0, "MODEL 3.11", "Effect of trust.")
    frame: float = uncertainty(
        0.6, "log odds", 0.0, 2.0, "S1 §4.3.2: frames intensify commitment", "Effect of a credible frame."
    )
    autonomy: float = uncertainty(1.0, "log odds", 0.0, 4.0, "S2 §2.2", "Effect of autonomy lost.")
    outside: float = uncertainty(0.2, "log odds", 0.0, 1.0, "MODEL 3.11", "Effect of outside options.")
    lock_in: float = uncertainty(2.0, "log odds", 0.0, 6.0, "MODEL 3.11", "Erosion per unit of deferred wish to leave.")


@dataclass(frozen=True, kw_only=True)
class ExitParameters:
    """Leaving: reasons, timing, deferral (MODEL 3.11)."""

    base_rate: float = uncertainty(
        0.002, "a month", 0.0, 0.02, "MODEL 9; nonprofit closure 2.8 % a year", "Hazard of a member without reasons."
    )
    conflict: float = uncertainty(3.1, "log units", 0.0, 6.0, "MODEL 9", "Reason: conflict.")
    disappointment: float = uncertainty(2.4, "log units", 0.0, 6.0, "MODEL 9", "Reason: disappointment.")
    evidence: float = uncertainty(
        1.7,
        "log units",
        0.0,
        4.0,
        "MODEL 4.3, 9",
        "Disappointment added where evidence is wanted and spacing denies it.",
    )
    dependence: float = uncertainty(4.0, "log units", 0.0, 10.0, "S2 §2.2", "Reason: autonomy lost.")
    hypocrisy: float = uncertainty(3.5, "log units", 0.0, 8.0, "MODEL 9", "Reason: frame against results.")
    outside: float = uncertainty(0.3, "log units", 0.0, 1.0, "MODEL 9", "Pull of outside options.")
    rival: float = uncertainty(
        0.385,
        "log units",
        0.0,
        0.8,
        "Jensen & Cornwell 2017: hazard ratio 1.47",
        "Pull of each rival beyond the first.",
    )
    climate: float = uncertainty(0.1, "log units", 0.0, 0.4, "Jensen & Cornwell 2017", "Protection by a good climate.")
    trust: float = uncertainty(1.5, "log units", 0.0, 4.0, "MODEL 9", "Protection by trust above a half.")
    satisfaction: float = uncertainty(0.7, "log units", 0.0, 2.0, "MODEL 9", "Protection by satisfaction.")
    break_penalty: float = uncertainty(1.16, "log units", 0.0, 4.0, "MODEL 9", "Protection inside a contract.")
    deferral_decay: float = uncertainty(
        0.02, "share a month", 0.0, 0.2, "MODEL 3.11: deferred, not gone", "Forgetting of a deferred wish to leave."
    )
    review: float = uncertainty(0.5, "log units", 0.0, 2.0, "MODEL 9", "Hazard added at yearly reviews.")
    contract_end: float = uncertainty(
        1.2, "log units", 0.0, 3.0, "MODEL 4.12, 9", "Hazard added at the end of a contract."
    )
    grievance_growth: float = uncertainty(
        0.17, "a month", 0.0, 0.6, "MODEL 4.3, 9", "Growth of grievances that spacing leaves unspoken."
    )
    grievance_decay: float = uncertainty(0.017, "share a month", 0.0, 0.1, "MODEL 9", "Forgetting of grievances.")


@dataclass(frozen=True, kw_only=True)
class EntryParameters:
    """Joining from own interest and the coalition's record (MODEL 3.12)."""

    rate: float = uncertainty(0.08, "candidates a month", 0.0, 1.0, "MODEL 3.12", "Arrival of candidates.")
    base: float = uncertainty(-0.5, "log odds", -4.0, 2.0, "MODEL 3.12", "Odds that a candidate joins, at par.")
    record: float = uncertainty(2.0, "log odds", 0.0, 5.0, "S2 §4.2: reputation", "Effect of results over the promise.")
    distance: float = uncertainty(
        2.0, "log odds", 0.0, 6.0, "S2 §4.1: same goal", "Effect of the distance between own and the coalition's goals."
    )


@dataclass(frozen=True, kw_only=True)
class EndingParameters:
    """Conditions under which a coalition fails or completes (MODEL 3.13)."""

    quorum: float = uncertainty(0.40, "share", 0.0, 1.0, "MODEL 3.13", "Share of the founding number needed to go on.")
    least_members: int = constant(
        3, "organisations", 2, 10, "MODEL 2; 2 for a bipartite partnership (S2 §2.2)", "Members below which it ends."
    )
    agenda_size: float = uncertainty(
        590.0, "social output", 0.0, 5000.0, "MODEL 9", "Median agenda; 0 is open-ended.", "uniform"
    )
    agenda_sd: float = uncertainty(1.13, "log units", 0.0, 2.0, "MODEL 9", "Spread of agendas.")
    need_ends: float = uncertainty(
        0.005, "a year", 0.0, 0.05, "MODEL 3.13: no longer needed", "Rate at which the need for a finite agenda ends."
    )
    unfunded_months: int = constant(12, "months", 1, 36, "MODEL 9", "Months below the staffing floor that end it.")
