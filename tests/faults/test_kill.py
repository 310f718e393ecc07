"""A sweep that is killed again and again goes on each time, and ends with the bytes of one that was left in peace."""

import json
import random
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from tests.faults.conftest import SWEEP, Start

KILLS = 8


def test_a_sweep_killed_at_random_moments_ends_with_the_bytes_of_an_undisturbed_one(
    start: Start, undisturbed: Callable[..., bytes], tmp_path: Path
) -> None:
    chance, kills, numbers, safe = random.Random(5), 0, [], []
    while kills < KILLS:
        words = (*SWEEP, "out=out", f"name=sweep-{len(numbers)}", "reuse=false")
        numbers.append(0)
        while True:
            running = start(*words)
            folder = tmp_path / "out" / "sweep" / f"sweep-{len(numbers) - 1}"
            kill_at_work(running, folder, chance.expovariate(4.0))
            if running.returncode == 0:
                break
            assert running.returncode == -9
            kills, numbers[-1] = kills + 1, numbers[-1] + 1
            safe.append(runs_done(folder))
        assert json.loads((folder / "status.json").read_text(encoding="utf-8"))["state"] == "complete"
        assert not (folder / "shards").exists()
    assert kills >= KILLS
    assert max(numbers) > 1
    assert len(set(safe)) > 3
    whole = undisturbed(*SWEEP)
    for number in range(len(numbers)):
        assert (tmp_path / "out" / "sweep" / f"sweep-{number}" / "runs.parquet").read_bytes() == whole


def test_no_finished_shard_is_run_again(start: Start, tmp_path: Path) -> None:
    running = start(*SWEEP, "out=out", "name=a")
    shards = tmp_path / "out" / "sweep" / "a" / "shards"
    assert wait_for(lambda: len(list(shards.glob("*.runs.parquet"))) > 5, 60.0)
    running.kill()
    running.communicate()
    before = {path.name: path.stat().st_mtime_ns for path in shards.glob("*.runs.parquet")}
    again = start(*SWEEP, "out=out", "name=a")
    after: dict[str, int] = {}
    while again.poll() is None:
        after |= {path.name: stamp for path in shards.glob("*.runs.parquet") if (stamp := stamp_of(path))}
    again.communicate()
    assert again.returncode == 0
    assert len(after) > len(before)
    assert {name: after.get(name, stamp) for name, stamp in before.items()} == before


def kill_at_work(running: "subprocess.Popen[str]", folder: Path, delay: float) -> None:
    """Kill a process some seconds after it has made a run safe, unless it ends before."""
    before = runs_done(folder)
    if wait_for(lambda: running.poll() is not None or runs_done(folder) > before, 60.0):
        time.sleep(delay)
    running.kill()
    running.communicate()


def runs_done(folder: Path) -> int:
    """Count the runs that the status calls safe; 0 if there is none."""
    try:
        return int(json.loads((folder / "status.json").read_text(encoding="utf-8"))["runs_done"])
    except OSError:
        return 0


def stamp_of(path: Path) -> int:
    """Time of the last change; 0 if the file has gone."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def wait_for(condition: Callable[[], bool], seconds: float) -> bool:
    """Wait until the condition holds; False if it does not in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False
