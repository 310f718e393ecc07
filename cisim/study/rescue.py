"""Runs whose worker process died: done again one by one in a process of their own, to find the one at fault."""

from concurrent.futures import BrokenExecutor

import pyarrow as pa

from cisim.study.batches import Batch, Found, lost_batch, simulate_batch
from cisim.study.executors.local import open_pool

#: Deaths in a row, without a run in between that went through, after which the rest of a batch is given up.
PATIENCE = 3

LOST = "WorkerDied: the worker process died in this run (out of memory, or killed)"


def rescue(batch: Batch) -> Found:
    """Do the runs of a batch one by one; a run that takes its process down becomes a row with that error."""
    singles, deaths = list(batch.single_runs()), 0
    parts: list[Found] = []
    while singles and deaths < PATIENCE:
        before = len(parts)
        try:
            with open_pool(1) as pool:
                while singles:
                    parts.append(pool.submit(simulate_batch, singles[0]).result())
                    singles.pop(0)
        except BrokenExecutor:
            deaths = deaths + 1 if len(parts) == before else 1
            parts.append(lost_batch(singles.pop(0), LOST))
    parts += [lost_batch(single, LOST) for single in singles]
    return {name: pa.concat_tables([part[name] for part in parts]) for name in parts[0]}
