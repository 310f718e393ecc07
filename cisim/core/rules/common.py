"""How much a member weighs in the coalition's position (ODD: schedule 2 and 9)."""

import math

from cisim.core.jit import rule


@rule
def power(size: float, commitment: float, holds_role: float) -> float:
    """E11. Power of a member: size x commitment, twice that for the backbone (`holds_role` 1, else 0). MODEL 9."""
    return size * commitment * (1.0 + holds_role)


@rule
def clip(x: float, low: float, high: float) -> float:
    """`x` kept inside [low, high]."""
    return low if x < low else (high if x > high else x)


@rule
def around(x: float) -> float:
    """`x` on a ring of circumference 1, in [0, 1)."""
    return x - math.floor(x)


@rule
def logistic(x: float) -> float:
    """Share with log odds `x`."""
    return 1.0 / (1.0 + math.exp(-clip(x, -50.0, 50.0)))


@rule
def rate_to_probability(rate: float) -> float:
    """E0. Probability of an event in one month at a constant hazard `rate` (a month, at least 0)."""
    return -math.expm1(-rate)


@rule
def approach(level: float, target: float, speed: float) -> float:
    """`level` after one month on its way to `target`; `speed` is the share of the gap closed."""
    return level + speed * (target - level)


@rule
def hazard_threshold(u: float) -> float:
    """E93. Cumulated hazard at which an event strikes, standard exponential from a uniform `u`.

    An event that strikes when the hazard passed reaches it has probability E0 in each month, given none before.
    """
    return -math.log(u)


@rule
def monthly_rate(yearly: float) -> float:
    """E177. Rate a month of what happens at the rate `yearly` a year."""
    return yearly / 12.0


@rule
def is_due(month: int, every: int) -> int:
    """E178. 1 in the last month of each round of `every` months, else 0."""
    return 1 if month % every == 0 else 0


@rule
def is_new_year(month: int) -> int:
    """E179. 1 in the first month of each year, else 0."""
    return 1 if month % 12 == 1 else 0


@rule
def share_of(part: float, whole: float) -> float:
    """E180. Share that a number is of another, which is above 0."""
    return part / whole
