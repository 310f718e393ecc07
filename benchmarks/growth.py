"""How cost grows with the number of runs, with months and with members: processor seconds of one thread."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from benchmarks.cases import SCENARIOS, SEED, of_size, parameters
from benchmarks.contestants import with_compiled
from benchmarks.effort import Effort
from benchmarks.timing import fastest
from cisim.parameters import Parameters
from cisim.study.prepared import prepare
from cisim.study.runner import run_in_memory
from cisim.study.study import Study

#: A coalition that nobody leaves or joins, whose members meet nobody new and that nothing ends: all months are alike.
STEADY = ("frictionless", "entry.rate=0", "population.introduction_rate=0")
#: Replicates that one measurement over months or members takes.
_REPLICATES = 8

Row = dict[str, Any]


def measure(effort: Effort) -> list[Row]:
    """Time a study by its number of runs, and of one run by its months and by its founding members."""
    return [*_over_runs(effort), *_over_months(effort), *_over_members(effort)]


def slope(rows: list[Row]) -> float:
    """Find the slope of seconds on log-log axes by least squares: 1 is linear growth, 2 is quadratic."""
    return float(np.polyfit(np.log([row["x"] for row in rows]), np.log([row["seconds"] for row in rows]), 1)[0])


def _over_runs(effort: Effort) -> Iterator[Row]:
    for scenario in SCENARIOS:
        for n in effort.growth_runs:
            study = Study(
                verb="run", scenario=scenario, params=parameters(scenario), replicates=n, workers=1, seed=SEED
            )
            taken = fastest(lambda study=study: run_in_memory(prepare(study)), 0.0, turns=3 if n <= 10_000 else 1)
            yield {"quantity": "runs", "case": scenario, "x": n, "seconds": taken}


def _over_months(effort: Effort) -> Iterator[Row]:
    for case in (STEADY, ("minimal",), ("hondream",)):
        for horizon in effort.growth_months:
            params = parameters(*case, f"observation.horizon={horizon}")
            months, taken = _one_run(params, effort)
            yield {"quantity": "months", "case": case[0], "x": months, "seconds": taken}


def _over_members(effort: Effort) -> Iterator[Row]:
    for case in (STEADY, ("ordinary",)):
        for n in effort.growth_members:
            params = parameters(*case, *of_size(n), "observation.horizon=120")
            months, taken = _one_run(params, effort)
            yield {"quantity": "members", "case": case[0], "x": n, "seconds": taken / months}


def _one_run(params: Parameters, effort: Effort) -> tuple[float, float]:
    """Mean months that a run lives, and its mean processor seconds."""
    replicates = range(_REPLICATES)
    taken = fastest(lambda: with_compiled(params, replicates), effort.growth_seconds)
    return float(with_compiled(params, replicates).mean()), taken / _REPLICATES
