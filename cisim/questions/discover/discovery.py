"""What scenario discovery looks for: the conditions under which coalitions fail early although strategies are used."""

from dataclasses import dataclass
from typing import Any

from cisim.study.task import Task


@dataclass(frozen=True, kw_only=True)
class Discovery(Task):
    """Plan of scenario discovery.

    Attributes
    ----------
    labels : tuple of str
        Arms, one for each setting of the design.
    names : tuple of str
        Parameters whose conditions are looked for.
    before : int
        Month by the end of which failures count.
    boxes : int
        Boxes for each arm at most.
    """

    labels: tuple[str, ...]
    names: tuple[str, ...]
    before: int
    boxes: int

    def summary(self) -> dict[str, Any]:
        """Return what decides the results besides the design, as plain values."""
        return {"parameters": list(self.names), "before": self.before, "boxes": self.boxes}
