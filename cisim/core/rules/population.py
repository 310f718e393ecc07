"""Who an organisation is at founding (ODD: initialisation)."""

import math
from typing import NamedTuple

from cisim.core.jit import rule
from cisim.core.rules.common import clip


class Capabilities(NamedTuple):
    """What an organisation can do in each role, in the order of `kinds.ROLES` (shares)."""

    plan: float
    implement: float
    fund: float
    expertise: float


@rule
def founding_weight(kind_mean: float, common: float, divergence: float, sd: float, z: float) -> float:
    """E1. Social value weight of an organisation, a share.

    The kind's mean and the personal deviate `z` (standard normal, spread `sd`) are both scaled by `divergence`; at 0
    everybody holds the `common` weight. Source: S1 §1, §4.2; MODEL 9.
    """
    return clip(common + divergence * (kind_mean - common + sd * z), 0.0, 1.0)


@rule
def founding_size(median: float, sd: float, z: float) -> float:
    """E2. Size (power and resources, 1 for a middling member), log-normal. Source: S2 §2.2."""
    return median * math.exp(sd * z)


@rule
def capability(mean: float, sd: float, z: float) -> float:
    """E3. Capability for one role, a share of at least 0.05. Source: S1 Fig. 2; S2 §4.2."""
    return clip(mean + sd * z, 0.05, 1.0)


@rule
def resonance(mean: float, sd: float, z: float) -> float:
    """E4. Resonance with a master frame, a share. Source: S1 §4.3.2."""
    return clip(mean + sd * z, 0.0, 1.0)
