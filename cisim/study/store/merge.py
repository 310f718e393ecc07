"""All shards of a table in the order of the design, a window of design points at a time."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cisim.study.store.shards import STAGES, Shards

#: Runs in a window of design points, about; a window has one point at least.
WINDOW = 16_384


def merged(shards: Shards, table: str, n_points: int, n_runs: int) -> Iterator[pa.Table]:
    """Yield the rows of a table by point and replicate; rows of a run keep their order.

    Parameters
    ----------
    shards : Shards
        Within each stage they are sorted so already.
    table : str
        Name of the table.
    n_points, n_runs : int
        Size of the study, which decides the windows.
    """
    step = max(1, n_points * WINDOW // max(n_runs, 1))
    stages = [_Stage(shards, stage, table) for stage in STAGES]
    for first in range(0, n_points, step):
        parts = [part for stage in stages if (part := stage.before(first + step)).num_rows]
        if parts:
            yield by_run(pa.concat_tables(parts)) if len(parts) > 1 else parts[0]


def by_run(table: pa.Table) -> pa.Table:
    """Sort by point and replicate; rows of a run keep their order."""
    point, replicate = (table[name].to_numpy() for name in ("point", "replicate"))
    return table.take(np.lexsort((replicate, point)))  # a stable sort


class _Stage:
    """The rows of one stage, read shard by shard."""

    def __init__(self, shards: Shards, stage: str, table: str) -> None:
        self._shards = shards.each(stage, table)
        self._held: list[pa.Table] = []
        self._empty: pa.Table | None = None

    def before(self, point: int) -> pa.Table:
        """Return all rows that have not been given out yet of points before `point`."""
        while not self._held or self._last() < point:
            following = next(self._shards, None)
            if following is None:
                break
            self._empty = following.schema.empty_table()
            if following.num_rows:
                self._held.append(following)
        if not self._held:
            return self._empty if self._empty is not None else pa.table({})
        whole = pa.concat_tables(self._held)
        n = pc.sum(pc.less(whole["point"], point)).as_py() or 0
        self._held = [whole.slice(n)] if n < whole.num_rows else []
        return whole.slice(0, n)

    def _last(self) -> int:
        return int(self._held[-1]["point"][-1].as_py())
