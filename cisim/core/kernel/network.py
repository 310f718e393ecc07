"""Ties: made by roles, introductions and third parties, cut when a partner leaves."""

import numpy as np

from cisim.core import purposes
from cisim.core.draws import uniform
from cisim.core.jit import expanded, inlined, seldom
from cisim.core.kernel.keys import pair_id, threshold
from cisim.core.kernel.sim import Sim
from cisim.core.population import draw_trust, is_introduced
from cisim.core.rules.common import rate_to_probability
from cisim.core.rules.social_capital import closure, introduction_rate

_ONE = np.uint64(1)


@inlined
def are_partners(sim: Sim, first: int, second: int) -> bool:
    """Whether the members in two places have a tie."""
    return bool((sim.partners[first, second // 64] >> np.uint64(second % 64)) & _ONE == _ONE)


@inlined
def _set_partners(sim: Sim, first: int, second: int) -> None:
    sim.partners[first, second // 64] |= _ONE << np.uint64(second % 64)
    sim.partners[second, first // 64] |= _ONE << np.uint64(first % 64)


@inlined
def _count_bits(word: np.uint64) -> int:
    """Bits that are set in a word."""
    count = 0
    while word:
        word &= word - _ONE
        count += 1
    return count


@inlined
def common_partners(sim: Sim, first: int, second: int) -> int:
    """Count the third parties that the members in two places share."""
    count = 0
    for word in range((sim.s.n_members + 63) // 64):
        count += _count_bits(sim.partners[first, word] & sim.partners[second, word])
    return count


@seldom
def tie(sim: Sim, first: int, second: int) -> None:
    """Make a tie between two places in this month; the earlier comer is `first` as in the Mesa engine."""
    s, ties, at = sim.s, sim.ties, sim.s.n_ties
    pair = pair_id(sim.m.entity[first], sim.m.entity[second])
    ties.first[at], ties.second[at] = first, second
    ties.trust[at] = draw_trust(sim.p.trust_start, s.seed, s.replicate, s.community, pair)
    ties.language[at] = ties.closure[at] = ties.elapsed[at] = 0.0
    ties.threshold[at] = threshold(s, pair, s.month, purposes.RELATIONAL)
    s.n_ties += 1
    sim.m.n_ties[first] += 1
    sim.m.n_ties[second] += 1
    _set_partners(sim, first, second)


@seldom
def introduce(sim: Sim, first: int, second: int) -> None:
    """Tie two places if a role or an introduction brings them together."""
    s, m = sim.s, sim.m
    pair = pair_id(m.entity[first], m.entity[second])
    by_role = m.roles[first] != 0 or m.roles[second] != 0
    if by_role or is_introduced(sim.p.population_tie_density, s.seed, s.replicate, s.community, pair):
        tie(sim, first, second)


@seldom
def recount(sim: Sim) -> None:
    """Set the structural capital of every tie from its common third parties."""
    first, second = sim.ties.first, sim.ties.second
    for i in range(sim.s.n_ties):
        sim.ties.closure[i] = closure(float(common_partners(sim, int(first[i]), int(second[i]))))
    sim.s.is_recounted = 1


@seldom
def serve(sim: Sim, holder: int) -> None:
    """Tie the new holder of a role to every member."""
    for k in range(sim.s.n_members):
        if k != holder and not are_partners(sim, holder, k):
            tie(sim, holder, k)
    recount(sim)


@seldom
def meet_by_third_parties(sim: Sim) -> None:
    """Introduce members who do not know each other yet by those they both know (once a year)."""
    s, n, n_new = sim.s, sim.s.n_members, 0
    n_pairs = _find_strangers(sim)
    seed, replicate, community, month = s.seed, s.replicate, s.community, s.month
    for i in range(n_pairs):  # a loop of draws alone takes a fraction of the time
        sim.odds[i] = uniform(seed, replicate, community, sim.strangers[i], month, purposes.INTRODUCTION)
    for i in range(n_pairs):
        if sim.odds[i] < sim.likely[i]:
            sim.couples[n_new] = sim.couples[i]
            n_new += 1
    for i in range(n_new):  # all have looked at the network as it was: tie only now
        tie(sim, sim.couples[i] // n, sim.couples[i] % n)
    if n_new:
        recount(sim)


@expanded
def _find_strangers(sim: Sim) -> int:
    """List the pairs that somebody could introduce, each with its probability; return how many they are."""
    n, m = sim.s.n_members, sim.m
    for common in range(n):
        rate = introduction_rate(sim.p.population_introduction_rate, closure(float(common)))
        m.chance[common] = rate_to_probability(rate)
    n_pairs = 0
    for i in range(n):
        for j in range(i + 1, n):
            if not are_partners(sim, i, j):
                common = common_partners(sim, i, j)
                if common > 0:
                    sim.strangers[n_pairs] = pair_id(m.entity[i], m.entity[j])
                    sim.couples[n_pairs] = i * n + j
                    sim.likely[n_pairs] = m.chance[common]
                    n_pairs += 1
    return n_pairs


@seldom
def cut(sim: Sim) -> None:
    """Cut the ties of all who have left, in order; the others' partners have moved up (`members` first)."""
    s, ties, kept = sim.s, sim.ties, 0
    for i in range(s.n_ties):
        first, second = sim.s.moved[ties.first[i]], sim.s.moved[ties.second[i]]
        if first >= 0 and second >= 0:
            ties.first[kept], ties.second[kept] = first, second
            ties.trust[kept], ties.language[kept] = ties.trust[i], ties.language[i]
            ties.elapsed[kept], ties.threshold[kept] = ties.elapsed[i], ties.threshold[i]
            kept += 1
        elif first >= 0:
            sim.m.n_ties[first] -= 1
        elif second >= 0:
            sim.m.n_ties[second] -= 1
    s.n_ties = kept
    _list_partners(sim)
    recount(sim)


@expanded
def _list_partners(sim: Sim) -> None:
    """Set the bits of partners anew from the ties."""
    for k in range(sim.s.n_members):
        for word in range(sim.partners.shape[1]):
            sim.partners[k, word] = 0
    for i in range(sim.s.n_ties):
        _set_partners(sim, int(sim.ties.first[i]), int(sim.ties.second[i]))
