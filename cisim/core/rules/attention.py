"""Gazing and abstracting: attention to goals, and the master frame."""

import math

from cisim.core.jit import rule
from cisim.core.rules.common import approach, clip


@rule
def balanced_attention(mean_weight: float) -> float:
    """E12. Attention to social goals that the members' mean effective weight asks for, in [0.15, 0.85]."""
    return clip(mean_weight, 0.15, 0.85)


@rule
def round_position(month: int, period: int) -> int:
    """E181. Month in the round of gazing, 0 to `period` - 1; the first month of all begins one."""
    return (month - 1) % period


@rule
def social_share(position: int, balance: float, period: int) -> float:
    """E13. Share of a month that falls in the social phase.

    `position` is the month in the round (0 to period - 1). The phases add up to `balance` over a round, so gazing
    cannot win by moving the goals (MODEL 9).
    """
    return clip(balance * period - position, 0.0, 1.0)


@rule
def attention(balance: float, gazing: float, share_social: float) -> float:
    """E14. Attention to social goals in a month, a share: balanced without gazing, all or nothing at full gazing."""
    return balance + gazing * (share_social - balance)


@rule
def months_since_switch(position: int, balance: float, period: int) -> float:
    """E15. Whole months since attention last switched."""
    switch = math.floor(balance * period)
    return float(position) if position < switch else float(position - switch)


@rule
def switching_loss(cost: float, gazing: float, since_switch: float, digest_months: float) -> float:
    """E16. Share of output lost to the last switch. Source: MODEL 4.1 (cost of gazing)."""
    return cost * gazing * math.exp(-since_switch / digest_months)


@rule
def remembered_attention(remembered: float, attended: float, memory_months: float) -> float:
    """E17. Attention as members remember it: a moving average over `memory_months`."""
    return remembered + (attended - remembered) / memory_months


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
    """E157. Binding of a member by the frame, which must resonate and be believed (S1 §4.3.2)."""
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
