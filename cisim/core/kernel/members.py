"""What every organisation does in a month: the phases of `agents.organisation` over slots."""

from cisim.core import kinds, purposes
from cisim.core.jit import phase, seldom
from cisim.core.kernel.keys import threshold, u, z
from cisim.core.kernel.sim import Sim
from cisim.core.layout import Record
from cisim.core.population import draw_profile, of_kind
from cisim.core.rules import (
    assessment,
    conflict,
    decision,
    dependence,
    environment,
    framing,
    production,
)
from cisim.core.rules.common import approach
from cisim.core.rules.power import power as power_rule

_PLAN_BIT = 1 << kinds.PLAN
_AGENCY = kinds.PUBLIC_AGENCY
_CORPORATION, _FUNDER = kinds.CORPORATION, kinds.FUNDER
_EVIDENCE, _NEGLIGIBLE = kinds.EVIDENCE_DEMAND, kinds.NEGLIGIBLE


@phase
def commitment_target(p: Record, m: Record, frame: float) -> float:
    """Return the commitment that the state of `m` supports."""
    return decision.commitment_target(
        p.commitment_base,
        m.satisfaction,
        p.commitment_satisfaction,
        m.conflict,
        p.commitment_conflict,
        m.trust,
        p.commitment_trust,
        frame,
        p.commitment_frame,
        m.autonomy_lost,
        p.commitment_autonomy,
        m.outside,
        p.commitment_outside,
        m.deferred,
        p.commitment_lock_in,
    )


@seldom
def create(sim: Sim, slot: int, entity: int, kind: int) -> None:
    """Make the organisation `entity` in `slot`, as it is before it joins."""
    s, m = sim.s, sim.members[slot]
    m.entity, m.kind, m.roles, m.is_member, m.entry, m.left, m.cause = entity, kind, 0, 0, s.month, 0, 0
    m.n_providers = m.n_ties = 0
    profile = draw_profile(sim.p, s.seed, s.replicate, s.community, entity, kind)
    m.weight, m.magnitude = profile[0], profile[1]
    m.founding_weight = m.effective_weight = m.weight
    for role in range(4):
        m.capabilities[role] = profile[2 + role]
    m.resonance, m.outside, m.leader, m.dependence = profile[6], profile[7], profile[8], profile[9]
    m.evidence_demand = of_kind(kind, _EVIDENCE[0], _EVIDENCE[1], _EVIDENCE[2], _EVIDENCE[3], _EVIDENCE[4])
    m.log_budget, m.support, m.budget = 0.0, 1.0, 1.0
    m.satisfaction = m.conflict = m.distance = m.autonomy_lost = 0.0
    m.closure = m.shirked = m.contribution = m.social_gap = m.economic_gap = 0.0
    m.grievance = m.backlog = m.deferred = m.hazard = 0.0
    m.trust = 0.5
    m.commitment = commitment_target(sim.p, m, 0.0)
    m.trust = 0.0
    m.leave_elapsed = m.shock_elapsed = 0.0
    m.leave_threshold = threshold(s, entity, s.month, purposes.LEAVE)
    m.shock_threshold = threshold(s, entity, s.month, purposes.INTERNAL)
    for other in range(sim.partners.shape[1]):
        sim.partners[slot, other] = 0


@phase
def power(m: Record) -> float:
    """Weight of `m` in the coalition's position."""
    return power_rule(m.magnitude, m.commitment, 1 if m.roles != 0 else 0)


@phase
def change_budget(sim: Sim, m: Record) -> None:
    """Regain withdrawn funds; take the yearly step of the kind; an agency follows policy."""
    p, s = sim.p, sim.s
    m.support = approach(m.support, 1.0, p.shocks_recovery)
    if s.month % 12 == 1 and s.month > 1 and (m.kind == _CORPORATION or m.kind == _FUNDER):
        swing = 1.0
        if m.kind == _CORPORATION and m.roles & _PLAN_BIT:
            swing = 1.0 + p.backbone_corporate_wavering
        is_cut = s.is_bad_year and u(s, m.entity, s.month, purposes.BAD_YEAR_CUT) < p.environment_bad_year_cutters
        m.log_budget = environment.log_budget(
            m.log_budget,
            p.environment_budget_reversion,
            p.environment_budget_sd,
            swing,
            z(s, m.entity, s.month, purposes.BUDGET),
            p.environment_bad_year_cut if is_cut else 0.0,
        )
    m.budget = environment.budget_level(m.log_budget, m.support)
    if m.kind == _AGENCY:
        m.budget *= s.policy


@phase
def frame(sim: Sim, m: Record) -> None:
    """Take up the master frame as far as it resonates."""
    p = sim.p
    m.effective_weight = framing.effective_weight(
        m.weight, m.resonance, p.backbone_abstracting, sim.s.credibility, p.framing_pull, p.framing_target
    )


@phase
def contribute(sim: Sim, slot: int, spacing: float) -> None:
    """Put in what commitment and budget allow, less what nobody notices."""
    p, m = sim.p, sim.members[slot]
    m.shirked = production.shirking(
        p.contribution_shirking,
        p.contribution_shirking_base,
        p.contribution_shirking_spacing,
        spacing,
        m.trust,
        sim.s.n_members,
        p.contribution_shirking_size,
    )
    lost = 0.0
    for i in range(m.n_providers):
        provider = sim.members[sim.provider[slot, i]]
        lost += dependence.share_lost(sim.means_from[slot, i], provider.budget if provider.is_member else 0.0)
    m.contribution = production.contribution(m.commitment, m.magnitude, m.budget * (1.0 - lost), m.shirked)


@phase
def _gap(seen: float, aspired: float, promised: float, promise_weight: float) -> float:
    return assessment.relative_gap(seen, assessment.yardstick(aspired, promised, promise_weight))


@phase
def appraise(sim: Sim, m: Record) -> None:
    """Hold perceived results against promise and aspirations; let aspirations follow experience."""
    p, s = sim.p, sim.s
    weight = p.assessment_promise_weight
    m.social_gap = _gap(s.perceived_social, m.aspired_social, m.promised_social, weight)
    m.economic_gap = _gap(s.perceived_economic, m.aspired_economic, m.promised_economic, weight)
    m.satisfaction = assessment.satisfaction(
        assessment.appraisal_weight(m.effective_weight, p.backbone_gazing, p.agenda_sequential, s.attention),
        m.social_gap,
        m.economic_gap,
        p.assessment_loss_aversion,
        p.assessment_floor,
    )
    m.aspired_social = assessment.aspiration(m.aspired_social, s.perceived_social, p.assessment_aspiration_speed)
    m.aspired_economic = assessment.aspiration(m.aspired_economic, s.perceived_economic, p.assessment_aspiration_speed)


@phase
def clash(sim: Sim, m: Record) -> None:
    """Live in conflict over the agenda, over values as such, over results, and over neglect."""
    p, s = sim.p, sim.s
    along_ties = m.tie_sum / m.n_ties if m.n_ties > 0 else 0.0
    m.distance = conflict.felt_distance(
        m.effective_weight, s.mean_weight, s.weight_variance, along_ties, p.conflict_tie_share
    )
    m.conflict = conflict.conflict(
        p.conflict_scale,
        m.distance,
        m.trust,
        conflict.agenda_clash(p.conflict_agenda_clash, s.attention),
        p.conflict_divergence_clash,
        conflict.confrontation(
            p.conflict_confrontation, p.conflict_exposure, s.conditions[1], p.backbone_spacing, m.satisfaction
        ),
        conflict.neglect(p.conflict_neglect, s.remembered_attention, m.effective_weight, p.agenda_tolerance),
    )
    m.grievance = conflict.grievance(
        m.grievance,
        p.exit_grievance_growth,
        p.exit_grievance_decay,
        p.backbone_spacing,
        m.distance,
        m.trust,
        m.satisfaction,
    )
    m.backlog = framing.backlog(
        m.backlog,
        p.backbone_abstracting,
        m.resonance,
        s.credibility,
        m.weight,
        m.economic_gap,
        p.framing_backlog_growth,
        p.framing_backlog_decay,
    )


@seldom
def find_providers(sim: Sim, slot: int) -> None:
    """Spread the dependent share of means over tied members whose kind provides, by their size."""
    m = sim.members[slot]
    if m.dependence <= 0.0:
        return
    total = 0.0
    n = 0
    for i in range(sim.s.n_ties):
        first, second = sim.ties[i].first, sim.ties[i].second
        if slot in (first, second):
            other = second if slot == first else first
            if sim.members[other].kind in (_CORPORATION, _FUNDER, _AGENCY):
                sim.provider[slot, n] = other
                total += sim.members[other].magnitude
                n += 1
    m.n_providers = n if total > 0.0 else 0
    for i in range(m.n_providers):
        sim.means_from[slot, i] = m.dependence * sim.members[sim.provider[slot, i]].magnitude / total


@phase
def depend(sim: Sim, slot: int) -> None:
    """Mend lost means, drift towards the providers' values, and resent it."""
    p, m = sim.p, sim.members[slot]
    held, squares, values = 0.0, 0.0, 0.0
    for i in range(m.n_providers):
        provider = sim.members[sim.provider[slot, i]]
        share = dependence.dependence_next(sim.means_from[slot, i], provider.is_member, p.dependence_recovery)
        sim.means_from[slot, i] = share
        if provider.is_member:
            held += share
            squares += share * share
            values += share * provider.weight
    if m.n_providers == 0:
        return
    if held < _NEGLIGIBLE:
        m.autonomy_lost = 0.0
        return
    concentration, provider_weight = squares / (held * held), values / held
    relieved = dependence.relief(p.dependence_relief, p.backbone_relational_governance, m.closure)
    m.weight = dependence.drifted_weight(m.weight, provider_weight, p.dependence_drift, held, concentration, relieved)
    m.autonomy_lost = dependence.autonomy_lost(
        held, concentration, m.weight, m.founding_weight, provider_weight, relieved
    )


@phase
def commit(sim: Sim, m: Record) -> None:
    """Move commitment towards what binds and what pushes."""
    frame_ = sim.p.backbone_abstracting * m.resonance * sim.s.credibility
    m.commitment = approach(m.commitment, commitment_target(sim.p, m, frame_), sim.p.commitment_speed)


@phase
def reasons(sim: Sim, m: Record) -> tuple[float, float, float, float]:
    """Reasons to leave: conflict, disappointment, dependence, hypocrisy (log units of hazard)."""
    p = sim.p
    resentment = framing.hypocrisy(p.backbone_abstracting, m.resonance, sim.s.credibility, p.framing_credible)
    return (
        p.exit_conflict * m.conflict,
        decision.disappointment(
            p.exit_disappointment, p.exit_evidence, m.evidence_demand, p.backbone_spacing, m.satisfaction
        ),
        p.exit_dependence * m.autonomy_lost,
        p.exit_hypocrisy * resentment,
    )


@phase
def _free_hazard(sim: Sim, m: Record, total: float) -> float:
    """Hazard of leaving if there were no contract."""
    p, s = sim.p, sim.s
    rivals = environment.rivals(p.environment_rivals_mean, s.crowding)
    return decision.free_hazard(
        p.exit_base_rate,
        total,
        p.exit_outside * m.outside + p.exit_rival * (rivals - 1.0),
        p.exit_climate * s.climate,
        p.exit_trust * (m.trust - 0.5),
        p.exit_satisfaction * m.satisfaction,
    )


@phase
def decide(sim: Sim, m: Record) -> int:
    """Stay (-1) or leave with the code of a cause; wishes held back by the contract gather until its end."""
    p, s = sim.p, sim.s
    why = reasons(sim, m)
    free = _free_hazard(sim, m, why[0] + why[1] + why[2] + why[3])
    at_end = 1 if s.month % p.backbone_contract_months == 0 else 0
    at_review = 1 if s.month % 12 == 0 else 0
    surfacing = m.grievance + m.backlog
    m.hazard = decision.hazard_now(
        free, at_end, at_review, p.exit_break_penalty, p.exit_review, p.exit_contract_end, surfacing, m.deferred
    )
    m.deferred = 0.0 if at_end else decision.deferred_wish(m.deferred, free, m.hazard, p.exit_deferral_decay)
    m.leave_elapsed += m.hazard
    if m.leave_elapsed < m.leave_threshold:
        return -1
    quarrel = why[0] + m.grievance if at_end else why[0]
    unmet = why[1] + m.backlog if at_end else why[1]
    return decision.cause_of_leaving(quarrel, unmet, why[2], why[3], u(s, m.entity, s.month, purposes.LEAVE_CAUSE))
