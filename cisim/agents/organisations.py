"""The five kinds of organisation (MODEL 2; S1 §3, S2 §2).

A kind differs in its values, size and capabilities (drawn at founding), in how its budget moves, and in whose means it
lives on. Subclass one, name your class in a config (``extensions.corporation=my_file.py:MyCorporation``), and every
verb uses it.
"""

from cisim.agents.organisation import Organisation
from cisim.core import kinds
from cisim.core.rules import environment


class Corporation(Organisation):
    """A company; its programme is not core business, so a leading corporation's support wavers (S1 §4.1)."""

    def yearly_budget(self, month: int) -> float:
        """Walk with business, wider while it leads."""
        leads = float(kinds.PLAN in self.roles)
        return self._walk(month, environment.budget_swing(self.p.backbone.corporate_wavering, leads))


class Nonprofit(Organisation):
    """A nonprofit: expertise and legitimacy, thin resources (S1 §2.1)."""


class Funder(Organisation):
    """A foundation or investor; its budget moves with its endowment and donors (S3, comments)."""

    def yearly_budget(self, month: int) -> float:
        """Walk with endowment and donors."""
        return self._walk(month, environment.budget_swing(0.0, 0.0))


class SocialEnterprise(Organisation):
    """A hybrid that pursues both values and lives on others' resources (S2 §2.1)."""


class PublicAgency(Organisation):
    """A public body; its budget is the policy support of the day (S1 §3)."""

    def change_budget(self, month: int) -> None:
        """Follow policy support."""
        super().change_budget(month)
        self.budget = environment.agency_budget(self.budget, self.model.environment.policy)


#: Agent class by kind, in the order of `cisim.core.kinds`.
KIND_CLASSES: tuple[type[Organisation], ...] = (Corporation, Nonprofit, Funder, SocialEnterprise, PublicAgency)
