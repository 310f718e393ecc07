"""Gazing: attend to one goal, then the other (ODD: schedule 2; S1 §4.3.1; MODEL 4.1)."""

import math

from cisim.core.jit import rule
from cisim.core.rules.common import clip


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
