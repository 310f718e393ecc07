"""The five conditions of collective impact (ODD: schedule 14; S1 §2.1, §4.1; MODEL 4.9)."""

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
