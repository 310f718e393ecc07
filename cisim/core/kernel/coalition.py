"""The coalition's month: agenda, joint production, assessment, interaction; the phases of `agents.coalition`."""

import math

from cisim.core import kinds, purposes
from cisim.core.aggregate import weighted_moments
from cisim.core.jit import phase, seldom
from cisim.core.kernel.keys import z
from cisim.core.kernel.members import clash, power
from cisim.core.kernel.network import meet_by_third_parties
from cisim.core.kernel.sim import Sim
from cisim.core.rules import agenda, assessment, conditions, conflict, framing, production, ties

_COALITION = kinds.COALITION


@phase
def take_position(sim: Sim) -> None:
    """Find the power-weighted position of the members and the balance of goals that it asks for."""
    s = sim.s
    for k in range(s.n_members):
        m = sim.members[sim.active[k]]
        sim.a[k] = m.effective_weight
        sim.b[k] = power(m)
    s.mean_weight, s.weight_variance = weighted_moments(sim.a[: s.n_members], sim.b[: s.n_members])
    s.balance = agenda.balanced_attention(s.mean_weight)
    lead = s.holders[0]
    s.legitimacy = ties.legitimacy(sim.p.trust_legitimacy, sim.members[lead].founding_weight if lead >= 0 else 0.3)


@phase
def set_agenda(sim: Sim) -> None:
    """Turn attention to the goals of the month (gazing)."""
    p, s = sim.p, sim.s
    take_position(sim)
    position = (s.month - 1) % p.backbone_gazing_period
    share = agenda.social_share(position, s.balance, p.backbone_gazing_period)
    s.attention = agenda.attention(s.balance, p.backbone_gazing, share)
    s.since_switch = agenda.months_since_switch(position, s.balance, p.backbone_gazing_period)
    s.remembered_attention = agenda.remembered_attention(s.remembered_attention, s.attention, p.agenda_memory_months)


@phase
def contributed_means(sim: Sim) -> float:
    """Add up what members put in."""
    result = 0.0
    for k in range(sim.s.n_members):
        result += sim.members[sim.active[k]].contribution
    return result


@phase
def _role_input(sim: Sim, role: int) -> float:
    result = 0.0
    for k in range(sim.s.n_members):
        m = sim.members[sim.active[k]]
        holds = 1.0 if m.roles & (1 << role) else 0.0
        result += production.role_input(m.contribution, m.capabilities[role], holds, sim.p.production_holder_weight)
    return result


@phase
def joint_input(sim: Sim) -> float:
    """Input from the four complementary roles."""
    return production.joint_input(
        _role_input(sim, 0),
        _role_input(sim, 1),
        _role_input(sim, 2),
        _role_input(sim, 3),
        sim.p.production_reference,
        sim.p.production_role_elasticity,
    )


@phase
def leader(sim: Sim) -> float:
    """Quality of the person who leads; the mean if nobody does."""
    lead = sim.s.holders[0]
    own = sim.p.backbone_leader_sd * sim.members[lead].leader if lead >= 0 else 0.0
    return float(sim.p.backbone_leader_mean + own)


@phase
def mean_condition(sim: Sim) -> float:
    """Mean of the five conditions."""
    result = 0.0
    for i in range(5):
        result += sim.s.conditions[i]
    return result / 5


@phase
def produce(sim: Sim) -> None:
    """Turn contributions into social and economic outcomes."""
    p, s = sim.p, sim.s
    s.joint = joint_input(sim)
    means = production.means_factor(
        s.staffing,
        s.practice,
        leader(sim),
        p.production_leader_effect,
        mean_condition(sim),
        p.conditions_output_gain,
    )
    expert = s.holders[3]
    expertise = sim.members[expert].capabilities[3] if expert >= 0 else 0.0
    produced = production.output(
        s.joint,
        production.coordination_factor(float(s.n_members), p.production_coordination, p.production_coordination_power),
        means,
        framing.framing_factor(p.backbone_abstracting, expertise, p.framing_vagueness, p.framing_discretion),
        agenda.switching_loss(p.agenda_switching_cost, p.backbone_gazing, s.since_switch, p.agenda_switching_months),
    )
    produced *= production.luck(p.production_noise_sd, z(s, _COALITION, s.month, purposes.OUTPUT))
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
def meet(sim: Sim) -> None:
    """Let members take stock of their ties: mean trust, and mean structural capital where ties have changed."""
    s = sim.s
    for k in range(s.n_members):
        sim.a[sim.active[k]] = 0.0
    for i in range(s.n_ties):
        sim.a[sim.ties[i].first] += sim.ties[i].trust
        sim.a[sim.ties[i].second] += sim.ties[i].trust
    for k in range(s.n_members):
        m = sim.members[sim.active[k]]
        m.trust = sim.a[sim.active[k]] / m.n_ties if m.n_ties > 0 else 0.0
    if s.is_recounted:
        _meet_third_parties(sim)


@seldom
def _meet_third_parties(sim: Sim) -> None:
    s = sim.s
    for k in range(s.n_members):
        sim.a[sim.active[k]] = 0.0
    for i in range(s.n_ties):
        sim.a[sim.ties[i].first] += sim.ties[i].closure
        sim.a[sim.ties[i].second] += sim.ties[i].closure
    for k in range(s.n_members):
        m = sim.members[sim.active[k]]
        m.closure = sim.a[sim.active[k]] / m.n_ties if m.n_ties > 0 else 0.0
    s.is_recounted = 0


@phase
def _feel_distances(sim: Sim) -> None:
    s = sim.s
    for k in range(s.n_members):
        sim.members[sim.active[k]].tie_sum = 0.0
    for i in range(s.n_ties):
        t = sim.ties[i]
        first, second = sim.members[t.first], sim.members[t.second]
        distance = conflict.tie_distance(
            first.effective_weight, second.effective_weight, t.language, sim.p.trust_language_relief
        )
        first.tie_sum += distance
        second.tie_sum += distance


@phase
def _live(sim: Sim) -> None:
    """One month of trust won and lost, and of shared language, on every tie."""
    p, s = sim.p, sim.s
    communication, governance = s.conditions[3], p.backbone_relational_governance
    for i in range(s.n_ties):
        t = sim.ties[i]
        first, second = sim.members[t.first], sim.members[t.second]
        satisfaction = 0.5 * (first.satisfaction + second.satisfaction)
        drive = ties.trust_drive(
            p.trust_growth,
            p.trust_governance,
            governance,
            p.trust_goodwill,
            p.backbone_spacing,
            t.closure,
            p.trust_closure,
            communication,
            p.trust_coordination,
            s.legitimacy,
        )
        lost = ties.trust_loss(
            0.5 * (first.conflict + second.conflict),
            p.trust_conflict_loss,
            p.trust_control_loss,
            p.backbone_spacing,
            p.trust_result_loss,
            satisfaction,
        )
        kept = 0.5 * (first.commitment * (1.0 - first.shirked) + second.commitment * (1.0 - second.shirked))
        t.trust = ties.trust(t.trust, drive, lost, satisfaction, kept)
        t.language = ties.language(t.language, p.trust_language_growth, communication, governance)


@phase
def interact(sim: Sim) -> None:
    """Let members clash, ties live, third parties introduce, and members take stock."""
    take_position(sim)
    _feel_distances(sim)
    for k in range(sim.s.n_members):
        clash(sim, sim.members[sim.active[k]])
    _live(sim)
    if sim.s.month % 12 == 0:
        meet_by_third_parties(sim)
    meet(sim)


@phase
def develop(sim: Sim) -> None:
    """Move every condition towards what the state supports and the others lend it."""
    p, s = sim.p, sim.s
    trust = shirked = language = 0.0
    for k in range(s.n_members):
        m = sim.members[sim.active[k]]
        trust += m.trust
        shirked += m.shirked
    for i in range(s.n_ties):
        language += sim.ties[i].language
    language = language / s.n_ties if s.n_ties > 0 else 0.0
    held = 0
    for role in range(4):
        held += s.holders[role] >= 0
    lead = s.holders[0]
    targets = (
        conditions.agenda_target(
            p.conditions_agenda_effort, math.sqrt(s.weight_variance), p.backbone_abstracting, s.credibility
        ),
        conditions.measurement_target(p.conditions_measurement_effort, p.backbone_spacing),
        conditions.activities_target(p.conditions_activities_effort, held / 4, shirked / s.n_members),
        conditions.communication_target(p.conditions_communication_effort, trust / s.n_members, language),
        conditions.support_target(s.staffing, sim.members[lead].commitment if lead >= 0 else 0.0),
    )
    average = mean_condition(sim)
    for i in range(5):
        others = (average * 5.0 - s.conditions[i]) / 4.0
        s.conditions[i] = conditions.condition(
            s.conditions[i], targets[i], others, p.conditions_mutual, p.conditions_speed
        )
