"""Commitment, staying and leaving (ODD: schedule 11; MODEL 3.11, 4.12)."""

import math
from typing import NamedTuple

from cisim.core.jit import rule
from cisim.core.rules.common import logistic

#: Trust of which commitment thinks at first, before there is a tie.
FIRST_TRUST = 0.5


class Bearing(NamedTuple):
    """State of a member that its commitment depends on, in the units of E65."""

    satisfaction: float
    conflict: float
    trust: float
    frame: float
    autonomy_lost: float
    outside: float
    deferred: float


class CommitmentEffects(NamedTuple):
    """Effect of each part of a `Bearing` on the log odds of commitment, and what there is without any."""

    base: float
    satisfaction: float
    conflict: float
    trust: float
    frame: float
    autonomy: float
    outside: float
    lock_in: float


@rule
def commitment_target(bearing: Bearing, effects: CommitmentEffects) -> float:
    """E65. Commitment that the state supports, a share: logistic in what binds and what pushes."""
    e = effects
    binds = e.satisfaction * bearing.satisfaction + e.trust * (bearing.trust - 0.5) + e.frame * bearing.frame
    pushes = e.conflict * bearing.conflict + e.autonomy * bearing.autonomy_lost
    pushes = pushes + e.outside * bearing.outside + e.lock_in * bearing.deferred
    return logistic(e.base + binds - pushes)


@rule
def reason(effect: float, felt: float) -> float:
    """E159. Reason to leave, log units of hazard: what a member feels, by how much it weighs (MODEL 9)."""
    return effect * felt


@rule
def all_reasons(conflict: float, disappointment: float, dependence: float, hypocrisy: float) -> float:
    """E160. All reasons to leave together, log units of hazard."""
    return conflict + disappointment + dependence + hypocrisy


@rule
def rival_pull(effect: float, rivals: float) -> float:
    """E161. Pull of rival calls beyond the first, log units of hazard (Jensen & Cornwell 2017)."""
    return effect * (rivals - 1.0)


@rule
def outside_pull(effect: float, outside: float, rivals: float) -> float:
    """E162. Pull from outside, log units of hazard: own options, and rival calls (`rivals`, E161)."""
    return effect * outside + rivals


@rule
def bound_by(
    e_climate: float, climate: float, e_trust: float, trust: float, e_satisfaction: float, satisfaction: float
) -> float:
    """E163. Pull to stay without a contract, log units of hazard: climate, trust, results above par."""
    return e_climate * climate + e_trust * (trust - 0.5) + max(0.0, e_satisfaction * satisfaction)


@rule
def disappointment(
    strength: float, evidence_effect: float, evidence_demand: float, spacing: float, satisfaction: float
) -> float:
    """E66. Reason to leave: disappointment, more where evidence is wanted and spacing denies it (MODEL 4.3, cost)."""
    return (strength + evidence_effect * evidence_demand * spacing) * max(0.0, -satisfaction)


@rule
def free_hazard(base_rate: float, reasons: float, outside: float, bound: float) -> float:
    """E67. Hazard of leaving with no contract in the way, a month, from E160, E162 and E163.

    Source: MODEL 9; Jensen & Cornwell 2017 on climate.
    """
    return base_rate * math.exp(min(12.0, reasons + outside - bound))


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
def surfacing(grievance: float, backlog: float) -> float:
    """E164. Reasons that surface at the contract's end, log units of hazard (MODEL 4.2, 4.3)."""
    return grievance + backlog


@rule
def surfaced(reason: float, gathered: float) -> float:
    """E165. Reason to leave at the contract's end, with what had cumulated unspoken behind it."""
    return reason + gathered


@rule
def deferred_wish(level: float, free: float, now: float, decay: float) -> float:
    """E69. Wish to leave that the contract holds back: deferred, not gone (MODEL 3.11)."""
    return level * (1.0 - decay) + max(0.0, free - now)


@rule
def cause_of_leaving(conflict: float, disappointment: float, dependence: float, hypocrisy: float, u: float) -> int:
    """E70. Reason that one draw `u` picks: 0 conflict, 1 disappointment, 2 dependence, 3 hypocrisy, 4 external.

    External with probability exp(-sum of reasons), else in proportion to the reasons (MODEL 9).
    """
    total = all_reasons(conflict, disappointment, dependence, hypocrisy)
    external = math.exp(-total)
    if u < external or total <= 0.0:
        return 4
    at = (u - external) / (1.0 - external) * total
    if at < conflict:
        return 0
    if at < conflict + disappointment:
        return 1
    return 2 if at < conflict + disappointment + dependence else 3
