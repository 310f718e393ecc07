"""Small functions that many rules share."""

import math

from cisim.core.jit import rule


@rule
def clip(x, low, high):  # type: ignore[no-untyped-def]
    """`x` kept inside [low, high]."""
    return low if x < low else (high if x > high else x)


@rule
def logistic(x):  # type: ignore[no-untyped-def]
    """Share with log odds `x`."""
    return 1.0 / (1.0 + math.exp(-clip(x, -50.0, 50.0)))


@rule
def rate_to_probability(rate):  # type: ignore[no-untyped-def]
    """E0. Probability of an event in one month at a constant hazard `rate` (a month, at least 0)."""
    return -math.expm1(-rate)


@rule
def approach(level, target, speed):  # type: ignore[no-untyped-def]
    """`level` after one month on its way to `target`; `speed` is the share of the gap closed."""
    return level + speed * (target - level)
