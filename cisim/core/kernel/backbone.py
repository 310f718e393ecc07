"""The backbone: its staffing and effort, and the five conditions that it keeps up."""

from cisim.core import purposes
from cisim.core.aggregate import mean_of_sum
from cisim.core.jit import expanded, inlined, seldom
from cisim.core.kernel import log
from cisim.core.kernel.ahead import u
from cisim.core.kernel.network import serve
from cisim.core.kernel.state import Sim
from cisim.core.rules import collective_impact, production
from cisim.core.rules import joining as entry
from cisim.core.rules.common import share_of


@inlined
def mean_condition(sim: Sim) -> float:
    """Mean of the five conditions."""
    result = 0.0
    for i in range(5):
        result += sim.s.conditions[i]
    return mean_of_sum(result, 5)


@inlined
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
        collective_impact.agenda_target(
            p.conditions_agenda_effort, s.weight_variance, p.backbone_abstracting, s.credibility
        ),
        collective_impact.measurement_target(p.conditions_measurement_effort, p.backbone_spacing),
        collective_impact.activities_target(
            p.conditions_activities_effort, share_of(float(held), 4.0), mean_of_sum(shirked, s.n_members)
        ),
        collective_impact.communication_target(
            p.conditions_communication_effort, mean_of_sum(trust, s.n_members), mean_of_sum(language, s.n_ties)
        ),
        collective_impact.support_target(s.staffing, sim.m.commitment[lead] if lead >= 0 else 0.0),
    )
    mean = mean_condition(sim)
    for i in range(5):
        others = collective_impact.mean_of_others(mean, s.conditions[i])
        s.conditions[i] = collective_impact.condition(
            s.conditions[i], targets[i], others, p.conditions_mutual, p.conditions_speed
        )


_TAKEOVER = purposes.TAKEOVER


@seldom
def vacate(sim: Sim, place: int) -> None:
    """Vacate all roles of a member that has left."""
    for role in range(4):
        if sim.m.roles[place] & (1 << role):
            sim.s.holders[role] = -1
            log.write_event(sim, log.ROLE_VACATED, place, log.NOBODY, role)
    sim.m.roles[place] = 0


@seldom
def _best_volunteer(sim: Sim, role: int) -> int:
    """Place of the most suitable willing and able member who volunteers this month; -1 if there is none."""
    s, m, best, best_rank = sim.s, sim.m, -1, 0.0
    for k in range(s.n_members):
        able = m.capabilities[role, k]
        if (
            entry.is_willing_and_able(m.commitment[k], able, sim.p.backbone_takeover_bar)
            and u(s, m.entity[k], s.month, _TAKEOVER + role) < sim.p.backbone_takeover_rate
        ):
            rank = entry.suitability(m.commitment[k], able, m.magnitude[k])
            if best < 0 or rank > best_rank:
                best, best_rank = k, rank
    return best


@expanded
def fill(sim: Sim) -> None:
    """Fill vacant roles with willing and able members."""
    for role in range(4):
        if sim.s.holders[role] < 0:
            _take_over(sim, role)


@seldom
def _take_over(sim: Sim, role: int) -> None:
    heir = _best_volunteer(sim, role)
    if heir >= 0:
        sim.s.holders[role] = heir
        sim.m.roles[heir] |= 1 << role
        serve(sim, heir)
        log.write_event(sim, log.ROLE_CHANGED, heir, log.NOBODY, role)


@inlined
def leader(sim: Sim) -> float:
    """Quality of the person who leads; the mean if nobody does."""
    lead = sim.s.holders[0]
    deviate = sim.m.leader[lead] if lead >= 0 else 0.0
    return production.leader_quality(sim.p.backbone_leader_mean, sim.p.backbone_leader_sd, deviate)
