"""Conflict in three channels kept apart (ODD: schedule 9; S1 §4.2, §4.3; MODEL 3.9)."""

import math

from cisim.core.jit import rule


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
