"""The negotiation of a partnership between unequals, before there is a coalition (S2 §2.3, §4; MODEL 4.4 to 4.6)."""

from typing import TYPE_CHECKING

from cisim.agents.clock import Clock
from cisim.core import kinds, purposes
from cisim.core.draws import uniform
from cisim.core.population import Profile, World, build_profile
from cisim.core.rules import matching, reliance
from cisim.core.rules import matching as partnership
from cisim.core.rules import social_capital as conflict
from cisim.core.rules.common import is_due
from cisim.core.rules.social_capital import closure

if TYPE_CHECKING:
    from cisim.agents.log import EventLog
    from cisim.agents.organisation import Organisation
    from cisim.parameters.registry import Parameters

#: Stages of collaborative value creation (S2 §2.3): the draw that each waits for, and the event that ends it; selection
#: has reviews instead of a draw.
STAGES = (
    (purposes.CONTACT, "introduced"),
    (purposes.GOALS, "goals_shared"),
    (None, "selected"),
    (purposes.DESIGN, "designed"),
    (purposes.SIGNING, "formed"),
)
MEETING, GOALS, SELECTION, DESIGN, BENEFITS, FORMED = range(6)


class Negotiation:
    """Negotiation between the first corporation and the first social enterprise of a coalition.

    Attributes
    ----------
    month : int
        Months since the clock of the formation started.
    stage : int
        Place in `STAGES`; `FORMED` when the sides have signed.
    structural, cognitive, relational : float
        The three kinds of social capital of the weaker side (shares).
    engaged, gave_up : bool
        Whether a third body has been won, and whether a side has given up.
    perceived : float
        Competence of the weaker side as the larger one last saw it, a share.
    """

    def __init__(self, params: "Parameters", world: World) -> None:
        self.params, self.world = params, world
        self.larger = self._profile(kinds.CORPORATION, 0)
        self.weaker = self._profile(kinds.SOCIAL_ENTERPRISE, 0)
        self.third = self._profile(kinds.PUBLIC_AGENCY, params.population.public_agencies)
        self.complementary = matching.complementarity(self.larger.capabilities, self.weaker.capabilities)
        able = self.weaker.capabilities
        self.competence = matching.true_competence(able.implement, able.expertise)
        self.gap = matching.power_gap(self.larger.size, self.weaker.size, 0.0)
        p = params.formation
        self.structural, self.cognitive, self.relational = p.structural, p.cognitive, p.relational
        self.month, self.stage, self.engaged, self.perceived = 0, MEETING, False, self.competence
        self.gave_up = False
        self.events: list[tuple[int, str]] = []
        self._stage_clock = self._clock(purposes.CONTACT)
        self._patience, self._invitation = self._clock(purposes.GIVING_UP), self._clock(purposes.ENGAGEMENT)

    def _profile(self, kind: int, place: int) -> Profile:
        return build_profile(self.params, self.world, kinds.founder_id(kind, place), kind)

    def _clock(self, purpose: int) -> Clock:
        return Clock(self.world, kinds.COALITION, 0, purpose)

    # -- what came of it ----------------------------------------------------------------------------------------

    @property
    def is_formed(self) -> bool:
        """Whether both sides have signed."""
        return self.stage == FORMED

    @property
    def outcome(self) -> tuple[float, float, float, float]:
        """Values of `cisim.core.series.FORMATION`."""
        return float(self.is_formed), float(self.gave_up), float(self.month), float(self.engaged)

    @property
    def promise_factor(self) -> float:
        """Multiplier of the promise, since expectations follow perceived competence."""
        return partnership.promise_factor(self.params.formation.belief, self.perceived, self.competence)

    def bring_in(self, weaker: "Organisation") -> None:
        """Add the capital built to the ties of the weaker side, and set the one-sided part of its dependence."""
        carried = self.params.formation.carried
        weaker.one_sided = matching.one_sidedness(self.gap)
        for tie in weaker.ties:
            tie.trust = partnership.inherited(tie.trust, carried, self.relational)
            tie.language = partnership.inherited(tie.language, carried, self.cognitive)

    def write_events(self, log: "EventLog") -> None:
        """Add the events of the negotiation to the log, in months before its end."""
        for month, event in self.events:
            log.add(month - self.month, event)

    # -- month by month -----------------------------------------------------------------------------------------

    def run(self) -> "Negotiation":
        """Negotiate until the sides have signed, one has given up, or the time limit is reached."""
        for month in range(1, self.params.formation.limit_months + 1):
            self.month = month
            self._build_capital()
            self._engage()
            self._advance()
            self.gave_up = not self.is_formed and self._gives_up()
            if self.is_formed or self.gave_up:
                break
        return self

    def _build_capital(self) -> None:
        """Update structural capital; once the sides know each other, cognitive and relational capital too."""
        self.structural = self._built(self.structural)
        if self.stage > MEETING:
            self.cognitive, self.relational = self._built(self.cognitive), self._built(self.relational)

    def _built(self, level: float) -> float:
        p = self.params.formation
        return matching.social_capital(level, p.capital_growth, self.params.tactics.networking, p.capital_decay)

    def _engage(self) -> None:
        """Advance the clock of winning a third body, once the sides know each other."""
        if self.engaged or self.stage == MEETING:
            return
        p = self.params
        rate = matching.engagement_rate(p.formation.engagement_rate, p.tactics.third_party, self.structural)
        if self._invitation.strikes(rate, self.month):
            self.engaged = True
            self.events.append((self.month, "engaged"))

    def _advance(self) -> None:
        """Advance to the next stage, if this month brings it."""
        if self.stage == SELECTION:
            is_over = bool(is_due(self.month, self.params.formation.review_months)) and self._is_selected()
        else:
            is_over = self._stage_clock.strikes(self._rate(), self.month)
        if is_over:
            self.events.append((self.month, STAGES[self.stage][1]))
            self.stage += 1
            purpose = STAGES[self.stage][0] if self.stage < len(STAGES) else None
            if purpose is not None:
                self._stage_clock = self._clock(purpose)

    def _gives_up(self) -> bool:
        """Whether a side gives up this month."""
        p, t = self.params.formation, self.params.tactics
        efforts = matching.efforts(
            t.broker, t.networking, t.haloing, t.third_party, self.params.joint_platform.intensity
        )
        if not self._patience.strikes(matching.giving_up_rate(p.giving_up, p.strain, efforts), self.month):
            return False
        self.events.append((self.month, "given_up"))
        return True

    # -- the stages ---------------------------------------------------------------------------------------------

    def _rate(self) -> float:
        """Rate a month of going on from this stage."""
        p, tactics = self.params.formation, self.params.tactics
        if self.stage == MEETING:
            return matching.introduction(p.contact_rate, self.structural, p.broker_rate, tactics.broker)
        if self.stage == GOALS:
            return matching.goals_rate(p.goals_rate, self.fit)
        if self.stage == DESIGN:
            platform = self.params.joint_platform.intensity
            burden = matching.design_burden(p.coordination, float(self.engaged), p.setup, platform)
            return matching.design_rate(p.design_rate, self.cognitive, self.relational, burden)
        return self._signing_rate()

    @property
    def fit(self) -> float:
        """Room for a common goal, a share."""
        relief = self.params.trust.language_relief
        distance = conflict.tie_distance(self.larger.weight, self.weaker.weight, self.cognitive, relief)
        return matching.goal_fit(self.params.formation.synergy, self.complementary, distance)

    def _is_selected(self) -> bool:
        """Whether the larger side prefers the weaker one to its other options at this review."""
        p = self.params.formation
        record = matching.track_record(float(p.age_months + self.month), p.record_months)
        self.perceived = matching.perceived_competence(
            self.competence, record, p.doubt, self.params.tactics.haloing, p.halo, self.structural
        )
        borrowed = matching.borrowed_size(float(self.engaged), p.borrowed, self.third.size)
        seen = matching.Contender(
            competence=self.perceived,
            reputation=matching.endorsed(record, p.endorsement, float(self.engaged)),
            fit=self.fit,
            complementary=self.complementary,
            gap=matching.power_gap(self.larger.size, self.weaker.size, borrowed),
            relational=self.relational,
        )
        weights = matching.Criteria(
            competence=p.competence,
            reputation=p.reputation,
            fit=p.fit,
            complementarity=p.complementarity,
            size=p.size,
            risk=p.risk,
            readiness=p.readiness,
        )
        u = uniform(*self.world, kinds.COALITION, self.month, purposes.RIVAL)
        return matching.standing(seen, weights) >= matching.best_rival(p.rivals, self.gap, p.bar, p.spread, u)

    def _signing_rate(self) -> float:
        p = self.params
        concentration = reliance.sides_concentration(self.larger.size, self.third.size, float(self.engaged))
        relieved = reliance.relief(
            p.dependence.relief,
            p.backbone.relational_governance,
            closure(float(self.engaged)),
            p.joint_platform.intensity,
            concentration,
        )
        dependent = reliance.felt_dependence(self.weaker.dependence, matching.one_sidedness(self.gap))
        return matching.signing_rate(p.formation.signing_rate, p.formation.fear, dependent, concentration, relieved)
