"""A field of communities, and the platform between them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from cisim.agents.field_community import Community, Offer
from cisim.core import kinds, purposes
from cisim.core.draws import normal, uniform
from cisim.core.population import World
from cisim.core.records import RunRecord
from cisim.core.rules import diffusion as practice_rules
from cisim.core.rules import platform as rules
from cisim.core.rules import surroundings
from cisim.core.rules.common import is_new_year, share_of
from cisim.core.rules.funding import of_need
from cisim.parameters.registry import Parameters

if TYPE_CHECKING:
    from cisim.agents.field_community import Community
    from cisim.core.population import World
    from cisim.parameters.registry import Parameters


class Donors:
    """Donors of the field; `log_giving` is 0 in a usual year."""

    def __init__(self, params: "Parameters", world: "World") -> None:
        self.params, self.world = params, world._replace(community=kinds.SHARED)
        self.log_giving = 0.0

    def give(self, month: int, evidence: float) -> float:
        """Money of the month; giving changes in the first month of each year after the first."""
        p = self.params.donors
        if is_new_year(month) and month > 1:
            z = normal(*self.world, kinds.COALITION, month, purposes.GIVING)
            self.log_giving = surroundings.log_budget(self.log_giving, p.reversion, p.volatility, 1.0, z, 0.0)
        number = float(self.params.communities.number)
        return rules.donors_giving(p.budget, number, self.log_giving, p.attention, evidence)


class Library:
    """Practices shared by users, each with the evidence on it; the best two are recommended."""

    def __init__(self, params: "Parameters") -> None:
        self.params = params
        self.entries: dict[Community, Offer] = {}

    @property
    def evidence(self) -> float:
        """Mean evidence on what is in the library; 1 (par) while it is empty."""
        total = 0.0
        for offer in self.entries.values():
            total += offer.evidence
        return rules.mean_evidence(total, len(self.entries))

    def gather(self, communities: "list[Community]", capacity: float) -> None:
        """Update the evidence, which fades without upkeep, and add what users put in."""
        p = self.params.platform
        noise = rules.library_noise(self.params.practice.evidence_noise, p.evidence_quality, capacity)
        for source, entry in self.entries.items():
            self.entries[source] = entry._replace(evidence=rules.faded_evidence(entry.evidence, p.fading, capacity))
        for community in communities:
            draw = (*community.world, kinds.COALITION, community.month, purposes.SHARE)
            chance = rules.sharing_chance(p.share_rate, community.silos, community.capital)
            if community.is_user and uniform(*draw) < chance:
                seen = practice_rules.observed_worth(community.shown_worth, noise, normal(*draw))
                known = self.entries.get(community)
                evidence = rules.library_evidence(known.evidence if known else 0.0, seen, float(known is not None))
                self.entries[community] = Offer(community, community.shown, evidence)
        by_place = sorted(self.entries.values(), key=lambda offer: offer.source.place)
        self.entries = {offer.source: offer for offer in by_place}
        self.best = sorted(by_place, key=lambda offer: -offer.evidence)[:2]

    def offers(self, community: "Community") -> list[Offer]:
        """Return what the library recommends: the best entry, or the second where the best is known already."""
        known = (community, community.last_source)
        return [offer for offer in self.best if offer.source not in known][:1]


class Platform:
    """An intermediary that gathers practices and helps to adapt them.

    Attributes
    ----------
    donors : Donors
        Who pays.
    library : Library
        What is known.
    capacity : float
        Share of what a fully paid platform can do.
    assistance : float
        Share of the help that users want which they get.
    """

    def __init__(self, field: "Field", donors: Donors, library: Library) -> None:
        self.field, self.donors, self.library = field, donors, library
        self.params = field.params
        p = self.params.platform
        self.capacity = p.start if p.presence == "present" else 0.0
        self.assistance = 0.0
        self.evidence = 1.0

    def serve(self, month: int) -> None:
        """One month: money, evidence, users."""
        self._fund(month)
        self.library.gather(self.field.communities, self.capacity)
        self.evidence = self.library.evidence
        if self.params.practice.mode in ("copy", "blend"):
            self._join_and_leave()

    def _fund(self, month: int) -> None:
        p = self.params.platform
        users = [community for community in self.field.communities if community.is_user]
        self.n_users = len(users)
        fees = 0.0
        for user in users:
            fees += user.model.coalition.backbone.treasury.fee_paid
        given = self.donors.give(month, self.evidence)
        money = rules.infrastructure_money(given, self.params.donors.programme_bias, fees)
        need = rules.platform_need(p.fixed_cost, p.user_cost, float(self.n_users))
        self.capacity = rules.platform_capacity(self.capacity, money, need, p.speed)
        tied = rules.programme_money(given, self.params.donors.programme_bias)
        self.assistance = rules.assistance(self.capacity, tied, p.assistance_cost, float(self.n_users))

    def _join_and_leave(self) -> None:
        """Decide which communities that take practice from elsewhere join, and which users leave."""
        p, share = self.params.platform, share_of(float(self.n_users), float(len(self.field.communities)))
        for community in self.field.living:
            if community.is_user:
                chance = rules.platform_leaving(p.leave_rate, self.capacity)
            else:
                chance = rules.platform_joining(
                    p.join_rate, self.capacity, p.network, share, community.silos, community.capital
                )
            if uniform(*community.world, kinds.COALITION, community.month, purposes.MEMBERSHIP) < chance:
                community.is_user = not community.is_user
            treasury = community.model.coalition.backbone.treasury
            treasury.fee = of_need(p.fee, treasury.founding_need) if community.is_user else 0.0


class Field:
    """A model of models: one `PartnershipModel` for each community, which share climate and practice.

    Parameters
    ----------
    params : Parameters
        Validated parameters, the same for all communities.
    world : World
        Keys of the first community; the others have the keys that follow.
    extensions : mapping of str to type, optional
        Own classes, for all communities.

    Attributes
    ----------
    communities : list of Community
        In order; those whose coalition has ended stay in it.
    platform : Platform
        The platform; without capacity where there is none.
    """

    def __init__(self, params: Parameters, world: World, extensions: Mapping[str, type] | None = None) -> None:
        self.params, self.month = params, 0
        self.is_tied = params.practice.mode != "off" or params.platform.presence == "present"
        self.communities = [
            Community(self, i, world._replace(community=world.community + i), extensions)
            for i in range(params.communities.number)
        ]
        self.platform = Platform(self, Donors(params, world), Library(params))

    @property
    def living(self) -> list[Community]:
        """Communities whose coalition has not ended."""
        return [community for community in self.communities if community.is_living]

    def run(self) -> None:
        """Step until every coalition has ended."""
        while self.living:
            self.step()

    def step(self) -> None:
        """One month: that of every coalition, then the exchange between communities.

        Every community shows its practice; then the platform gets its money, gathers evidence, and wins and loses
        users; then communities bring in, search and look; then relational capital grows and decays.
        """
        self.month += 1
        for community in self.living:
            community.model.step()
        if not self.is_tied:
            return
        for community in self.communities:
            community.show()
        if self.params.platform.presence == "present":
            self.platform.serve(self.month)
        for community in self.living:
            community.practise()
        for community in self.communities:
            community.relate()

    def record(self, *, trajectory: bool, events: bool) -> RunRecord:
        """Record of the first community, with those of the others."""
        first, *others = [c.record(trajectory=trajectory, events=events) for c in self.communities]
        return replace(first, others=tuple(others))
