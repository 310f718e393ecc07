"""The platform and its donors: the phases of `agents.field_platform`."""

from cisim.core import purposes
from cisim.core.jit import seldom
from cisim.core.kernel.field_community import COPY, draw_normal, draw_uniform
from cisim.core.kernel.keys import shared_z
from cisim.core.kernel.space import Space
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
