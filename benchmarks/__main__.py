"""``python -m benchmarks``: measure, print side by side, write tables and figures."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks import engines, growth, loops, programs, sweeps, threads
from benchmarks.effort import FULL, QUICK, Effort
from benchmarks.figures import draw
from benchmarks.report import show, surroundings, write

#: What is measured, in this order; programs come last since they are the longest.
SECTIONS: dict[str, Callable[[Effort], list[dict[str, Any]]]] = {
    "engines": engines.measure,
    "threads": threads.measure,
    "loops": loops.measure,
    "sweeps": sweeps.measure,
    "growth": growth.measure,
    "starts": programs.measure_starts,
    "memory": programs.measure_memory,
}


def main(arguments: Sequence[str]) -> int:
    """Measure what the command line asks for; return the exit code."""
    options = _parse(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    measure(options.only or list(SECTIONS), QUICK if options.quick else FULL, options.out, options.figures)
    return 0


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    here = Path(__file__).parent
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="How fast cisim is; docs/performance.md.")
    parser.add_argument("--quick", action="store_true", help="small sizes: minutes instead of an hour")
    parser.add_argument("--only", nargs="+", choices=list(SECTIONS), metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--out", type=Path, default=here / "results", help="folder of tables")
    parser.add_argument("--figures", type=Path, help="folder of figures (default: that of the tables)")
    return parser.parse_args(arguments)


def measure(sections: Sequence[str], effort: Effort, out: Path, figures: Path | None = None) -> dict[str, Any]:
    """Measure `sections` with `effort`, show each as it comes, and write tables to `out` and figures to `figures`."""
    console = Console(width=140)
    console.print(", ".join(f"{name} {value}" for name, value in surroundings().items()))
    results: dict[str, list[dict[str, Any]]] = {}
    notes: list[str] = []
    for section in sections:
        reason = _missing(section)
        if reason:
            notes.append(f"{section}: {reason}")
            console.print(notes[-1])
            continue
        results[section] = SECTIONS[section](effort)
        show(console, section, results[section])
        write(results, notes, out)
    for path in draw(results, figures or out):
        console.print(f"figure {path}")
    return results


def _missing(section: str) -> str:
    """Why a section cannot be measured here; empty if it can."""
    if section == "loops":
        return loops.missing()
    if section in ("starts", "memory"):
        return "" if programs.can_measure() else programs.NO_RESOURCE
    return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
