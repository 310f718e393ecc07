"""The world around a coalition: climate, bad years, policy support (MODEL 3.1)."""

from typing import TYPE_CHECKING

from cisim.core import kinds, purposes
from cisim.core.draws import normal, uniform
from cisim.core.rules import environment
from cisim.core.rules.common import approach, is_new_year

if TYPE_CHECKING:
    from cisim.core.population import World
    from cisim.parameters.registry import Parameters


class Environment:
    """Climate (0 is normal), policy support (1 is normal), rivals for attention, and whether this year is bad."""

    def __init__(self, params: "Parameters", world: "World") -> None:
        self.params = params
        self.world = world
        self.climate = 0.0
        self.policy = 1.0
        self.crowding = 0.0
        self.is_bad_year = False

    @property
    def rivals(self) -> float:
        """Rival calls on members' attention."""
        return environment.rivals(self.params.environment.rivals_mean, self.crowding)

    def change(self, month: int) -> None:
        """Move to `month`; the year is drawn in its first month. Communities share climate and bad years."""
        p, shared = self.params.environment, self.world._replace(community=kinds.SHARED)
        z = normal(*shared, kinds.COALITION, month, purposes.CLIMATE)
        self.climate = environment.climate(self.climate, p.climate_persistence, p.climate_sd, z)
        z = normal(*self.world, kinds.COALITION, month, purposes.RIVALS)
        self.crowding = environment.climate(self.crowding, p.climate_persistence, p.rivals_sd, z)
        self.policy = approach(self.policy, 1.0, self.params.shocks.recovery)
        if is_new_year(month):
            self.is_bad_year = uniform(*shared, kinds.COALITION, month, purposes.BAD_YEAR) < p.bad_year_rate
