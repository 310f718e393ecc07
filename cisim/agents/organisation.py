"""What every organisation does in a month, as a Mesa agent (MODEL 2, 3); the kinds are in `organisations`."""

from typing import TYPE_CHECKING

import mesa
import numpy as np

from cisim.agents.clock import Clock
from cisim.agents.decision import commitment_effects, contract_protection
from cisim.core import kinds, purposes
from cisim.core.aggregate import mean
from cisim.core.draws import normal, uniform
from cisim.core.population import Profile
from cisim.core.records import CAUSES
from cisim.core.rules import collective_impact as assessment
from cisim.core.rules import leaving, production, reliance, surroundings
from cisim.core.rules import social_capital as conflict
from cisim.core.rules.common import approach, is_due, is_new_year, power

if TYPE_CHECKING:
    from cisim.agents.model import PartnershipModel
    from cisim.agents.network import Tie
    from cisim.agents.strategies import Spacing


class Organisation(mesa.Agent):
    """A member (or former member) of the coalition.

    Attributes
    ----------
    weight, founding_weight, effective_weight : float
        Social value weight, what it was at founding, and what the member acts on under the frame (shares).
    budget : float
        Budget level, 1 at founding; `size` times `budget` is what it could put in.
    commitment, satisfaction, conflict, trust, autonomy_lost, deferred : float
        State of mind of the member (MODEL 3.8-3.11).
    grievance, backlog : float
        What surfaces at the contract's end (MODEL 4.2, 4.3).
    means_from : dict
        Share of own means by provider (dependence).
    roles : set of int
        Backbone roles held (`cisim.core.kinds`).
    """

    model: "PartnershipModel"

    def __init__(self, model: "PartnershipModel", profile: Profile, month: int = 0) -> None:
        super().__init__(model)
        self.p = model.params
        self.entity, self.kind = profile.entity, profile.kind
        self.weight = self.founding_weight = self.effective_weight = profile.weight
        self.size, self.capabilities = profile.size, profile.capabilities
        self.resonance, self.outside, self.leader = profile.resonance, profile.outside, profile.leader
        self.dependence, self.one_sided = profile.dependence, 1.0
        self.evidence_demand = kinds.EVIDENCE_DEMAND[profile.kind]
        self.log_budget, self.support, self.budget = 0.0, 1.0, 1.0
        self.satisfaction = self.conflict = self.distance = self.autonomy_lost = 0.0
        self.trust = self.closure = self.shirked = self.contribution = 0.0
        self.social_gap = self.economic_gap = 0.0
        self.grievance = self.backlog = self.deferred = self.hazard = 0.0
        self.aspirations = self.promise = (0.0, 0.0)
        self.means_from: dict[Organisation, float] = {}
        self.ties: list[Tie] = []
        self.roles: set[int] = set()
        self.is_member = False
        self.leave_clock = Clock(model.world, self.entity, month, purposes.LEAVE)
        self.shock_clock = Clock(model.world, self.entity, month, purposes.INTERNAL)
        self.commitment = self._commitment_target(leaving.FIRST_TRUST, 0.0)

    # -- what others see ----------------------------------------------------------------------------------------

    @property
    def power(self) -> float:
        """Weight in the coalition's position."""
        return power(self.size, self.commitment, 1 if self.roles else 0)

    @property
    def kept(self) -> float:
        """Share of its possible contribution that the member makes."""
        return production.kept_share(self.commitment, self.shirked)

    # -- 1. environment -----------------------------------------------------------------------------------------

    def change_budget(self, month: int) -> None:
        """Regain withdrawn funds; take the yearly step of the kind, if it has one."""
        self.support = approach(self.support, 1.0, self.p.shocks.recovery)
        if is_new_year(month) and month > 1:
            self.log_budget = self.yearly_budget(month)
        self.budget = surroundings.budget_level(surroundings.yearly_level(self.log_budget), self.support)

    def yearly_budget(self, month: int) -> float:  # noqa: ARG002
        """Log budget of a new year: unchanged (what nonprofits live on is in `means_from`)."""
        return self.log_budget

    def _walk(self, month: int, swing: float) -> float:
        """Log budget of a new year for a firm or foundation; a bad year hits a share of them."""
        p, world = self.p.environment, self.model.world
        is_cut = self.model.environment.is_bad_year and (
            uniform(*world, self.entity, month, purposes.BAD_YEAR_CUT) < p.bad_year_cutters
        )
        z = normal(*world, self.entity, month, purposes.BUDGET)
        cut = p.bad_year_cut if is_cut else 0.0
        return surroundings.log_budget(self.log_budget, p.budget_reversion, p.budget_sd, swing, z, cut)

    # -- 3. framing ---------------------------------------------------------------------------------------------

    def frame(self) -> None:
        """Update the effective weight under the master frame."""
        coalition = self.model.coalition
        self.effective_weight = self.model.abstracting.effective_weight(self, coalition.credibility)

    # -- 4. contribution ----------------------------------------------------------------------------------------

    def contribute(self, spacing: "Spacing") -> None:
        """Update the contribution: what commitment and budget allow, less what is shirked under that spacing."""
        self.shirked = spacing.shirking(self.trust, len(self.model.coalition.members))
        means = reliance.means_left(self.budget, self._means_lost())
        self.contribution = production.contribution(self.commitment, self.size, means, self.shirked)

    def _means_lost(self) -> float:
        """Share of own means that providers have withdrawn."""
        lost = 0.0
        for provider, share in self.means_from.items():
            lost += reliance.share_lost(share, provider.budget if provider.is_member else 0.0)
        return lost

    # -- 8. appraisal -------------------------------------------------------------------------------------------

    def appraise(self) -> None:
        """Update satisfaction with perceived results, and the aspirations, which adapt to experience."""
        p, coalition = self.p.assessment, self.model.coalition
        self.social_gap = self._gap(coalition.perceived[0], self.aspirations[0], self.promise[0])
        self.economic_gap = self._gap(coalition.perceived[1], self.aspirations[1], self.promise[1])
        weight = self.model.gazing.appraisal_weight(self.effective_weight, coalition.attention)
        self.satisfaction = assessment.satisfaction(
            weight, self.social_gap, self.economic_gap, p.loss_aversion, p.floor
        )
        self.aspirations = (
            assessment.aspiration(self.aspirations[0], coalition.perceived[0], p.aspiration_speed),
            assessment.aspiration(self.aspirations[1], coalition.perceived[1], p.aspiration_speed),
        )

    def _gap(self, seen: float, aspired: float, promised: float) -> float:
        """Shortfall (negative) or surplus of a result relative to its yardstick (E42)."""
        return assessment.relative_gap(seen, assessment.yardstick(aspired, promised, self.p.assessment.promise_weight))

    # -- 9. interaction -----------------------------------------------------------------------------------------

    def clash(self) -> None:
        """Update conflict (over the agenda, values as such, results, neglect), grievances and the backlog."""
        p, coalition = self.p.conflict, self.model.coalition
        relief = self.p.trust.language_relief
        along_ties = mean(np.array([tie.distance(relief) for tie in self.ties])) if self.ties else 0.0
        self.distance = conflict.felt_distance(
            self.effective_weight, coalition.mean_weight, coalition.weight_variance, along_ties, p.tie_share
        )
        clashes = conflict.clashes(
            conflict.agenda_clash(p.agenda_clash, coalition.attention),
            p.divergence_clash,
            self.model.spacing.confrontation(coalition.conditions.shared_measurement, self.satisfaction),
        )
        neglected = conflict.neglect(
            p.neglect, coalition.remembered_attention, self.effective_weight, self.p.agenda.tolerance
        )
        self.conflict = conflict.conflict(p.scale, clashes, self.distance, self.trust, neglected)
        self.grievance = self.model.spacing.grievance(self)
        self.backlog = self.model.abstracting.backlog(self, coalition.credibility)

    def meet(self) -> None:
        """Update mean trust and mean structural capital over own ties."""
        if self.ties:
            self.trust = mean(np.array([tie.trust for tie in self.ties]))
            self.closure = mean(np.array([tie.closure for tie in self.ties]))
        else:
            self.trust = self.closure = 0.0

    # -- 10. dependence -----------------------------------------------------------------------------------------

    def find_providers(self) -> None:
        """Spread the dependent share of means over tied members whose kind provides, by their size."""
        providers = [t.other(self) for t in self.ties if t.other(self).kind in kinds.PROVIDERS]
        total = 0.0
        for provider in providers:
            total += provider.size
        if self.dependence > 0.0 and total > 0.0:
            self.means_from = {p: reliance.means_share(self.dependence, p.size, total) for p in providers}

    def depend(self) -> None:
        """Update dependence: recovery of lost means, mission drift, and autonomy lost."""
        if not self.means_from:
            return
        p = self.p.dependence
        for provider, share in self.means_from.items():
            self.means_from[provider] = reliance.dependence_next(share, 1 if provider.is_member else 0, p.recovery)
        held, squares, values = 0.0, 0.0, 0.0
        for provider, share in self.means_from.items():
            if provider.is_member:
                held += share
                squares += share * share
                values += share * provider.weight
        if held < kinds.NEGLIGIBLE:
            self.autonomy_lost = 0.0
            return
        concentration, provider_weight = reliance.concentration(squares, held), reliance.mean_weight(values, held)
        felt = reliance.felt_dependence(held, self.one_sided)
        relieved = reliance.relief(
            p.relief,
            self.p.backbone.relational_governance,
            self.closure,
            self.p.joint_platform.intensity,
            concentration,
        )
        self.weight = reliance.drifted_weight(self.weight, provider_weight, p.drift, felt, concentration, relieved)
        self.autonomy_lost = reliance.autonomy_lost(
            felt, concentration, self.weight, self.founding_weight, provider_weight, relieved
        )

    # -- 11. commitment and decision ----------------------------------------------------------------------------

    def _commitment_target(self, trust: float, frame: float) -> float:
        bearing = leaving.Bearing(
            satisfaction=self.satisfaction,
            conflict=self.conflict,
            trust=trust,
            frame=frame,
            autonomy_lost=self.autonomy_lost,
            outside=self.outside,
            deferred=self.deferred,
        )
        return leaving.commitment_target(bearing, commitment_effects(self.p))

    def commit(self) -> None:
        """Move commitment towards the level that the member's state supports (E65)."""
        frame = self.model.abstracting.binding(self, self.model.coalition.credibility)
        target = self._commitment_target(self.trust, frame)
        self.commitment = approach(self.commitment, target, self.p.commitment.speed)

    def reasons(self) -> tuple[float, float, float, float]:
        """Reasons to leave: conflict, disappointment, dependence, hypocrisy (log units of hazard)."""
        p = self.p.exit
        return (
            leaving.reason(p.conflict, self.conflict),
            self.model.spacing.disappointment(self),
            leaving.reason(p.dependence, self.autonomy_lost),
            leaving.reason(p.hypocrisy, self.model.abstracting.hypocrisy(self, self.model.coalition.credibility)),
        )

    def decide(self, month: int) -> str | None:
        """Return the cause of leaving, or None; wishes deferred by the contract cumulate until its end."""
        p = self.p.exit
        reasons = self.reasons()
        free = self._free_hazard(reasons)
        at_end = is_due(month, self.p.backbone.contract_months)
        now = leaving.hazard_now(
            free,
            at_end,
            leaving.inside_factor(is_due(month, 12), contract_protection(self.p), p.review),
            p.contract_end,
            leaving.surfacing(self.grievance, self.backlog),
            self.deferred,
        )
        self.hazard = now
        self.deferred = 0.0 if at_end else leaving.deferred_wish(self.deferred, free, now, p.deferral_decay)
        if not self.leave_clock.strikes(now, month):
            return None
        u = uniform(*self.model.world, self.entity, month, purposes.LEAVE_CAUSE)
        return CAUSES[leaving.cause_of_leaving(*(self._surfaced(reasons) if at_end else reasons), u)]

    def _free_hazard(self, reasons: tuple[float, float, float, float]) -> float:
        """Hazard of leaving if there were no contract."""
        p, world = self.p.exit, self.model.environment
        return leaving.free_hazard(
            p.base_rate,
            leaving.all_reasons(*reasons),
            leaving.outside_pull(p.outside, self.outside, leaving.rival_pull(p.rival, world.rivals)),
            leaving.bound_by(p.climate, world.climate, p.trust, self.trust, p.satisfaction, self.satisfaction),
        )

    def _surfaced(self, reasons: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """Reasons at the contract's end: grievances are unspoken conflict, the backlog is unmet aspirations."""
        quarrel = leaving.surfaced(reasons[0], self.grievance)
        return quarrel, leaving.surfaced(reasons[1], self.backlog), reasons[2], reasons[3]

    def renew(self) -> None:
        """Renew the contract: grievances, backlog and deferred wishes return to 0."""
        self.grievance = self.backlog = self.deferred = 0.0
