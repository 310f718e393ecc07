"""One run of the compiled engine: the schedule month by month."""

import numpy as np
from numpy.typing import NDArray

from cisim.core import kinds, purposes
from cisim.core.jit import phase, seldom, spliced
from cisim.core.kernel import log
from cisim.core.kernel.backbone import fill, settle, vacate
from cisim.core.kernel.coalition import assess, develop, interact, produce, set_agenda
from cisim.core.kernel.endings import COMPLETED, find_end
from cisim.core.kernel.founding import expect, found, reset
from cisim.core.kernel.keys import threshold, u
from cisim.core.kernel.members import appraise, commit, contribute, create, decide, depend, find_providers, frame
from cisim.core.kernel.network import cut, introduce, recount
from cisim.core.kernel.observe import watch, watch_cohort
from cisim.core.kernel.sim import Sim
from cisim.core.kernel.world import change_world
from cisim.core.nurture import nurture_month
from cisim.core.population import candidate_kind, draw_profile
from cisim.core.rules import assessment, entry
from cisim.core.rules import cohort as cohort_rules
from cisim.core.rules.common import rate_to_probability
from cisim.parameters.checks import LARGEST

_COALITION, _CANDIDATE, _PLACES = kinds.COALITION, kinds.CANDIDATE, kinds.PLACES
_ENTERPRISE = purposes.ENTERPRISE
_JOINED, _LEFT, _RENEWED = log.JOINED, log.LEFT, log.RENEWED


@spliced
def step(sim: Sim) -> bool:
    """One month, in the order of MODEL 3; return whether a shortfall has begun."""
    s = sim.s
    s.month += 1
    change_world(sim)  # 1
    set_agenda(sim)  # 2
    for k in range(s.n_members):
        frame(sim, sim.members[sim.active[k]])  # 3
    for k in range(s.n_members):
        contribute(sim, sim.active[k], sim.p.backbone_spacing)  # 4
    produce(sim)  # 5
    _nurture(sim)  # 6
    assess(sim)  # 7
    for k in range(s.n_members):
        appraise(sim, sim.members[sim.active[k]])  # 8
    interact(sim)  # 9
    for k in range(s.n_members):
        depend(sim, sim.active[k])  # 10
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
    if s.month % 12 == 1 and p.cohort_intake > 0.0:
        capacity = cohort_rules.programme_capacity(s.staffing, s.joint)
        taken = cohort_rules.intake_number(p.cohort_intake, capacity, u(s, _COALITION, s.month, purposes.INTAKE))
        for i in range(taken):
            at = s.n_enterprises + i
            sim.entity[at], sim.entry[at] = s.month * _PLACES + i, s.month
            borne = threshold(s, sim.entity[at], s.month, _ENTERPRISE)
            for twin in range(2):
                sim.alive[twin, at], sim.revenue[twin, at], sim.support[twin, at] = True, 0.0, 0.0
                sim.patience[twin, at] = borne
        s.n_enterprises += taken
    n = s.n_enterprises
    if n > 0:
        nurture_month(
            s.seed,
            s.replicate,
            s.community,
            s.month,
            s.social,
            s.economic,
            sim.entity[:n],
            sim.entry[:n],
            sim.alive[:, :n],
            sim.revenue[:, :n],
            sim.support[:, :n],
            sim.patience[:, :n],
            sim.rate[:, :n],
            (
                p.cohort_growth,
                p.cohort_growth_support,
                p.cohort_support_memory,
                p.cohort_growth_sd,
                p.cohort_exit_rate,
                p.cohort_exit_support,
            ),
        )


@phase
def _decide(sim: Sim) -> None:
    """Let members commit, stay or leave; whoever holds a role goes first."""
    s = sim.s
    for k in range(s.n_members):
        commit(sim, sim.members[sim.active[k]])
    n = 0
    for k in range(s.n_members):
        slot = sim.active[k]
        cause = decide(sim, sim.members[slot])
        sim.reasons[slot] = cause
        if cause >= 0:
            sim.leavers[n] = slot
            n += 1
    s.n_left = 0
    for holds in (True, False):
        for i in range(n):
            if (sim.members[sim.leavers[i]].roles != 0) == holds and sim.members[sim.leavers[i]].is_member:
                _part(sim, sim.leavers[i])
    if n > 0:
        _compact(sim)
        cut(sim)
    if s.month % sim.p.backbone_contract_months == 0 and s.n_members > 0:
        for k in range(s.n_members):
            m = sim.members[sim.active[k]]
            m.grievance = m.backlog = m.deferred = 0.0
        log.note(sim, _RENEWED, -1, -1, 0)


@seldom
def _part(sim: Sim, slot: int) -> None:
    """Let a member go; its roles fall vacant."""
    s, m = sim.s, sim.members[slot]
    m.is_member, m.left, m.cause = 0, s.month, sim.reasons[slot]
    if s.n_left == 0:
        s.last_cause = m.cause
    s.n_left += 1
    log.note(sim, _LEFT, slot, -1, m.cause)
    vacate(sim, slot)


@seldom
def _compact(sim: Sim) -> None:
    """Close the gaps in the list of active members."""
    s, kept = sim.s, 0
    for k in range(s.n_members):
        if sim.members[sim.active[k]].is_member:
            sim.active[kept] = sim.active[k]
            kept += 1
    s.n_members = kept


@phase
def _admit(sim: Sim) -> None:
    """Let the candidate of the month, if there is one, look at the coalition and choose."""
    p, s = sim.p, sim.s
    entity = _CANDIDATE + s.month
    arrives = u(s, entity, s.month, purposes.ARRIVAL) < rate_to_probability(p.entry_rate)
    if not arrives or s.n_members == 0 or s.n_members >= LARGEST:
        return
    kind = candidate_kind(p, s.seed, s.replicate, s.community, s.month)
    weight = draw_profile(p, s.seed, s.replicate, s.community, entity, kind)[0]
    chance = entry.joining_probability(
        p.entry_base,
        p.entry_record,
        assessment.relative_gap(s.perceived_social, s.promised_social),
        p.entry_distance,
        abs(weight - s.mean_weight),
        s.climate,
    )
    if u(s, entity, s.month, purposes.JOIN) < chance:
        _welcome(sim, entity, kind)


@seldom
def _welcome(sim: Sim, entity: int, kind: int) -> None:
    """Take in a new member."""
    s, slot = sim.s, sim.s.n_slots
    create(sim, slot, entity, kind)
    m = sim.members[slot]
    m.is_member = 1
    s.n_slots += 1
    for k in range(s.n_members):
        introduce(sim, slot, sim.active[k])
    sim.active[s.n_members] = slot
    s.n_members += 1
    recount(sim)
    find_providers(sim, slot)
    trust = closed = 0.0
    for i in range(s.n_ties):
        if slot in (sim.ties[i].first, sim.ties[i].second):
            trust += sim.ties[i].trust
            closed += sim.ties[i].closure
    m.trust = trust / m.n_ties if m.n_ties > 0 else 0.0
    m.closure = closed / m.n_ties if m.n_ties > 0 else 0.0
    frame(sim, m)
    expect(sim, slot)
    log.note(sim, _JOINED, slot, -1, 0)


@spliced
def run(sim: Sim, composition: NDArray[np.int64], seed: int, replicate: int, community: int, keeps: bool) -> None:
    """Simulate one coalition from its founding to its end; `keeps` the cohort's series whole."""
    s = sim.s
    reset(sim, seed, replicate, community)
    found(sim, composition)
    while s.ending == 0:
        begun = step(sim)
        if keeps or begun or s.ending or s.month == sim.p.observation_milestone or s.month == sim.p.observation_horizon:
            watch_cohort(sim)
    log.note(sim, log.ENDED, -1, -1, s.ending * 8 + (s.end_cause if s.ending < COMPLETED else 7))
