"""Social enterprises that a programme nurtures (ODD: schedule 6; S1 §1, §3, §4.3.1)."""

import math

from cisim.core.jit import rule

#: Most that an enterprise grows: log revenue over that at entry, about a hundred-thousandfold. The fastest growing
#: firms on record grew ten-thousandfold in twenty years (Google from 2000 on, annual reports).
MOST_GROWN = 11.5

#: Most jobs of an enterprise, the order of size of the largest social enterprises (Groupe SOS: about 20 000).
MOST_JOBS = 10_000.0


@rule
def intake_number(yearly: float, capacity: float, u: float) -> int:
    """E34. Enterprises taken in this year: `yearly` places at full capacity (share), rounded by one draw."""
    return int(yearly * capacity + u)


@rule
def programme_capacity(staffing: float, joint: float) -> float:
    """E35. Share of its places that a programme can fill: staff and joint input, at most 1.2."""
    return min(1.2, (0.4 + 0.6 * staffing) * min(1.2, math.sqrt(joint)))


@rule
def support_added(level: float, outcome: float) -> float:
    """E36. Support received after one more month of the one-year programme (1 is a year at output 1)."""
    return level + outcome / 12.0


@rule
def support_left(age: float, memory: float) -> float:
    """E97. Share of the effect of support that is left at `age`; both in months."""
    return math.exp(-age / memory)


@rule
def supported_growth(growth_support: float, economic_support: float, left: float) -> float:
    """E206. Growth of log revenue in a year by support, as far as it is `left` (E97)."""
    return growth_support * economic_support * left


@rule
def log_revenue(level: float, growth: float, supported: float, sd: float, z: float) -> float:
    """E37. Log revenue after one more year (0 at entry): own growth, growth from support (E206), and chance.

    `growth`, `supported` and `sd` are a year's. It ends at 11.5, since no firm outgrows every market.
    """
    return min(MOST_GROWN, level + growth + supported + sd * z)


@rule
def jobs(start: float, level: float, elasticity: float, jobs_support: float, social_support: float) -> float:
    """E38. Jobs of an enterprise, at most 10 000: growing firms hire (S1 §4.2), social support makes jobs a goal.

    Source: S1 §4.3.1 (jobs for the disadvantaged as a goal).
    """
    return min(MOST_JOBS, start * math.exp(elasticity * level) * (1.0 + jobs_support * social_support))


@rule
def closure_rate(rate: float, exit_support: float, social_support: float, economic_support: float) -> float:
    """E39. Monthly closure hazard of an enterprise; support of both kinds lowers it."""
    return rate / 12.0 * math.exp(-exit_support * 0.5 * (social_support + economic_support))
