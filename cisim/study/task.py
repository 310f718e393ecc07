"""What a question wants of a study; apart from `cisim.study.study`, so that tables can know tasks and no engine."""

from typing import Any, Protocol

from cisim.study.cells import Cells
from cisim.study.trajectory_filter import TrajectoryFilter


class Task(Protocol):
    """What a question wants of a study beyond its runs: the plan that its analysis goes by."""

    def summary(self) -> dict[str, Any]:
        """Return what decides the results besides the design, as plain values."""

    def trajectory_filter(self) -> TrajectoryFilter | None:
        """Return which trajectories are kept, if some and not all are."""
        return None

    def first_runs(self) -> Cells | None:
        """Return the runs of the first stage, if they are not the same replicates of every design point."""
        return None
