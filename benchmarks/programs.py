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
    """Tell whether this system says what a program used (Windows does not)."""
    return find_spec("resource") is not None


def measure_starts(effort: Effort) -> list[Row]:
    """Seconds from the call of a command to its end."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        cold = [_take(MINIMAL, home / f"cold{i}") for i in range(effort.starts)]
        return [
            _row("first ever: compiles", MINIMAL, cold),
            _row("second start", MINIMAL, [_take(MINIMAL, home / "cold0") for _ in range(effort.starts)]),
            _row("help", ("--help",), [_take(("--help",), home / "cold0") for _ in range(effort.starts)]),
        ]


def measure_memory(effort: Effort) -> list[Row]:
    """Most memory, and seconds, of large studies from the command to the files that it writes."""
    size = of_size(effort.large_members)
    cases = [
        ("hondream", ("run", "scenario=hondream", f"replicates={effort.memory_runs}")),
        ("ordinary", ("run", "scenario=ordinary", f"replicates={effort.large_runs}")),
        (
            f"ordinary, {effort.large_members} members",
            ("run", "scenario=ordinary", *size, f"replicates={effort.large_runs}"),
        ),
    ]
    with tempfile.TemporaryDirectory() as folder:
        return [_row(name, words, [_take(words, Path(folder), shared_cache=True)]) for name, words in cases]


def _row(name: str, words: Sequence[str], taken: list[dict[str, float]]) -> Row:
    return {
        "case": name,
        "command": " ".join(("cisim", *words)),
        "times": len(taken),
        **Spread.of([one["wall"] for one in taken]).named("seconds"),
        "processor_seconds": Spread.of([one["processor"] for one in taken]).median,
        "megabytes": max(one["bytes"] for one in taken) / 1e6,
    }


def _take(words: Sequence[str], folder: Path, *, shared_cache: bool = False) -> dict[str, float]:
    """Run ``cisim WORDS`` with compiled code kept in `folder` (or where it always is), and say what it took."""
    options = [f"out={folder / 'results'}", f"seed={SEED}"] if words[0] == "run" else []
    command = [sys.executable, "-m", "benchmarks.peak", sys.executable, "-m", "cisim", *words, *options]
    own = {} if shared_cache else {"NUMBA_CACHE_DIR": str(folder / "compiled")}
    done = subprocess.run(
        command, env={**os.environ, **own}, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    if found["code"] != 0:
        raise RuntimeError(f"cisim {' '.join(words)} ended with exit code {found['code']}:\n{done.stderr}")
    return found
