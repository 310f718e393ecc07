"""Abstracting: a master frame of social value (ODD: schedule 3; S1 §4.3.2; MODEL 4.2)."""

from cisim.core.jit import rule
from cisim.core.rules.common import approach, clip


@rule
def effective_weight(
    weight: float, resonance: float, abstracting: float, credibility: float, pull: float, target: float
) -> float:
    """E18. Social value weight that a member acts on: own weight drawn towards the frame's `target`."""
    return weight + pull * abstracting * resonance * credibility * (target - weight)


@rule
def credibility(level: float, perceived: float, promised: float, speed: float) -> float:
    """E19. Credibility of the frame next month, a share: it lives on results and falls twice as fast as it grows."""
    target = min(1.0, perceived / promised)
    return clip(approach(level, target, 2.0 * speed if target < level else speed), 0.0, 1.0)


@rule
def framing_factor(abstracting: float, expertise: float, vagueness: float, discretion: float) -> float:
    """E20. Output under a frame over output without: vagueness costs, discretion of the expert pays.

    `expertise` is the capability of whoever holds the expertise role (0 if nobody). Source: S1 §4.3.2, quotation
    "we gave all the discretion ... to SDS"; MODEL 4.2.
    """
    return (1.0 - vagueness * abstracting) * (1.0 + discretion * abstracting * (expertise - 0.5))


@rule
def frame_binding(abstracting: float, resonance: float, credibility: float) -> float:
    """E157. What the frame binds a member by: it must resonate and be believed (S1 §4.3.2)."""
    return abstracting * resonance * credibility


@rule
def backlog_growth(growth: float, abstracting: float, resonance: float, credibility: float) -> float:
    """E158. Rate at which unmet aspirations pile up behind the frame, a month. Source: MODEL 4.2 (cost)."""
    return growth * abstracting * resonance * credibility


@rule
def backlog(level: float, growth: float, weight: float, economic_gap: float, decay: float) -> float:
    """E21. Unmet economic aspirations piled up behind the frame (`growth`, E158), next month. Source: MODEL 4.2."""
    unmet = max(0.0, -economic_gap)
    return level + growth * (1.0 - weight) * unmet - decay * level


@rule
def hypocrisy(abstracting: float, resonance: float, credibility: float, credible: float) -> float:
    """E22. Resentment of a frame that results belie. Source: MODEL 3.13, 4.2 (cost)."""
    return abstracting * resonance * max(0.0, credible - credibility)
