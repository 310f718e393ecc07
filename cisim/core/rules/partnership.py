"""What a negotiated partnership takes along, and the joint platform (ODD: formation; S2 §2.2, §4.3, §4.4)."""

import math

from cisim.core.jit import rule


@rule
def inherited(level: float, carried: float, capital: float) -> float:
    """E114. Trust or language on a tie at founding, a share, with what the negotiation has built (S2 §2.2)."""
    return level + carried * capital * (1.0 - level)


@rule
def promise_factor(belief: float, perceived: float, competence: float) -> float:
    """E115. Multiplier of the promise: expectations follow perceived, results true competence (S2 §4.3; MODEL 4.5)."""
    return max(0.5, 1.0 + belief * (perceived - competence))


@rule
def platform_factor(platform: float, gain: float, providers: float, loss: float, months: float, age: float) -> float:
    """E116. Multiplier of output by a joint platform of intensity `platform` (S2 §4.4; MODEL 4.8).

    Value is co-created where several provide; setting it up takes output at first, `months` being the time scale.
    """
    return 1.0 + platform * (gain * (1.0 - 1.0 / max(1.0, providers)) - loss * math.exp(-age / months))


@rule
def protection(penalty: float, complement: float, relational_governance: float) -> float:
    """E117. Protection inside a contract, log units: relational governance complements it (Poppo & Zenger 2002)."""
    return penalty * (1.0 + complement * relational_governance)
