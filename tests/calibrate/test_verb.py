"""``cisim calibrate`` from the command line: what it writes, that it goes on after a kill, and what it refuses."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from scipy import stats

from cisim.api import simulate
from cisim.cli.main import main

TARGETS = """
kernel: interval
targets:
  - {name: alive after a year, statistic: survival, month: 12, value: 0.6, low: 0.3, high: 0.9, source: none}
  - {name: completed, statistic: share_completed, month: 12, value: 0.5, low: 0.1, high: 0.9, weight: 0, source: none}
"""
SMALL = ("scenario=minimal", "targets=mine.yaml", "particles=12", "draws=32", "replicates=16", "confirm=32", "seed=3")
NAMES = "parameters=[exit.base_rate,exit.conflict]"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder with a file of targets."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text(TARGETS, encoding="utf-8")
    return tmp_path


def calibrate(folder: Path, name: str, *more: str) -> Path:
    assert main(["calibrate", *SMALL, NAMES, f"name={name}", "workers=1", *more]) == 0
    return folder / "results" / "calibrate" / name


def test_an_ensemble_is_written_with_what_is_to_be_known_of_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result = calibrate(folder, "a")
    ensemble = pd.read_parquet(result / "ensemble.parquet")
    assert ensemble["alive after a year"].between(0.3, 0.9).all()
    assert ensemble["weight"].sum() == pytest.approx(1.0)
    assert ensemble["exit.base_rate"].between(0.0, 0.02).all()
    tables = {path.stem for path in (result / "tables").iterdir()}
    assert tables == {"identifiability", "predictive", "prior", "targets", "trace"}
    assert {path.name for path in (result / "figures").glob("*.png")} == {"identifiability.png", "patterns.png"}
    assert json.loads((result / "manifest.json").read_text(encoding="utf-8"))["seed"] == 3
    central = yaml.safe_load((result / "central.yaml").read_text(encoding="utf-8"))
    assert set(central["parameters"]) == {"exit.base_rate", "exit.conflict"}
    assert not (result / "steps").exists()
    calibrate(folder, "a")
    assert "complete already" in capsys.readouterr().err


def test_a_member_has_the_statistics_that_a_run_of_it_gives(folder: Path) -> None:
    member = pd.read_parquet(calibrate(folder, "a") / "ensemble.parquet").iloc[0]
    overrides = [f"{name}={member[name]!r}" for name in ("exit.base_rate", "exit.conflict")]
    overrides = [text.replace("np.float64(", "").replace(")", "") for text in overrides]
    runs = simulate("minimal", overrides=overrides, replicates=32, seed=3).runs
    ended = runs["event_observed"] & (runs["duration"] <= 12)
    assert 1 - ended.mean() == pytest.approx(member["alive after a year"])


def test_workers_do_not_change_the_ensemble(folder: Path) -> None:
    one = calibrate(folder, "one") / "ensemble.parquet"
    two = calibrate(folder, "two", "workers=2") / "ensemble.parquet"
    assert one.read_bytes() == two.read_bytes()


def test_a_killed_calibration_goes_on_to_the_same_ensemble(folder: Path) -> None:
    whole = (calibrate(folder, "whole") / "ensemble.parquet").read_bytes()
    words = [sys.executable, "-m", "cisim", "calibrate", *SMALL, NAMES, "name=killed", "workers=1"]
    steps = folder / "results" / "calibrate" / "killed" / "steps"
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None and not (steps / "sweep-0001.parquet").exists():
            time.sleep(0.002)
        os.kill(process.pid, signal.SIGKILL)
    assert steps.is_dir()
    assert (calibrate(folder, "killed") / "ensemble.parquet").read_bytes() == whole


def test_targets_that_cannot_be_met_are_named_and_the_command_fails(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = TARGETS.replace("value: 0.6, low: 0.3, high: 0.9", "value: 1.5, low: 1.4, high: 1.6")
    (folder / "mine.yaml").write_text(text, encoding="utf-8")
    assert main(["calibrate", *SMALL, NAMES, "name=a", "workers=1"]) == 1
    assert "the targets were not met together" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["targets=nowhere"], "targets=nowhere is not known; choose hondream_cohort, ordinary"),
        (["targets=nowhere.yaml"], "cannot read targets=nowhere.yaml"),
        (["targets=nowhere.csv"], "there is no file nowhere.csv"),
        (["parameters=backbone.gazing"], "backbone.gazing is a lever, which is not calibrated"),
        (["parameters=population.nonprofits"], "population.nonprofits is a constant, which is not calibrated"),
        (["parameters=exit.joy"], "unknown parameter exit.joy"),
        (["particles=5"], "particles=5 is too few"),
        (["draws=20", "particles=40"], "draws=20 is below particles=40"),
        (["replicates=2"], "replicates=2 is too few"),
        (["confirm=10"], "confirm=10 is below replicates="),
        (["-m"], "takes no -m"),
    ],
)
def test_bad_input_ends_in_one_line_and_exit_code_two(
    words: list[str], complaint: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["calibrate", "scenario=minimal", *words]) == 2
    error = capsys.readouterr().err
    assert complaint in error
    assert error.count("\n") == 1
    assert not (folder / "results").exists()


def observe(folder: Path, rate: float, seed: int, n: int) -> None:
    """Write a table of durations of `n` coalitions, followed for 48 months."""
    runs = simulate("minimal", overrides=[f"exit.base_rate={rate}", "observation.horizon=48"], replicates=n, seed=seed)
    table = runs.runs[["duration", "event_observed"]].assign(
        cause=runs.runs["ending"].where(runs.runs["event_observed"])
    )
    table.to_csv(folder / "observed.csv", index=False)


OBSERVED = ("scenario=minimal", "targets=observed.csv", "replicates=600", "confirm=600", "parameters=exit.base_rate")


def test_a_table_of_durations_is_a_target(folder: Path) -> None:
    observe(folder, 0.01, 11, 100)
    assert main(["calibrate", *OBSERVED, "particles=12", "draws=40", "replicates=300", "name=a"]) == 0
    result = folder / "results" / "calibrate" / "a"
    predictive = pd.read_csv(result / "tables" / "predictive.csv")
    assert predictive["pattern"].str.startswith("alive at").sum() >= 2
    assert (predictive["p5"] <= predictive["high"]).all()
    assert (predictive["p95"] >= predictive["low"]).all()


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_intervals_cover_the_parameter_that_durations_were_simulated_at(folder: Path) -> None:
    random, held, trials = np.random.default_rng(8), 0, 20
    for trial in range(trials):
        truth = float(random.uniform(0.0, 0.02))
        observe(folder, truth, 1000 + trial, 200)
        words = [*OBSERVED, "particles=40", "draws=120", "replicates=600", f"seed={trial}", f"name={trial}"]
        assert main(["calibrate", *words]) == 0
        found = pd.read_parquet(folder / "results" / "calibrate" / str(trial) / "ensemble.parquet")
        low, high = np.quantile(found["exit.base_rate"], [0.1, 0.9])
        held += bool(low <= truth <= high)
    assert stats.binomtest(held, trials, 0.8).pvalue > 0.01
