"""The world around a coalition (ODD: schedule 1)."""

import math

from cisim.core.jit import rule


@rule
def climate(level: float, persistence: float, sd: float, z: float) -> float:
    """E5. Economic climate next month: AR(1) with long-run spread `sd`. Source: MODEL 3.1."""
    return persistence * level + sd * math.sqrt(1.0 - persistence * persistence) * z


@rule
def log_budget(level: float, reversion: float, sd: float, swing: float, z: float, cut: float) -> float:
    """E6. Log budget after one year (0 at founding).

    A random walk of spread `sd` times `swing` (above 1 where the programme is not core business, S1 §4.1) that is
    pulled back by `reversion` (a share a year) and falls by `cut` in a bad year. Source: CECP 2011; MODEL 9 (traps).
    """
    return (1.0 - reversion) * level + sd * swing * z - cut


@rule
def climate_shock(level: float, size: float) -> float:
    """E7. Climate after a downturn of `size` (share; 1 is four climate points). Source: S1 §2.2."""
    return level - 4.0 * size


@rule
def loss(level: float, size: float) -> float:
    """E8. Remainder of a budget, a grant, policy support or trust after a loss of share `size`."""
    return level * (1.0 - size)


@rule
def spanner_loss(size: float, lost: float) -> float:
    """E200. Share of trust lost on every tie of a member whose leadership changes, as boundary spanners leave."""
    return size * lost


@rule
def internal_kind(u: float) -> int:
    """E201. Kind of an internal shock, one as likely as the other: 0 a new leadership, 1 a shift of goals (S1 §2.2)."""
    return 0 if u < 0.5 else 1


@rule
def external_kind(u: float) -> int:
    """E202. Kind of an external shock, each as likely: 0 a downturn, 1 a funder's withdrawal, 2 the end of a policy."""
    return 0 if u < 1.0 / 3.0 else (1 if u < 2.0 / 3.0 else 2)


@rule
def goal_shift(weight: float, size: float, z: float) -> float:
    """E9. Social value weight after a goal shift inside a member (0.3 at full size). Source: S1 §2.2."""
    return min(1.0, max(0.0, weight + 0.3 * size * z))


@rule
def yearly_level(log_level: float) -> float:
    """E96. Budget level that a year gives, 1 at founding."""
    return math.exp(log_level)


@rule
def budget_level(level: float, support: float) -> float:
    """E10. Budget level of a month: what the year gives (`level`, E96) times the share not withdrawn (`support`)."""
    return level * support


@rule
def agency_budget(level: float, policy: float) -> float:
    """E198. Budget level of a public agency: E10 by the policy support of the day (S1 §3)."""
    return level * policy


@rule
def budget_swing(wavering: float, leads: float) -> float:
    """E199. Swing of a yearly budget, 1 for funders; the programme of a leading corporation (1) wavers (S1 §4.1)."""
    return 1.0 + wavering * leads


@rule
def rivals(mean: float, deviation: float) -> float:
    """E91. Rival calls on members' attention, at least 0; `deviation` follows E5. Source: Jensen & Cornwell 2017."""
    return max(0.0, mean + deviation)
