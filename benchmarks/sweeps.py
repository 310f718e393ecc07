"""What the runner of sweeps adds to the kernel: design, batches, shards, checks and tables against the runs alone."""

import tempfile
from typing import Any

import numpy as np

from benchmarks.cases import SEED
from benchmarks.effort import Effort
from benchmarks.timing import ratio, take_turns
from cisim.core.kernel.block import simulate_points
from cisim.questions.sweep.plan import plan_sweep
from cisim.study.design.encoding import encode_design
from cisim.study.prepared import LARGEST, Plan, prepare
from cisim.study.result_writer import result_folder, result_writer

VARIED = ("backbone.gazing=interval(0,1)", "population.divergence=interval(0,1.5)")

Row = dict[str, Any]


def measure(effort: Effort) -> list[Row]:
    """Processor seconds of a sweep on one thread, from the words to the file, and of its runs without anything."""
    words = ["scenario=ordinary", *VARIED, "design=lhs", f"samples={effort.sweep_points}"]
    more = [f"replicates={effort.sweep_replicates}", f"seed={SEED}", "workers=1", "reuse=false"]
    turns = take_turns(
        {"kernel": lambda: _bare([*words, *more]), "sweep": lambda: _whole([*words, *more])}, effort.sweep_turns
    )
    overhead = ratio(turns["sweep"], turns["kernel"])
    return [
        {
            "case": "ordinary",
            "points": effort.sweep_points,
            "replicates": effort.sweep_replicates,
            "kernel_seconds": float(np.median(turns["kernel"])),
            "sweep_seconds": float(np.median(turns["sweep"])),
            **overhead.named("times_kernel"),
        }
    ]


def _bare(words: list[str]) -> None:
    """Do the runs of a sweep in blocks as long as the largest batches, and keep nothing."""
    plan = prepare(plan_sweep(words))
    records = list(encode_design(plan.design, plan.setting.cases))
    cells = plan.cells
    for first in range(0, cells.n_runs, LARGEST):
        points, replicates = cells.listed(first, first + LARGEST)
        used, local = np.unique(points, return_inverse=True)
        simulate_points([records[i] for i in used], local, replicates, seed=plan.study.seed, memberships=False)


def _whole(words: list[str]) -> None:
    """Do the sweep as the command does, without its estimates."""
    with tempfile.TemporaryDirectory() as out:
        plan: Plan = prepare(plan_sweep([*words, f"out={out}"]))
        with result_writer(plan, result_folder(plan), "benchmark") as writer:
            writer.work(plan.batch_size())
            writer.finish("complete")
