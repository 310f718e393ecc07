"""What the benchmark prints and writes: tables side by side, one JSON file, one CSV file for each table."""

import csv
import json
import platform
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.growth import slope

Row = dict[str, Any]

TITLES = {
    "engines": "Engines: runs a second of processor time, and times the Mesa engine",
    "threads": "Two threads against one: runs a second of the clock, and speed-up",
    "loops": "Inner loops of a month: the kernel against the same in C",
    "sweeps": "Sweeps: processor seconds from words to file, against the runs alone, one thread",
    "growth": "Growth of cost: seconds of processor time, one thread",
    "memory": "Large studies, from the command to its files",
    "starts": "Starts of the command: seconds of the clock",
}

#: Columns of each printed table: heading and how a row fills it.
COLUMNS = {
    "engines": ("scenario", "engine", "runs_per_second", "times_mesa", "same_durations"),
    "threads": ("case", "runs_per_second_1", "runs_per_second_2", "speed_up", "processor_time", "same_durations"),
    "loops": ("scenario", "members", "ties", "kernel_ns_a_month", "c_ns_a_month", "share_of_c", "same_bits"),
    "sweeps": ("case", "points", "replicates", "kernel_seconds", "sweep_seconds", "times_kernel"),
    "growth": ("quantity", "case", "x", "seconds"),
    "memory": ("case", "seconds", "processor_seconds", "megabytes"),
    "starts": ("case", "times", "seconds", "processor_seconds", "megabytes"),
}


def surroundings() -> dict[str, str]:
    """Machine and versions that the numbers belong to."""
    packages = {name: version(name) for name in ("cisim", "mesa", "numba", "llvmlite", "numpy")}
    return {"python": platform.python_version(), "machine": platform.machine(), "processor": _processor(), **packages}


def _processor() -> str:
    """Name of the processor, where the system gives one."""
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text(encoding="utf-8").splitlines() if listed.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{len(names)} x {names[0]}" if names else platform.processor()


def show(console: Console, section: str, rows: Iterable[Row]) -> None:
    """Print the rows of one section as a table, with spreads in brackets."""
    rows = list(rows)
    table = Table(title=TITLES[section], title_justify="left", box=None)
    for name in COLUMNS[section]:
        table.add_column(name.replace("_", " "), justify="left" if isinstance(rows[0][name], str) else "right")
    for row in rows:
        table.add_row(*(_cell(row, name) for name in COLUMNS[section]))
    console.print(table)
    if section == "growth":
        for quantity, case in dict.fromkeys((row["quantity"], row["case"]) for row in rows):
            points = [row for row in rows if (row["quantity"], row["case"]) == (quantity, case)]
            ends = f"{slope(points):.2f}, between the last two points {slope(points[-2:]):.2f}"
            console.print(f"slope of seconds over {quantity}, {case}: {ends}")


def _cell(row: Row, name: str) -> str:
    value = row[name]
    if isinstance(value, bool | str | int):
        return {True: "yes", False: "NO"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    shown = f"{value:.3g}" if value < 1000 else f"{value:,.0f}"
    if f"{name}_low" in row and row[f"{name}_low"] != row[f"{name}_high"]:
        return f"{shown} ({row[f'{name}_low']:.3g} to {row[f'{name}_high']:.3g})"
    return shown


def write(results: Mapping[str, list[Row]], notes: list[str], folder: Path) -> None:
    """Write ``benchmark.json`` with everything, and one CSV file for each section."""
    found = {"surroundings": surroundings(), "notes": notes, **results}
    (folder / "benchmark.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    for section, rows in results.items():
        with (folder / f"{section}.csv").open("w", newline="", encoding="utf-8") as file:
            lines = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)))
            lines.writeheader()
            lines.writerows(rows)
