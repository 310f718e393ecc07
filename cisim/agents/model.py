"""The model: it builds a coalition in its world, and runs the schedule month by month."""

from collections.abc import Mapping

import mesa

from cisim.agents.coalition import Coalition
from cisim.agents.cohort import Cohort
from cisim.agents.endings import End, Endings
from cisim.agents.environment import Environment, Shocks
from cisim.agents.log import EventLog
from cisim.agents.negotiation import Negotiation
from cisim.agents.observer import Observer
from cisim.agents.organisation import Organisation
from cisim.agents.organisations import BASES
from cisim.agents.strategies import Abstracting, Gazing, Spacing
from cisim.core import kinds, purposes
from cisim.core.draws import uniform
from cisim.core.population import Profile, World, candidate_profile, founding_holders, founding_profiles
from cisim.core.records import FAILED, NOT_FORMED
from cisim.core.rules import joining as entry
from cisim.core.rules.common import is_due, rate_to_probability
from cisim.parameters.checks import LARGEST
from cisim.parameters.registry import Parameters


class PartnershipModel(mesa.Model):
    """One coalition in one world.

    Parameters
    ----------
    params : Parameters
        Validated parameters.
    world : World
        Seed, replicate and community: the keys of all draws. Mesa's own generators decide nothing.
    extensions : mapping of str to type, optional
        Agent classes by kind and strategy classes by name that replace the built-in ones.
    """

    def __init__(self, params: Parameters, world: World, extensions: Mapping[str, type] | None = None) -> None:
        super().__init__(rng=0)
        self.params, self.world = params, world
        self.month = 0
        self.end: End | None = None
        classes = {**BASES, **(extensions or {})}
        self._kinds: list[type[Organisation]] = [classes[kind] for kind in kinds.KINDS]
        self.gazing: Gazing = classes["gazing"](params)
        self.abstracting: Abstracting = classes["abstracting"](params)
        self.spacing: Spacing = classes["spacing"](params)
        self.environment = Environment(params, world)
        self.log = EventLog()
        self.observer = Observer(self)
        self.negotiation = Negotiation(params, world).run() if params.formation.mode == "negotiated" else None
        if self.negotiation is not None:
            self.negotiation.write_events(self.log)
        if self.negotiation is None or self.negotiation.is_formed:
            self._found()
        else:
            self.end = End(0, FAILED, NOT_FORMED)

    def _found(self) -> None:
        """Found the coalition, with a third party if one has been won."""
        params, negotiation = self.params, self.negotiation
        profiles = founding_profiles(params, self.world)
        places = founding_holders(params.backbone.lead, profiles)
        if negotiation is not None and negotiation.engaged:
            profiles.append(negotiation.third)
        self.founders = [self._create(profile) for profile in profiles]
        self.coalition = Coalition(self, list(self.founders), [self.founders[i] for i in places])
        if negotiation is not None:
            negotiation.bring_in(next(f for f in self.founders if f.entity == negotiation.weaker.entity))
        self.coalition.found(negotiation.promise_factor if negotiation is not None else 1.0)
        self.cohort = Cohort(self.coalition)
        self.shocks = Shocks(self)
        self.endings = Endings(self.coalition)
        for member in self.founders:
            self.log.join(member, 0)

    def _create(self, profile: Profile, month: int = 0) -> Organisation:
        return self._kinds[profile.kind](self, profile, month)

    def step(self) -> None:
        """One month, in the order of MODEL 3 (docs/odd.md, schedule).

        1 environment, 2 agenda, 3 framing, 4 contribution, 5 production, 6 cohort, 7 assessment, 8 appraisal,
        9 interaction, 10 dependence, 11 commitment and decision, 12 entry, 13 ending, 14 observation.
        """
        self.month += 1
        month, coalition = self.month, self.coalition
        self._change_world(month)  # 1
        coalition.set_agenda(month)  # 2
        for member in coalition.members:
            member.frame()  # 3
        for member in coalition.members:
            member.contribute(self.spacing)  # 4
        coalition.produce(month)  # 5
        self.cohort.grow(month)  # 6
        coalition.assess()  # 7
        for member in coalition.members:
            member.appraise()  # 8
        coalition.interact(month)  # 9
        for member in coalition.members:
            member.depend()  # 10
        causes = self._decide(month)  # 11
        self._admit(month)  # 12
        self._settle(month)  # 13
        self.observer.watch()  # 14
        self.end = self.endings.find(month, causes)
        self.running = self.end is None

    def run(self) -> End:
        """Step until the spell ends; return its ending."""
        while self.end is None:
            self.step()
        return self.end

    def _change_world(self, month: int) -> None:
        self.environment.change(month)
        for member in self.coalition.members:
            member.change_budget(month)
        self.shocks.strike(month)

    def _decide(self, month: int) -> list[str]:
        """Update commitments, decide who leaves, and return the causes of leaving, role holders first."""
        members = self.coalition.members
        for member in members:
            member.commit()
        decisions = [(member, member.decide(month)) for member in members]
        leavers = [(member, cause) for member, cause in decisions if cause is not None]
        leavers.sort(key=lambda pair: (not pair[0].roles, pair[0].entity))
        causes = [cause for _, cause in leavers]
        self.coalition.part(leavers, month)
        if is_due(month, self.params.backbone.contract_months) and self.coalition.members:
            for member in self.coalition.members:
                member.renew()
            self.log.add(month, "renewed")
        return causes

    def _admit(self, month: int) -> None:
        """Admit the candidate of the month, if there is one and it chooses to join."""
        p, coalition = self.params.entry, self.coalition
        candidate = kinds.candidate_id(month)
        arrives = uniform(*self.world, candidate, month, purposes.ARRIVAL) < rate_to_probability(p.rate)
        if not arrives or not 0 < len(coalition.members) < LARGEST:
            return
        profile = candidate_profile(self.params, self.world, month)
        distance = entry.goal_distance(profile.weight, coalition.mean_weight)
        chance = entry.joining_probability(
            p.base, p.record, coalition.record, p.distance, distance, self.environment.climate
        )
        if uniform(*self.world, candidate, month, purposes.JOIN) < chance:
            coalition.welcome(self._create(profile, month), month)

    def _settle(self, month: int) -> None:
        """Fill vacant roles, settle the accounts and update the five conditions."""
        coalition = self.coalition
        coalition.backbone.fill(month)
        if coalition.members:
            coalition.backbone.treasury.settle(month)
            coalition.conditions.develop(coalition)
