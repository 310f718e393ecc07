"""Whole programs, measured from outside: starts with and without compiled code, and the memory of large studies."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.cases import SEED, of_size
from benchmarks.effort import Effort
from benchmarks.timing import Spread

#: What the starts are measured on.
MINIMAL = ("run", "scenario=minimal", "replicates=100")

#: Why programs are not measured, where they are not.
NO_RESOURCE = "this system has no `resource` module: memory and starts of programs are not measured"

Row = dict[str, Any]


def can_measure() -> bool:
    """Whether this system reports what a program used (Windows does not)."""
    return find_spec("resource") is not None


def measure_starts(effort: Effort) -> list[Row]:
    """Seconds from the call of a command to its end, with compiled code kept in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        caches = [Path(folder) / str(i) for i in range(effort.starts)]
        return [
            _row("first ever: compiles", MINIMAL, [measure_one(MINIMAL, cache) for cache in caches]),
            _row("second start", MINIMAL, [measure_one(MINIMAL, cache) for cache in caches]),
            _row("help", ("--help",), [measure_one(("--help",), cache) for cache in caches]),
        ]


def measure_memory(effort: Effort) -> list[Row]:
    """Most memory, and seconds, of large studies from the command to the files that it writes."""
    size = of_size(effort.large_members)
    cases = {
        "hondream": ("run", "scenario=hondream", f"replicates={effort.memory_runs}"),
        f"ordinary, {effort.large_members} members": (
            "run", "scenario=ordinary", f"replicates={effort.large_runs}", *size
        ),
    }  # fmt: skip
    for runs in effort.sweep_runs:
        words = ("sweep", "scenario=ordinary", "backbone.gazing=interval(0,1)", "design=lhs", "replicates=100")
        cases[f"sweep of {runs:,} runs"] = (*words, f"samples={-(-runs // 100)}")
    return [_row(name, words, [measure_one(words)]) for name, words in cases.items()]


def measure_one(words: Sequence[str], cache: Path | None = None) -> dict[str, float]:
    """Run ``cisim WORDS`` once, with compiled code in the folder `cache` if there is one; return its time and memory.

    Returns
    -------
    dict of str to float
        ``wall`` and ``processor`` (seconds) and ``bytes`` (most memory at a time).

    Raises
    ------
    RuntimeError
        If the command fails.
    """
    own = {} if cache is None else {"NUMBA_CACHE_DIR": str(cache)}
    with tempfile.TemporaryDirectory() as results:
        options = [f"out={results}", f"seed={SEED}"] if words[0] in ("run", "sweep") else []
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.peak", sys.executable, "-m", "cisim", *words, *options],
            env={**os.environ, **own},
            cwd=Path(__file__).parents[1],
            capture_output=True,
            text=True,
            check=True,
        )
    found: dict[str, float] = json.loads(done.stdout)
    if found["code"] != 0:
        raise RuntimeError(f"cisim {' '.join(words)} ended with exit code {found['code']:.0f}:\n{done.stderr}")
    return found


def _row(name: str, words: Sequence[str], taken: list[dict[str, float]]) -> Row:
    return {
        "case": name,
        "command": " ".join(("cisim", *words)),
        "times": len(taken),
        **Spread.of([one["wall"] for one in taken]).named("seconds"),
        "processor_seconds": Spread.of([one["processor"] for one in taken]).median,
        "megabytes": max(one["bytes"] for one in taken) / 1e6,
    }
