"""A tie between two members, with three kinds of social capital (S2 §2.2)."""

from typing import TYPE_CHECKING

from cisim.agents.clock import Clock
from cisim.core.rules import conflict, social_capital

if TYPE_CHECKING:
    from cisim.agents.coalition import Coalition
    from cisim.agents.organisation import Organisation


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
        """One month of trust won and lost, and of shared language."""
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
