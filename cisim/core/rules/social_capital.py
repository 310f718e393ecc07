"""Three kinds of social capital on a tie (ODD: schedule 9; S2 §2.2)."""

from cisim.core.jit import rule
from cisim.core.rules.common import clip

#: Social value weight that stands for a lead (E56) while nobody leads.
LEADERLESS = 0.3


@rule
def closure(common_partners: float) -> float:
    """E53. Structural capital of a tie, a share, from the number of common third parties."""
    return common_partners / (common_partners + 4.0)


@rule
def trust_start(mean: float, z: float) -> float:
    """E54. Trust on a new tie, a share."""
    return clip(mean + 0.1 * z, 0.05, 0.95)


@rule
def both_partners(first: float, second: float) -> float:
    """E151. State of a tie as the mean of its two partners' states (satisfaction, conflict, kept contributions)."""
    return 0.5 * (first + second)


@rule
def goodwill(effect: float, spacing: float) -> float:
    """E152. Goodwill that spacing wins by not looking closely (S1 §4.3.3)."""
    return effect * spacing


@rule
def bonds(
    governance: float, relational_governance: float, goodwill: float, closure_gain: float, closed: float
) -> float:
    """E153. What binds two partners: relational governance, goodwill, common third parties (S2 §2.2)."""
    return governance * relational_governance + goodwill + closure_gain * closed


@rule
def trust_drive(rate: float, bonds: float, communication: float, coordination: float, legitimacy: float) -> float:
    """E55. Rate at which kept promises become trust, a month.

    Bonds (E153), coordination through continuous communication (MODEL 3.9) and the legitimacy of the lead (S1 §2.1)
    speed it.
    """
    return rate * (1.0 + bonds + coordination * communication) * legitimacy


@rule
def legitimacy(effect: float, lead_weight: float) -> float:
    """E56. Multiplier of trust by the social value weight of the lead (1 at 0.6). Source: S1 §2.1."""
    return max(0.1, 1.0 + effect * (lead_weight - 0.6))


@rule
def fine_control(rate: float, spacing: float) -> float:
    """E154. Rate at which fine control costs goodwill, a month; spacing spares it (MODEL 3.9)."""
    return rate * (1.0 - spacing)


@rule
def trust_loss(conflict: float, conflict_rate: float, control: float, result_rate: float, satisfaction: float) -> float:
    """E57. Rate at which trust is lost, a month: to conflict, to fine control (E154), and to poor results."""
    return conflict_rate * conflict + control + result_rate * max(0.0, -satisfaction)


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
