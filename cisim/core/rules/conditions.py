"""The five conditions of collective impact (ODD: schedule 14; S1 §2.1, §4.1; MODEL 4.9)."""

from cisim.core.jit import rule
from cisim.core.rules.common import approach, clip


@rule
def agenda_target(effort, spread, abstracting, credibility):  # type: ignore[no-untyped-def]
    """E32. Common agenda that the state supports: effort, a narrow spread of weights, a credible frame."""
    return clip(0.2 + 0.6 * effort - 1.5 * spread + 0.3 + 0.2 * abstracting * credibility, 0.0, 1.0)


@rule
def measurement_target(effort, spacing):  # type: ignore[no-untyped-def]
    """E33. Shared measurement: effort, less where spacing keeps assessment coarse (S1 §4.3.3)."""
    return clip((0.2 + 0.8 * effort) * (1.0 - 0.6 * spacing), 0.0, 1.0)


@rule
def activities_target(effort, roles_held, shirked):  # type: ignore[no-untyped-def]
    """E34. Mutually reinforcing activities: effort, share of roles held, little shirking."""
    return clip((0.2 + 0.8 * effort) * roles_held * (1.0 - shirked), 0.0, 1.0)


@rule
def communication_target(effort, trust, language):  # type: ignore[no-untyped-def]
    """E35. Continuous communication: effort, carried by trust and shared language (S2 §2.2)."""
    return clip((0.2 + 0.8 * effort) * (0.5 + 0.25 * trust + 0.25 * language), 0.0, 1.0)


@rule
def support_target(staffing, lead_commitment):  # type: ignore[no-untyped-def]
    """E36. Backbone support: staffing and the commitment of the lead (0 if nobody leads)."""
    return clip(staffing * (0.5 + 0.5 * lead_commitment), 0.0, 1.0)


@rule
def condition(level, target, mean_of_others, mutual, speed):  # type: ignore[no-untyped-def]
    """E37. A condition next month: towards its target, raised or lowered by the others (Stachowiak & Gase 2018)."""
    return clip(approach(level, target + mutual * (mean_of_others - 0.5), speed), 0.0, 1.0)
