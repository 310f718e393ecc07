"""Ties between members: two organisations that work together, and the network of all of them."""

import numpy as np

from cisim.core import purposes
from cisim.core.aggregate import mean_of_sum
from cisim.core.draws import uniform
from cisim.core.jit import expanded, inlined, seldom
from cisim.core.kernel.ahead import pair_id, threshold
from cisim.core.kernel.state import Sim
from cisim.core.layout import Record
from cisim.core.population import draw_trust, is_introduced
from cisim.core.rules import social_capital
from cisim.core.rules import social_capital as conflict
from cisim.core.rules.common import rate_to_probability
from cisim.core.rules.social_capital import closure, introduction_rate


@inlined
def _add_along_ties(sim: Sim, values: Record) -> None:
    """Add up `values` of ties for both partners, tie by tie.

    Ties come in runs of the same first partner: its sum stays in a register, instead of going through memory each time.
    """
    m, first, second = sim.m, sim.ties.first, sim.ties.second
    for k in range(sim.s.n_members):
        m.tie_sum[k] = 0.0
    n_ties = sim.s.n_ties
    i = 0
    while i < n_ties:
        place = first[i]
        held = m.tie_sum[place]
        while i < n_ties and first[i] == place:
            held += values[i]
            m.tie_sum[second[i]] += values[i]
            i += 1
        m.tie_sum[place] = held


@inlined
def meet(sim: Sim) -> None:
    """Update each member's mean trust, and mean structural capital where ties have changed."""
    s, m = sim.s, sim.m
    _add_along_ties(sim, sim.ties.trust)
    for k in range(s.n_members):
        m.trust[k] = mean_of_sum(m.tie_sum[k], m.n_ties[k])
    if s.is_recounted:
        _meet_third_parties(sim)


@seldom
def _meet_third_parties(sim: Sim) -> None:
    m = sim.m
    _add_along_ties(sim, sim.ties.closure)
    for k in range(sim.s.n_members):
        m.closure[k] = mean_of_sum(m.tie_sum[k], m.n_ties[k])
    sim.s.is_recounted = 0


@inlined
def feel_distances(sim: Sim) -> None:
    """Set the distance along every tie, and add up for each member those along its own."""
    t, weight, relief = sim.ties, sim.m.effective_weight, sim.p.trust_language_relief
    for i in range(sim.s.n_ties):
        t.distance[i] = conflict.tie_distance(weight[t.first[i]], weight[t.second[i]], t.language[i], relief)
    _add_along_ties(sim, t.distance)


@inlined
def bring_to_ties(sim: Sim) -> None:
    """Write to each tie what its partners contribute: the part of the loop over ties with scattered memory access."""
    m, t, n_ties = sim.m, sim.ties, sim.s.n_ties
    i = 0
    while i < n_ties:  # run by run, as in `_add_along_ties`
        place = t.first[i]
        satisfaction, conflict_, kept = m.satisfaction[place], m.conflict[place], m.kept[place]
        while i < n_ties and t.first[i] == place:
            second = t.second[i]
            t.satisfaction[i] = social_capital.both_partners(satisfaction, m.satisfaction[second])
            t.conflict[i] = social_capital.both_partners(conflict_, m.conflict[second])
            t.kept[i] = social_capital.both_partners(kept, m.kept[second])
            i += 1


@inlined
def live_on_ties(sim: Sim) -> None:
    """Update trust and shared language on every tie by one month."""
    p, s, t = sim.p, sim.s, sim.ties
    communication, relational = s.conditions[3], p.backbone_relational_governance
    growth, governance, closing, speaking = p.trust_growth, p.trust_governance, p.trust_closure, p.trust_language_growth
    coordination, legitimacy, by_conflict, by_result = (
        p.trust_coordination, s.legitimacy, p.trust_conflict_loss, p.trust_result_loss
    )  # fmt: skip
    goodwill = social_capital.goodwill(p.trust_goodwill, p.backbone_spacing)
    control = social_capital.fine_control(p.trust_control_loss, p.backbone_spacing)
    for i in range(s.n_ties):
        bound = social_capital.bonds(governance, relational, goodwill, closing, t.closure[i])
        drive = social_capital.trust_drive(growth, bound, communication, coordination, legitimacy)
        lost = social_capital.trust_loss(t.conflict[i], by_conflict, control, by_result, t.satisfaction[i])
        t.trust[i] = social_capital.trust(t.trust[i], drive, lost, t.satisfaction[i], t.kept[i])
        t.language[i] = social_capital.language(t.language[i], speaking, communication, relational)


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
