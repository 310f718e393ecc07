"""The month of a field: practice, platform, donors; the phases of `agents.field`."""

from cisim.core import kinds, purposes
from cisim.core.jit import phase, seldom
from cisim.core.kernel.keys import shared_z, u, z
from cisim.core.kernel.space import Space
from cisim.core.layout import Record
from cisim.core.rules import environment, field, platform
from cisim.core.rules.common import is_new_year, share_of
from cisim.core.rules.funding import of_need

#: Places of `practice.mode` in its choices, from which on a community searches, looks elsewhere, or does both.
OFF, SCRATCH, COPY, BLEND = range(4)


@phase
def draw(s: Record, purpose: int) -> float:
    """Draw a uniform number of a community this month."""
    return u(s, kinds.COALITION, s.month, purpose)


@phase
def draw_normal(s: Record, purpose: int) -> float:
    """Draw a normal number of a community this month."""
    return z(s, kinds.COALITION, s.month, purpose)


@seldom
def open_field(space: Space) -> None:
    """Let every community design its first practice, and found the platform."""
    p, f = space.p, space.f
    f.month = f.n_users = f.n_entries = 0
    f.first = f.second = -1
    f.capacity = p.platform_start if p.platform_presence == 1 else 0.0
    f.log_giving = f.given = f.fees = f.assistance = 0.0
    f.evidence = 1.0
    for i in range(p.communities_number):
        s, c = space.s[i], space.c[i]
        c.is_user = c.adopting = c.exchanged = c.in_library = 0
        c.last_source = -1
        c.capital = c.library_evidence = 0.0
        c.not_invented = _trait(s, p.communities_not_invented, p.communities_resistance_sd, purposes.NOT_INVENTED)
        c.ego = _trait(s, p.communities_ego, p.communities_resistance_sd, purposes.EGO)
        c.silos = _trait(s, p.communities_silos, p.communities_resistance_sd, purposes.SILOS)
        if p.practice_mode != OFF:
            c.target = field.community_target(
                p.communities_heterogeneity, u(s, kinds.COALITION, kinds.ONCE, purposes.TARGET)
            )
            miss = z(s, kinds.COALITION, kinds.ONCE, purposes.FIRST_PRACTICE)
            c.position = field.first_position(c.target, p.practice_start_error, miss)
            luck = z(s, kinds.COALITION, kinds.ONCE, purposes.FIRST_POTENCY)
            c.potency = field.first_potency(p.practice_start_potency, p.practice_potency_sd, luck)
            s.worth = worth(p, c, c.position, c.potency)


@seldom
def _trait(s: Record, mean: float, sd: float, purpose: int) -> float:
    return field.community_trait(mean, sd, z(s, kinds.COALITION, kinds.ONCE, purpose))


@seldom
def worth(p: Record, c: Record, position: float, potency: float) -> float:
    """Worth of a practice in community `c`."""
    distance = field.ring_distance(position, c.target)
    fit = field.local_fit(distance, p.practice_fit_width, p.practice_misfit)
    return field.practice_worth(potency, fit, p.practice_reference)


@seldom
def live_in_field(space: Space) -> None:
    """One month of the field, after the month of every coalition."""
    p = space.p
    space.f.month += 1
    for i in range(p.communities_number):
        s, c = space.s[i], space.c[i]
        c.shown_position, c.shown_potency, c.shown_worth, c.exchanged = c.position, c.potency, s.worth, 0
        if s.ending != 0:
            c.is_user = 0
    if p.platform_presence == 1:
        _fund(space)
        _gather(space)
        _join_and_leave(space)
    for i in range(p.communities_number):
        if space.s[i].ending == 0:
            _practise(space, i)
    for i in range(p.communities_number):
        c = space.c[i]
        exchanged = 1.0 if c.exchanged != 0 or c.is_user != 0 else 0.0
        c.capital = field.relational_capital(
            c.capital, p.communities_capital_growth, p.communities_capital_decay, exchanged
        )


@seldom
def _fund(space: Space) -> None:
    """Let donors give and users pay; capacity and help follow the money."""
    p, f = space.p, space.f
    if is_new_year(f.month) and f.month > 1:
        deviate = shared_z(space.s[0], f.month, purposes.GIVING)
        f.log_giving = environment.log_budget(f.log_giving, p.donors_reversion, p.donors_volatility, 1.0, deviate, 0.0)
    f.n_users, f.fees = 0, 0.0
    for i in range(p.communities_number):
        f.n_users += space.c[i].is_user
        f.fees += space.s[i].fee_paid if space.c[i].is_user != 0 else 0.0
    users, number = float(f.n_users), float(p.communities_number)
    f.given = platform.donors_giving(p.donors_budget, number, f.log_giving, p.donors_attention, f.evidence)
    money = platform.infrastructure_money(f.given, p.donors_programme_bias, f.fees)
    need = platform.platform_need(p.platform_fixed_cost, p.platform_user_cost, users)
    f.capacity = platform.platform_capacity(f.capacity, money, need, p.platform_speed)
    tied = platform.programme_money(f.given, p.donors_programme_bias)
    f.assistance = platform.assistance(f.capacity, tied, p.platform_assistance_cost, users)


@seldom
def _gather(space: Space) -> None:
    """Let users put their practices into the library, and find the two entries with the best evidence."""
    p, f = space.p, space.f
    noise = platform.library_noise(p.practice_evidence_noise, p.platform_evidence_quality, f.capacity)
    f.n_entries, f.first, f.second = 0, -1, -1
    total = 0.0
    for i in range(p.communities_number):
        s, c = space.s[i], space.c[i]
        c.library_evidence = platform.faded_evidence(c.library_evidence, p.platform_fading, f.capacity)
        if c.is_user != 0 and draw(s, purposes.SHARE) < platform.sharing_chance(
            p.platform_share_rate, c.silos, c.capital
        ):
            seen = field.observed_worth(c.shown_worth, noise, draw_normal(s, purposes.SHARE))
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
def _join_and_leave(space: Space) -> None:
    """Let communities that take practice from elsewhere join the platform, and users leave it."""
    p, f = space.p, space.f
    if p.practice_mode < COPY:
        return
    share = share_of(float(f.n_users), float(p.communities_number))
    for i in range(p.communities_number):
        s, c = space.s[i], space.c[i]
        if s.ending == 0:
            if c.is_user != 0:
                chance = platform.platform_leaving(p.platform_leave_rate, f.capacity)
            else:
                chance = platform.platform_joining(
                    p.platform_join_rate, f.capacity, p.platform_network, share, c.silos, c.capital
                )
            if draw(s, purposes.MEMBERSHIP) < chance:
                c.is_user = 1 - c.is_user
            s.fee = of_need(p.platform_fee, s.founding_need) if c.is_user != 0 else 0.0


@seldom
def _practise(space: Space, i: int) -> None:
    """One month of a community's practice: bring in and judge, or look elsewhere, or search."""
    p, s, c = space.p, space.s[i], space.c[i]
    if p.practice_mode == OFF:
        return
    help_ = space.f.assistance if c.is_user != 0 else 0.0
    searched = 0.0
    if c.adopting > 0:
        _bring_in(p, s, c)
    else:
        if p.practice_mode != COPY:
            searched = _search(p, s, c, help_)
        if p.practice_mode != SCRATCH and draw(s, purposes.LOOK) < field.look_chance(
            p.practice_look_rate, c.silos, c.capital
        ):
            _look(space, i, help_)
    s.worth = worth(p, c, c.position, c.potency)
    s.undisturbed = field.undisturbed(
        1.0 if c.adopting > 0 else 0.0,
        p.practice_adoption_cost,
        searched,
        p.practice_search_cost,
        p.platform_training_time,
        help_,
    )


@seldom
def _bring_in(p: Record, s: Record, c: Record) -> None:
    """Go on bringing a practice in; at the end keep it, or go back to the old one."""
    c.adopting -= 1
    if c.adopting == 0:
        deviate = draw_normal(s, purposes.JUDGE)
        found = field.observed_worth(worth(p, c, c.position, c.potency), p.practice_trial_noise, deviate)
        if found < worth(p, c, c.old_position, c.old_potency):
            c.position, c.potency = c.old_position, c.old_potency


@seldom
def _search(p: Record, s: Record, c: Record, help_: float) -> float:
    """Try something new at home, and keep it if it seems better; return whether it was tried."""
    chance = field.search_chance(
        p.practice_search_rate, p.production_learning_spacing, p.backbone_spacing, p.platform_search_gain, help_
    )
    if draw(s, purposes.SEARCH) >= chance:
        return 0.0
    position = field.tried_position(c.position, p.practice_search_step, draw_normal(s, purposes.SEARCH))
    potency = field.tried_potency(c.potency, p.practice_potency_step, draw_normal(s, purposes.TRIED_POTENCY))
    deviate = draw_normal(s, purposes.TRIED_WORTH)
    seen = field.observed_worth(worth(p, c, position, potency), p.practice_trial_noise, deviate)
    if seen > worth(p, c, c.position, c.potency):
        c.position, c.potency = position, potency
    return 1.0


@seldom
def _look(space: Space, i: int, help_: float) -> None:
    """Look at what others do, and bring in the best of it if it is believed to beat what is there."""
    p, f, s, c = space.p, space.f, space.s[i], space.c[i]
    best, best_evidence, from_library = -1, 0.0, False
    if p.practice_mode == COPY:
        for k in range(p.practice_peers):
            j = _peer(space, i, k)
            if j >= 0:
                deviate = z(s, k, s.month, purposes.PEER_EVIDENCE)
                seen = field.observed_worth(space.c[j].shown_worth, p.practice_evidence_noise, deviate)
                if best < 0 or seen > best_evidence:
                    best, best_evidence = j, seen
    if c.is_user != 0:
        j = f.first
        if j == i or j == c.last_source:
            j = f.second
        if j >= 0 and j != i and j != c.last_source:
            seen = space.c[j].library_evidence
            if best < 0 or seen > best_evidence:
                best, best_evidence, from_library = j, seen, True
    if best >= 0:
        believed = field.trusted_evidence(best_evidence, c.not_invented, c.capital)
        if believed > field.own_view(c.shown_worth, c.ego, c.capital):
            _take_over(space, i, best, from_library, help_)


@seldom
def _peer(space: Space, i: int, k: int) -> int:
    """Place of the `k`-th other community that `i` sees; -1 if it is none that lives and was not copied last."""
    s, n = space.s[i], space.p.communities_number
    if n == 1:
        return -1
    j = field.drawn_place(u(s, k, s.month, purposes.PEER), n - 1)
    if j >= i:
        j += 1
    if space.s[j].ending != 0 or j == space.c[i].last_source:
        return -1
    return j


@seldom
def _take_over(space: Space, i: int, j: int, from_library: bool, help_: float) -> None:
    """Begin to bring in the practice of community `j`, unless it is what is done already."""
    p, s, c, source = space.p, space.s[i], space.c[i], space.c[j]
    position = source.library_position if from_library else source.shown_position
    potency = source.library_potency if from_library else source.shown_potency
    if p.practice_mode == BLEND:
        position = field.transferred_position(position, c.target, p.platform_adaptation, help_)
    if position == c.position and potency == c.potency:
        return
    c.old_position, c.old_potency, c.position, c.potency = c.position, c.potency, position, potency
    c.adopting, c.last_source = p.practice_adoption_months, j
    c.exchanged = 1
    source.exchanged = 1
    s.practice = field.transferred_skill(s.practice, p.practice_stickiness, help_)
