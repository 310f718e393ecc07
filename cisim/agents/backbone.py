"""The backbone: who leads, plans, funds and operates; its staffing; the five conditions that it keeps up."""

from typing import TYPE_CHECKING

import numpy as np

from cisim.agents.treasury import Treasury
from cisim.core import kinds, purposes
from cisim.core.aggregate import mean
from cisim.core.draws import uniform
from cisim.core.rules import collective_impact as rules
from cisim.core.rules import joining as entry
from cisim.core.rules import production
from cisim.core.rules.common import share_of
from cisim.core.series import CONDITIONS

if TYPE_CHECKING:
    from cisim.agents.coalition import Coalition
    from cisim.agents.organisation import Organisation


class Conditions:
    """Common agenda, shared measurement, reinforcing activities, communication, backbone support."""

    def __init__(self, start: float) -> None:
        self.levels = dict.fromkeys(CONDITIONS, start)

    @property
    def mean(self) -> float:
        """Mean of the five."""
        return mean(np.array(list(self.levels.values())))

    @property
    def shared_measurement(self) -> float:
        """Level of shared measurement."""
        return self.levels["shared_measurement"]

    @property
    def communication(self) -> float:
        """Level of continuous communication."""
        return self.levels["communication"]

    def develop(self, coalition: "Coalition") -> None:
        """Move every condition towards what the state supports and the others lend it."""
        p = coalition.params.conditions
        average = self.mean
        for name, target in self._targets(coalition).items():
            others = rules.mean_of_others(average, self.levels[name])
            self.levels[name] = rules.condition(self.levels[name], target, others, p.mutual, p.speed)

    def _targets(self, coalition: "Coalition") -> dict[str, float]:
        p, members = coalition.params.conditions, coalition.members
        model, backbone = coalition.model, coalition.backbone
        trust = mean(np.array([m.trust for m in members]))
        shirked = mean(np.array([m.shirked for m in members]))
        language = mean(np.array([t.language for t in coalition.network.ties]))
        targets = (
            model.abstracting.common_agenda(p.agenda_effort, coalition.weight_variance, coalition.credibility),
            model.spacing.shared_measurement(p.measurement_effort),
            rules.activities_target(p.activities_effort, backbone.share_held, shirked),
            rules.communication_target(p.communication_effort, trust, language),
            rules.support_target(backbone.treasury.staffing, backbone.lead_commitment),
        )
        return dict(zip(CONDITIONS, targets, strict=True))


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
        """Vacate all roles of a member that has left."""
        for role in sorted(leaver.roles):
            self.holders[role] = None
            self.coalition.model.log.add(month, "role_vacated", leaver, detail=kinds.ROLES[role])
        leaver.roles.clear()

    def fill(self, month: int) -> None:
        """Fill vacant roles with the most suitable of the willing and able members who volunteer."""
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
