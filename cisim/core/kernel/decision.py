"""Commitment, staying and leaving: phases of `agents.organisation`.

Here an exponential a member takes most of the time: constants are taken out of the loops where that reads well.
"""

from cisim.core import purposes
from cisim.core.jit import inlined, seldom
from cisim.core.kernel.ahead import u
from cisim.core.kernel.state import Sim
from cisim.core.rules import attention as framing
from cisim.core.rules import leaving, surroundings
from cisim.core.rules import matching as partnership
from cisim.core.rules.common import approach, is_due
from cisim.core.rules.leaving import Bearing, CommitmentEffects


@inlined
def supported(sim: Sim, k: int, trust: float, frame: float) -> float:
    """Return the commitment that the state of the member in place `k` supports, at that trust and under that frame."""
    p, m = sim.p, sim.m
    bearing = Bearing(
        satisfaction=m.satisfaction[k],
        conflict=m.conflict[k],
        trust=trust,
        frame=frame,
        autonomy_lost=m.autonomy_lost[k],
        outside=m.outside[k],
        deferred=m.deferred[k],
    )
    effects = CommitmentEffects(
        base=p.commitment_base,
        satisfaction=p.commitment_satisfaction,
        conflict=p.commitment_conflict,
        trust=p.commitment_trust,
        frame=p.commitment_frame,
        autonomy=p.commitment_autonomy,
        outside=p.commitment_outside,
        lock_in=p.commitment_lock_in,
    )
    return leaving.commitment_target(bearing, effects)


@inlined
def commit(sim: Sim) -> None:
    """Move commitment towards the level that the member's state supports (E65)."""
    p, m, credibility, speed = sim.p, sim.m, sim.s.credibility, sim.p.commitment_speed
    abstracting = p.backbone_abstracting
    for k in range(sim.s.n_members):
        frame = framing.frame_binding(abstracting, m.resonance[k], credibility)
        m.commitment[k] = approach(m.commitment[k], supported(sim, k, m.trust[k], frame), speed)


@inlined
def _reasons(sim: Sim, k: int) -> tuple[float, float, float, float]:
    """Reasons to leave: conflict, disappointment, dependence, hypocrisy (log units of hazard)."""
    p, m = sim.p, sim.m
    resentment = framing.hypocrisy(p.backbone_abstracting, m.resonance[k], sim.s.credibility, p.framing_credible)
    return (
        leaving.reason(p.exit_conflict, m.conflict[k]),
        leaving.disappointment(
            p.exit_disappointment, p.exit_evidence, m.evidence_demand[k], p.backbone_spacing, m.satisfaction[k]
        ),
        leaving.reason(p.exit_dependence, m.autonomy_lost[k]),
        leaving.reason(p.exit_hypocrisy, resentment),
    )


@inlined
def face_hazards(sim: Sim) -> None:
    """Add this month's hazard of leaving, and the part of it that the contract defers."""
    p, s, m = sim.p, sim.s, sim.m
    at_end = is_due(s.month, p.backbone_contract_months)
    bound = partnership.protection(
        p.exit_break_penalty, p.backbone_contract_complement, p.backbone_relational_governance
    )
    inside = leaving.inside_factor(is_due(s.month, 12), bound, p.exit_review)
    rivals = leaving.rival_pull(p.exit_rival, surroundings.rivals(p.environment_rivals_mean, s.crowding))
    climate, decay, ending = s.climate, p.exit_deferral_decay, p.exit_contract_end
    e_climate, e_trust, e_satisfaction = p.exit_climate, p.exit_trust, p.exit_satisfaction
    for k in range(s.n_members):
        why = _reasons(sim, k)
        free = leaving.free_hazard(
            p.exit_base_rate,
            leaving.all_reasons(why[0], why[1], why[2], why[3]),
            leaving.outside_pull(p.exit_outside, m.outside[k], rivals),
            leaving.bound_by(e_climate, climate, e_trust, m.trust[k], e_satisfaction, m.satisfaction[k]),
        )
        surfacing = leaving.surfacing(m.grievance[k], m.backlog[k])
        hazard = leaving.hazard_now(free, at_end, inside, ending, surfacing, m.deferred[k])
        m.deferred[k] = 0.0 if at_end else leaving.deferred_wish(m.deferred[k], free, hazard, decay)
        m.hazard[k] = hazard
        m.leave_elapsed[k] += hazard


@seldom
def find_cause(sim: Sim, k: int) -> int:
    """Code of the cause for which the member in place `k` leaves in this month."""
    s, m, why = sim.s, sim.m, _reasons(sim, k)
    quarrel, unmet = why[0], why[1]
    if is_due(s.month, sim.p.backbone_contract_months):
        quarrel, unmet = leaving.surfaced(quarrel, m.grievance[k]), leaving.surfaced(unmet, m.backlog[k])
    return leaving.cause_of_leaving(quarrel, unmet, why[2], why[3], u(s, m.entity[k], s.month, purposes.LEAVE_CAUSE))
