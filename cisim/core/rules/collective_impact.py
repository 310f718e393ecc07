"""The five conditions of collective impact, and the assessment of results."""

import math

from cisim.core.jit import rule
from cisim.core.rules.common import approach, clip


@rule
def agenda_target(effort: float, variance: float, abstracting: float, credibility: float) -> float:
    """E85. Common agenda that the state supports: effort, a narrow spread of weights, a credible frame."""
    spread = math.sqrt(variance)
    return clip(0.2 + 0.6 * effort - 1.5 * spread + 0.3 + 0.2 * abstracting * credibility, 0.0, 1.0)


@rule
def measurement_target(effort: float, spacing: float) -> float:
    """E86. Shared measurement: effort, less where spacing keeps assessment coarse (S1 §4.3.3)."""
    return clip((0.2 + 0.8 * effort) * (1.0 - 0.6 * spacing), 0.0, 1.0)


@rule
def activities_target(effort: float, roles_held: float, shirked: float) -> float:
    """E87. Mutually reinforcing activities: effort, share of roles held, little shirking."""
    return clip((0.2 + 0.8 * effort) * roles_held * (1.0 - shirked), 0.0, 1.0)


@rule
def communication_target(effort: float, trust: float, language: float) -> float:
    """E88. Continuous communication: effort, carried by trust and shared language (S2 §2.2)."""
    return clip((0.2 + 0.8 * effort) * (0.5 + 0.25 * trust + 0.25 * language), 0.0, 1.0)


@rule
def support_target(staffing: float, lead_commitment: float) -> float:
    """E89. Backbone support: staffing and the commitment of the lead (0 if nobody leads)."""
    return clip(staffing * (0.5 + 0.5 * lead_commitment), 0.0, 1.0)


@rule
def mean_of_others(mean: float, level: float) -> float:
    """E184. Mean of the four other conditions, from the mean of all five."""
    return (mean * 5.0 - level) / 4.0


@rule
def condition(level: float, target: float, mean_of_others: float, mutual: float, speed: float) -> float:
    """E90. A condition next month: towards its target, raised or lowered by the others (Stachowiak & Gase 2018)."""
    return clip(approach(level, target + mutual * (mean_of_others - 0.5), speed), 0.0, 1.0)


@rule
def perceived(level: float, result: float, window: float, window_spacing: float, spacing: float) -> float:
    """E40. Result as perceived: a moving average over a window (months) that spacing lengthens (S1 §4.3.3)."""
    return level + (result - level) / max(1.0, window * (1.0 + window_spacing * spacing))


@rule
def promised(optimism: float, factor: float, result: float) -> float:
    """E182. Result promised: a fair one with the optimism of beginners, and what was believed of a partner (E115)."""
    return optimism * factor * result


@rule
def aspiration(level: float, seen: float, speed: float) -> float:
    """E41. Aspiration next month: it adapts to experience (Cyert & March 1963; Levinthal & March 1981)."""
    return level + speed * (seen - level)


@rule
def yardstick(aspired: float, promised: float, promise_weight: float) -> float:
    """E42. Yardstick of a result: aspirations that adapt and a promise that does not (MODEL 3.5)."""
    return promise_weight * promised + (1.0 - promise_weight) * aspired


@rule
def appraisal_weight(weight: float, gazing: float, sequential: float, attended: float) -> float:
    """E43. Weight of the social result in the appraisal: under gazing it leans to the goal in focus."""
    return weight + gazing * sequential * (attended - weight)


@rule
def relative_gap(seen: float, expected: float) -> float:
    """E44. Result over expectation, less one (0 where nothing is expected)."""
    return seen / expected - 1.0 if expected > 0.0 else 0.0


@rule
def satisfaction(weight: float, social_gap: float, economic_gap: float, loss_aversion: float, floor: float) -> float:
    """E45. Satisfaction with both results: weighted gaps, shortfalls count `loss_aversion` times, never below floor."""
    social = social_gap if social_gap >= 0.0 else loss_aversion * social_gap
    economic = economic_gap if economic_gap >= 0.0 else loss_aversion * economic_gap
    return min(1.0, max(floor, weight * social + (1.0 - weight) * economic))


@rule
def is_satisfied(satisfaction: float) -> float:
    """E183. 1.0 if results meet their yardstick, else 0.0."""
    return 1.0 if satisfaction >= 0.0 else 0.0
