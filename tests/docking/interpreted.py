"""A few runs of the compiled engine, as JSON; with NUMBA_DISABLE_JIT=1 they are runs of plain Python.

NUMBA_DISABLE_JIT=1 python -W error -m tests.docking.interpreted
"""

import json
import sys
from typing import Any

import numpy as np

from cisim.parameters import Parameters, replace
from cisim.study.docking import dock_runs
from tests.docking.cases import CASES

#: Cases that are quick enough for Python, all of three years.
CHOSEN = (
    *("quarrels", "dependence", "newcomers and shocks", "all strategies"),
    *("not formed", "formed with a third party", "formed with a platform"),
)
MONTHS = 36


def records() -> list[dict[str, Any]]:
    """Return what two runs of each case give, on which both engines agree."""
    found = []
    for name in CHOSEN:
        params = replace(Parameters(), CASES[name] | {"observation.horizon": MONTHS, "observation.milestone": 12})
        for record, parting in dock_runs(params, 1, range(2)):
            assert not parting, parting
            series = {key: values.tolist() for key, values in (record.trajectory or {}).items()}
            found.append({"spell": record.spell, "members": record.members, "events": record.events, "series": series})
    return found


if __name__ == "__main__":
    np.seterr(all="raise", under="ignore")
    json.dump(records(), sys.stdout)
