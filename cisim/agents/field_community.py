"""A community of a field: its coalition, its practice, and what it takes from elsewhere (S3; MODEL 4.11)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from cisim.agents.model import PartnershipModel
from cisim.core import kinds, purposes
from cisim.core.draws import normal, uniform
from cisim.core.population import World
from cisim.core.records import RunRecord
from cisim.core.rules import diffusion as rules

if TYPE_CHECKING:
    from cisim.agents.field import Field


class Practice(NamedTuple):
    """A practice: its position on the ring of all designs, and what it can do where it fits (a share)."""

    position: float
    potency: float


class Offer(NamedTuple):
    """A practice seen elsewhere, with the evidence on it."""

    source: "Community"
    practice: Practice
    evidence: float


class Community:
    """A community with its coalition.

    Attributes
    ----------
    model : PartnershipModel
        Its coalition and world.
    target : float
        Position of the practice that would suit best.
    practice, old : Practice
        What is done now, and what was done before the practice that is being brought in.
    adopting : int
        Months until the practice that is being brought in is judged; 0 if there is none.
    last_source : Community or None
        Where the last practice from elsewhere came from.
    not_invented, ego, silos : float
        Resistances, shares.
    capital : float
        Relational capital with the other communities, a share.
    is_user : bool
        Whether it uses the platform.
    """

    def __init__(self, field: "Field", place: int, world: World, extensions: Mapping[str, type] | None) -> None:
        self.field, self.place, self.world = field, place, world
        self.params = field.params
        self.model = PartnershipModel(field.params, world, extensions)
        p = self.params.communities
        self.not_invented = rules.community_trait(p.not_invented, p.resistance_sd, self._z(purposes.NOT_INVENTED))
        self.ego = rules.community_trait(p.ego, p.resistance_sd, self._z(purposes.EGO))
        self.silos = rules.community_trait(p.silos, p.resistance_sd, self._z(purposes.SILOS))
        self.is_user = self.has_exchanged = False
        self.capital, self.adopting = 0.0, 0
        self.last_source: Community | None = None
        if self.params.practice.mode != "off":
            self._design()

    def _design(self) -> None:
        """Design the first practice."""
        p = self.params.practice
        self.target = rules.community_target(self.params.communities.heterogeneity, self._u(purposes.TARGET))
        self.practice = self.old = Practice(
            rules.first_position(self.target, p.start_error, self._z(purposes.FIRST_PRACTICE)),
            rules.first_potency(p.start_potency, p.potency_sd, self._z(purposes.FIRST_POTENCY)),
        )
        self.model.coalition.worth = self.worth(self.practice)

    # -- draws and state that others read ---------------------------------------------------------------------------

    @property
    def month(self) -> int:
        """Month of its coalition; 0 is the founding."""
        return self.model.month

    @property
    def is_living(self) -> bool:
        """Whether its coalition has not ended."""
        return self.model.end is None

    def _u(self, purpose: int, entity: int = kinds.COALITION) -> float:
        return uniform(*self.world, entity, self.month, purpose)

    def _z(self, purpose: int, entity: int = kinds.COALITION) -> float:
        return normal(*self.world, entity, self.month, purpose)

    def worth(self, practice: Practice) -> float:
        """Return what a practice is worth here."""
        p = self.params.practice
        fit = rules.local_fit(rules.ring_distance(practice.position, self.target), p.fit_width, p.misfit)
        return rules.practice_worth(practice.potency, fit, p.reference)

    @property
    def help(self) -> float:
        """Share of the assistance it asks for that it receives."""
        return self.field.platform.assistance if self.is_user else 0.0

    # -- the month --------------------------------------------------------------------------------------------------

    def show(self) -> None:
        """Publish this month's practice and its worth; a community that has ended uses the platform no more."""
        self.has_exchanged = False
        self.is_user = self.is_user and self.is_living
        if self.params.practice.mode != "off":
            self.shown, self.shown_worth = self.practice, self.model.coalition.worth

    def practise(self) -> None:
        """Continue an adoption, or else search at home and observe others."""
        p, mode = self.params.practice, self.params.practice.mode
        if mode == "off":
            return
        searched = False
        if self.adopting:
            self._bring_in()
        else:
            searched = mode != "copy" and self._search()
            looks = rules.look_chance(p.look_rate, self.silos, self.capital)
            if mode != "scratch" and self._u(purposes.LOOK) < looks:
                self._look()
        coalition = self.model.coalition
        coalition.worth = self.worth(self.practice)
        coalition.undisturbed = rules.undisturbed(
            float(self.adopting > 0),
            p.adoption_cost,
            float(searched),
            p.search_cost,
            self.params.platform.training_time,
            self.help,
        )

    def relate(self) -> None:
        """Update relational capital."""
        p = self.params.communities
        exchanged = float(self.has_exchanged or self.is_user)
        self.capital = rules.relational_capital(self.capital, p.capital_growth, p.capital_decay, exchanged)

    def _bring_in(self) -> None:
        """Continue an adoption; at its end keep the practice or return to the old one."""
        self.adopting -= 1
        if not self.adopting:
            noise, z = self.params.practice.trial_noise, self._z(purposes.JUDGE)
            if rules.observed_worth(self.worth(self.practice), noise, z) < self.worth(self.old):
                self.practice = self.old

    def _search(self) -> bool:
        """Try a variant of the own practice and keep it if it seems better; return whether one was tried."""
        p = self.params.practice
        if self._u(purposes.SEARCH) >= self.model.spacing.search_chance(self.help):
            return False
        tried = Practice(
            rules.tried_position(self.practice.position, p.search_step, self._z(purposes.SEARCH)),
            rules.tried_potency(self.practice.potency, p.potency_step, self._z(purposes.TRIED_POTENCY)),
        )
        seen = rules.observed_worth(self.worth(tried), p.trial_noise, self._z(purposes.TRIED_WORTH))
        if seen > self.worth(self.practice):
            self.practice = tried
        return True

    def _look(self) -> None:
        """Observe the practices of others; begin to adopt the best one if it is believed better than the own."""
        best = max(self._offers(), key=lambda offer: offer.evidence, default=None)
        if best is None:
            return
        believed = rules.trusted_evidence(best.evidence, self.not_invented, self.capital)
        if believed > rules.own_view(self.shown_worth, self.ego, self.capital):
            self._take_over(best)

    def _offers(self) -> list[Offer]:
        """Practices observed elsewhere: of other communities (`practice.mode` copy), and of the library (users)."""
        offers = []
        if self.params.practice.mode == "copy":
            for k in range(self.params.practice.peers):
                peer = self._peer(k)
                if peer is not None:
                    z = self._z(purposes.PEER_EVIDENCE, k)
                    seen = rules.observed_worth(peer.shown_worth, self.params.practice.evidence_noise, z)
                    offers.append(Offer(peer, peer.shown, seen))
        if self.is_user:
            offers += self.field.platform.library.offers(self)
        return offers

    def _peer(self, k: int) -> "Community | None":
        """Return the k-th other community that is seen, if it lives and was not copied last."""
        others = [community for community in self.field.communities if community is not self]
        if not others:
            return None
        peer = others[rules.drawn_place(self._u(purposes.PEER, k), len(others))]
        return peer if peer.is_living and peer is not self.last_source else None

    def _take_over(self, offer: Offer) -> None:
        """Begin to adopt a practice, unless it is the present one."""
        position = offer.practice.position
        if self.params.practice.mode == "blend":
            position = rules.transferred_position(position, self.target, self.params.platform.adaptation, self.help)
        taken = Practice(position, offer.practice.potency)
        if taken == self.practice:
            return
        self.old, self.practice = self.practice, taken
        self.adopting, self.last_source = self.params.practice.adoption_months, offer.source
        self.has_exchanged = offer.source.has_exchanged = True
        coalition = self.model.coalition
        coalition.practice = rules.transferred_skill(coalition.practice, self.params.practice.stickiness, self.help)

    def record(self, *, trajectory: bool, events: bool) -> RunRecord:
        """Record of its coalition's spell."""
        assert self.model.end is not None
        return self.model.observer.record(self.model.end, trajectory=trajectory, events=events, community=self.place)
