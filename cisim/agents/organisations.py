"""The five kinds of organisation, and what a user may replace by an own class."""

from cisim.agents.organisation import Organisation
from cisim.agents.strategies import STRATEGY_CLASSES
from cisim.core import kinds
from cisim.core.kinds import KINDS
from cisim.core.rules import surroundings
from cisim.errors import InputError
from cisim.parameters.leadership import STRATEGIES


class Corporation(Organisation):
    """A company; its programme is not core business, so a leading corporation's support wavers (S1 §4.1)."""

    def yearly_budget(self, month: int) -> float:
        """Log budget of a new year, which varies with business and more widely while it leads."""
        leads = float(kinds.PLAN in self.roles)
        return self._walk(month, surroundings.budget_swing(self.p.backbone.corporate_wavering, leads))


class Nonprofit(Organisation):
    """A nonprofit: expertise and legitimacy, thin resources (S1 §2.1)."""


class Funder(Organisation):
    """A foundation or investor; its budget moves with its endowment and donors (S3, comments)."""

    def yearly_budget(self, month: int) -> float:
        """Log budget of a new year, which varies with endowment and donors."""
        return self._walk(month, surroundings.budget_swing(0.0, 0.0))


class SocialEnterprise(Organisation):
    """A hybrid that pursues both values and lives on others' resources (S2 §2.1)."""


class PublicAgency(Organisation):
    """A public body; its budget follows current policy support (S1 §3)."""

    def change_budget(self, month: int) -> None:
        """Regain withdrawn funds; the budget is scaled by policy support."""
        super().change_budget(month)
        self.budget = surroundings.agency_budget(self.budget, self.model.environment.policy)


#: Agent class by kind, in the order of `cisim.core.kinds`.
KIND_CLASSES: tuple[type[Organisation], ...] = (Corporation, Nonprofit, Funder, SocialEnterprise, PublicAgency)


#: Base class of every extension point, by its key in a config.
BASES: dict[str, type] = dict(zip((*KINDS, *STRATEGIES), (*KIND_CLASSES, *STRATEGY_CLASSES), strict=True))


def check(key: str, cls: object) -> None:
    """Raise InputError unless `cls` is a subclass of the base of extension point `key`."""
    if key not in BASES:
        raise InputError(f"extensions.{key} is not known; choose one of {', '.join(BASES)}")
    base = BASES[key]
    if not (isinstance(cls, type) and issubclass(cls, base)):
        raise InputError(f"extensions.{key} must be a subclass of {base.__module__}.{base.__name__}, found {cls!r}")
