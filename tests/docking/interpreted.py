"""A few runs of the compiled engine, as JSON; with NUMBA_DISABLE_JIT=1 they are runs of plain Python.

NUMBA_DISABLE_JIT=1 python -W error -m tests.docking.interpreted
"""

import json
import sys
from typing import Any

import numpy as np

from cisim.parameters import Parameters, Value, replace
from cisim.questions.verify.compute import dock_runs
from tests.docking.cases import CASES, SMALL

#: Cases that are quick enough for Python, all of three years.
CHOSEN = (
    *("quarrels", "dependence", "newcomers and shocks", "all strategies"),
    *("not formed", "formed with a third party", "formed with a platform"),
)
MONTHS = 36


#: Three small communities that blend through a platform, and everything in it happens.
FIELD: dict[str, Value] = SMALL | {
    "communities.number": 3,
    "communities.ego": 0.0,
    "communities.not_invented": 0.0,
    "donors.budget": 0.5,
    "platform.presence": "present",
    "platform.start": 1.0,
    "practice.look_rate": 0.5,
    "practice.mode": "blend",
}


def records() -> list[dict[str, Any]]:
    """Return what two runs of each case give, on which both engines agree."""
    found = []
    for changes in [*(CASES[name] for name in CHOSEN), FIELD]:
        params = replace(Parameters(), changes | {"observation.horizon": MONTHS, "observation.milestone": 12})
        for run, parting in dock_runs(params, 1, range(2)):
            assert not parting, parting
            for record in run.communities:
                series = {key: values.tolist() for key, values in (record.trajectory or {}).items()}
                kept = {"spell": record.spell, "members": record.members, "events": record.events}
                found.append({**kept, "series": series})
    return found


if __name__ == "__main__":
    np.seterr(all="raise", under="ignore")
    json.dump(records(), sys.stdout)
