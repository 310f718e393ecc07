"""Disturbances of the three classes of S1 §2.2: internal, external, relational (MODEL 3.1)."""

from typing import TYPE_CHECKING

from cisim.agents.clock import Clock
from cisim.core import kinds, purposes
from cisim.core.draws import normal, uniform
from cisim.core.rules import environment
from cisim.core.rules.common import monthly_rate

if TYPE_CHECKING:
    from cisim.agents.model import PartnershipModel
    from cisim.agents.organisation import Organisation
    from cisim.agents.tie import Tie


class Shocks:
    """Random shocks at their rates, and one scheduled shock."""

    def __init__(self, model: "PartnershipModel") -> None:
        self.model = model
        self.p = model.params.shocks
        self.clock = Clock(model.world, kinds.COALITION, 0, purposes.EXTERNAL)

    def strike(self, month: int) -> None:
        """Let everything happen that happens in `month`."""
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
        """Bring a new leadership (boundary spanners lost) or a shift of goals, one as likely as the other."""
        world = self.model.world
        z = normal(*world, member.entity, month, purposes.GOAL_SHIFT)
        if environment.internal_kind(uniform(*world, member.entity, month, purposes.INTERNAL_KIND)) == 0:
            self._new_leadership(member, size, z)
            self._log(month, "leadership", member)
        else:
            member.weight = environment.goal_shift(member.weight, size, z)
            self._log(month, "goal_shift", member)

    def _new_leadership(self, member: "Organisation", size: float, z: float) -> None:
        member.leader = z
        lost = environment.spanner_loss(size, self.model.params.trust.spanner_loss)
        for tie in member.ties:
            tie.trust = environment.loss(tie.trust, lost)

    def _breach(self, tie: "Tie", size: float, month: int) -> None:
        tie.trust = environment.loss(tie.trust, size)
        self._log(month, "breach", tie.first, tie.second)

    def _external(self, size: float, month: int) -> None:
        """Bring a downturn, a funder that withdraws, or a policy that ends, each as likely."""
        kind = environment.external_kind(uniform(*self.model.world, kinds.COALITION, month, purposes.EXTERNAL_KIND))
        if kind == 0:
            self._downturn(size, month)
        elif kind == 1:
            self._withdraw(size, month)
        else:
            self.model.environment.policy = environment.loss(self.model.environment.policy, size)
            self._log(month, "policy_end")

    def _downturn(self, size: float, month: int) -> None:
        self.model.environment.climate = environment.climate_shock(self.model.environment.climate, size)
        self._log(month, "downturn")

    def _withdraw(self, size: float, month: int) -> None:
        """Shrink the running grant and what the funding member gives."""
        backbone = self.model.coalition.backbone
        backbone.treasury.grant = environment.loss(backbone.treasury.grant, size)
        holder = backbone.holders[kinds.FUND]
        if holder is not None:
            holder.support = environment.loss(holder.support, size)
        self._log(month, "withdrawal", holder)

    def _scheduled(self, month: int) -> None:
        """Bring a new leadership of the lead, a downturn, or a breach between the lead and its strongest partner."""
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
