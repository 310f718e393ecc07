"""Money of the backbone (ODD: schedule 13; MODEL 4.12, 9; S1 §4.1)."""

import math

from cisim.core.jit import rule
from cisim.core.rules.common import clip, logistic


@rule
def base_need(n_members: float, elasticity: float) -> float:
    """E74. Staff need without extra efforts, 1 at 25 members."""
    return math.pow(n_members / 25.0, elasticity)


@rule
def need_factor(mean_effort: float, effort_cost: float, relational_governance: float, governance_cost: float) -> float:
    """E75. What the efforts for the five conditions and relational governance add to the need (MODEL 4.7, 4.9)."""
    return 1.0 + effort_cost * mean_effort + governance_cost * relational_governance


@rule
def own_income_factor(sd: float, z: float) -> float:
    """E76. Own income of a coalition over the median, log-normal."""
    return math.exp(sd * z)


@rule
def income(
    grant: float,
    inside_share: float,
    holder_budget: float,
    own: float,
    paid_share: float,
    in_kind: float,
    lead_means: float,
) -> float:
    """E77. Income of a month.

    A share of the grant hangs on the budget level of the member that funds (0 if nobody does), own income on what
    members now put in over what they did at founding, goods in kind on the means of the lead (S1 §2.1, §4.1).
    """
    through = grant * (1.0 - inside_share * (1.0 - min(1.2, holder_budget)))
    return through + own * paid_share + in_kind * lead_means


@rule
def win_log_odds(
    base: float,
    e_results: float,
    results: float,
    e_evidence: float,
    spacing: float,
    e_climate: float,
    climate: float,
    e_leader: float,
    leader: float,
) -> float:
    """E78. Log odds of a grant application: measured results over the promise, evidence, climate, leader."""
    merits = e_results * clip(results, -1.0, 1.0) + e_climate * climate + e_leader * leader
    return base + merits - e_evidence * spacing


@rule
def win_probability(log_odds: float, policy: float) -> float:
    """E79. Probability that an application wins; public policy support (1 in normal times) scales it."""
    return logistic(log_odds) * (0.5 + 0.5 * policy)


@rule
def award(low: float, high: float, u: float) -> float:
    """E80. Size of an award as a share of the founding need."""
    return low + (high - low) * u


@rule
def term(low: int, high: int, u: float) -> int:
    """E81. Months of a later grant: a whole half-year between `low` and `high` (whole numbers)."""
    halves = (high - low) // 6
    return low + 6 * int(u * (halves + 1)) if halves > 0 else low


@rule
def reserve_after(reserve: float, received: float, need: float, cap_months: float) -> float:
    """E82. Reserves next month: a surplus is kept up to the cap, a deficit is drawn from the stock."""
    return clip(reserve + received - need, 0.0, cap_months * need)


@rule
def staffing(level: float, received: float, reserve: float, need: float, speed: float) -> float:
    """E83. Staffing next month, a share of the need: it follows the money at hand with a lag."""
    affordable = min(1.0, (received + reserve) / need)
    return level + speed * (affordable - level)


@rule
def agenda_size(median: float, sd: float, z: float) -> float:
    """E84. Social output that completes the agenda, log-normal; 0 is open-ended."""
    return median * math.exp(sd * z)
