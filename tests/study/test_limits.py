"""Sizes that are too large are refused before anything is made, with what was asked for and what fits."""

from pathlib import Path

import numpy as np
import pytest

from cisim.cli.main import main
from cisim.errors import CisimError, InputError
from cisim.study.limits import check_disk, check_memory, check_whole, disk_there, memory_there
from cisim.study.replication import Replication, Stage, replicates_needed


def test_memory_and_disk_are_those_that_are_there(tmp_path: Path) -> None:
    assert 10**7 < memory_there() < 10**15
    assert disk_there(tmp_path / "not" / "yet") == disk_there(tmp_path) > 0


def test_too_much_is_refused_with_what_fits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cisim.study.limits.memory_there", lambda: 8_000)
    check_memory("1000 points", 1000, 8.0, "give fewer")
    with pytest.raises(InputError, match=r"^1001 points take about .* GB of memory, .* enough for 1,000; give fewer$"):
        check_memory("1001 points", 1001, 8.0, "give fewer")
    with pytest.raises(CisimError, match="GB of disk, and .* are there"):
        check_disk("runs", 10**15, 1e6, tmp_path)


@pytest.mark.parametrize("value", [2**31, -1, 10**400, True, 1.0, "1"])
def test_no_count_is_larger_than_31_bits(value: object) -> None:
    check_whole("replicates", 2**31 - 1, 0)
    with pytest.raises(InputError, match="replicates="):
        check_whole("replicates", value, 0)


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("sweep design=oat samples=100000000000 backbone.gazing=interval(0,1)", "samples=100000000000 is out of range"),
        ("sweep design=oat samples=2000000000 backbone.gazing=interval(0,1)", "2000000001 points, more than 1000000"),
        ("sensitivity method=oat samples=2000000000", "points, more than 1000000"),
        ("calibrate particles=1000000000000", "particles=1000000000000 is out of range"),
        ("calibrate confirm=2000000000", "particles=400 x confirm=2000000000 are 800000000000 runs"),
        ("calibrate draws=2000000", "draws=2000000 is out of range"),
        ("run replicates=1000000000000000000000", "replicates=about 10^21 is out of range"),
        ("run replicates=2000000000", "GB of memory"),
        ("compare replicates=100000000", "240 months of 500000000 runs"),
        ("claims samples=2000000000 worlds=1000", "more than 4294967295 worlds"),
        ("discover samples=2000000", "more than 1000000"),
        ("advise samples=2000000 parameters=shocks posterior=false", "more than 1000000"),
        ("run -m backbone.gazing=range(0,1,0.0000001)", "makes more than 10000 jobs"),
        ("run scenario=[]", "unknown scenario []"),
        ("run scenario=[a,a]", "unknown scenario"),
        ("claims only=[]", "only=[] names none"),
        ("calibrate parameters=1", "parameters=1 is no list of names"),
        ("calibrate extensions.gazing=nofile.py:A", "no file nofile.py"),
    ],
)
def test_a_command_that_asks_for_too_much_leaves_nothing(
    command: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(command.split()) == 2
    complaints = capsys.readouterr().err.splitlines()
    assert len(complaints) == 1
    assert complaints[0].startswith("cisim: ")
    assert message in complaints[0]
    assert list(tmp_path.iterdir()) == []


def test_a_tiny_target_takes_the_budget_and_not_too_few_replicates() -> None:
    stage = Stage(np.array([10, 10]), np.array([100.0, 0.0]), np.array([2000.0, 0.0]))
    wanted = Replication(target=1e-300, outcome="time_free_of_failure", month=60, budget=100)
    needed = replicates_needed(wanted, stage)
    assert needed.tolist() == [90, 10]
