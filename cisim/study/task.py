"""Task of a study, which a question adds to its runs; apart from `cisim.study.study`, so that tables know no engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from cisim.core.series import SERIES
from cisim.study.cells import Cells

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class TrajectoryFilter:
    """Series and months that are kept.

    Attributes
    ----------
    series : tuple of str
        Names out of `cisim.core.series.SERIES`.
    spans : ndarray of int64, shape (n_points, 2)
        First and last month kept at every design point, from 1; none where the first is after the last.
    """

    series: tuple[str, ...]
    spans: Ints

    def part(self, points: Ints) -> "TrajectoryFilter":
        """Filter of some design points."""
        return TrajectoryFilter(self.series, self.spans[points])

    def cut(self, points: Ints, columns: Mapping[str, Any]) -> tuple[Ints, dict[str, Any]]:
        """Keep the rows that are wanted.

        Parameters
        ----------
        points : ndarray of int64, shape (n_rows,)
            Design point of each row.
        columns : mapping of str to array_like, each of shape (n_rows,)
            ``month``, ``replicate`` and the series.

        Returns
        -------
        points, columns
            Of the rows kept, with the series kept.
        """
        months = np.asarray(columns["month"], dtype=np.int64)
        kept = (months >= self.spans[points, 0]) & (months <= self.spans[points, 1])
        names = ("replicate", "month", *self.series)
        return points[kept], {name: np.asarray(columns[name])[kept] for name in names}


def series_of(trajectory_filter: TrajectoryFilter | None) -> tuple[str, ...]:
    """Series that a study keeps: those of its filter, or all."""
    return SERIES if trajectory_filter is None else trajectory_filter.series


class Task(Protocol):
    """Task of a study beyond its runs: the plan that the analysis of a question follows."""

    def summary(self) -> dict[str, Any]:
        """Return what decides the results besides the design, as plain values."""

    def trajectory_filter(self) -> TrajectoryFilter | None:
        """Return which trajectories are kept, if some and not all are."""
        return None

    def first_runs(self) -> Cells | None:
        """Return the runs of the first stage, if they are not the same replicates of every design point."""
        return None
