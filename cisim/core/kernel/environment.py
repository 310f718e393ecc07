"""The world outside: climate and policy, and shocks of three classes."""

from cisim.core import kinds, purposes
from cisim.core.jit import expanded, inlined, seldom
from cisim.core.kernel import ahead, log
from cisim.core.kernel.ahead import pair_id, shared_u, threshold, u, z
from cisim.core.kernel.organisation import change_budgets
from cisim.core.kernel.state import Sim
from cisim.core.rules import surroundings
from cisim.core.rules.common import approach, is_new_year, monthly_rate, power


@expanded
def change_world(sim: Sim) -> None:
    """Move to this month: climate, rivals, policy, bad years, budgets, shocks."""
    p, s = sim.p, sim.s
    persistence = p.environment_climate_persistence
    s.climate = surroundings.climate(s.climate, persistence, p.environment_climate_sd, ahead.drawn(sim, ahead.CLIMATE))
    s.crowding = surroundings.climate(s.crowding, persistence, p.environment_rivals_sd, ahead.drawn(sim, ahead.RIVALS))
    s.policy = approach(s.policy, 1.0, p.shocks_recovery)
    if is_new_year(s.month):
        is_bad = shared_u(s, s.month, purposes.BAD_YEAR) < p.environment_bad_year_rate
        s.is_bad_year = 1 if is_bad else 0
    change_budgets(sim)
    strike(sim)


@expanded
def strike(sim: Sim) -> None:
    """Apply every shock of this month."""
    p, s = sim.p, sim.s
    _strike_members(sim)
    _strike_ties(sim)
    s.external_elapsed += monthly_rate(p.shocks_external_rate)
    if s.external_elapsed >= s.external_threshold:
        s.external_elapsed, s.external_threshold = 0.0, threshold(s, kinds.COALITION, s.month, purposes.EXTERNAL)
        _external(sim)
    if s.month == p.shocks_scheduled_month:
        _scheduled(sim)


@inlined
def _strike_members(sim: Sim) -> None:
    """Advance the clocks of internal shocks, then apply those that strike."""
    s, m, rate, n_struck = sim.s, sim.m, monthly_rate(sim.p.shocks_internal_rate), 0
    for k in range(s.n_members):
        m.shock_elapsed[k] += rate
        n_struck += m.shock_elapsed[k] >= m.shock_threshold[k]
    if n_struck > 0:
        for k in range(s.n_members):
            if m.shock_elapsed[k] >= m.shock_threshold[k]:
                m.shock_elapsed[k] = 0.0
                m.shock_threshold[k] = threshold(s, m.entity[k], s.month, purposes.INTERNAL)
                _internal(sim, k)


@inlined
def _strike_ties(sim: Sim) -> None:
    """Advance the clocks of breaches of trust, then apply those that strike."""
    s, m, t, rate, n_struck = sim.s, sim.m, sim.ties, monthly_rate(sim.p.shocks_relational_rate), 0
    for i in range(s.n_ties):
        t.elapsed[i] += rate
        n_struck += t.elapsed[i] >= t.threshold[i]
    if n_struck > 0:
        for i in range(s.n_ties):
            if t.elapsed[i] >= t.threshold[i]:
                pair = pair_id(m.entity[t.first[i]], m.entity[t.second[i]])
                t.elapsed[i], t.threshold[i] = 0.0, threshold(s, pair, s.month, purposes.RELATIONAL)
                _breach(sim, i, sim.p.shocks_relational_size)


@seldom
def _internal(sim: Sim, place: int) -> None:
    """Apply a new leadership or a shift of goals, one as likely as the other."""
    s, m, entity = sim.s, sim.m, sim.m.entity[place]
    deviate = z(s, entity, s.month, purposes.GOAL_SHIFT)
    if surroundings.internal_kind(u(s, entity, s.month, purposes.INTERNAL_KIND)) == 0:
        _new_leadership(sim, place, sim.p.shocks_internal_size, deviate)
    else:
        m.weight[place] = surroundings.goal_shift(m.weight[place], sim.p.shocks_internal_size, deviate)
        log.write_event(sim, log.SHOCK, place, log.NOBODY, log.GOAL_SHIFT)


@seldom
def _new_leadership(sim: Sim, place: int, size: float, deviate: float) -> None:
    sim.m.leader[place] = deviate
    lost = surroundings.spanner_loss(size, sim.p.trust_spanner_loss)
    t = sim.ties
    for i in range(sim.s.n_ties):
        if place in (t.first[i], t.second[i]):
            t.trust[i] = surroundings.loss(t.trust[i], lost)
    log.write_event(sim, log.SHOCK, place, log.NOBODY, log.LEADERSHIP)


@seldom
def _breach(sim: Sim, i: int, size: float) -> None:
    t = sim.ties
    t.trust[i] = surroundings.loss(t.trust[i], size)
    log.write_event(sim, log.SHOCK, int(t.first[i]), int(t.second[i]), log.BREACH)


@seldom
def _external(sim: Sim) -> None:
    """Apply a downturn, a funder's withdrawal, or the end of a policy, each as likely."""
    s, size = sim.s, sim.p.shocks_external_size
    kind = surroundings.external_kind(u(s, kinds.COALITION, s.month, purposes.EXTERNAL_KIND))
    if kind == 0:
        _downturn(sim, size)
    elif kind == 1:
        s.grant = surroundings.loss(s.grant, size)
        holder = s.holders[2]
        if holder >= 0:
            sim.m.support[holder] = surroundings.loss(sim.m.support[holder], size)
        log.write_event(sim, log.SHOCK, holder, log.NOBODY, log.WITHDRAWAL)
    else:
        s.policy = surroundings.loss(s.policy, size)
        log.write_event(sim, log.SHOCK, log.NOBODY, log.NOBODY, log.POLICY_END)


@seldom
def _downturn(sim: Sim, size: float) -> None:
    sim.s.climate = surroundings.climate_shock(sim.s.climate, size)
    log.write_event(sim, log.SHOCK, log.NOBODY, log.NOBODY, log.DOWNTURN)


@seldom
def _scheduled(sim: Sim) -> None:
    """Apply the scheduled shock: 1 internal (new leadership of the lead), 2 external, 3 relational."""
    p, s, lead = sim.p, sim.s, sim.s.holders[0]
    if p.shocks_scheduled_class == 2:
        _downturn(sim, p.shocks_scheduled_size)
    elif p.shocks_scheduled_class == 1 and lead >= 0:
        deviate = z(s, sim.m.entity[lead], s.month, purposes.SCHEDULED)
        _new_leadership(sim, lead, p.shocks_scheduled_size, deviate)
    elif p.shocks_scheduled_class == 3 and lead >= 0:
        strongest = _strongest_tie(sim, lead)
        if strongest >= 0:
            _breach(sim, strongest, p.shocks_scheduled_size)


@seldom
def _strongest_tie(sim: Sim, place: int) -> int:
    """Tie of `place` whose partner has the most power, the earlier entity among equals; -1 if it has none."""
    m, t, best, best_power, best_entity = sim.m, sim.ties, -1, 0.0, 0
    for i in range(sim.s.n_ties):
        if place in (t.first[i], t.second[i]):
            k = t.second[i] if place == t.first[i] else t.first[i]
            its = power(m.magnitude[k], m.commitment[k], 1.0 if m.roles[k] != 0 else 0.0)
            if best < 0 or its > best_power or (its == best_power and m.entity[k] < best_entity):
                best, best_power, best_entity = i, its, m.entity[k]
    return best
