"""A community's practice: the phases of `agents.field_community`."""

from cisim.core import kinds, purposes
from cisim.core.jit import inlined, seldom
from cisim.core.kernel.ahead import u, z
from cisim.core.kernel.state import Space
from cisim.core.layout import Record
from cisim.core.rules import diffusion

#: Places of `practice.mode` in its choices, from which on a community searches, looks elsewhere, or does both.
OFF, SCRATCH, COPY, BLEND = range(4)


@inlined
def draw_uniform(s: Record, purpose: int) -> float:
    """Draw a uniform number of a community this month."""
    return u(s, kinds.COALITION, s.month, purpose)


@inlined
def draw_normal(s: Record, purpose: int) -> float:
    """Draw a normal number of a community this month."""
    return z(s, kinds.COALITION, s.month, purpose)


@seldom
def trait(s: Record, mean: float, sd: float, purpose: int) -> float:
    """Return a community's own degree of a resistance."""
    return diffusion.community_trait(mean, sd, z(s, kinds.COALITION, kinds.ONCE, purpose))


@seldom
def worth(p: Record, c: Record, position: float, potency: float) -> float:
    """Worth of a practice in community `c`."""
    distance = diffusion.ring_distance(position, c.target)
    fit = diffusion.local_fit(distance, p.practice_fit_width, p.practice_misfit)
    return diffusion.practice_worth(potency, fit, p.practice_reference)


@seldom
def practise(space: Space, i: int) -> None:
    """One month of a community's practice: continue an adoption, or else observe others and search."""
    p, s, c = space.sims.p, space.sims.s[i], space.c[i]
    if p.practice_mode == OFF:
        return
    help_ = space.f.assistance if c.is_user != 0 else 0.0
    searched = 0.0
    if c.adopting > 0:
        _bring_in(p, s, c)
    else:
        if p.practice_mode != COPY:
            searched = _search(p, s, c, help_)
        if p.practice_mode != SCRATCH and draw_uniform(s, purposes.LOOK) < diffusion.look_chance(
            p.practice_look_rate, c.silos, c.capital
        ):
            _look(space, i, help_)
    s.worth = worth(p, c, c.position, c.potency)
    s.undisturbed = diffusion.undisturbed(
        1.0 if c.adopting > 0 else 0.0,
        p.practice_adoption_cost,
        searched,
        p.practice_search_cost,
        p.platform_training_time,
        help_,
    )


@seldom
def _bring_in(p: Record, s: Record, c: Record) -> None:
    """Continue an adoption; at its end keep the practice or return to the old one."""
    c.adopting -= 1
    if c.adopting == 0:
        deviate = draw_normal(s, purposes.JUDGE)
        found = diffusion.observed_worth(worth(p, c, c.position, c.potency), p.practice_trial_noise, deviate)
        if found < worth(p, c, c.old_position, c.old_potency):
            c.position, c.potency = c.old_position, c.old_potency


@seldom
def _search(p: Record, s: Record, c: Record, help_: float) -> float:
    """Try a variant of the own practice and keep it if it seems better; return whether one was tried."""
    chance = diffusion.search_chance(
        p.practice_search_rate, p.production_learning_spacing, p.backbone_spacing, p.platform_search_gain, help_
    )
    if draw_uniform(s, purposes.SEARCH) >= chance:
        return 0.0
    position = diffusion.tried_position(c.position, p.practice_search_step, draw_normal(s, purposes.SEARCH))
    potency = diffusion.tried_potency(c.potency, p.practice_potency_step, draw_normal(s, purposes.TRIED_POTENCY))
    deviate = draw_normal(s, purposes.TRIED_WORTH)
    seen = diffusion.observed_worth(worth(p, c, position, potency), p.practice_trial_noise, deviate)
    if seen > worth(p, c, c.position, c.potency):
        c.position, c.potency = position, potency
    return 1.0


@seldom
def _look(space: Space, i: int, help_: float) -> None:
    """Observe the practices of others; begin to adopt the best one if it is believed better than the own."""
    p, f, s, c = space.sims.p, space.f, space.sims.s[i], space.c[i]
    best, best_evidence, from_library = -1, 0.0, False
    if p.practice_mode == COPY:
        for k in range(p.practice_peers):
            j = _peer(space, i, k)
            if j >= 0:
                deviate = z(s, k, s.month, purposes.PEER_EVIDENCE)
                seen = diffusion.observed_worth(space.c[j].shown_worth, p.practice_evidence_noise, deviate)
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
        believed = diffusion.trusted_evidence(best_evidence, c.not_invented, c.capital)
        if believed > diffusion.own_view(c.shown_worth, c.ego, c.capital):
            _take_over(space, i, best, from_library, help_)


@seldom
def _peer(space: Space, i: int, k: int) -> int:
    """Place of the `k`-th other community that `i` sees; -1 if it is none that lives and was not copied last."""
    s, n = space.sims.s[i], space.sims.p.communities_number
    if n == 1:
        return -1
    j = diffusion.drawn_place(u(s, k, s.month, purposes.PEER), n - 1)
    if j >= i:
        j += 1
    if space.sims.s[j].ending != 0 or j == space.c[i].last_source:
        return -1
    return j


@seldom
def _take_over(space: Space, i: int, j: int, from_library: bool, help_: float) -> None:
    """Begin to adopt the practice of community `j`, unless it is the present one."""
    p, s, c, source = space.sims.p, space.sims.s[i], space.c[i], space.c[j]
    position = source.library_position if from_library else source.shown_position
    potency = source.library_potency if from_library else source.shown_potency
    if p.practice_mode == BLEND:
        position = diffusion.transferred_position(position, c.target, p.platform_adaptation, help_)
    if position == c.position and potency == c.potency:
        return
    c.old_position, c.old_potency, c.position, c.potency = c.position, c.potency, position, potency
    c.adopting, c.last_source = p.practice_adoption_months, j
    c.exchanged = 1
    source.exchanged = 1
    s.practice = diffusion.transferred_skill(s.practice, p.practice_stickiness, help_)
