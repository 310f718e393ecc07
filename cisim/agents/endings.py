"""How a coalition ends: failed with a cause, completed, or censored (MODEL 3.13)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cisim.agents.backbone import ESSENTIAL
from cisim.core import kinds, purposes
from cisim.core.draws import normal, uniform
from cisim.core.records import CENSORED, COMPLETED, EXTERNAL, FAILED, FUNDING
from cisim.core.rules import funding
from cisim.core.rules import joining as entry
from cisim.core.rules.common import monthly_rate, rate_to_probability

if TYPE_CHECKING:
    from cisim.agents.coalition import Coalition


@dataclass(frozen=True)
class End:
    """Ending of a spell; `month` is its duration."""

    month: int
    ending: str
    cause: str = ""


class Endings:
    """Shortfalls of a coalition; one that outlasts its grace period is a failure dated at its beginning."""

    def __init__(self, coalition: "Coalition") -> None:
        self.coalition = coalition
        params, model = coalition.params, coalition.model
        z = normal(*model.world, kinds.COALITION, 0, purposes.AGENDA)
        self.agenda = funding.agenda_size(params.ending.agenda_size, params.ending.agenda_sd, z)
        self.quorum = entry.quorum(params.ending.least_members, params.ending.quorum, coalition.n_founding)
        self.open: dict[str, tuple[int, str]] = {}
        self.last_cause = EXTERNAL

    def find(self, month: int, causes: list[str]) -> End | None:
        """Return the ending in `month`, or None; `causes` are those of this month's leavers, backbone first."""
        if causes:
            self.last_cause = causes[0]
        horizon = self.coalition.params.observation.horizon
        if month > horizon:
            return self._aftermath(month, horizon)
        self._watch(month)
        if self._is_done(month):
            return End(month, COMPLETED)
        imposed = self._draw(month, purposes.IMPOSED) < self.coalition.params.environment.imposed_hazard
        failed = self._lasting(month) or (End(month, FAILED, EXTERNAL) if imposed else None)
        if failed is None and month == horizon and not self.open:
            return End(month, CENSORED)
        return failed

    def _aftermath(self, month: int, horizon: int) -> End | None:
        """Return an ending by a shortfall open at the horizon; later ones are not followed."""
        self._watch(month)
        self.open = {name: since for name, since in self.open.items() if since[0] <= horizon}
        return self._lasting(month) or (None if self.open else End(horizon, CENSORED))

    def _is_done(self, month: int) -> bool:
        """Whether a finite agenda is achieved or no longer needed."""
        if self.agenda == 0.0:
            return False
        ends = rate_to_probability(monthly_rate(self.coalition.params.ending.need_ends))
        return self.agenda <= self.coalition.total_social or self._draw(month, purposes.NEED_ENDS) < ends

    def _draw(self, month: int, purpose: int) -> float:
        return uniform(*self.coalition.model.world, kinds.COALITION, month, purpose)

    def _watch(self, month: int) -> None:
        """Open the shortfalls that have begun and close those that have ended."""
        for name, is_short in self._shortfalls().items():
            if not is_short:
                self.open.pop(name, None)
            elif name not in self.open:
                self.open[name] = (month, FUNDING if name == "unfunded" else self.last_cause)

    def _shortfalls(self) -> dict[str, bool]:
        coalition = self.coalition
        holders = coalition.backbone.holders
        sectors = {kinds.SECTORS[member.kind] for member in coalition.members}
        return {
            "vacancy": any(holders[role] is None for role in ESSENTIAL),
            "quorum": len(coalition.members) < self.quorum,
            "sectors": len(sectors) < 2,
            "unfunded": coalition.backbone.treasury.staffing < coalition.params.funding.floor,
        }

    def _lasting(self, month: int) -> End | None:
        """Return the ending by the earliest shortfall past its grace period or without any member left; else None."""
        p = self.coalition.params
        grace = {"unfunded": p.ending.unfunded_months}
        lasting = [
            since
            for name, since in self.open.items()
            if month - since[0] >= grace.get(name, p.backbone.grace_months) or not self.coalition.members
        ]
        if not lasting:
            return None
        since, cause = min(lasting, key=lambda found: found[0])
        return End(since, FAILED, cause)
