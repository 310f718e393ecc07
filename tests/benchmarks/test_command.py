"""The command writes what it measures, and names what it cannot measure."""

import csv
import json
from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks import c_build
from benchmarks.effort import TOY
from tests.benchmarks.conftest import SECTIONS, Output


def test_the_json_file_holds_everything_that_was_measured(output: Output) -> None:
    found = json.loads((output.folder / "benchmark.json").read_text(encoding="utf-8"))
    assert {section: found[section] for section in SECTIONS} == output.results
    assert {"python", "mesa", "numba"} <= set(found["surroundings"])


@pytest.mark.parametrize("section", SECTIONS)
def test_the_csv_file_of_a_section_holds_its_rows(section: str, output: Output) -> None:
    with (output.folder / f"{section}.csv").open(newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    assert lines == [{name: str(value) for name, value in row.items()} for row in output.results[section]]


def test_the_figures_of_the_page_are_drawn(output: Output) -> None:
    figures = sorted(path.name for path in output.folder.glob("*.png"))
    assert figures == ["performance-growth.png", "performance-speed.png"]


def test_the_command_takes_the_quick_sizes_and_prints_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "QUICK", TOY)
    assert command.main(["--quick", "--only", "threads", "--out", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert "Two threads against one" in printed
    assert "lengths differ" in printed


def test_without_a_c_compiler_the_command_says_so_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(c_build.shutil, "which", lambda _: None)
    results = command.measure(["loops", "threads"], TOY, tmp_path)
    assert list(results) == ["threads"]
    assert "no C compiler here" in capsys.readouterr().out
    found = json.loads((tmp_path / "benchmark.json").read_text(encoding="utf-8"))
    assert "no C compiler here" in found["notes"][0]


def test_a_section_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        command.main(["--only", "everything"])
    assert "invalid choice: 'everything'" in capsys.readouterr().err
