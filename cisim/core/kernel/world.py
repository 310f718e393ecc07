"""The world and its shocks: the phases of `agents.environment` and `agents.shocks`."""

from cisim.core import kinds, purposes
from cisim.core.jit import phase, seldom
from cisim.core.kernel.keys import pair_id, threshold, u, z
from cisim.core.kernel.log import BREACH, DOWNTURN, GOAL_SHIFT, LEADERSHIP, POLICY_END, SHOCK, WITHDRAWAL, note
from cisim.core.kernel.members import change_budget, power
from cisim.core.kernel.sim import Sim
from cisim.core.rules import environment
from cisim.core.rules.common import approach

_COALITION = kinds.COALITION


@phase
def change_world(sim: Sim) -> None:
    """Move to this month: climate, rivals, policy, bad years, budgets, shocks."""
    p, s = sim.p, sim.s
    persistence = p.environment_climate_persistence
    s.climate = environment.climate(
        s.climate, persistence, p.environment_climate_sd, z(s, _COALITION, s.month, purposes.CLIMATE)
    )
    s.crowding = environment.climate(
        s.crowding, persistence, p.environment_rivals_sd, z(s, _COALITION, s.month, purposes.RIVALS)
    )
    s.policy = approach(s.policy, 1.0, p.shocks_recovery)
    if s.month % 12 == 1:
        s.is_bad_year = 1 if u(s, _COALITION, s.month, purposes.BAD_YEAR) < p.environment_bad_year_rate else 0
    for k in range(s.n_members):
        change_budget(sim, sim.members[sim.active[k]])
    _strike(sim)


@phase
def _strike(sim: Sim) -> None:
    """Let every shock happen that happens this month."""
    p, s = sim.p, sim.s
    for k in range(s.n_members):
        m = sim.members[sim.active[k]]
        m.shock_elapsed += p.shocks_internal_rate / 12.0
        if m.shock_elapsed >= m.shock_threshold:
            m.shock_elapsed, m.shock_threshold = 0.0, threshold(s, m.entity, s.month, purposes.INTERNAL)
            _internal(sim, sim.active[k])
    rate = p.shocks_relational_rate / 12.0
    for i in range(s.n_ties):
        t = sim.ties[i]
        t.elapsed += rate
        if t.elapsed >= t.threshold:
            pair = pair_id(sim.members[t.first].entity, sim.members[t.second].entity)
            t.elapsed, t.threshold = 0.0, threshold(s, pair, s.month, purposes.RELATIONAL)
            _breach(sim, i, p.shocks_relational_size)
    s.external_elapsed += p.shocks_external_rate / 12.0
    if s.external_elapsed >= s.external_threshold:
        s.external_elapsed, s.external_threshold = 0.0, threshold(s, _COALITION, s.month, purposes.EXTERNAL)
        _external(sim)
    if s.month == p.shocks_scheduled_month:
        _scheduled(sim)


@seldom
def _internal(sim: Sim, slot: int) -> None:
    """Bring a new leadership or a shift of goals, one as likely as the other."""
    s, m = sim.s, sim.members[slot]
    deviate = z(s, m.entity, s.month, purposes.GOAL_SHIFT)
    if u(s, m.entity, s.month, purposes.INTERNAL_KIND) < 0.5:
        _new_leadership(sim, slot, sim.p.shocks_internal_size, deviate)
    else:
        m.weight = environment.goal_shift(m.weight, sim.p.shocks_internal_size, deviate)
        note(sim, SHOCK, slot, -1, GOAL_SHIFT)


@seldom
def _new_leadership(sim: Sim, slot: int, size: float, deviate: float) -> None:
    sim.members[slot].leader = deviate
    lost = size * sim.p.trust_spanner_loss
    for i in range(sim.s.n_ties):
        if slot in (sim.ties[i].first, sim.ties[i].second):
            sim.ties[i].trust = environment.loss(sim.ties[i].trust, lost)
    note(sim, SHOCK, slot, -1, LEADERSHIP)


@seldom
def _breach(sim: Sim, i: int, size: float) -> None:
    sim.ties[i].trust = environment.loss(sim.ties[i].trust, size)
    note(sim, SHOCK, sim.ties[i].first, sim.ties[i].second, BREACH)


@seldom
def _external(sim: Sim) -> None:
    """Bring a downturn, a funder that withdraws, or a policy that ends, each as likely."""
    s, size = sim.s, sim.p.shocks_external_size
    kind = u(s, _COALITION, s.month, purposes.EXTERNAL_KIND)
    if kind < 1.0 / 3.0:
        _downturn(sim, size)
    elif kind < 2.0 / 3.0:
        s.grant = environment.loss(s.grant, size)
        holder = s.holders[2]
        if holder >= 0:
            sim.members[holder].support = environment.loss(sim.members[holder].support, size)
        note(sim, SHOCK, holder, -1, WITHDRAWAL)
    else:
        s.policy = environment.loss(s.policy, size)
        note(sim, SHOCK, -1, -1, POLICY_END)


@seldom
def _downturn(sim: Sim, size: float) -> None:
    sim.s.climate = environment.climate_shock(sim.s.climate, size)
    note(sim, SHOCK, -1, -1, DOWNTURN)


@seldom
def _scheduled(sim: Sim) -> None:
    """Bring the scheduled shock: 1 internal (new leadership of the lead), 2 external, 3 relational."""
    p, s, lead = sim.p, sim.s, sim.s.holders[0]
    if p.shocks_scheduled_class == 2:
        _downturn(sim, p.shocks_scheduled_size)
    elif p.shocks_scheduled_class == 1 and lead >= 0:
        deviate = z(s, sim.members[lead].entity, s.month, purposes.SCHEDULED)
        _new_leadership(sim, lead, p.shocks_scheduled_size, deviate)
    elif p.shocks_scheduled_class == 3 and lead >= 0:
        strongest = _strongest_tie(sim, lead)
        if strongest >= 0:
            _breach(sim, strongest, p.shocks_scheduled_size)


@seldom
def _strongest_tie(sim: Sim, slot: int) -> int:
    """Tie of `slot` whose partner has the most power, the earlier entity among equals; -1 if it has none."""
    best, best_power, best_entity = -1, 0.0, 0
    for i in range(sim.s.n_ties):
        t = sim.ties[i]
        if slot in (t.first, t.second):
            other = sim.members[t.second if slot == t.first else t.first]
            its = power(other)
            if best < 0 or its > best_power or (its == best_power and other.entity < best_entity):
                best, best_power, best_entity = i, its, other.entity
    return best
