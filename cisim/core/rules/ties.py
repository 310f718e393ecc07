"""Three kinds of social capital on a tie (ODD: schedule 9; S2 §2.2)."""

from cisim.core.jit import rule
from cisim.core.rules.common import clip


@rule
def closure(common_partners: float) -> float:
    """E53. Structural capital of a tie, a share, from the number of common third parties."""
    return common_partners / (common_partners + 4.0)


@rule
def trust_start(mean: float, z: float) -> float:
    """E54. Trust on a new tie, a share."""
    return clip(mean + 0.1 * z, 0.05, 0.95)


@rule
def trust_drive(
    rate: float,
    governance: float,
    relational_governance: float,
    goodwill: float,
    spacing: float,
    closed: float,
    closure_gain: float,
    communication: float,
    coordination: float,
    legitimacy: float,
) -> float:
    """E55. Rate at which kept promises become trust, a month.

    Relational governance (S2 §2.2), the goodwill of spacing (S1 §4.3.3), common third parties, coordination through
    continuous communication (MODEL 3.9) and the legitimacy of the lead (S1 §2.1) speed it.
    """
    bonds = governance * relational_governance + goodwill * spacing + closure_gain * closed
    return rate * (1.0 + bonds + coordination * communication) * legitimacy


@rule
def legitimacy(effect: float, lead_weight: float) -> float:
    """E56. Multiplier of trust by the social value weight of the lead (1 at 0.6). Source: S1 §2.1."""
    return max(0.1, 1.0 + effect * (lead_weight - 0.6))


@rule
def trust_loss(
    conflict: float,
    conflict_rate: float,
    control_rate: float,
    spacing: float,
    result_rate: float,
    satisfaction: float,
) -> float:
    """E57. Rate at which trust is lost, a month.

    To conflict, to fine control, which lowers goodwill and which spacing spares (MODEL 3.9), and to poor results.
    """
    return conflict_rate * conflict + control_rate * (1.0 - spacing) + result_rate * max(0.0, -satisfaction)


@rule
def trust(level: float, drive: float, loss: float, satisfaction: float, kept: float) -> float:
    """E58. Trust on a tie next month: grows with kept contributions and with results, which matter at least as much."""
    return clip(level + drive * max(0.0, 0.7 + satisfaction) * kept * (1.0 - level) - loss * level, 0.0, 1.0)


@rule
def language(level: float, growth: float, communication: float, relational_governance: float) -> float:
    """E59. Shared language on a tie next month, a share: built by communication and joint action, slowly lost."""
    return clip(level + growth * communication * (1.0 + relational_governance) * (1.0 - level) - 0.01 * level, 0.0, 1.0)


@rule
def introduction_rate(yearly: float, closed: float) -> float:
    """E92. Rate a year at which two members without a tie are introduced by those they both know (`closed`: E53)."""
    return yearly * closed
