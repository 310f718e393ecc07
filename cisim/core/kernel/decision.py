"""Commitment, staying and leaving: phases of `agents.organisation`.

Here an exponential a member takes most of the time: constants are taken out of the loops where that reads well.
"""

from cisim.core import purposes
from cisim.core.jit import phase, seldom
from cisim.core.kernel.keys import u
from cisim.core.kernel.sim import Sim
from cisim.core.rules import decision, environment, framing, partnership
from cisim.core.rules.common import approach


@phase
def commitment_target(sim: Sim, k: int, frame: float) -> float:
    """Return the commitment that the state of the member in place `k` supports."""
    p, m = sim.p, sim.m
    return decision.commitment_target(
        p.commitment_base,
        m.satisfaction[k],
        p.commitment_satisfaction,
        m.conflict[k],
        p.commitment_conflict,
        m.trust[k],
        p.commitment_trust,
        frame,
        p.commitment_frame,
        m.autonomy_lost[k],
        p.commitment_autonomy,
        m.outside[k],
        p.commitment_outside,
        m.deferred[k],
        p.commitment_lock_in,
    )


@phase
def commit(sim: Sim) -> None:
    """Let commitment move towards what binds and what pushes."""
    p, m, credibility, speed = sim.p, sim.m, sim.s.credibility, sim.p.commitment_speed
    abstracting = p.backbone_abstracting
    for k in range(sim.s.n_members):
        frame_ = abstracting * m.resonance[k] * credibility
        m.commitment[k] = approach(m.commitment[k], commitment_target(sim, k, frame_), speed)


@phase
def _reasons(sim: Sim, k: int) -> tuple[float, float, float, float]:
    """Reasons to leave: conflict, disappointment, dependence, hypocrisy (log units of hazard)."""
    p, m = sim.p, sim.m
    resentment = framing.hypocrisy(p.backbone_abstracting, m.resonance[k], sim.s.credibility, p.framing_credible)
    return (
        p.exit_conflict * m.conflict[k],
        decision.disappointment(
            p.exit_disappointment, p.exit_evidence, m.evidence_demand[k], p.backbone_spacing, m.satisfaction[k]
        ),
        p.exit_dependence * m.autonomy_lost[k],
        p.exit_hypocrisy * resentment,
    )


@phase
def face_hazards(sim: Sim) -> None:
    """Let the hazard of leaving pass; wishes held back by the contract gather until its end."""
    p, s, m = sim.p, sim.s, sim.m
    at_end = 1 if s.month % p.backbone_contract_months == 0 else 0
    bound = partnership.protection(
        p.exit_break_penalty, p.backbone_contract_complement, p.backbone_relational_governance
    )
    inside = decision.inside_factor(1 if s.month % 12 == 0 else 0, bound, p.exit_review)
    rivals = p.exit_rival * (environment.rivals(p.environment_rivals_mean, s.crowding) - 1.0)
    climate, decay, ending = p.exit_climate * s.climate, p.exit_deferral_decay, p.exit_contract_end
    for k in range(s.n_members):
        why = _reasons(sim, k)
        free = decision.free_hazard(
            p.exit_base_rate,
            why[0] + why[1] + why[2] + why[3],
            p.exit_outside * m.outside[k] + rivals,
            climate,
            p.exit_trust * (m.trust[k] - 0.5),
            p.exit_satisfaction * m.satisfaction[k],
        )
        surfacing = m.grievance[k] + m.backlog[k]
        hazard = decision.hazard_now(free, at_end, inside, ending, surfacing, m.deferred[k])
        m.deferred[k] = 0.0 if at_end else decision.deferred_wish(m.deferred[k], free, hazard, decay)
        m.hazard[k] = hazard
        m.leave_elapsed[k] += hazard


@seldom
def cause_of_leaving(sim: Sim, k: int) -> int:
    """Code of the cause for which the member in place `k` leaves in this month."""
    s, m, why = sim.s, sim.m, _reasons(sim, k)
    quarrel, unmet = why[0], why[1]
    if s.month % sim.p.backbone_contract_months == 0:
        quarrel, unmet = quarrel + m.grievance[k], unmet + m.backlog[k]
    return decision.cause_of_leaving(quarrel, unmet, why[2], why[3], u(s, m.entity[k], s.month, purposes.LEAVE_CAUSE))
