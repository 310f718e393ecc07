"""Social enterprises that a programme nurtures (ODD: schedule 6; S1 §1, §3, §4.3.1)."""

import math

from cisim.core.jit import rule


@rule
def intake_number(yearly, capacity, u):  # type: ignore[no-untyped-def]
    """E83. Enterprises taken in this year: `yearly` places at full capacity (share), rounded by one draw."""
    return int(yearly * capacity + u)


@rule
def programme_capacity(staffing, joint):  # type: ignore[no-untyped-def]
    """E84. Share of its places that a programme can fill: staff and joint input, at most 1.2."""
    return min(1.2, (0.4 + 0.6 * staffing) * min(1.2, joint**0.5))


@rule
def support_added(level, outcome):  # type: ignore[no-untyped-def]
    """E85. Support received after one more month of the one-year programme (1 is a year at output 1)."""
    return level + outcome / 12.0


@rule
def log_revenue(level, growth, growth_support, economic_support, age, memory, sd, z):  # type: ignore[no-untyped-def]  # noqa: PLR0913
    """E86. Log revenue next month (0 at entry): own growth and growth from support that fades over `memory` months."""
    drift = growth + growth_support * economic_support * math.exp(-age / memory)
    return level + drift / 12.0 + sd * math.sqrt(1.0 / 12.0) * z


@rule
def jobs(start, level, elasticity, jobs_support, social_support):  # type: ignore[no-untyped-def]
    """E87. Jobs of an enterprise: growing firms hire (S1 §4.2), social support makes jobs a goal (S1 §4.3.1)."""
    return start * math.exp(elasticity * level) * (1.0 + jobs_support * social_support)


@rule
def closure_rate(rate, exit_support, social_support, economic_support):  # type: ignore[no-untyped-def]
    """E88. Monthly closure hazard of an enterprise; support of both kinds lowers it."""
    return rate / 12.0 * math.exp(-exit_support * 0.5 * (social_support + economic_support))
