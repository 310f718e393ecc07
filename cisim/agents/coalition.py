"""The coalition: members, agenda, joint production, assessment, interaction (MODEL 2, 3)."""

from typing import TYPE_CHECKING

import numpy as np

from cisim.agents.backbone import Backbone, Conditions
from cisim.agents.network import Network
from cisim.agents.strategies import Spacing, without_strategies
from cisim.agents.treasury import Treasury
from cisim.core import kinds, purposes
from cisim.core.aggregate import total, weighted_moments
from cisim.core.draws import normal
from cisim.core.rules import attention as agenda
from cisim.core.rules import attention as framing
from cisim.core.rules import collective_impact as assessment
from cisim.core.rules import matching as partnership
from cisim.core.rules import production, social_capital
from cisim.core.rules.common import is_due

if TYPE_CHECKING:
    from cisim.agents.model import PartnershipModel
    from cisim.agents.organisation import Organisation


class Coalition:
    """Organisations that act together.

    Attributes
    ----------
    members : list of Organisation
        Present members, in the order of their entity numbers.
    balance, attention, remembered_attention : float
        Attention to social goals: asked for, paid this month, and as remembered (shares).
    credibility : float
        Credibility of the master frame, a share.
    promise, perceived : tuple of float
        Social and economic result promised at founding, and as members see it now.
    social, economic : float
        Outcome of this month; `total_social` and `total_economic` add them up.
    practice : float
        Skill in what is done, a share.
    worth : float
        What the practice is worth in this community, 1 at par and where all practice suits.
    undisturbed : float
        Share of output left besides trying, bringing in and learning practices.
    """

    def __init__(self, model: "PartnershipModel", members: "list[Organisation]", holders: "list[Organisation]") -> None:
        self.model, self.params = model, model.params
        self.members = members
        self.n_founding = len(members)
        self.backbone = Backbone(self, holders)
        self.network = Network(model.params, model.world)
        self.network.found(members)
        self.conditions = Conditions(self.params.conditions.start)
        self.credibility = self.params.framing.start
        self.practice = self.params.production.practice_start
        self.worth = self.undisturbed = 1.0
        self.legitimacy = 1.0
        self.social = self.economic = self.total_social = self.total_economic = 0.0

    def found(self, promise_factor: float = 1.0) -> None:
        """Initialise ties, position and promised results, as if there were no strategies (MODEL 3.5).

        A negotiation multiplies the promise by what the larger side believed of the weaker one.
        """
        for member in self.members:
            member.is_member = True
        for member in self.members:
            member.find_providers()
            member.meet()
        unspaced = Spacing(without_strategies(self.params))
        for member in self.members:
            member.contribute(unspaced)
        self.backbone.treasury = Treasury(self)
        self.take_position()
        self.attention = self.remembered_attention = self.balance
        means = production.means_factor(
            1.0, self.practice, 0.0, 0.0, self.conditions.mean, self.params.conditions.output_gain
        )
        self.fair_result = self._split(production.output(self.joint_input, 1.0, means, 1.0, 0.0), self.balance)
        self.promise = self._promised(promise_factor, self.fair_result)
        self.perceived = self.fair_result
        for member in self.members:
            member.promise = member.aspirations = self.promise

    def _promised(self, factor: float, results: tuple[float, float]) -> tuple[float, float]:
        """Social and economic result that is promised to new members."""
        optimism, (social, economic) = self.params.assessment.optimism, results
        return assessment.promised(optimism, factor, social), assessment.promised(optimism, factor, economic)

    # -- state that several parts read --------------------------------------------------------------------------

    @property
    def contributed_means(self) -> float:
        """What members put in: the sum of their contributions."""
        return total(np.array([m.contribution for m in self.members]))

    @property
    def record(self) -> float:
        """Perceived social result over the promise, less one."""
        return assessment.relative_gap(self.perceived[0], self.promise[0])

    @property
    def quality(self) -> float:
        """Quality of practice: skill in it, times its worth here."""
        return production.practice_quality(self.practice, self.worth)

    @property
    def joint_input(self) -> float:
        """Input from the four complementary roles."""
        p = self.params.production
        plan, implement, fund, expertise = (self._role_input(role) for role in range(len(kinds.ROLES)))
        return production.joint_input(plan, implement, fund, expertise, p.reference, p.role_elasticity)

    def _role_input(self, role: int) -> float:
        weight = self.params.production.holder_weight
        inputs = [
            production.role_input(m.contribution, m.capabilities[role], float(role in m.roles), weight)
            for m in self.members
        ]
        return total(np.array(inputs))

    # -- 2. agenda ----------------------------------------------------------------------------------------------

    def take_position(self) -> None:
        """Update the power-weighted position of the members and the balance of goals that follows from it."""
        self.mean_weight, self.weight_variance = weighted_moments(
            np.array([m.effective_weight for m in self.members]), np.array([m.power for m in self.members])
        )
        self.balance = agenda.balanced_attention(self.mean_weight)
        lead = self.backbone.holders[kinds.PLAN]
        self.legitimacy = social_capital.legitimacy(
            self.params.trust.legitimacy, lead.founding_weight if lead is not None else social_capital.LEADERLESS
        )

    def set_agenda(self, month: int) -> None:
        """Set the attention to social goals in this month (gazing)."""
        self.take_position()
        self.attention, self.since_switch = self.model.gazing.attend(self, month)
        self.remembered_attention = agenda.remembered_attention(
            self.remembered_attention, self.attention, self.params.agenda.memory_months
        )

    # -- 5. joint production ------------------------------------------------------------------------------------

    def produce(self, month: int) -> None:
        """Turn contributions into social and economic outcomes."""
        p, backbone = self.params.production, self.backbone
        self.joint = self.joint_input
        means = production.means_factor(
            backbone.treasury.staffing,
            self.quality,
            backbone.leader,
            p.leader_effect,
            self.conditions.mean,
            self.params.conditions.output_gain,
        )
        produced = production.output(
            self.joint,
            production.coordination_factor(float(len(self.members)), p.coordination, p.coordination_power),
            means,
            self.model.abstracting.output_factor(backbone.expertise),
            self.model.gazing.switching_loss(self.since_switch),
        )
        luck = production.output_luck(p.noise_sd, normal(*self.model.world, kinds.COALITION, month, purposes.OUTPUT))
        produced = production.realised_output(produced, self._platform_factor(month), luck, self.undisturbed)
        self.social, self.economic = self._split(produced, self.attention)
        self.total_social += self.social
        self.total_economic += self.economic
        self.practice = self.model.spacing.correct(self.practice)

    def _platform_factor(self, month: int) -> float:
        """Multiplier of output by a joint platform."""
        p, providers = self.params.joint_platform, sum(m.kind in kinds.PROVIDERS for m in self.members)
        return partnership.platform_factor(
            p.intensity,
            p.gain,
            float(providers),
            p.loss,
            p.months,
            float(month - 1),
        )

    def _split(self, produced: float, attended: float) -> tuple[float, float]:
        """Social and economic outcome of an output under that attention."""
        returns = self.params.agenda.focus_returns
        return (
            production.social_outcome(produced, attended, returns),
            production.economic_outcome(produced, attended, returns),
        )

    # -- 7. assessment ------------------------------------------------------------------------------------------

    def assess(self) -> None:
        """Update the perceived results, and the credibility of the frame, which depends on them."""
        perceive = self.model.spacing.perceive
        self.perceived = perceive(self.perceived[0], self.social), perceive(self.perceived[1], self.economic)
        self.credibility = framing.credibility(
            self.credibility, self.perceived[0], self.promise[0], self.params.framing.adaptation
        )

    # -- 9. interaction -----------------------------------------------------------------------------------------

    def interact(self, month: int) -> None:
        """Update conflict, ties and grievances; once a year third parties introduce members to one another."""
        self.take_position()
        for member in self.members:
            member.clash()
        for tie in self.network.ties:
            tie.live(self)
        if is_due(month, 12):
            self.network.introduce(self.members, month)
        for member in self.members:
            member.meet()

    # -- 11 and 12. members leave and join ----------------------------------------------------------------------

    def part(self, leavers: "list[tuple[Organisation, str]]", month: int) -> None:
        """Remove those who leave; vacate their roles and cut their ties."""
        for member, cause in leavers:
            member.is_member = False
            self.members.remove(member)
            self.model.log.leave(member, month, cause)
            self.backbone.vacate(member, month)
        if leavers:
            self.network.leave([member for member, _ in leavers])

    def welcome(self, newcomer: "Organisation", month: int) -> None:
        """Add a new member; its promise is the perceived result, raised by the optimism of newcomers."""
        newcomer.is_member = True
        self.members.append(newcomer)
        self.network.join(newcomer, self.members, month)
        newcomer.find_providers()
        newcomer.meet()
        newcomer.frame()
        newcomer.promise = newcomer.aspirations = self._promised(1.0, self.perceived)
        self.model.log.join(newcomer, month)
