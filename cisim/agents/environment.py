"""The world outside: climate and policy, and shocks of three classes."""

from typing import TYPE_CHECKING

from cisim.agents.clock import Clock
from cisim.core import kinds, purposes
from cisim.core.draws import normal, uniform
from cisim.core.rules import surroundings
from cisim.core.rules.common import approach, is_new_year, monthly_rate

if TYPE_CHECKING:
    from cisim.agents.model import PartnershipModel
    from cisim.agents.network import Tie
    from cisim.agents.organisation import Organisation
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
        return surroundings.rivals(self.params.environment.rivals_mean, self.crowding)

    def change(self, month: int) -> None:
        """Move to `month`; the year is drawn in its first month. Communities share climate and bad years."""
        p, shared = self.params.environment, self.world._replace(community=kinds.SHARED)
        z = normal(*shared, kinds.COALITION, month, purposes.CLIMATE)
        self.climate = surroundings.climate(self.climate, p.climate_persistence, p.climate_sd, z)
        z = normal(*self.world, kinds.COALITION, month, purposes.RIVALS)
        self.crowding = surroundings.climate(self.crowding, p.climate_persistence, p.rivals_sd, z)
        self.policy = approach(self.policy, 1.0, self.params.shocks.recovery)
        if is_new_year(month):
            self.is_bad_year = uniform(*shared, kinds.COALITION, month, purposes.BAD_YEAR) < p.bad_year_rate


class Shocks:
    """Random shocks at their rates, and one scheduled shock."""

    def __init__(self, model: "PartnershipModel") -> None:
        self.model = model
        self.p = model.params.shocks
        self.clock = Clock(model.world, kinds.COALITION, 0, purposes.EXTERNAL)

    def strike(self, month: int) -> None:
        """Apply every shock of `month`."""
        for member in self.model.coalition.members:
            if member.shock_clock.strikes(monthly_rate(self.p.internal_rate), month):
                self._internal(member, self.p.internal_size, month)
        for tie in self.model.coalition.network.ties:
            if tie.clock.strikes(monthly_rate(self.p.relational_rate), month):
                self._breach(tie, self.p.relational_size, month)
        if self.clock.strikes(monthly_rate(self.p.external_rate), month):
            self._external(self.p.external_size, month)
        if month == self.p.scheduled_month:
            self._scheduled(month)

    def _internal(self, member: "Organisation", size: float, month: int) -> None:
        """Apply a new leadership (boundary spanners lost) or a shift of goals, one as likely as the other."""
        world = self.model.world
        z = normal(*world, member.entity, month, purposes.GOAL_SHIFT)
        if surroundings.internal_kind(uniform(*world, member.entity, month, purposes.INTERNAL_KIND)) == 0:
            self._new_leadership(member, size, z)
            self._log(month, "leadership", member)
        else:
            member.weight = surroundings.goal_shift(member.weight, size, z)
            self._log(month, "goal_shift", member)

    def _new_leadership(self, member: "Organisation", size: float, z: float) -> None:
        member.leader = z
        lost = surroundings.spanner_loss(size, self.model.params.trust.spanner_loss)
        for tie in member.ties:
            tie.trust = surroundings.loss(tie.trust, lost)

    def _breach(self, tie: "Tie", size: float, month: int) -> None:
        tie.trust = surroundings.loss(tie.trust, size)
        self._log(month, "breach", tie.first, tie.second)

    def _external(self, size: float, month: int) -> None:
        """Apply a downturn, a funder's withdrawal, or the end of a policy, each as likely."""
        kind = surroundings.external_kind(uniform(*self.model.world, kinds.COALITION, month, purposes.EXTERNAL_KIND))
        if kind == 0:
            self._downturn(size, month)
        elif kind == 1:
            self._withdraw(size, month)
        else:
            self.model.environment.policy = surroundings.loss(self.model.environment.policy, size)
            self._log(month, "policy_end")

    def _downturn(self, size: float, month: int) -> None:
        self.model.environment.climate = surroundings.climate_shock(self.model.environment.climate, size)
        self._log(month, "downturn")

    def _withdraw(self, size: float, month: int) -> None:
        """Shrink the running grant and what the funding member gives."""
        backbone = self.model.coalition.backbone
        backbone.treasury.grant = surroundings.loss(backbone.treasury.grant, size)
        holder = backbone.holders[kinds.FUND]
        if holder is not None:
            holder.support = surroundings.loss(holder.support, size)
        self._log(month, "withdrawal", holder)

    def _scheduled(self, month: int) -> None:
        """Apply the scheduled shock: new leadership of the lead, downturn, or breach with its strongest partner."""
        size, lead = self.p.scheduled_size, self.model.coalition.backbone.holders[kinds.PLAN]
        if self.p.scheduled_class == "external":
            self._downturn(size, month)
        elif self.p.scheduled_class == "internal" and lead is not None:
            self._new_leadership(lead, size, normal(*self.model.world, lead.entity, month, purposes.SCHEDULED))
            self._log(month, "leadership", lead)
        elif self.p.scheduled_class == "relational" and lead is not None and lead.ties:
            strongest = max(lead.ties, key=lambda tie: (tie.other(lead).power, -tie.other(lead).entity))
            self._breach(strongest, size, month)

    def _log(
        self, month: int, detail: str, first: "Organisation | None" = None, second: "Organisation | None" = None
    ) -> None:
        self.model.log.add(month, "shock", first, second, detail)
