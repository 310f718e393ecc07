"""The sparse network of ties among the members of a coalition."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cisim.agents.clock import Clock
from cisim.agents.tie import Tie
from cisim.core import purposes
from cisim.core.draws import uniform
from cisim.core.kinds import pair_id
from cisim.core.population import World, are_introduced, first_trust
from cisim.core.rules.common import rate_to_probability
from cisim.core.rules.social_capital import closure, introduction_rate

if TYPE_CHECKING:
    from cisim.agents.organisation import Organisation
    from cisim.parameters.registry import Parameters


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
