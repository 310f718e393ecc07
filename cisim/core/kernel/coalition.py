"""The coalition's month: agenda, joint production, assessment, interaction; the phases of `agents.coalition`."""

from cisim.core import kinds
from cisim.core.aggregate import find_shares, moments
from cisim.core.jit import expanded, inlined, seldom
from cisim.core.kernel import ahead
from cisim.core.kernel.backbone import leader, mean_condition
from cisim.core.kernel.network import bring_to_ties, feel_distances, live_on_ties, meet, meet_by_third_parties
from cisim.core.kernel.organisation import clash, gather_grudges
from cisim.core.kernel.state import Sim
from cisim.core.kernel.treasury import need
from cisim.core.rules import attention as agenda
from cisim.core.rules import attention as framing
from cisim.core.rules import collective_impact as assessment
from cisim.core.rules import matching as partnership
from cisim.core.rules import production, social_capital
from cisim.core.rules.common import is_due, power, share_of

_SECTORS, _LEADERLESS = kinds.SECTORS, social_capital.LEADERLESS
_CORPORATION, _FUNDER, _AGENCY = kinds.PROVIDERS


@seldom
def count_members(sim: Sim) -> None:
    """Update all that changes only when somebody joins or leaves."""
    p, s = sim.p, sim.s
    if s.n_members > 0:
        n = float(s.n_members)
        s.shirking_factor = production.size_factor(n, p.contribution_shirking_size)
        s.coordination = production.coordination_factor(n, p.production_coordination, p.production_coordination_power)
        s.need = need(sim)
    seen = 0
    for k in range(s.n_members):
        seen |= 1 << _SECTORS[sim.m.kind[k]]
    s.has_sectors = 0 if seen in (0, 1, 2, 4) else 1
    stayed = 0
    for slot in range(s.n_founding):
        stayed += sim.members[slot].left == 0
    s.members_retained = share_of(float(stayed), float(s.n_founding))
    s.founders_retained = _founders_retained(sim)


@expanded
def _founders_retained(sim: Sim) -> float:
    """Share of the founding backbone organisations that are still members."""
    founding = sim.s.founding_holders
    n, stayed = 0, 0
    for role in range(4):
        is_new = True
        for earlier in range(role):
            is_new = is_new and founding[earlier] != founding[role]
        if is_new:
            n += 1
            stayed += sim.members[founding[role]].left == 0
    return share_of(float(stayed), float(n))


@inlined
def weigh(sim: Sim) -> None:
    """Find the share of each member in the power of all, which holds until commitment or roles change."""
    m, n = sim.m, sim.s.n_members
    for k in range(n):
        m.power[k] = power(m.magnitude[k], m.commitment[k], 1.0 if m.roles[k] != 0 else 0.0)
    find_shares(m.power, n, m.share)


@inlined
def take_position(sim: Sim) -> None:
    """Update the power-weighted position of the members and the balance of goals that follows from it."""
    s = sim.s
    s.mean_weight, s.weight_variance = moments(sim.m.effective_weight, sim.m.share, s.n_members)
    s.balance = agenda.balanced_attention(s.mean_weight)
    lead = s.holders[0]
    s.legitimacy = social_capital.legitimacy(
        sim.p.trust_legitimacy, sim.m.founding_weight[lead] if lead >= 0 else _LEADERLESS
    )


@expanded
def set_agenda(sim: Sim) -> None:
    """Set the attention to social goals in this month (gazing)."""
    p, s = sim.p, sim.s
    weigh(sim)
    take_position(sim)
    position = agenda.round_position(s.month, p.backbone_gazing_period)
    share = agenda.social_share(position, s.balance, p.backbone_gazing_period)
    s.attention = agenda.attention(s.balance, p.backbone_gazing, share)
    s.since_switch = agenda.months_since_switch(position, s.balance, p.backbone_gazing_period)
    s.remembered_attention = agenda.remembered_attention(s.remembered_attention, s.attention, p.agenda_memory_months)


@inlined
def add_inputs(sim: Sim) -> float:
    """Input from the four complementary roles."""
    m, weight = sim.m, sim.p.production_holder_weight
    plan = implement = fund = expertise = 0.0
    for k in range(sim.s.n_members):  # four sums at once: each waits for its own last addition only
        put_in, roles = m.contribution[k], m.roles[k]
        plan += production.role_input(put_in, m.capabilities[0, k], float(roles & 1), weight)
        implement += production.role_input(put_in, m.capabilities[1, k], float((roles >> 1) & 1), weight)
        fund += production.role_input(put_in, m.capabilities[2, k], float((roles >> 2) & 1), weight)
        expertise += production.role_input(put_in, m.capabilities[3, k], float((roles >> 3) & 1), weight)
    return production.joint_input(
        plan, implement, fund, expertise, sim.p.production_reference, sim.p.production_role_elasticity
    )


@seldom
def _platform_factor(sim: Sim) -> float:
    """Multiplier of output by a joint platform."""
    p, providers = sim.p, 0
    for k in range(sim.s.n_members):
        providers += sim.m.kind[k] in (_CORPORATION, _FUNDER, _AGENCY)
    return partnership.platform_factor(
        p.joint_platform_intensity,
        p.joint_platform_gain,
        float(providers),
        p.joint_platform_loss,
        p.joint_platform_months,
        float(sim.s.month - 1),
    )


@inlined
def produce(sim: Sim) -> None:
    """Turn contributions into social and economic outcomes."""
    p, s = sim.p, sim.s
    s.joint = add_inputs(sim)
    means = production.means_factor(
        s.staffing,
        production.practice_quality(s.practice, s.worth),
        leader(sim),
        p.production_leader_effect,
        mean_condition(sim),
        p.conditions_output_gain,
    )
    expert = s.holders[3]
    expertise = sim.m.capabilities[3, expert] if expert >= 0 else 0.0
    produced = production.output(
        s.joint,
        s.coordination,
        means,
        framing.framing_factor(p.backbone_abstracting, expertise, p.framing_vagueness, p.framing_discretion),
        agenda.switching_loss(p.agenda_switching_cost, p.backbone_gazing, s.since_switch, p.agenda_switching_months),
    )
    platform = _platform_factor(sim) if p.joint_platform_intensity > 0.0 else 1.0
    luck = production.output_luck(p.production_noise_sd, ahead.drawn(sim, ahead.OUTPUT))
    produced = production.realised_output(produced, platform, luck, s.undisturbed)
    s.social = production.social_outcome(produced, s.attention, p.agenda_focus_returns)
    s.economic = production.economic_outcome(produced, s.attention, p.agenda_focus_returns)
    s.total_social += s.social
    s.total_economic += s.economic
    s.practice = production.practice(
        s.practice,
        p.production_practice_decay,
        p.production_practice_learning,
        p.production_learning_spacing,
        p.backbone_spacing,
    )


@inlined
def _perceive(sim: Sim, level: float, result: float) -> float:
    p = sim.p
    return assessment.perceived(level, result, p.assessment_window, p.assessment_window_spacing, p.backbone_spacing)


@inlined
def assess(sim: Sim) -> None:
    """Update the perceived results, and the credibility of the frame, which depends on them."""
    s = sim.s
    s.perceived_social = _perceive(sim, s.perceived_social, s.social)
    s.perceived_economic = _perceive(sim, s.perceived_economic, s.economic)
    s.credibility = framing.credibility(s.credibility, s.perceived_social, s.promised_social, sim.p.framing_adaptation)


@expanded
def interact(sim: Sim) -> None:
    """Update conflict, ties and grievances; once a year third parties introduce members to one another."""
    take_position(sim)
    feel_distances(sim)
    clash(sim)
    gather_grudges(sim)
    bring_to_ties(sim)
    live_on_ties(sim)
    if is_due(sim.s.month, 12):
        meet_by_third_parties(sim)
    meet(sim)
