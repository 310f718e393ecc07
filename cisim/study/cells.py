"""Runs of a study: stretches of replicates of design points, cut into batches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Cells:
    """Runs as stretches: replicates ``starts[i]`` to ``stops[i]`` - 1 of the design point ``points[i]``.

    Attributes
    ----------
    points, starts, stops : ndarray of int64, shape (n,)
        Sorted by point, then by replicate; no stretch is empty.
    """

    points: Ints
    starts: Ints
    stops: Ints

    @classmethod
    def of(cls, counts: Sequence[int] | Ints, starts: Sequence[int] | Ints | None = None) -> "Cells":
        """Replicates from `starts` (0 if None) up to `counts` of every design point."""
        stops = np.asarray(counts, dtype=np.int64)
        begin = np.zeros_like(stops) if starts is None else np.asarray(starts, dtype=np.int64)
        kept = np.flatnonzero(stops > begin)
        return cls(kept.astype(np.int64), begin[kept], stops[kept])

    @property
    def n_runs(self) -> int:
        """Number of runs."""
        return int((self.stops - self.starts).sum())

    def listed(self, first: int, last: int) -> tuple[Ints, Ints]:
        """Point and replicate of the runs from `first` up to `last`, in order."""
        ends = np.cumsum(self.stops - self.starts)
        at = np.arange(first, min(last, self.n_runs))
        place: Ints = np.searchsorted(ends, at, side="right")
        return self.points[place], (self.stops[place] - (ends[place] - at)).astype(np.int64)

    def without(self, points: Ints, replicates: Ints) -> "Cells":
        """Return what is left when these runs are taken out."""
        if len(points) == 0:
            return self
        mine = np.stack(self.listed(0, self.n_runs), axis=1)
        span = max(int(mine[:, 1].max(initial=0)), int(replicates.max())) + 1
        left = mine[~np.isin(mine[:, 0] * span + mine[:, 1], points * span + replicates)]
        return Cells._joined(left[:, 0], left[:, 1])

    @classmethod
    def _joined(cls, points: Ints, replicates: Ints) -> "Cells":
        """Stretches out of sorted runs."""
        breaks = np.flatnonzero((np.diff(points) != 0) | (np.diff(replicates) != 1)) + 1
        first = np.concatenate([[0], breaks]).astype(np.int64) if len(points) else np.zeros(0, dtype=np.int64)
        last = np.concatenate([breaks, [len(points)]]).astype(np.int64) - 1 if len(points) else first
        return cls(points[first], replicates[first], replicates[last] + 1)

    def hold(self, points: Ints, replicates: Ints) -> NDArray[np.bool_]:
        """Return whether each run is one of these, shape (n,), bool."""
        span = max(int(self.stops.max(initial=0)), int(replicates.max(initial=0)) + 1)
        at = np.searchsorted(self.points * span + self.starts, points * span + replicates, side="right") - 1
        held: NDArray[np.bool_] = (at >= 0) & (self.points[at] == points) & (replicates < self.stops[at])
        return held

    def batches(self, size: int) -> Iterator[tuple[int, Ints, Ints]]:
        """Yield number, points and replicates of every batch of `size` runs."""
        for number, first in enumerate(range(0, self.n_runs, size)):
            yield number, *self.listed(first, first + size)
