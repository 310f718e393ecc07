"""Commitment, staying and leaving (ODD: schedule 11; MODEL 3.11, 4.12)."""

import math

from cisim.core.jit import rule
from cisim.core.rules.common import logistic


@rule
def commitment_target(
    base: float,
    satisfaction: float,
    e_satisfaction: float,
    conflict: float,
    e_conflict: float,
    trust: float,
    e_trust: float,
    frame: float,
    e_frame: float,
    autonomy: float,
    e_autonomy: float,
    outside: float,
    e_outside: float,
    deferred: float,
    e_lock_in: float,
) -> float:
    """E65. Commitment that the state supports, a share: logistic in what binds and what pushes (`e_*` effects)."""
    binds = e_satisfaction * satisfaction + e_trust * (trust - 0.5) + e_frame * frame
    pushes = e_conflict * conflict + e_autonomy * autonomy + e_outside * outside + e_lock_in * deferred
    return logistic(base + binds - pushes)


@rule
def disappointment(
    strength: float, evidence_effect: float, evidence_demand: float, spacing: float, satisfaction: float
) -> float:
    """E66. Reason to leave: disappointment, more where evidence is wanted and spacing denies it (MODEL 4.3, cost)."""
    return (strength + evidence_effect * evidence_demand * spacing) * max(0.0, -satisfaction)


@rule
def free_hazard(
    base_rate: float, reasons: float, outside: float, climate: float, trust: float, satisfaction: float
) -> float:
    """E67. Hazard of leaving with no contract in the way, a month.

    `reasons` is the sum of conflict, disappointment, dependence and hypocrisy; the other arguments are already
    multiplied by their effects. Source: MODEL 9; Jensen & Cornwell 2017 on climate.
    """
    protection = climate + trust + max(0.0, satisfaction)
    return base_rate * math.exp(min(12.0, reasons + outside - protection))


@rule
def inside_factor(at_review: int, break_penalty: float, review: float) -> float:
    """E95. What is left of the free hazard inside a contract: the break penalty protects, less so at a review (1)."""
    return math.exp(review * at_review - break_penalty)


@rule
def hazard_now(
    free: float,
    at_end: int,
    inside: float,
    contract_end: float,
    surfacing: float,
    deferred: float,
) -> float:
    """E68. Hazard of leaving in this month.

    At the contract's end (`at_end` 1) the free hazard is raised by the occasion and by what `surfacing` brings up, and
    the deferred hazard is released; else the share `inside` (E95) is left.
    """
    if at_end > 0:
        return free * math.exp(min(12.0, contract_end + surfacing)) + deferred
    return free * inside


@rule
def deferred_wish(level: float, free: float, now: float, decay: float) -> float:
    """E69. Wish to leave that the contract holds back: deferred, not gone (MODEL 3.11)."""
    return level * (1.0 - decay) + max(0.0, free - now)


@rule
def cause_of_leaving(conflict: float, disappointment: float, dependence: float, hypocrisy: float, u: float) -> int:
    """E70. Reason that one draw `u` picks: 0 conflict, 1 disappointment, 2 dependence, 3 hypocrisy, 4 external.

    External with probability exp(-sum of reasons), else in proportion to the reasons (MODEL 9).
    """
    total = conflict + disappointment + dependence + hypocrisy
    external = math.exp(-total)
    if u < external or total <= 0.0:
        return 4
    at = (u - external) / (1.0 - external) * total
    if at < conflict:
        return 0
    if at < conflict + disappointment:
        return 1
    return 2 if at < conflict + disappointment + dependence else 3
