"""Engines for the tests of faults; workers import them by name."""

import os
import time
from pathlib import Path

from cisim.core.records import RunRecord
from cisim.parameters import Parameters
from tests.study.engines import known


def bounded(params: Parameters, **keywords) -> RunRecord:
    """Fail as `known` does, at the horizon at the latest."""
    record, horizon = known(params, **keywords), params.observation.horizon
    is_over = record.spell["duration"] <= horizon
    ending = {} if is_over else {"event_observed": False, "ending": "censored", "cause": ""}
    spell = {**record.spell, **ending, "duration": min(record.spell["duration"], horizon)}
    return RunRecord(spell, record.members, record.events, None)


def waiting(params: Parameters, **keywords) -> RunRecord:
    """Write into a file that it has begun, and wait for another file before the first replicate of all."""
    Path(f"begun-{os.getpid()}").touch()
    while not Path("go").exists():
        time.sleep(0.01)
    return bounded(params, **keywords)


def unhurried(params: Parameters, **keywords) -> RunRecord:
    """Run for a hundredth of a second."""
    time.sleep(0.01)
    return bounded(params, **keywords)
