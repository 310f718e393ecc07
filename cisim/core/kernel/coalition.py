"""The coalition's month: agenda, joint production, assessment, interaction; the phases of `agents.coalition`."""

from cisim.core import kinds
from cisim.core.aggregate import average, find_shares, moments
from cisim.core.jit import phase, seldom, spliced
from cisim.core.kernel import ahead
from cisim.core.kernel.backbone import leader, need
from cisim.core.kernel.formation import co_created
from cisim.core.kernel.members import clash, gather_grudges
from cisim.core.kernel.network import meet_by_third_parties
from cisim.core.kernel.sim import Sim
from cisim.core.layout import Record
from cisim.core.rules import agenda, assessment, conditions, conflict, framing, production, ties
from cisim.core.rules.common import is_due, share_of
from cisim.core.rules.power import power

_SECTORS, _LEADERLESS = kinds.SECTORS, ties.LEADERLESS


@seldom
def count_members(sim: Sim) -> None:
    """Take stock of all that changes only when somebody joins or leaves."""
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


@spliced
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


@phase
def weigh(sim: Sim) -> None:
    """Find the share of each member in the power of all, which holds until commitment or roles change."""
    m, n = sim.m, sim.s.n_members
    for k in range(n):
        m.power[k] = power(m.magnitude[k], m.commitment[k], 1.0 if m.roles[k] != 0 else 0.0)
    find_shares(m.power, n, m.share)


@phase
def take_position(sim: Sim) -> None:
    """Find the power-weighted position of the members and the balance of goals that it asks for."""
    s = sim.s
    s.mean_weight, s.weight_variance = moments(sim.m.effective_weight, sim.m.share, s.n_members)
    s.balance = agenda.balanced_attention(s.mean_weight)
    lead = s.holders[0]
    s.legitimacy = ties.legitimacy(sim.p.trust_legitimacy, sim.m.founding_weight[lead] if lead >= 0 else _LEADERLESS)


@spliced
def set_agenda(sim: Sim) -> None:
    """Turn attention to the goals of the month (gazing)."""
    p, s = sim.p, sim.s
    weigh(sim)
    take_position(sim)
    position = agenda.round_position(s.month, p.backbone_gazing_period)
    share = agenda.social_share(position, s.balance, p.backbone_gazing_period)
    s.attention = agenda.attention(s.balance, p.backbone_gazing, share)
    s.since_switch = agenda.months_since_switch(position, s.balance, p.backbone_gazing_period)
    s.remembered_attention = agenda.remembered_attention(s.remembered_attention, s.attention, p.agenda_memory_months)


@phase
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


@phase
def mean_condition(sim: Sim) -> float:
    """Mean of the five conditions."""
    result = 0.0
    for i in range(5):
        result += sim.s.conditions[i]
    return average(result, 5)


@phase
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
    platform = co_created(sim) if p.joint_platform_intensity > 0.0 else 1.0
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


@phase
def _perceive(sim: Sim, level: float, result: float) -> float:
    p = sim.p
    return assessment.perceived(level, result, p.assessment_window, p.assessment_window_spacing, p.backbone_spacing)


@phase
def assess(sim: Sim) -> None:
    """See results through assessment; the frame lives or dies on them."""
    s = sim.s
    s.perceived_social = _perceive(sim, s.perceived_social, s.social)
    s.perceived_economic = _perceive(sim, s.perceived_economic, s.economic)
    s.credibility = framing.credibility(s.credibility, s.perceived_social, s.promised_social, sim.p.framing_adaptation)


@phase
def _add_along_ties(sim: Sim, values: Record) -> None:
    """Add up `values` of ties for both partners, tie by tie.

    Ties come in runs of the same first partner: its sum stays in a register, instead of going through memory each time.
    """
    m, first, second = sim.m, sim.ties.first, sim.ties.second
    for k in range(sim.s.n_members):
        m.tie_sum[k] = 0.0
    n_ties = sim.s.n_ties
    i = 0
    while i < n_ties:
        place = first[i]
        held = m.tie_sum[place]
        while i < n_ties and first[i] == place:
            held += values[i]
            m.tie_sum[second[i]] += values[i]
            i += 1
        m.tie_sum[place] = held


@phase
def meet(sim: Sim) -> None:
    """Let members take stock of their ties: mean trust, and mean structural capital where ties have changed."""
    s, m = sim.s, sim.m
    _add_along_ties(sim, sim.ties.trust)
    for k in range(s.n_members):
        m.trust[k] = average(m.tie_sum[k], m.n_ties[k])
    if s.is_recounted:
        _meet_third_parties(sim)


@seldom
def _meet_third_parties(sim: Sim) -> None:
    m = sim.m
    _add_along_ties(sim, sim.ties.closure)
    for k in range(sim.s.n_members):
        m.closure[k] = average(m.tie_sum[k], m.n_ties[k])
    sim.s.is_recounted = 0


@phase
def _feel_distances(sim: Sim) -> None:
    t, weight, relief = sim.ties, sim.m.effective_weight, sim.p.trust_language_relief
    for i in range(sim.s.n_ties):
        t.distance[i] = conflict.tie_distance(weight[t.first[i]], weight[t.second[i]], t.language[i], relief)
    _add_along_ties(sim, t.distance)


@phase
def _bring_to_ties(sim: Sim) -> None:
    """Write what both partners bring to each tie: the part of the month on ties that jumps about in memory."""
    m, t, n_ties = sim.m, sim.ties, sim.s.n_ties
    i = 0
    while i < n_ties:  # run by run, as in `_add_along_ties`
        place = t.first[i]
        satisfaction, conflict_, kept = m.satisfaction[place], m.conflict[place], m.kept[place]
        while i < n_ties and t.first[i] == place:
            second = t.second[i]
            t.satisfaction[i] = ties.both_partners(satisfaction, m.satisfaction[second])
            t.conflict[i] = ties.both_partners(conflict_, m.conflict[second])
            t.kept[i] = ties.both_partners(kept, m.kept[second])
            i += 1


@phase
def _live(sim: Sim) -> None:
    """One month of trust won and lost, and of shared language, on every tie."""
    p, s, t = sim.p, sim.s, sim.ties
    communication, relational = s.conditions[3], p.backbone_relational_governance
    growth, governance, closing, speaking = p.trust_growth, p.trust_governance, p.trust_closure, p.trust_language_growth
    coordination, legitimacy, by_conflict, by_result = (
        p.trust_coordination, s.legitimacy, p.trust_conflict_loss, p.trust_result_loss
    )  # fmt: skip
    goodwill = ties.goodwill(p.trust_goodwill, p.backbone_spacing)
    control = ties.fine_control(p.trust_control_loss, p.backbone_spacing)
    for i in range(s.n_ties):
        bound = ties.bonds(governance, relational, goodwill, closing, t.closure[i])
        drive = ties.trust_drive(growth, bound, communication, coordination, legitimacy)
        lost = ties.trust_loss(t.conflict[i], by_conflict, control, by_result, t.satisfaction[i])
        t.trust[i] = ties.trust(t.trust[i], drive, lost, t.satisfaction[i], t.kept[i])
        t.language[i] = ties.language(t.language[i], speaking, communication, relational)


@spliced
def interact(sim: Sim) -> None:
    """Let members clash, ties live, third parties introduce, and members take stock."""
    take_position(sim)
    _feel_distances(sim)
    clash(sim)
    gather_grudges(sim)
    _bring_to_ties(sim)
    _live(sim)
    if is_due(sim.s.month, 12):
        meet_by_third_parties(sim)
    meet(sim)


@phase
def develop(sim: Sim) -> None:
    """Move every condition towards what the state supports and the others lend it."""
    p, s = sim.p, sim.s
    trust = shirked = language = 0.0
    for k in range(s.n_members):
        trust += sim.m.trust[k]
        shirked += sim.m.shirked[k]
    for i in range(s.n_ties):
        language += sim.ties.language[i]
    held = 0
    for role in range(4):
        held += s.holders[role] >= 0
    lead = s.holders[0]
    targets = (
        conditions.agenda_target(p.conditions_agenda_effort, s.weight_variance, p.backbone_abstracting, s.credibility),
        conditions.measurement_target(p.conditions_measurement_effort, p.backbone_spacing),
        conditions.activities_target(
            p.conditions_activities_effort, share_of(float(held), 4.0), average(shirked, s.n_members)
        ),
        conditions.communication_target(
            p.conditions_communication_effort, average(trust, s.n_members), average(language, s.n_ties)
        ),
        conditions.support_target(s.staffing, sim.m.commitment[lead] if lead >= 0 else 0.0),
    )
    mean = mean_condition(sim)
    for i in range(5):
        others = conditions.mean_of_others(mean, s.conditions[i])
        s.conditions[i] = conditions.condition(
            s.conditions[i], targets[i], others, p.conditions_mutual, p.conditions_speed
        )
