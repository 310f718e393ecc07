"""Money of the backbone (ODD: schedule 13; MODEL 4.12, 9; S1 §4.1)."""

import math

from cisim.core.jit import rule
from cisim.core.rules.common import clip, logistic


@rule
def base_need(n_members, elasticity):  # type: ignore[no-untyped-def]
    """E72. Staff need without extra efforts, 1 at 25 members."""
    return (n_members / 25.0) ** elasticity


@rule
def need_factor(mean_effort, effort_cost, relational_governance, governance_cost):  # type: ignore[no-untyped-def]
    """E73. What the efforts for the five conditions and relational governance add to the need (MODEL 4.7, 4.9)."""
    return 1.0 + effort_cost * mean_effort + governance_cost * relational_governance


@rule
def own_income_factor(sd, z):  # type: ignore[no-untyped-def]
    """E74. Own income of a coalition over the median, log-normal."""
    return math.exp(sd * z)


@rule
def income(grant, inside_share, holder_budget, own, paid_share, in_kind, lead_means):  # type: ignore[no-untyped-def]  # noqa: PLR0913
    """E75. Income of a month.

    A share of the grant hangs on the budget level of the member that funds (0 if nobody does), own income on what
    members now put in over what they did at founding, goods in kind on the means of the lead (S1 §2.1, §4.1).
    """
    through = grant * (1.0 - inside_share * (1.0 - min(1.2, holder_budget)))
    return through + own * paid_share + in_kind * lead_means


@rule
def win_log_odds(base, e_results, results, e_evidence, spacing, e_climate, climate, e_leader, leader):  # type: ignore[no-untyped-def]  # noqa: PLR0913
    """E76. Log odds of a grant application: measured results over the promise, evidence, climate, leader."""
    merits = e_results * clip(results, -1.0, 1.0) + e_climate * climate + e_leader * leader
    return base + merits - e_evidence * spacing


@rule
def win_probability(log_odds, policy):  # type: ignore[no-untyped-def]
    """E77. Probability that an application wins; public policy support (1 in normal times) scales it."""
    return logistic(log_odds) * (0.5 + 0.5 * policy)


@rule
def award(low, high, u):  # type: ignore[no-untyped-def]
    """E78. Size of an award as a share of the founding need."""
    return low + (high - low) * u


@rule
def term(low, high, u):  # type: ignore[no-untyped-def]
    """E79. Months of a later grant: a whole half-year between `low` and `high` (whole numbers)."""
    halves = (high - low) // 6
    return low + 6 * int(u * (halves + 1)) if halves > 0 else low


@rule
def reserve_after(reserve, received, need, cap_months):  # type: ignore[no-untyped-def]
    """E80. Reserves next month: a surplus is kept up to the cap, a deficit is drawn from the stock."""
    return clip(reserve + received - need, 0.0, cap_months * need)


@rule
def staffing(level, received, reserve, need, speed):  # type: ignore[no-untyped-def]
    """E81. Staffing next month, a share of the need: it follows the money at hand with a lag."""
    affordable = min(1.0, (received + reserve) / need)
    return level + speed * (affordable - level)


@rule
def agenda_size(median, sd, z):  # type: ignore[no-untyped-def]
    """E82. Social output that completes the agenda, log-normal; 0 is open-ended."""
    return median * math.exp(sd * z)
