"""A field: many communities, each with its coalition, month by month; the phases of `agents.field`."""

import numpy as np
from numpy.typing import NDArray

from cisim.core import kinds, purposes
from cisim.core.jit import expanded, seldom
from cisim.core.kernel import log
from cisim.core.kernel.endings import COMPLETED, FAILED
from cisim.core.kernel.field_community import OFF, practise, trait, worth
from cisim.core.kernel.field_platform import fund, gather, join_and_leave
from cisim.core.kernel.founding import found, reset
from cisim.core.kernel.keys import u, z
from cisim.core.kernel.model import step
from cisim.core.kernel.negotiation import negotiate
from cisim.core.kernel.observer import watch_cohort
from cisim.core.kernel.sim import Sim
from cisim.core.kernel.space import Space, view
from cisim.core.records import CAUSES, NOT_FORMED
from cisim.core.rules import diffusion

_NOT_FORMED = CAUSES.index(NOT_FORMED)


@seldom
def open_field(space: Space) -> None:
    """Initialise the first practice of every community, and the platform."""
    p, f = space.sims.p, space.f
    f.month = f.n_users = f.n_entries = 0
    f.first = f.second = -1
    f.capacity = p.platform_start if p.platform_presence == 1 else 0.0
    f.log_giving = f.given = f.fees = f.assistance = 0.0
    f.evidence = 1.0
    for i in range(p.communities_number):
        s, c = space.sims.s[i], space.c[i]
        c.is_user = c.adopting = c.exchanged = c.in_library = 0
        c.last_source = -1
        c.capital = c.library_evidence = 0.0
        c.not_invented = trait(s, p.communities_not_invented, p.communities_resistance_sd, purposes.NOT_INVENTED)
        c.ego = trait(s, p.communities_ego, p.communities_resistance_sd, purposes.EGO)
        c.silos = trait(s, p.communities_silos, p.communities_resistance_sd, purposes.SILOS)
        if p.practice_mode != OFF:
            c.target = diffusion.community_target(
                p.communities_heterogeneity, u(s, kinds.COALITION, kinds.ONCE, purposes.TARGET)
            )
            miss = z(s, kinds.COALITION, kinds.ONCE, purposes.FIRST_PRACTICE)
            c.position = diffusion.first_position(c.target, p.practice_start_error, miss)
            luck = z(s, kinds.COALITION, kinds.ONCE, purposes.FIRST_POTENCY)
            c.potency = diffusion.first_potency(p.practice_start_potency, p.practice_potency_sd, luck)
            s.worth = worth(p, c, c.position, c.potency)


@seldom
def live_in_field(space: Space) -> None:
    """One month of the field, after the month of every coalition."""
    p = space.sims.p
    space.f.month += 1
    for i in range(p.communities_number):
        s, c = space.sims.s[i], space.c[i]
        c.shown_position, c.shown_potency, c.shown_worth, c.exchanged = c.position, c.potency, s.worth, 0
        if s.ending != 0:
            c.is_user = 0
    if p.platform_presence == 1:
        fund(space)
        gather(space)
        join_and_leave(space)
    for i in range(p.communities_number):
        if space.sims.s[i].ending == 0:
            practise(space, i)
    for i in range(p.communities_number):
        c = space.c[i]
        exchanged = 1.0 if c.exchanged != 0 or c.is_user != 0 else 0.0
        c.capital = diffusion.relational_capital(
            c.capital, p.communities_capital_growth, p.communities_capital_decay, exchanged
        )


@expanded
def run_communities(
    space: Space, composition: NDArray[np.int64], seed: int, replicate: int, community: int, keeps: bool
) -> None:
    """Simulate all communities to their ends, the first with key `community`; `keeps` the cohorts' series whole.

    Where nothing ties communities together each lives its whole life in turn; else all live month by month.
    """
    n, n_living = space.sims.p.communities_number, 0
    for i in range(n):
        sim = view(space, i)
        reset(sim, seed, replicate, community + i)
        if negotiate(sim):
            found(sim, composition)
            n_living += 1
        else:
            sim.s.ending, sim.s.end_cause = FAILED, _NOT_FORMED
            _write_ending(sim)
    is_tied = space.sims.p.practice_mode > 0 or space.sims.p.platform_presence > 0
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


@expanded
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
    log.write_event(sim, log.ENDED, log.NOBODY, log.NOBODY, s.ending * 8 + (s.end_cause if s.ending < COMPLETED else 7))
