"""One run on both engines."""

from cisim.core.records import RunRecord
from cisim.parameters import Parameters
from cisim.questions.verify.compute import dock_runs


def docked(params: Parameters, *, seed: int = 1, replicate: int = 0) -> RunRecord:
    """Return the record of a run that all engines agree on; fail with the place where they part."""
    ((record, parting),) = dock_runs(params, seed, [replicate])
    assert not parting, parting
    return record
