"""One run of the compiled engine: the schedule month by month, in one community or in many."""

import numpy as np
from numpy.typing import NDArray

from cisim.core import kinds, purposes
from cisim.core.aggregate import average
from cisim.core.jit import seldom, spliced
from cisim.core.kernel import ahead, log
from cisim.core.kernel.ahead import look_ahead
from cisim.core.kernel.backbone import fill, settle, vacate
from cisim.core.kernel.coalition import assess, count_members, develop, interact, produce, set_agenda
from cisim.core.kernel.decision import commit, face_hazards, find_cause
from cisim.core.kernel.dependence import depend, find_providers
from cisim.core.kernel.endings import COMPLETED, FAILED, find_end
from cisim.core.kernel.field import live_in_field, open_field
from cisim.core.kernel.formation import negotiate
from cisim.core.kernel.founding import expect, found, reset
from cisim.core.kernel.keys import threshold, u
from cisim.core.kernel.members import appraise, contribute, create, frame
from cisim.core.kernel.network import cut, introduce, recount
from cisim.core.kernel.observe import watch, watch_cohort
from cisim.core.kernel.sim import Sim
from cisim.core.kernel.space import Space, view
from cisim.core.kernel.world import change_world
from cisim.core.layout import AHEAD
from cisim.core.nurture import Nurture, nurture_month
from cisim.core.population import World, candidate_kind, draw_profile
from cisim.core.records import CAUSES, NOT_FORMED
from cisim.core.rules import assessment, entry
from cisim.core.rules import cohort as cohort_rules
from cisim.core.rules.common import is_due, is_new_year
from cisim.parameters.checks import LARGEST

_NOT_FORMED = CAUSES.index(NOT_FORMED)


@spliced
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
        _nurture(sim)  # 6
    assess(sim)  # 7
    appraise(sim)  # 8
    interact(sim)  # 9
    depend(sim)  # 10
    _decide(sim)  # 11
    _admit(sim)  # 12
    fill(sim)  # 13
    if s.n_members > 0:
        settle(sim)
        develop(sim)
    watch(sim)  # 14
    return find_end(sim)


@seldom
def _nurture(sim: Sim) -> None:
    """One month of the cohort, with the yearly intake."""
    p, s = sim.p, sim.s
    if is_new_year(s.month):
        capacity = cohort_rules.programme_capacity(s.staffing, s.joint)
        taken = cohort_rules.intake_number(p.cohort_intake, capacity, u(s, kinds.COALITION, s.month, purposes.INTAKE))
        for i in range(taken):
            at = s.n_enterprises + i
            sim.entity[at], sim.entry[at] = s.month * kinds.PLACES + i, s.month
            borne = threshold(s, sim.entity[at], s.month, purposes.ENTERPRISE)
            for twin in range(2):
                sim.alive[twin, at], sim.revenue[twin, at], sim.support[twin, at] = True, 0.0, 0.0
                sim.patience[twin, at] = borne
        s.n_enterprises += taken
    n = s.n_enterprises
    if n > 0:
        nurture_month(
            World(s.seed, s.replicate, s.community),
            s.month,
            s.social,
            s.economic,
            n,
            sim.entity,
            sim.entry,
            sim.alive,
            sim.revenue,
            sim.support,
            sim.patience,
            sim.rate,
            sim.luck,
            Nurture(
                growth=p.cohort_growth,
                growth_support=p.cohort_growth_support,
                support_memory=p.cohort_support_memory,
                growth_sd=p.cohort_growth_sd,
                exit_rate=p.cohort_exit_rate,
                exit_support=p.cohort_exit_support,
            ),
        )


@spliced
def _decide(sim: Sim) -> None:
    """Let members commit, stay or leave."""
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
        log.note(sim, log.RENEWED, log.NOBODY, log.NOBODY, log.PLAIN)


@seldom
def _part(sim: Sim) -> None:
    """Let leavers go, who holds a role first; roles fall vacant, ties are cut."""
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
        log.note(sim, log.LEFT, sim.s.leavers[i], log.NOBODY, spell.cause)
        vacate(sim, sim.s.leavers[i])
    s.n_left, s.last_cause = n, sim.s.reasons[sim.s.leavers[0]]
    _close_ranks(sim)
    cut(sim)
    count_members(sim)


@spliced
def _close_ranks(sim: Sim) -> None:
    """Let those who stay move up to the places of those who left: columns, providers, roles."""
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


@spliced
def _admit(sim: Sim) -> None:
    """Let the candidate of the month, if there is one, look at the coalition and choose."""
    if ahead.drawn(sim, ahead.ARRIVAL) < sim.s.arrival and 0 < sim.s.n_members < LARGEST:
        _choose(sim)


@seldom
def _choose(sim: Sim) -> None:
    """Let the candidate of the month join or not."""
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


@spliced
def _welcome(sim: Sim, entity: int, kind: int) -> None:
    """Take in a new member."""
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
    m.trust[place], m.closure[place] = average(trust, m.n_ties[place]), average(closed, m.n_ties[place])
    frame(sim, place)
    expect(sim, place, 1.0)
    log.note(sim, log.JOINED, place, log.NOBODY, log.PLAIN)
    count_members(sim)


@spliced
def run(space: Space, composition: NDArray[np.int64], seed: int, replicate: int, community: int, keeps: bool) -> None:
    """Simulate all communities to their ends, the first with key `community`; `keeps` the cohorts' series whole.

    Where nothing ties communities together each lives its whole life in turn; else all live month by month.
    """
    n, n_living = space.p.communities_number, 0
    for i in range(n):
        sim = view(space, i)
        reset(sim, seed, replicate, community + i)
        if negotiate(sim):
            found(sim, composition)
            n_living += 1
        else:
            sim.s.ending, sim.s.end_cause = FAILED, _NOT_FORMED
            _write_ending(sim)
    is_tied = space.p.practice_mode > 0 or space.p.platform_presence > 0
    if is_tied:
        open_field(space)
    while n_living > 0:
        for i in range(n):
            sim = view(space, i)
            if sim.s.ending == 0:
                _live(sim, keeps, is_tied)
                n_living -= sim.s.ending != 0
        if is_tied:
            live_in_field(space)


@spliced
def _live(sim: Sim, keeps: bool, is_tied: bool) -> None:
    """Live one month, or the whole life of a coalition that nothing ties to others."""
    s, p = sim.s, sim.p
    while s.ending == 0:
        begun = step(sim)
        if keeps or begun or s.ending or s.month == p.observation_milestone or s.month == p.observation_horizon:
            watch_cohort(sim)
        if is_tied:
            break
    if s.ending != 0:
        _write_ending(sim)


@seldom
def _write_ending(sim: Sim) -> None:
    s = sim.s
    log.note(sim, log.ENDED, log.NOBODY, log.NOBODY, s.ending * 8 + (s.end_cause if s.ending < COMPLETED else 7))
