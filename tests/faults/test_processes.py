"""Several processes: one writes to a folder at a time, and none outlives the one that it works for."""

from pathlib import Path

import pandas as pd
import pytest

from tests.faults.conftest import Start
from tests.faults.test_kill import wait_for
from tests.faults.tiny_studies import result_of, words_of

SWEEP = words_of("sweep")
RESULT = result_of("sweep")


def test_one_of_two_studies_with_one_name_is_refused_whatever_the_order(start: Start, tmp_path: Path) -> None:
    words = [word for word in SWEEP if not word.startswith("seed=")]
    first = start(*words, "seed=1", engine="waiting")
    second = start(*words, "seed=2", engine="waiting")
    assert wait_for(lambda: len(list(tmp_path.glob("begun-*"))) == 1, 60.0)
    assert wait_for(lambda: first.poll() is not None or second.poll() is not None, 60.0)
    (tmp_path / "go").touch()
    errors = [running.communicate()[1] for running in (first, second)]
    assert sorted(running.returncode for running in (first, second)) == [0, 2]
    winner = first if first.returncode == 0 else second
    assert "is being written by another process" in errors[int(winner is first)]
    runs = pd.read_parquet(tmp_path / RESULT / "runs.parquet")
    assert set(runs["seed"]) == {1 if winner is first else 2}
    assert len(runs) == 20
    third = start(*words, "seed=1" if winner is second else "seed=2", engine="waiting")
    assert "holds other results (seed" in third.communicate()[1]
    assert third.returncode == 2


def test_a_command_that_is_refused_leaves_the_folder_of_the_one_at_work(start: Start, tmp_path: Path) -> None:
    first = start(*SWEEP, engine="waiting")
    assert wait_for(lambda: bool(list(tmp_path.glob("begun-*"))), 60.0)
    second = start(*SWEEP, engine="waiting")
    assert "is being written" in second.communicate()[1]
    assert (tmp_path / RESULT / "config.yaml").is_file()
    (tmp_path / "go").touch()
    first.communicate()
    assert first.returncode == 0


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_workers_end_when_their_parent_is_killed(start: Start, tmp_path: Path) -> None:
    words = [word for word in SWEEP if not word.startswith("workers=")]
    running = start(*words, "workers=2", "executor=processes", "engine=mesa", engine="waiting")
    assert wait_for(lambda: len(list(tmp_path.glob("begun-*"))) == 2, 60.0)
    workers = [int(path.name.partition("-")[2]) for path in tmp_path.glob("begun-*")]
    running.kill()
    running.communicate()
    assert running.pid not in workers
    assert wait_for(lambda: not any(is_alive(pid) for pid in workers), 20.0)


def is_alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return False
