"""A hazard clock: an event occurs when the cumulated hazard reaches a threshold that is drawn once."""

from cisim.core.draws import uniform
from cisim.core.population import World
from cisim.core.rules.common import hazard_threshold


class Clock:
    """Time to one kind of event of one entity.

    In a month of hazard h the event occurs with probability 1 - exp(-h), given that it has not occurred before; one
    draw, keyed by the month in which the clock was started, decides the whole waiting time. Under common random numbers
    a lower hazard therefore never brings the event forward.
    """

    __slots__ = ("_entity", "_purpose", "_world", "elapsed", "threshold")

    def __init__(self, world: World, entity: int, month: int, purpose: int) -> None:
        self._world, self._entity, self._purpose = world, entity, purpose
        self.start(month)

    def start(self, month: int) -> None:
        """Draw a new threshold in `month` and cumulate hazard from 0."""
        self.elapsed = 0.0
        self.threshold = hazard_threshold(uniform(*self._world, self._entity, month, self._purpose))

    def strikes(self, hazard: float, month: int) -> bool:
        """Add a month of `hazard`; return whether the event occurs, and if so start again."""
        self.elapsed += hazard
        if self.elapsed < self.threshold:
            return False
        self.start(month)
        return True
