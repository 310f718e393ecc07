"""A million runs are compared in well under a minute and two gigabytes."""

import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cisim.questions.compare.compute import comparison_table
from cisim.survival.arm_tables import hazard_table, incidence_table, rate_table, survival_table
from cisim.survival.logrank import logrank_table
from cisim.survival.paired import pairing_table
from cisim.survival.regression import sweep_effects
from tests.survival.made_up import CAUSES, EFFECTS

TABLES = (
    comparison_table,
    survival_table,
    incidence_table,
    pairing_table,
    logrank_table,
    hazard_table,
    rate_table,
    sweep_effects,
)
SECONDS, GIGABYTES = 60, 2.0


def many_runs(n: int) -> pd.DataFrame:
    """Runs of eight arms in shared worlds, drawn at once."""
    rng, worlds = np.random.default_rng(1), n // len(EFFECTS)
    frailty, luck = rng.gamma(3.0, 1 / 3.0, worlds), rng.exponential(1.0, worlds)
    completes, cause = rng.random(worlds) < 0.15, np.array(CAUSES)[rng.integers(0, len(CAUSES), worlds)]
    wish = np.ceil(luck / (0.008 * frailty * np.array(list(EFFECTS.values()))[:, None])).ravel()
    ended, won = wish <= 240, np.tile(completes, len(EFFECTS))
    columns = {"strategies": np.repeat(list(EFFECTS), worlds), "replicate": np.tile(np.arange(worlds), len(EFFECTS))}
    columns |= {"duration": np.minimum(wish, 240).astype(int), "event_observed": ended, "status": "ok", "seed": 1}
    columns |= {"ending": np.where(~ended, "censored", np.where(won, "completed", "failed"))}
    return pd.DataFrame(columns | {"cause": np.where(ended & ~won, np.tile(cause, len(EFFECTS)), "")})


def measure(n: int) -> tuple[float, float]:
    """Seconds of processor that all tables take, and the most memory that this process has held (GB)."""
    runs = many_runs(n)
    start = time.process_time()
    for table in TABLES:
        table(runs)
    return time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def test_the_tables_of_many_runs_take_time_in_proportion() -> None:
    """If anything grew with the square, these few would take minutes."""
    seconds, _ = measure(16_000)
    assert seconds < 10


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured by other means there")
def test_a_million_runs_are_compared_in_a_minute_and_two_gigabytes() -> None:
    code = "from tests.survival.test_speed import measure; print(*measure(1_000_000))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True
    )
    seconds, gigabytes = map(float, done.stdout.split())
    assert seconds < SECONDS
    assert gigabytes < GIGABYTES
