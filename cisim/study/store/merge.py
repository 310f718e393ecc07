"""All shards of a table in the order of the design, a window of design points at a time, each run exactly once."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from cisim.errors import CisimError
from cisim.study.cells import Cells
from cisim.study.store.shards import Shard, Shards

#: Runs in a window of design points, about; a window has one point at least.
WINDOW = 16_384


def merged(shards: Shards, table: str, cells: Cells, n_points: int) -> Iterator[pa.Table]:
    """Yield the rows of a table by point and replicate; rows of a run keep their order.

    Parameters
    ----------
    shards : Shards
        They hold every run of `cells`, in any order.
    table : str
        Name of the table.
    cells : Cells
        Runs of the study.
    n_points : int
        Design points of the study.

    Raises
    ------
    CisimError
        If ``runs`` does not hold each run of `cells` exactly once.
    DamagedShardError
        If a shard cannot be read.
    """
    step = max(1, n_points * WINDOW // max(cells.n_runs, 1))
    windows = _Windows(shards, table)
    done = 0
    for first in range(0, n_points, step):
        rows = windows.rows(first, first + step)
        if table == "runs":
            done = _proved(rows, cells, done)
        if rows.num_rows:
            yield rows
    if table == "runs" and done != cells.n_runs:
        raise _incomplete(done, cells)


def _proved(rows: pa.Table, cells: Cells, done: int) -> int:
    """Return how many runs have been merged with these rows; CisimError unless they are the next ones of `cells`."""
    points, replicates = cells.listed(done, done + rows.num_rows)
    if not (
        np.array_equal(rows["point"].to_numpy(), points) and np.array_equal(rows["replicate"].to_numpy(), replicates)
    ):
        raise _incomplete(done, cells)
    merged_now: int = done + rows.num_rows
    return merged_now


def _incomplete(done: int, cells: Cells) -> CisimError:
    return CisimError(
        f"the shards do not hold every run exactly once (after {done:,} of {cells.n_runs:,} runs); give the same "
        "command again, which does what is missing"
    )


def by_run(table: pa.Table) -> pa.Table:
    """Sort by point and replicate; rows of a run keep their order."""
    point, replicate = (table[name].to_numpy() for name in ("point", "replicate"))
    following = (np.diff(point) > 0) | ((np.diff(point) == 0) & (np.diff(replicate) >= 0))
    return table if following.all() else table.take(np.lexsort((replicate, point)))  # a stable sort


class _Windows:
    """Rows of a table by windows of design points, each shard read once where it fits into memory."""

    def __init__(self, shards: Shards, table: str) -> None:
        self._shards, self._table = shards, table
        spans = [(int(s.points.min()), int(s.points.max()), s) for s in shards.held if len(s.points)]
        self._waiting = sorted(spans, key=lambda span: (span[0], span[2].number), reverse=True)
        self._open: list[tuple[int, pa.Table]] = []
        self._empty = shards.read(shards.held[0], table).slice(0, 0) if shards.held else pa.table({})

    def rows(self, first: int, stop: int) -> pa.Table:
        """Return the rows of the points from `first` to below `stop`; windows are asked for in order."""
        while self._waiting and self._waiting[-1][0] < stop:
            _, last, shard = self._waiting.pop()
            self._open.append((last, self._read(shard)))
        parts = [_between(table, first, stop) for _, table in self._open]
        self._open = [(last, table) for last, table in self._open if last >= stop]
        parts = [part for part in parts if part.num_rows]
        return by_run(pa.concat_tables(parts)) if parts else self._empty

    def _read(self, shard: Shard) -> pa.Table:
        return self._shards.read(shard, self._table)


def _between(table: pa.Table, first: int, stop: int) -> pa.Table:
    """Return the rows of the points from `first` to below `stop`."""
    point = table["point"].to_numpy()
    inside = (point >= first) & (point < stop)
    return table if inside.all() else table.filter(pa.array(inside))
