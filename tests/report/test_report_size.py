"""A result of a million runs is reported in a minute and two gigabytes."""

import resource
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from tests.report.results import make_sweep, write_result
from tests.survival.made_up import FIVE, make_runs

SECONDS, KIBIBYTES = 60, 2 * 1024**2


def used_seconds() -> float:
    """Seconds of processor that children of this process have used, whatever else the machine does."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["comparison", "sweep"])
def test_a_million_runs_are_reported_in_a_minute_and_two_gigabytes(kind: str, tmp_path: Path) -> None:
    if kind == "comparison":
        runs = make_runs(FIVE, 1000)
    else:
        steps = tuple(i / 9 for i in range(10))
        runs = make_sweep(steps, steps, replicates=50)
    times = 1_000_000 // len(runs)
    many = pd.concat([runs.assign(replicate=runs["replicate"] + 1000 * i) for i in range(times)], ignore_index=True)
    assert len(many) == 1_000_000
    folder = write_result(tmp_path / "large", many, horizon=240 if kind == "comparison" else 60)
    before = used_seconds()
    subprocess.run([sys.executable, "-m", "cisim", "report", str(folder)], check=True, capture_output=True)
    assert used_seconds() - before < SECONDS
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < KIBIBYTES
    assert (folder / "report.html").exists()
