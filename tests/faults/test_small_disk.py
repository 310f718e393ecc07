"""A disk that is really full: one line, nothing lost, and with more room the same command ends with the same bytes."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from cisim.cli.main import main
from tests.faults.tiny_studies import contents, do, prepare_folder, result_of, words_of

#: How a full disk is reported: while files are written, or before the first run.
FULL = ("No space left on device", "give fewer, make room, or give another folder with out=")


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Mount a file system of 120 kB in memory as the folder ``results``; skip where that is not allowed."""
    prepare_folder(tmp_path, monkeypatch)
    path = tmp_path / "results"
    path.mkdir()
    if shutil.which("mount") is None or resize(path, "120k", "rw") != 0:
        pytest.skip("file systems can be mounted by root only")
    yield path
    subprocess.run(["umount", str(path)], check=True)


def resize(path: Path, size: str, how: str) -> int:
    """Mount a file system of that size, or give it another size; return the exit code."""
    words = ["mount", "-t", "tmpfs", "-o", f"{how},size={size}", "tmpfs", str(path)]
    return subprocess.run(words, capture_output=True, check=False).returncode


@pytest.mark.parametrize("study", ["sweep", "compare", "target", "auto", "calibrate"])
def test_with_room_made_a_study_goes_on(study: str, disk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words, result = words_of(study), result_of(study)
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(90_000))
    for _ in range(2):
        code, complaints = do(words, capsys)
        assert len(complaints) == 1, complaints
        assert code == 1
        assert any(text in complaints[0] for text in FULL)
    assert resize(disk, "64m", "remount") == 0
    assert main(words) in (0, 1)
    found = contents(result)
    shutil.rmtree(result)
    assert main(words) in (0, 1)
    assert contents(result) == found
