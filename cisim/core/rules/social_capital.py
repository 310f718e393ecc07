"""Relations between two members: trust, shared language, conflict in its three channels."""

import math

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


@rule
def felt_distance(weight: float, mean: float, variance: float, tie_distance: float, tie_share: float) -> float:
    """E46. Distance that a member feels: to the coalition's mean position and along its own ties.

    `mean` and `variance` are power-weighted over members, `tie_distance` the mean of E47 over its ties.
    """
    general = math.sqrt((weight - mean) * (weight - mean) + variance)
    return (1.0 - tie_share) * general + tie_share * tie_distance


@rule
def tie_distance(first: float, second: float, language: float, relief: float) -> float:
    """E47. Distance between two partners' effective weights, eased by shared language (S2 §2.2)."""
    return abs(first - second) * (1.0 - relief * language)


@rule
def agenda_clash(strength: float, attended: float) -> float:
    """E48. Channel 1: clash of goals over a divided agenda; none while one goal has all attention (gazing)."""
    return strength * 4.0 * attended * (1.0 - attended)


@rule
def confrontation(strength: float, exposure: float, measurement: float, spacing: float, satisfaction: float) -> float:
    """E49. Channel 3: blame when fine, shared measures disappoint; spacing avoids it (S1 §4.3.3).

    Shared `measurement` (par 0.5) exposes divergence (MODEL 4.9, cost).
    """
    visible = 1.0 + exposure * (measurement - 0.5)
    return strength * visible * (1.0 - spacing) * max(0.0, -satisfaction)


@rule
def neglect(strength: float, remembered_attention: float, weight: float, tolerance: float) -> float:
    """E50. Impatience of a side whose goal has been left aside for too long (MODEL 4.1, cost of gazing)."""
    return strength * max(0.0, abs(remembered_attention - weight) - tolerance)


@rule
def clashes(agenda: float, divergence: float, confronted: float) -> float:
    """E155. The three channels together; channel 2, `divergence`, is friction of weights as such (abstracting)."""
    return agenda + divergence + confronted


@rule
def conflict(scale: float, clashing: float, distance: float, trust: float, neglected: float) -> float:
    """E51. Conflict that a member lives in: the channels (`clashing`, E155) by distance and mistrust, and neglect."""
    return scale * clashing * distance * (1.0 - trust) + neglected


@rule
def unspoken(growth: float, spacing: float, distance: float, trust: float, satisfaction: float) -> float:
    """E156. Grievances of a month that spacing leaves unspoken (MODEL 4.3, cost)."""
    return growth * spacing * distance * (1.0 - trust) * max(0.0, -satisfaction)


@rule
def grievance(level: float, gathered: float, decay: float) -> float:
    """E52. Grievances left unspoken, next month; they surface at the contract's end (MODEL 4.3, cost)."""
    return level + gathered - decay * level
