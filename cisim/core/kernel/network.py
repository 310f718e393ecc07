"""Ties: made by roles, introductions and third parties, cut when a partner leaves."""

import numpy as np

from cisim.core import purposes
from cisim.core.jit import phase, seldom
from cisim.core.kernel.keys import pair_id, threshold, u
from cisim.core.kernel.sim import Sim
from cisim.core.population import draw_trust, is_introduced
from cisim.core.rules.common import rate_to_probability
from cisim.core.rules.ties import closure, introduction_rate

_ONE = np.uint64(1)


@phase
def are_partners(sim: Sim, first: int, second: int) -> bool:
    """Whether two slots have a tie."""
    return bool((sim.partners[first, second // 64] >> np.uint64(second % 64)) & _ONE == _ONE)


@phase
def _set_partners(sim: Sim, first: int, second: int) -> None:
    sim.partners[first, second // 64] |= _ONE << np.uint64(second % 64)
    sim.partners[second, first // 64] |= _ONE << np.uint64(first % 64)


@phase
def _count_bits(word: np.uint64) -> int:
    """Bits that are set in a word."""
    count = 0
    while word:
        word &= word - _ONE
        count += 1
    return count


@phase
def common_partners(sim: Sim, first: int, second: int) -> float:
    """Count the third parties that two slots share."""
    count = 0
    for word in range((sim.s.n_slots + 63) // 64):
        count += _count_bits(sim.partners[first, word] & sim.partners[second, word])
    return float(count)


@seldom
def tie(sim: Sim, first: int, second: int) -> None:
    """Make a tie between two slots in this month; the earlier comer is `first` as in the Mesa engine."""
    s = sim.s
    pair = pair_id(sim.members[first].entity, sim.members[second].entity)
    new = sim.ties[s.n_ties]
    new.first = first
    new.second = second
    new.trust = draw_trust(sim.p.trust_start, s.seed, s.replicate, s.community, pair)
    new.language = 0.0
    new.closure = 0.0
    new.elapsed = 0.0
    new.threshold = threshold(s, pair, s.month, purposes.RELATIONAL)
    s.n_ties += 1
    sim.members[first].n_ties += 1
    sim.members[second].n_ties += 1
    _set_partners(sim, first, second)


@seldom
def introduce(sim: Sim, first: int, second: int) -> None:
    """Tie two slots if a role or an introduction brings them together."""
    s = sim.s
    pair = pair_id(sim.members[first].entity, sim.members[second].entity)
    by_role = sim.members[first].roles != 0 or sim.members[second].roles != 0
    if by_role or is_introduced(sim.p.population_tie_density, s.seed, s.replicate, s.community, pair):
        tie(sim, first, second)


@seldom
def recount(sim: Sim) -> None:
    """Set the structural capital of every tie from its common third parties."""
    for i in range(sim.s.n_ties):
        sim.ties[i].closure = closure(common_partners(sim, sim.ties[i].first, sim.ties[i].second))
    sim.s.is_recounted = 1


@seldom
def serve(sim: Sim, holder: int) -> None:
    """Tie the new holder of a role to every member."""
    for k in range(sim.s.n_members):
        slot = sim.active[k]
        if slot != holder and not are_partners(sim, holder, slot):
            tie(sim, holder, slot)
    recount(sim)


@seldom
def meet_by_third_parties(sim: Sim) -> None:
    """Introduce members who do not know each other yet by those they both know (once a year)."""
    s = sim.s
    before = s.n_ties
    n_new = 0
    last, probability = -1.0, 0.0
    for i in range(s.n_members):
        for j in range(i + 1, s.n_members):
            first, second = sim.active[i], sim.active[j]
            if not are_partners(sim, first, second):
                common = common_partners(sim, first, second)
                if common != last:  # most pairs share as many third parties as the pair before
                    rate = introduction_rate(sim.p.population_introduction_rate, closure(common))
                    last, probability = common, rate_to_probability(rate)
                pair = pair_id(sim.members[first].entity, sim.members[second].entity)
                if u(s, pair, s.month, purposes.INTRODUCTION) < probability:
                    sim.ties[before + n_new].first = first
                    sim.ties[before + n_new].second = second
                    n_new += 1
    for i in range(before, before + n_new):  # all look at the network as it was: tie only now
        tie(sim, sim.ties[i].first, sim.ties[i].second)
    if n_new:
        recount(sim)


@seldom
def cut(sim: Sim) -> None:
    """Cut the ties of all who are no longer members, in order."""
    s = sim.s
    kept = 0
    for i in range(s.n_ties):
        first, second = sim.ties[i].first, sim.ties[i].second
        if sim.members[first].is_member and sim.members[second].is_member:
            sim.ties[kept] = sim.ties[i]
            kept += 1
        else:
            sim.members[first].n_ties -= 1
            sim.members[second].n_ties -= 1
            sim.partners[first, second // 64] &= ~(_ONE << np.uint64(second % 64))
            sim.partners[second, first // 64] &= ~(_ONE << np.uint64(first % 64))
    s.n_ties = kept
    recount(sim)
