"""A field of communities, and the platform between them."""

import numpy as np
from numpy.typing import NDArray

from cisim.core import kinds, purposes
from cisim.core.jit import expanded, seldom
from cisim.core.kernel import log
from cisim.core.kernel.ahead import shared_z, u, z
from cisim.core.kernel.endings import COMPLETED, FAILED
from cisim.core.kernel.field_community import COPY, OFF, draw_normal, draw_uniform, practise, trait, worth
from cisim.core.kernel.founding import found, reset
from cisim.core.kernel.model import step
from cisim.core.kernel.negotiation import negotiate
from cisim.core.kernel.observer import watch_cohort
from cisim.core.kernel.state import Sim, Space, view
from cisim.core.records import CAUSES, NOT_FORMED
from cisim.core.rules import diffusion, platform, surroundings
from cisim.core.rules.common import is_new_year, share_of
from cisim.core.rules.funding import of_need


@seldom
def fund(space: Space) -> None:
    """Update donations and fees, and with them capacity and assistance."""
    p, f = space.sims.p, space.f
    if is_new_year(f.month) and f.month > 1:
        deviate = shared_z(space.sims.s[0], f.month, purposes.GIVING)
        f.log_giving = surroundings.log_budget(f.log_giving, p.donors_reversion, p.donors_volatility, 1.0, deviate, 0.0)
    f.n_users, f.fees = 0, 0.0
    for i in range(p.communities_number):
        f.n_users += space.c[i].is_user
        f.fees += space.sims.s[i].fee_paid if space.c[i].is_user != 0 else 0.0
    users, number = float(f.n_users), float(p.communities_number)
    f.given = platform.donors_giving(p.donors_budget, number, f.log_giving, p.donors_attention, f.evidence)
    money = platform.infrastructure_money(f.given, p.donors_programme_bias, f.fees)
    need = platform.platform_need(p.platform_fixed_cost, p.platform_user_cost, users)
    f.capacity = platform.platform_capacity(f.capacity, money, need, p.platform_speed)
    tied = platform.programme_money(f.given, p.donors_programme_bias)
    f.assistance = platform.assistance(f.capacity, tied, p.platform_assistance_cost, users)


@seldom
def gather(space: Space) -> None:
    """Update the library with the users' practices, and find the two entries with the best evidence."""
    p, f = space.sims.p, space.f
    noise = platform.library_noise(p.practice_evidence_noise, p.platform_evidence_quality, f.capacity)
    f.n_entries, f.first, f.second = 0, -1, -1
    total = 0.0
    for i in range(p.communities_number):
        s, c = space.sims.s[i], space.c[i]
        c.library_evidence = platform.faded_evidence(c.library_evidence, p.platform_fading, f.capacity)
        if c.is_user != 0 and draw_uniform(s, purposes.SHARE) < platform.sharing_chance(
            p.platform_share_rate, c.silos, c.capital
        ):
            seen = diffusion.observed_worth(c.shown_worth, noise, draw_normal(s, purposes.SHARE))
            c.library_evidence = platform.library_evidence(c.library_evidence, seen, float(c.in_library))
            c.library_position, c.library_potency, c.in_library = c.shown_position, c.shown_potency, 1
        if c.in_library != 0:
            f.n_entries += 1
            total += c.library_evidence
            if f.first < 0 or c.library_evidence > space.c[f.first].library_evidence:
                f.first, f.second = i, f.first
            elif f.second < 0 or c.library_evidence > space.c[f.second].library_evidence:
                f.second = i
    f.evidence = platform.mean_evidence(total, f.n_entries)


@seldom
def join_and_leave(space: Space) -> None:
    """Decide which communities that take practice from elsewhere join the platform, and which users leave it."""
    p, f = space.sims.p, space.f
    if p.practice_mode < COPY:
        return
    share = share_of(float(f.n_users), float(p.communities_number))
    for i in range(p.communities_number):
        s, c = space.sims.s[i], space.c[i]
        if s.ending == 0:
            if c.is_user != 0:
                chance = platform.platform_leaving(p.platform_leave_rate, f.capacity)
            else:
                chance = platform.platform_joining(
                    p.platform_join_rate, f.capacity, p.platform_network, share, c.silos, c.capital
                )
            if draw_uniform(s, purposes.MEMBERSHIP) < chance:
                c.is_user = 1 - c.is_user
            s.fee = of_need(p.platform_fee, s.founding_need) if c.is_user != 0 else 0.0


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
    cause = s.end_cause if s.ending < COMPLETED else log.NO_CAUSE
    log.write_event(sim, log.ENDED, log.NOBODY, log.NOBODY, s.ending * log.CAUSE_CODES + cause)
