"""The backbone: who holds which role, who takes over, who leads (S1 §4.1, Fig. 2; MODEL 2, 3.13)."""

from typing import TYPE_CHECKING

from cisim.agents.treasury import Treasury
from cisim.core import kinds, purposes
from cisim.core.draws import uniform
from cisim.core.rules import entry, production
from cisim.core.rules.common import share_of

if TYPE_CHECKING:
    from cisim.agents.coalition import Coalition
    from cisim.agents.organisation import Organisation

#: Roles without which a coalition cannot act: somebody must plan, somebody must implement.
ESSENTIAL = (kinds.PLAN, kinds.IMPLEMENT)


class Backbone:
    """Roles and their holders; one office or several organisations."""

    def __init__(self, coalition: "Coalition", holders: "list[Organisation]") -> None:
        self.coalition = coalition
        self.p = coalition.params.backbone
        self.holders: list[Organisation | None] = list(holders)
        self.founders = list(dict.fromkeys(holders))
        for role, holder in enumerate(holders):
            holder.roles.add(role)
        self.treasury: Treasury

    @property
    def share_held(self) -> float:
        """Share of the roles that somebody holds."""
        return share_of(float(sum(holder is not None for holder in self.holders)), float(len(self.holders)))

    @property
    def lead_commitment(self) -> float:
        """Commitment of the organisation that plans; 0 if there is none."""
        lead = self.holders[kinds.PLAN]
        return lead.commitment if lead is not None else 0.0

    @property
    def leader(self) -> float:
        """Quality of the person who leads (standard normal scaled and shifted); the mean if nobody does."""
        lead = self.holders[kinds.PLAN]
        return production.leader_quality(self.p.leader_mean, self.p.leader_sd, lead.leader if lead is not None else 0.0)

    @property
    def expertise(self) -> float:
        """Capability of whoever holds the expertise role; 0 if nobody does."""
        expert = self.holders[kinds.EXPERTISE]
        return expert.capabilities[kinds.EXPERTISE] if expert is not None else 0.0

    def vacate(self, leaver: "Organisation", month: int) -> None:
        """Take all roles from a member that has left."""
        for role in sorted(leaver.roles):
            self.holders[role] = None
            self.coalition.model.log.add(month, "role_vacated", leaver, detail=kinds.ROLES[role])
        leaver.roles.clear()

    def fill(self, month: int) -> None:
        """Let willing and able members volunteer for vacant roles; the most suitable takes over."""
        for role, holder in enumerate(self.holders):
            if holder is None:
                volunteers = [m for m in self.coalition.members if self._volunteers(m, role, month)]
                if volunteers:
                    self._hand_over(role, max(volunteers, key=lambda m: (self._rank(m, role), -m.entity)), month)

    def _volunteers(self, member: "Organisation", role: int, month: int) -> bool:
        if not entry.is_willing_and_able(member.commitment, member.capabilities[role], self.p.takeover_bar):
            return False
        u = uniform(*self.coalition.model.world, member.entity, month, purposes.TAKEOVER + role)
        return bool(u < self.p.takeover_rate)

    @staticmethod
    def _rank(member: "Organisation", role: int) -> float:
        return entry.suitability(member.commitment, member.capabilities[role], member.size)

    def _hand_over(self, role: int, heir: "Organisation", month: int) -> None:
        self.holders[role] = heir
        heir.roles.add(role)
        self.coalition.network.serve(heir, self.coalition.members, month)
        self.coalition.model.log.add(month, "role_changed", heir, detail=kinds.ROLES[role])
