"""Two threads against one, through the runner that every study uses; runs of like and of very different length."""

import time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.cases import SCENARIOS, SEED, parameters
from benchmarks.effort import Effort
from benchmarks.timing import Spread, ratio, seconds, take_turns
from cisim.parameters import Parameters
from cisim.study.design import SCENARIO, Design
from cisim.study.prepared import Plan, prepare
from cisim.study.runner import run_in_memory
from cisim.study.study import Study

#: Two design points in one study: a coalition of 2 years, and one that may live for 40 with a cohort of enterprises.
UNLIKE = (("minimal", "observation.horizon=24"), ("hondream", "observation.horizon=480"))


def measure(effort: Effort) -> list[dict[str, Any]]:
    """Speed of two threads over one for each scenario, and for a study whose runs differ much in length."""
    cases = {scenario: (parameters(scenario),) for scenario in SCENARIOS}
    cases["lengths differ"] = tuple(parameters(*case) for case in UNLIKE)
    return [_measure(name, points, effort) for name, points in cases.items()]


def _measure(name: str, cases: tuple[Parameters, ...], effort: Effort) -> dict[str, Any]:
    one, two = (_plan(cases, effort.thread_runs // len(cases), workers) for workers in (1, 2))
    months = _durations(one)
    work: dict[str, list[float]] = {"1": [], "2": []}
    contestants = {
        "1": lambda: work["1"].append(seconds(lambda: run_in_memory(one))),
        "2": lambda: work["2"].append(seconds(lambda: run_in_memory(two))),
    }
    turns = take_turns(contestants, effort.repeats, time.perf_counter)
    return {
        "case": name,
        "runs": len(months),
        **{f"months_{q}": int(np.quantile(months, q / 100)) for q in (0, 10, 50, 90, 100)},
        "same_durations": bool(np.array_equal(months, _durations(two))),
        **Spread.of([len(months) / taken for taken in turns["1"]]).named("runs_per_second_1"),
        **Spread.of([len(months) / taken for taken in turns["2"]]).named("runs_per_second_2"),
        **ratio(turns["1"], turns["2"]).named("speed_up"),
        **ratio(work["1"], work["2"]).named("processor_time"),
    }


def _plan(cases: tuple[Parameters, ...], runs: int, workers: int) -> Plan:
    """Plan of a study with `runs` runs of each case, one case after the other."""
    named = {f"case {i}": params for i, params in enumerate(cases)}
    design = Design(kind="table", columns={SCENARIO: np.array(list(named), dtype=object)})
    study = Study(
        verb="sweep",
        scenario="+".join(named),
        params=cases[0],
        cases=named,
        design=design,
        replicates=runs,
        workers=workers,
        seed=SEED,
    )
    return prepare(study)


def _durations(plan: Plan) -> NDArray[np.int64]:
    """Months that each run lasts, in the order of the study."""
    months: NDArray[np.int64] = run_in_memory(plan).runs["duration"].to_numpy()
    return months
