"""What a verb wants of a study beyond its runs: the plan that its analysis goes by."""

from typing import Any, Protocol

from cisim.study.excerpt import Excerpt


class Task(Protocol):
    """Plan of an analysis."""

    def summary(self) -> dict[str, Any]:
        """Say what decides the results besides the design, as plain values."""

    def excerpt(self) -> Excerpt | None:
        """Say which trajectories are kept, if some and not all are."""
