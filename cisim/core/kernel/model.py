"""One month of a coalition in the compiled engine, in the order of the schedule; the phases of `agents.model`."""

from cisim.core import kinds, purposes
from cisim.core.aggregate import mean_of_sum
from cisim.core.jit import expanded, seldom
from cisim.core.kernel import ahead, log
from cisim.core.kernel.ahead import look_ahead, u
from cisim.core.kernel.backbone import develop, fill, vacate
from cisim.core.kernel.coalition import assess, count_members, interact, produce, set_agenda
from cisim.core.kernel.cohort import nurture
from cisim.core.kernel.decision import commit, face_hazards, find_cause
from cisim.core.kernel.dependence import depend, find_providers
from cisim.core.kernel.endings import find_end
from cisim.core.kernel.environment import change_world
from cisim.core.kernel.founding import expect
from cisim.core.kernel.network import cut, introduce, recount
from cisim.core.kernel.observer import watch
from cisim.core.kernel.organisation import appraise, contribute, create, frame
from cisim.core.kernel.state import Sim
from cisim.core.kernel.treasury import settle_accounts
from cisim.core.layout import AHEAD
from cisim.core.population import candidate_kind, draw_profile
from cisim.core.rules import collective_impact as assessment
from cisim.core.rules import joining as entry
from cisim.core.rules.common import is_due
from cisim.parameters.checks import LARGEST


@expanded
def step(sim: Sim) -> bool:
    """One month, in the order of MODEL 3; return whether a shortfall has begun."""
    s = sim.s
    s.month += 1
    if s.month % AHEAD == 1:
        look_ahead(sim)
    change_world(sim)  # 1
    set_agenda(sim)  # 2
    frame(sim, 0)  # 3
    contribute(sim, sim.p.backbone_spacing)  # 4
    produce(sim)  # 5
    if sim.p.cohort_intake > 0.0:
        nurture(sim)  # 6
    assess(sim)  # 7
    appraise(sim)  # 8
    interact(sim)  # 9
    depend(sim)  # 10
    _decide(sim)  # 11
    _admit(sim)  # 12
    fill(sim)  # 13
    if s.n_members > 0:
        settle_accounts(sim)
        develop(sim)
    watch(sim)  # 14
    return find_end(sim)


@expanded
def _decide(sim: Sim) -> None:
    """Update commitments and decide who leaves."""
    s, m, n_leavers = sim.s, sim.m, 0
    commit(sim)
    face_hazards(sim)
    for k in range(s.n_members):
        n_leavers += m.leave_elapsed[k] >= m.leave_threshold[k]
    s.n_left = 0
    if n_leavers > 0:
        _part(sim)
    if is_due(s.month, sim.p.backbone_contract_months) and s.n_members > 0:
        for k in range(s.n_members):
            m.grievance[k] = m.backlog[k] = m.deferred[k] = 0.0
        log.write_event(sim, log.RENEWED, log.NOBODY, log.NOBODY, log.PLAIN)


@seldom
def _part(sim: Sim) -> None:
    """Remove those who leave, role holders first; vacate their roles and cut their ties."""
    s, m, n = sim.s, sim.m, 0
    for k in range(s.n_members):
        sim.s.reasons[k] = -1
        if m.leave_elapsed[k] >= m.leave_threshold[k]:
            sim.s.reasons[k] = find_cause(sim, k)
    for is_first in (True, False):
        for k in range(s.n_members):
            if sim.s.reasons[k] >= 0 and (m.roles[k] != 0) == is_first:
                sim.s.leavers[n] = k
                n += 1
    for i in range(n):
        spell = sim.members[m.slot[sim.s.leavers[i]]]
        spell.left, spell.cause = s.month, sim.s.reasons[sim.s.leavers[i]]
        log.write_event(sim, log.LEFT, sim.s.leavers[i], log.NOBODY, spell.cause)
        vacate(sim, sim.s.leavers[i])
    s.n_left, s.last_cause = n, sim.s.reasons[sim.s.leavers[0]]
    _close_ranks(sim)
    cut(sim)
    count_members(sim)


@expanded
def _close_ranks(sim: Sim) -> None:
    """Close the gaps in columns, providers and roles that those who left have made."""
    s, kept = sim.s, 0
    for k in range(s.n_members):
        sim.s.moved[k] = -1
        if sim.s.reasons[k] < 0:
            sim.s.moved[k] = kept
            kept += 1
    for k in range(s.n_members):
        to = sim.s.moved[k]
        if to >= 0:
            for i in range(sim.m.n_providers[k]):
                provider = sim.provider[k, i]
                sim.provider[to, i] = sim.s.moved[provider] if provider >= 0 else -1
                sim.means_from[to, i] = sim.means_from[k, i]
            for row in range(sim.columns.shape[0]):
                sim.columns[row, to] = sim.columns[row, k]
    for role in range(4):
        if s.holders[role] >= 0:
            s.holders[role] = sim.s.moved[s.holders[role]]
    s.n_members = kept


@expanded
def _admit(sim: Sim) -> None:
    """Admit the candidate of the month, if there is one and it chooses to join."""
    if ahead.drawn(sim, ahead.ARRIVAL) < sim.s.arrival and 0 < sim.s.n_members < LARGEST:
        _choose(sim)


@seldom
def _choose(sim: Sim) -> None:
    """Decide whether the candidate of the month joins."""
    p, s, entity = sim.p, sim.s, kinds.CANDIDATE + sim.s.month
    kind = candidate_kind(p, s.seed, s.replicate, s.community, s.month)
    weight = draw_profile(p, s.seed, s.replicate, s.community, entity, kind)[0]
    chance = entry.joining_probability(
        p.entry_base,
        p.entry_record,
        assessment.relative_gap(s.perceived_social, s.promised_social),
        p.entry_distance,
        entry.goal_distance(weight, s.mean_weight),
        s.climate,
    )
    if u(s, entity, s.month, purposes.JOIN) < chance:
        _welcome(sim, entity, kind)


@expanded
def _welcome(sim: Sim, entity: int, kind: int) -> None:
    """Add a new member."""
    s, m, place = sim.s, sim.m, sim.s.n_members
    create(sim, s.n_slots, place, entity, kind)
    s.n_slots += 1
    for k in range(place):
        introduce(sim, place, k)
    s.n_members += 1
    recount(sim)
    find_providers(sim, place)
    trust = closed = 0.0
    for i in range(s.n_ties):
        if place in (sim.ties.first[i], sim.ties.second[i]):
            trust += sim.ties.trust[i]
            closed += sim.ties.closure[i]
    m.trust[place], m.closure[place] = mean_of_sum(trust, m.n_ties[place]), mean_of_sum(closed, m.n_ties[place])
    frame(sim, place)
    expect(sim, place, 1.0)
    log.write_event(sim, log.JOINED, place, log.NOBODY, log.PLAIN)
    count_members(sim)
