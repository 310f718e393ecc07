"""The world around a coalition: the phases of `agents.environment`."""

from cisim.core import purposes
from cisim.core.jit import expanded
from cisim.core.kernel import ahead
from cisim.core.kernel.keys import shared_u
from cisim.core.kernel.organisation import change_budgets
from cisim.core.kernel.shocks import strike
from cisim.core.kernel.sim import Sim
from cisim.core.rules import surroundings
from cisim.core.rules.common import approach, is_new_year


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
