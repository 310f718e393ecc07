"""A disk that is full, a folder that cannot be written, a shard that was damaged, a folder that is in use."""

import errno
import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from cisim.cli.main import main
from cisim.reading import table_files
from cisim.study.engines import ENGINES
from tests.faults.conftest import SWEEP, Start
from tests.faults.test_kill import wait_for

WORDS = (*SWEEP, "out=out", "name=a", "reuse=false")


@pytest.fixture(autouse=True)
def steady(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Go to an empty folder, on an engine that takes no time."""
    monkeypatch.chdir(tmp_path)
    for engine in ENGINES:
        monkeypatch.setitem(ENGINES, engine, "tests.study.engines:steady")


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, int]]:
    """Return the room on a disk that takes so many files and then is full."""
    room, write = {"files": 10**9}, table_files.pq.ParquetWriter.write_table

    def write_table(self: object, table: pa.Table, **keywords: object) -> None:
        room["files"] -= 1
        if room["files"] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(self, table, **keywords)

    monkeypatch.setattr(table_files.pq.ParquetWriter, "write_table", write_table)
    return room


@pytest.mark.parametrize("files", [1, 7, 61])
def test_a_full_disk_ends_in_one_line_and_the_same_command_goes_on(
    files: int, disk: dict[str, int], undisturbed: Callable[..., bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    disk["files"] = files
    assert main(WORDS) == 1
    (complaint,) = [line for line in capsys.readouterr().err.splitlines() if line.startswith("cisim:")]
    assert re.search(
        r"cannot write to out/sweep/a: No space left on device; .* make room, and give the same", complaint
    )
    disk["files"] = 10**9
    if files > 1:
        assert json.loads(Path("out/sweep/a/status.json").read_text(encoding="utf-8"))["runs_done"] >= 5 * (files - 2)
        assert list(Path("out/sweep/a/shards").glob("*.partial")) == []
    assert main(WORDS) == 0
    assert Path("out/sweep/a/runs.parquet").read_bytes() == undisturbed(*SWEEP)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_folder_that_is_read_only_is_refused_before_anything_runs(capsys: pytest.CaptureFixture[str]) -> None:
    Path("out").mkdir(mode=0o500)
    assert main(WORDS) == 2
    assert "give another folder with out=" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made_is_refused_before_anything_runs(capsys: pytest.CaptureFixture[str]) -> None:
    Path("out").touch()
    assert main(WORDS) == 2
    assert "give another folder with out=" in capsys.readouterr().err


@pytest.mark.parametrize("damage", [0, 100, -1])
def test_a_damaged_shard_is_found_and_done_again(
    damage: int, start: Start, undisturbed: Callable[..., bytes], tmp_path: Path
) -> None:
    running = start(*WORDS)
    shards = tmp_path / "out" / "sweep" / "a" / "shards"
    assert wait_for(lambda: len(list(shards.glob("*.runs.parquet"))) > 3, 60.0)
    running.kill()
    running.communicate()
    shard = sorted(shards.glob("*.runs.parquet"))[1]
    content = shard.read_bytes()
    if damage < 0:  # one byte in the midst of the data
        at = len(content) // 4
        shard.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
    else:
        shard.write_bytes(content[:damage])
    assert main(WORDS) == 0
    assert (tmp_path / "out" / "sweep" / "a" / "runs.parquet").read_bytes() == undisturbed(*SWEEP)


def test_two_processes_on_one_result_are_one_too_many(
    start: Start, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    running = start(*WORDS)
    assert wait_for(lambda: (tmp_path / "out" / "sweep" / "a" / "shards").is_dir(), 60.0)
    assert main(WORDS) == 2
    assert "is being written by another process" in capsys.readouterr().err
    assert running.communicate()[1].endswith("s\n")
    assert running.returncode == 0
    assert len(pd.read_parquet("out/sweep/a/runs.parquet")) == 300


def test_the_status_can_be_read_while_a_sweep_runs(start: Start, tmp_path: Path) -> None:
    running, path, seen = start(*WORDS), tmp_path / "out" / "sweep" / "a" / "status.json", []
    while running.poll() is None:
        if path.exists():
            seen.append(json.loads(path.read_text(encoding="utf-8")))
    running.communicate()
    assert seen[0]["state"] == "running"
    done = [status["runs_done"] for status in seen]
    assert done == sorted(done)
    assert len(set(done)) > 2
    assert seen[-1]["runs_total"] == 300
