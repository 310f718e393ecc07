"""Without its compiler, the compiled engine is plain Python, and gives the same events and, up to rounding, numbers.

Compiled and interpreted code take `exp` and `pow` from different libraries, which may differ in the last bit. The
chosen runs have no event so close to its threshold that this would move it.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.docking.interpreted import CHOSEN, FIELD, records


@pytest.fixture(scope="module")
def interpreted(checkout: Path) -> list[dict[str, Any]]:
    """Return the records of a process without the compiler, where every warning is an error."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.docking.interpreted"],
        cwd=checkout,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    found: list[dict[str, Any]] = json.loads(done.stdout)
    assert len(found) == 2 * (len(CHOSEN) + FIELD["communities.number"])
    return found


def test_both_engines_agree_bit_for_bit_without_the_compiler_and_no_number_overflows(
    interpreted: list[dict[str, Any]],
) -> None:
    assert all(run["events"] for run in interpreted)  # the process compares them, and stops where they part


def test_the_same_events_happen_without_the_compiler(interpreted: list[dict[str, Any]]) -> None:
    for compiled, plain in zip(records(), interpreted, strict=True):
        assert plain["events"] == compiled["events"]
        assert plain["members"] == compiled["members"]


def test_numbers_differ_without_the_compiler_in_their_last_bits_at_most(interpreted: list[dict[str, Any]]) -> None:
    for compiled, plain in zip(records(), interpreted, strict=True):
        assert numbers(plain) == pytest.approx(numbers(compiled), rel=1e-12, abs=1e-15, nan_ok=True)


def numbers(run: dict[str, Any]) -> dict[str, float]:
    """Return outcomes and monthly series of a run by name, and by name and month."""
    outcomes = {name: value for name, value in run["spell"].items() if not isinstance(value, str)}
    series = {f"{name} {i + 1}": value for name, values in run["series"].items() for i, value in enumerate(values)}
    return outcomes | series
