"""What every organisation does in a month: the phases of `agents.organisation`, each one loop over the members.

What is the same for all members is taken out of the loops by hand: the compiler cannot know that a store to a member
leaves the parameters alone, would read them again for each member, and would not work on several members at a time.
"""

from cisim.core import kinds, purposes
from cisim.core.aggregate import mean_of_sum
from cisim.core.jit import inlined, seldom
from cisim.core.kernel.ahead import threshold, u, z
from cisim.core.kernel.decision import supported
from cisim.core.kernel.dependence import means_lost
from cisim.core.kernel.state import Sim
from cisim.core.population import draw_profile, of_kind
from cisim.core.rules import attention as framing
from cisim.core.rules import collective_impact as assessment
from cisim.core.rules import leaving, production, reliance, surroundings
from cisim.core.rules import social_capital as conflict
from cisim.core.rules.common import approach, is_new_year

_PLAN_BIT = 1 << kinds.PLAN
_AGENCY = kinds.PUBLIC_AGENCY
_CORPORATION, _FUNDER = kinds.CORPORATION, kinds.FUNDER
_EVIDENCE, _FIRST_TRUST = kinds.EVIDENCE_DEMAND, leaving.FIRST_TRUST


@seldom
def create(sim: Sim, slot: int, place: int, entity: int, kind: int) -> None:
    """Initialise the organisation `entity` in `place` as it joins, and open its membership spell in `slot`."""
    s, spell = sim.s, sim.members[slot]
    spell.entity, spell.kind, spell.entry, spell.left, spell.cause = entity, kind, s.month, 0, 0
    for row in range(sim.columns.shape[0]):
        sim.columns[row, place] = 0  # all bits 0: 0.0 as well
    for word in range(sim.partners.shape[1]):
        sim.partners[place, word] = 0
    m = sim.m
    m.slot[place], m.entity[place], m.kind[place] = slot, entity, kind
    profile = draw_profile(sim.p, s.seed, s.replicate, s.community, entity, kind)
    m.weight[place] = m.founding_weight[place] = m.effective_weight[place] = profile[0]
    m.magnitude[place] = profile[1]
    for role in range(4):
        m.capabilities[role, place] = profile[2 + role]
    m.resonance[place], m.outside[place], m.leader[place], m.dependence[place] = profile[6:10]
    m.evidence_demand[place] = of_kind(kind, _EVIDENCE[0], _EVIDENCE[1], _EVIDENCE[2], _EVIDENCE[3], _EVIDENCE[4])
    m.one_sided[place] = 1.0
    m.yearly[place] = surroundings.yearly_level(0.0)
    m.support[place] = m.budget[place] = 1.0
    m.commitment[place] = supported(sim, place, _FIRST_TRUST, 0.0)
    m.leave_threshold[place] = threshold(s, entity, s.month, purposes.LEAVE)
    m.shock_threshold[place] = threshold(s, entity, s.month, purposes.INTERNAL)


@inlined
def change_budgets(sim: Sim) -> None:
    """Update budgets: withdrawn funds come back, each kind takes its yearly step, agencies follow policy."""
    p, s, m = sim.p, sim.s, sim.m
    if is_new_year(s.month) and s.month > 1:
        _step_budgets(sim)
    recovery, policy = p.shocks_recovery, s.policy
    for k in range(s.n_members):
        m.support[k] = approach(m.support[k], 1.0, recovery)
        level = surroundings.budget_level(m.yearly[k], m.support[k])
        m.budget[k] = surroundings.agency_budget(level, policy) if m.kind[k] == _AGENCY else level


@seldom
def _step_budgets(sim: Sim) -> None:
    """Apply the yearly step of firms and foundations; a bad year hits a share of them."""
    p, s, m = sim.p, sim.s, sim.m
    for k in range(s.n_members):
        if m.kind[k] == _CORPORATION or m.kind[k] == _FUNDER:
            wavers = 1.0 if m.kind[k] == _CORPORATION and m.roles[k] & _PLAN_BIT else 0.0
            swing = surroundings.budget_swing(p.backbone_corporate_wavering, wavers)
            entity = m.entity[k]
            is_cut = s.is_bad_year and u(s, entity, s.month, purposes.BAD_YEAR_CUT) < p.environment_bad_year_cutters
            m.log_budget[k] = surroundings.log_budget(
                m.log_budget[k],
                p.environment_budget_reversion,
                p.environment_budget_sd,
                swing,
                z(s, entity, s.month, purposes.BUDGET),
                p.environment_bad_year_cut if is_cut else 0.0,
            )
            m.yearly[k] = surroundings.yearly_level(m.log_budget[k])


@inlined
def frame(sim: Sim, begin: int) -> None:
    """Update effective weights under the master frame, of members from place `begin` on."""
    p, m, credibility = sim.p, sim.m, sim.s.credibility
    abstracting, pull, target = p.backbone_abstracting, p.framing_pull, p.framing_target
    for k in range(begin, sim.s.n_members):
        m.effective_weight[k] = framing.effective_weight(
            m.weight[k], m.resonance[k], abstracting, credibility, pull, target
        )


@inlined
def contribute(sim: Sim, spacing: float) -> None:
    """Update contributions: what commitment and budget allow, less what is shirked under that spacing."""
    p, m, n, by_size = sim.p, sim.m, sim.s.n_members, sim.s.shirking_factor
    readiness, base, part = p.contribution_shirking, p.contribution_shirking_base, p.contribution_shirking_spacing
    for k in range(n):
        m.shirked[k] = production.shirking(readiness, base, part, spacing, m.trust[k], by_size)
        m.kept[k] = production.kept_share(m.commitment[k], m.shirked[k])
    for k in range(n):
        sim.m.a[k] = means_lost(sim, k) if m.n_providers[k] > 0 else 0.0
    for k in range(n):
        means = reliance.means_left(m.budget[k], sim.m.a[k])
        m.contribution[k] = production.contribution(m.commitment[k], m.magnitude[k], means, m.shirked[k])


@inlined
def contributed_means(sim: Sim) -> float:
    """Add up what members put in."""
    result = 0.0
    for k in range(sim.s.n_members):
        result += sim.m.contribution[k]
    return result


@inlined
def _gap(seen: float, aspired: float, promised: float, promise_weight: float) -> float:
    return assessment.relative_gap(seen, assessment.yardstick(aspired, promised, promise_weight))


@inlined
def appraise(sim: Sim) -> None:
    """Update satisfaction with perceived results, and aspirations, which follow experience."""
    p, s, m = sim.p, sim.s, sim.m
    promise, gazing, sequential, attention = (
        p.assessment_promise_weight, p.backbone_gazing, p.agenda_sequential, s.attention
    )  # fmt: skip
    aversion, floor, speed = p.assessment_loss_aversion, p.assessment_floor, p.assessment_aspiration_speed
    social, economic = s.perceived_social, s.perceived_economic
    for k in range(s.n_members):
        m.social_gap[k] = _gap(social, m.aspired_social[k], m.promised_social[k], promise)
        m.economic_gap[k] = _gap(economic, m.aspired_economic[k], m.promised_economic[k], promise)
        weight = assessment.appraisal_weight(m.effective_weight[k], gazing, sequential, attention)
        m.satisfaction[k] = assessment.satisfaction(weight, m.social_gap[k], m.economic_gap[k], aversion, floor)
        m.aspired_social[k] = assessment.aspiration(m.aspired_social[k], social, speed)
        m.aspired_economic[k] = assessment.aspiration(m.aspired_economic[k], economic, speed)


@inlined
def clash(sim: Sim) -> None:
    """Update conflict: over the agenda, over values as such, over results, and over neglect."""
    p, s, m = sim.p, sim.s, sim.m
    mean, variance, tie_share = s.mean_weight, s.weight_variance, p.conflict_tie_share
    scale, divergence = p.conflict_scale, p.conflict_divergence_clash
    agenda = conflict.agenda_clash(p.conflict_agenda_clash, s.attention)
    blame, exposure, measured, spacing = (
        p.conflict_confrontation, p.conflict_exposure, s.conditions[1], p.backbone_spacing
    )  # fmt: skip
    neglect, remembered, tolerance = p.conflict_neglect, s.remembered_attention, p.agenda_tolerance
    for k in range(s.n_members):
        along_ties = mean_of_sum(m.tie_sum[k], m.n_ties[k])
        m.distance[k] = conflict.felt_distance(m.effective_weight[k], mean, variance, along_ties, tie_share)
        confronted = conflict.confrontation(blame, exposure, measured, spacing, m.satisfaction[k])
        neglected = conflict.neglect(neglect, remembered, m.effective_weight[k], tolerance)
        clashes = conflict.clashes(agenda, divergence, confronted)
        m.conflict[k] = conflict.conflict(scale, clashes, m.distance[k], m.trust[k], neglected)


@inlined
def gather_grudges(sim: Sim) -> None:
    """Update grievances and the backlog, which surface at the contract's end."""
    p, s, m = sim.p, sim.s, sim.m
    growth, decay, spacing = p.exit_grievance_growth, p.exit_grievance_decay, p.backbone_spacing
    piling, clearing, abstracting = p.framing_backlog_growth, p.framing_backlog_decay, p.backbone_abstracting
    credibility = s.credibility
    for k in range(s.n_members):
        gathered = conflict.unspoken(growth, spacing, m.distance[k], m.trust[k], m.satisfaction[k])
        m.grievance[k] = conflict.grievance(m.grievance[k], gathered, decay)
        piled = framing.backlog_growth(piling, abstracting, m.resonance[k], credibility)
        m.backlog[k] = framing.backlog(m.backlog[k], piled, m.weight[k], m.economic_gap[k], clearing)
