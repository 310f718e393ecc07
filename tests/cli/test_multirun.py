"""``-m`` makes one job of each combination of values, through Hydra's launcher, and leaves none of its litter."""

import json
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from tests.cli.conftest import Command


@pytest.fixture(autouse=True)
def stand_in(use_engine: Callable[[str], None]) -> None:
    """Run no model."""
    use_engine("steady")


WORDS = ("run", "-m", "workers=1", "replicates=2", "name=a")


def test_each_value_is_a_job_with_its_own_result(cisim: Command, folder: Path) -> None:
    done = cisim(*WORDS, "trust.start=0.3,0.6")
    assert done.code == 0
    results = folder / "results" / "run"
    assert sorted(path.name for path in results.iterdir()) == ["a-0", "a-1"]
    values = [(results / name / "config.yaml").read_text(encoding="utf-8") for name in ("a-0", "a-1")]
    assert "  start: 0.3\n" in values[0]
    assert "  start: 0.6\n" in values[1]
    assert done.out.count("results in") == 2


def test_jobs_may_differ_in_scenario_and_span_a_grid(cisim: Command, folder: Path) -> None:
    cisim(*WORDS, "scenario=minimal,ordinary", "seed=range(1,3)")
    found = [pd.read_parquet(path) for path in sorted((folder / "results" / "run").glob("*/runs.parquet"))]
    assert [(runs["scenario"][0], runs["seed"][0]) for runs in found] == [
        ("minimal", 1),
        ("minimal", 2),
        ("ordinary", 1),
        ("ordinary", 2),
    ]


def test_a_note_says_how_each_job_ended_and_nothing_else_is_left(cisim: Command, folder: Path) -> None:
    cisim(*WORDS, "seed=1,2")
    files = [path for path in folder.rglob("*") if path.is_file() and "run" not in path.parent.parts[-2:]]
    notes = sorted((folder / "results" / "multirun").glob("*/*"))
    assert [path.name for path in notes] == ["0.json", "1.json", "multirun.yaml"]
    assert json.loads(notes[1].read_text(encoding="utf-8")) == {
        "number": 1,
        "overrides": ["workers=1", "replicates=2", "name=a", "seed=2"],
        "exit_code": 0,
        "error": "",
    }
    assert {path.relative_to(folder).parts[0] for path in files} == {"results"}


def test_a_job_that_is_refused_stops_no_other(cisim: Command, folder: Path) -> None:
    done = cisim(*WORDS, "funding.award_low=1.5,0.5", "seed=7")
    assert done.code == 2
    assert len(done.complaints) == 1
    assert done.complaints[0].startswith("cisim: job 0 (")
    assert "lower the first or raise the second" in done.complaints[0]
    assert [path.name for path in (folder / "results" / "run").iterdir()] == ["a-1"]


def test_an_interrupt_stops_all_jobs(cisim: Command, folder: Path, use_engine: Callable[[str], None]) -> None:
    use_engine("interrupted")
    assert cisim("run", "-m", "workers=1", "replicates=5", "name=a", "seed=1,2").code == 130
    assert [path.name for path in (folder / "results" / "run").iterdir()] == ["a-0"]


def test_runs_that_fail_in_a_job_end_in_exit_code_1(cisim: Command, use_engine: Callable[[str], None]) -> None:
    use_engine("failing")
    assert cisim("run", "-m", "workers=1", "replicates=5", "name=a", "seed=1,2").code == 1


def test_overrides_that_span_nothing_are_refused(cisim: Command) -> None:
    done = cisim(*WORDS, "seed=range(0,0)")
    assert done.code == 2
    assert "gives no job at all" in done.err


def test_compare_takes_several_values_too(cisim: Command, folder: Path) -> None:
    done = cisim("compare", "-m", *WORDS[2:], "strategies=[none,all]", "trajectories=false", "intensity=0.5,0.9")
    assert done.code == 0
    levels = [
        pd.read_parquet(folder / "results" / "compare" / name / "runs.parquet")["backbone.gazing"].max()
        for name in ("a-0", "a-1")
    ]
    assert levels == [0.5, 0.9]


def test_scenarios_of_ones_own_can_be_swept(cisim: Command, folder: Path) -> None:
    (folder / "own" / "scenario").mkdir(parents=True)
    text = "# @package _global_\n# Ours.\nseed: 5\n"
    (folder / "own" / "scenario" / "mine.yaml").write_text(text, encoding="utf-8")
    cisim(*WORDS, "--config-dir", "own", "scenario=mine,minimal")
    found = [pd.read_parquet(path) for path in sorted((folder / "results" / "run").glob("*/runs.parquet"))]
    assert [(runs["scenario"][0], runs["seed"][0]) for runs in found] == [("mine", 5), ("minimal", 1)]


def test_command_line_environment_and_logging_are_left_as_they_were(
    cisim: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HYDRA_FULL_ERROR", raising=False)
    before = list(sys.argv), dict(os.environ), logging.getLogger().handlers[:], Path.cwd()
    cisim(*WORDS, "seed=1,2")
    assert (list(sys.argv), dict(os.environ), logging.getLogger().handlers[:], Path.cwd()) == before
