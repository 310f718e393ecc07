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
    """E75. Factor on the need by the efforts for the five conditions and relational governance (MODEL 4.7, 4.9)."""
    return 1.0 + effort_cost * mean_effort + governance_cost * relational_governance


@rule
def mean_effort(agenda: float, measurement: float, activities: float, communication: float) -> float:
    """E166. Mean of the four efforts for the conditions, a share (MODEL 4.9)."""
    return 0.25 * (agenda + measurement + activities + communication)


@rule
def staff_need(base: float, factor: float) -> float:
    """E167. Monthly cost of full staffing, from E74 and E75; 1 is the need of 25 members without efforts."""
    return base * factor


@rule
def of_need(share: float, need: float) -> float:
    """E168. Money that is a multiple of a need: grants, reserves, goods in kind, fees, what staff in place costs."""
    return share * need


@rule
def own_income(median: float, need: float, factor: float) -> float:
    """E169. Own income of a coalition a month, from the need at founding and E76."""
    return median * need * factor


@rule
def own_income_factor(sd: float, z: float) -> float:
    """E76. Own income of a coalition over the median, log-normal."""
    return math.exp(sd * z)


@rule
def grant_through(grant: float, inside_share: float, holder_budget: float) -> float:
    """E170. Grant as paid: a share depends on the budget of the member that funds (0 if nobody; S1 §4.1)."""
    return grant * (1.0 - inside_share * (1.0 - min(1.2, holder_budget)))


@rule
def paid_share(now: float, founding: float) -> float:
    """E171. Contributions of members now over their contributions at founding."""
    return now / founding


@rule
def lead_means(size: float, budget: float, commitment: float) -> float:
    """E172. Means that a lead lends in kind: its size by its budget level, as far as it is committed (S1 §2.1)."""
    return size * budget * commitment


@rule
def income(granted: float, own: float, paid_share: float, in_kind: float, lead_means: float) -> float:
    """E77. Income of a month: the grant as paid (E170), own income, goods in kind (S1 §2.1, §4.1)."""
    return granted + own * paid_share + in_kind * lead_means


@rule
def net_income(income: float, fee: float) -> float:
    """E173. Income of a month after the fee of the platform (E149)."""
    return income - fee


@rule
def may_apply(month: int, grant_end: int, interval: int) -> int:
    """E174. 1 in the months of applications: from half a year before the end of the grant, every `interval` months."""
    since = month - (grant_end - 6)
    return 1 if since >= 0 and since % interval == 0 else 0


@rule
def merits(e_results: float, results: float, e_climate: float, climate: float, e_leader: float, leader: float) -> float:
    """E175. Merits of an application, log odds: measured results over the promise, climate, leader (MODEL 4.12)."""
    return e_results * clip(results, -1.0, 1.0) + e_climate * climate + e_leader * leader


@rule
def missing_evidence(effect: float, spacing: float) -> float:
    """E176. Evidence that an application lacks where assessment is coarse, log odds (MODEL 4.3, cost)."""
    return effect * spacing


@rule
def win_log_odds(base: float, merits: float, missing: float) -> float:
    """E78. Log odds of a grant application: merits (E175) less what evidence is missing (E176)."""
    return base + merits - missing


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
