"""The engines side by side: the same configurations, seeds and replicates, in turns."""

from typing import Any

import numpy as np

from benchmarks.cases import SCENARIOS, parameters
from benchmarks.contestants import with_compiled, with_mesa, with_own_runner
from benchmarks.effort import Effort
from benchmarks.timing import Spread, ratio, take_turns

#: Runs in a block of the compiled engine, about as many as in a study.
BLOCK = 128

MESA, OWN_RUNNER, COMPILED = "Mesa engine", "Mesa's batch_run", "compiled engine, 1 thread"


def measure(effort: Effort) -> list[dict[str, Any]]:
    """Time each engine on each scenario: runs a second, and times the Mesa engine."""
    return [row for scenario in SCENARIOS for row in _measure(scenario, effort)]


def _measure(scenario: str, effort: Effort) -> list[dict[str, Any]]:
    params, replicates = parameters(scenario), range(effort.mesa_runs)
    block = [*replicates] * (BLOCK // effort.mesa_runs)
    durations = [run(params, replicates) for run in (with_mesa, with_own_runner, with_compiled)]
    turns = take_turns(
        {
            MESA: lambda: with_mesa(params, replicates),
            OWN_RUNNER: lambda: with_own_runner(params, replicates),
            COMPILED: lambda: [with_compiled(params, block) for _ in range(effort.blocks)],
        },
        effort.repeats,
    )
    passes = effort.blocks * len(block) / effort.mesa_runs
    turns[COMPILED] = [taken / passes for taken in turns[COMPILED]]
    return [
        {
            "scenario": scenario,
            "engine": engine,
            "runs": effort.mesa_runs,
            "months": int(durations[0].sum()),
            "same_durations": all(np.array_equal(found, durations[0]) for found in durations),
            **Spread.of([effort.mesa_runs / taken for taken in turns[engine]]).named("runs_per_second"),
            **ratio(turns[MESA], turns[engine]).named("times_mesa"),
        }
        for engine in turns
    ]
