"""Sums over members in one fixed order, so that every engine rounds alike.

Python's own `sum` rounds differently from version 3.12 on, NumPy's adds in pairs: neither is used in an engine.
"""

import numpy as np
from numpy.typing import NDArray

from cisim.core.jit import rule

Floats = NDArray[np.float64]


@rule
def total(values: Floats) -> float:
    """Sum of a 1-d float array, first to last."""
    result = 0.0
    for value in values:
        result += value
    return result


@rule
def mean(values: Floats) -> float:
    """Mean of a 1-d float array; 0 if it is empty."""
    return total(values) / values.size if values.size > 0 else 0.0


@rule
def apart(value: float, centre: float) -> float:
    """Distance between two numbers; 0 where only rounding parts them."""
    distance = abs(value - centre)
    return distance if distance > 1e-9 else 0.0


@rule
def weighted_share(flags: Floats, weights: Floats) -> float:
    """Share of the weight whose flag is 1; 0 if nobody has weight."""
    weight = total(weights)
    met = 0.0
    for i in range(flags.size):
        met += flags[i] * weights[i]
    return met / weight if weight > 0.0 else 0.0


@rule
def weighted_moments(values: Floats, weights: Floats) -> tuple[float, float]:
    """Weighted mean and variance of 1-d float arrays; plain ones if all weights are 0."""
    weight = total(weights)
    centre = 0.0
    for i in range(values.size):
        centre += values[i] * (weights[i] / weight if weight > 0.0 else 1.0 / values.size)
    spread = 0.0
    for i in range(values.size):
        share = weights[i] / weight if weight > 0.0 else 1.0 / values.size
        spread += share * (values[i] - centre) * (values[i] - centre)
    return centre, spread
