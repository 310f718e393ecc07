"""A hazard clock: an event strikes when the hazard that has passed reaches a threshold drawn once."""

from cisim.core.draws import uniform
from cisim.core.population import World
from cisim.core.rules.common import hazard_threshold


class Clock:
    """Waits for one kind of event of one entity.

    In a month of hazard h the event strikes with probability 1 - exp(-h), given that it has not struck before; one
    draw, keyed by the month in which the clock was started, decides for the whole wait. Under common random numbers
    a lower hazard therefore never brings the event forward.
    """

    __slots__ = ("_entity", "_purpose", "_world", "elapsed", "threshold")

    def __init__(self, world: World, entity: int, month: int, purpose: int) -> None:
        self._world, self._entity, self._purpose = world, entity, purpose
        self.start(month)

    def start(self, month: int) -> None:
        """Wait anew, from `month` on."""
        self.elapsed = 0.0
        self.threshold = hazard_threshold(uniform(*self._world, self._entity, month, self._purpose))

    def strikes(self, hazard: float, month: int) -> bool:
        """Add a month of `hazard`; return whether the event strikes, and if so start anew."""
        self.elapsed += hazard
        if self.elapsed < self.threshold:
            return False
        self.start(month)
        return True
