"""A field: many communities, each with its coalition, and a platform that may serve them (MODEL 4.11; S3)."""

from collections.abc import Mapping
from dataclasses import replace

from cisim.agents.field_community import Community
from cisim.agents.field_platform import Donors, Library, Platform
from cisim.core.population import World
from cisim.core.records import RunRecord
from cisim.parameters.registry import Parameters


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
        """One month: the month of every coalition, then what passes between communities.

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
