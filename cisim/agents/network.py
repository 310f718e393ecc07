"""Ties between members: two organisations that work together, and the network of all of them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cisim.agents.clock import Clock
from cisim.core import purposes
from cisim.core.draws import uniform
from cisim.core.kinds import pair_id
from cisim.core.population import World, are_introduced, first_trust
from cisim.core.rules import social_capital
from cisim.core.rules import social_capital as conflict
from cisim.core.rules.common import rate_to_probability
from cisim.core.rules.social_capital import closure, introduction_rate

if TYPE_CHECKING:
    from cisim.agents.coalition import Coalition
    from cisim.agents.organisation import Organisation
    from cisim.parameters.registry import Parameters


class Tie:
    """Two organisations that work together; its clock waits for a breach of trust.

    Attributes
    ----------
    trust : float
        Relational capital, a share.
    language : float
        Cognitive capital, a share.
    closure : float
        Structural capital, a share: common third parties.
    """

    __slots__ = ("clock", "closure", "first", "language", "second", "trust")

    def __init__(self, first: "Organisation", second: "Organisation", trust: float, clock: Clock) -> None:
        self.first, self.second = first, second
        self.clock = clock
        self.trust = trust
        self.language = 0.0
        self.closure = 0.0

    def other(self, member: "Organisation") -> "Organisation":
        """Return the partner of `member` on this tie."""
        return self.second if member is self.first else self.first

    def distance(self, relief: float) -> float:
        """Distance between the partners' effective weights, eased by shared language."""
        return conflict.tie_distance(self.first.effective_weight, self.second.effective_weight, self.language, relief)

    def live(self, coalition: "Coalition") -> None:
        """Update trust and shared language by one month."""
        p, first, second = coalition.params.trust, self.first, self.second
        governance = coalition.params.backbone.relational_governance
        spacing, communication = coalition.model.spacing, coalition.conditions.communication
        satisfaction = social_capital.both_partners(first.satisfaction, second.satisfaction)
        clash, kept = (
            social_capital.both_partners(first.conflict, second.conflict),
            social_capital.both_partners(first.kept, second.kept),
        )
        bonds = social_capital.bonds(p.governance, governance, spacing.goodwill(), p.closure, self.closure)
        drive = social_capital.trust_drive(p.growth, bonds, communication, p.coordination, coalition.legitimacy)
        loss = social_capital.trust_loss(clash, p.conflict_loss, spacing.control(), p.result_loss, satisfaction)
        self.trust = social_capital.trust(self.trust, drive, loss, satisfaction, kept)
        self.language = social_capital.language(self.language, p.language_growth, communication, governance)


class Network:
    """Ties by pair: roles, introductions and third parties make them (MODEL 2)."""

    def __init__(self, params: "Parameters", world: World) -> None:
        self.params = params
        self.world = world
        self.ties: list[Tie] = []

    def join(self, newcomer: "Organisation", members: Iterable["Organisation"], month: int) -> None:
        """Tie `newcomer` to the backbone and to those it was introduced to, then recount third parties."""
        for member in members:
            if member is not newcomer:
                self._introduce(newcomer, member, month)
        self.recount()

    def found(self, members: list["Organisation"]) -> None:
        """Make the ties of a new coalition."""
        for i, first in enumerate(members):
            for second in members[i + 1 :]:
                self._introduce(first, second, 0)
        self.recount()

    def serve(self, holder: "Organisation", members: Iterable["Organisation"], month: int) -> None:
        """Tie the new holder of a role to every member."""
        for member in members:
            if member is not holder and not any(t.other(holder) is member for t in holder.ties):
                self._tie(holder, member, month)
        self.recount()

    def introduce(self, members: list["Organisation"], month: int) -> None:
        """Introduce members who do not know each other yet by third parties (once a year)."""
        partners = {member: {tie.other(member) for tie in member.ties} for member in members}
        met = False
        for i, first in enumerate(members):
            for second in members[i + 1 :]:
                if second not in partners[first]:
                    common = float(len(partners[first] & partners[second]))
                    met |= self._by_third_parties(first, second, common, month)
        if met:
            self.recount()

    def _by_third_parties(self, first: "Organisation", second: "Organisation", common: float, month: int) -> bool:
        rate = introduction_rate(self.params.population.introduction_rate, closure(common))
        u = uniform(*self.world, pair_id(first.entity, second.entity), month, purposes.INTRODUCTION)
        if u >= rate_to_probability(rate):
            return False
        self._tie(first, second, month)
        return True

    def leave(self, members: Iterable["Organisation"]) -> None:
        """Cut the ties of `members`, who have left."""
        gone = set(members)
        for tie in [t for t in self.ties if t.first in gone or t.second in gone]:
            self.ties.remove(tie)
            tie.first.ties.remove(tie)
            tie.second.ties.remove(tie)
        self.recount()

    def _introduce(self, first: "Organisation", second: "Organisation", month: int) -> None:
        by_role = bool(first.roles or second.roles)
        if by_role or are_introduced(self.params, self.world, first.entity, second.entity):
            self._tie(first, second, month)

    def _tie(self, first: "Organisation", second: "Organisation", month: int) -> None:
        clock = Clock(self.world, pair_id(first.entity, second.entity), month, purposes.RELATIONAL)
        tie = Tie(first, second, first_trust(self.params, self.world, first.entity, second.entity), clock)
        self.ties.append(tie)
        first.ties.append(tie)
        second.ties.append(tie)

    def recount(self) -> None:
        """Set the structural capital of every tie from its common third parties."""
        partners: dict[Organisation, set[Organisation]] = {}
        for tie in self.ties:
            partners.setdefault(tie.first, set()).add(tie.second)
            partners.setdefault(tie.second, set()).add(tie.first)
        for tie in self.ties:
            tie.closure = closure(float(len(partners[tie.first] & partners[tie.second])))
