"""From Python, the same studies as on the command line, with the tables in memory."""

from pathlib import Path

import pandas as pd
import pytest

import cisim
from cisim.cli.main import main
from cisim.errors import InputError
from cisim.study.engines import ENGINES

SHORT = ["observation.horizon=24", "observation.milestone=24"]


def test_a_comparison_in_memory_is_the_one_on_disk(tmp_path: Path) -> None:
    words = ["compare", "scenario=minimal", "replicates=3", "seed=4", f"out={tmp_path}", "name=a", "events=true"]
    assert main([*words, "workers=1", *SHORT]) == 0
    tables = cisim.compare("minimal", replicates=3, seed=4, events=True, overrides=SHORT)
    for name, table in tables.present().items():
        pd.testing.assert_frame_equal(table, pd.read_parquet(tmp_path / "compare" / "a" / f"{name}.parquet"))
    assert set(tables.present()) == {"runs", "members", "trajectories", "events"}


def test_one_scenario_can_be_simulated_with_overrides() -> None:
    runs = cisim.simulate("minimal", overrides=["backbone.gazing=0", *SHORT], replicates=3).runs
    assert set(runs["strategies"]) == {"abstracting+spacing"}
    assert len(runs) == 3


def test_arms_can_be_given_as_a_list() -> None:
    runs = cisim.compare("minimal", strategies=["none", "all"], intensity=0.9, overrides=SHORT, replicates=2).runs
    assert runs["backbone.spacing"].tolist() == [0.0, 0.0, 0.9, 0.9]


@pytest.mark.parametrize(
    "options", [{"replicates": 0}, {"seed": -1}, {"engine": "steam"}, {"overrides": ["x=1"]}, {"workers": -1}]
)
def test_bad_input_raises_the_error_of_the_command_line(options: dict[str, object]) -> None:
    with pytest.raises(InputError):
        cisim.simulate("minimal", **options)


def test_an_error_in_a_run_is_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENGINES, "compiled", "tests.study.engines:failing")
    assert cisim.simulate(replicates=5).runs["status"].tolist() == ["ok"] * 3 + ["error"] + ["ok"]


def test_a_sweep_in_memory_is_the_one_on_disk(tmp_path: Path) -> None:
    varied = ["backbone.gazing=interval(0,1)", "trust.start=0.3,0.5", "samples=4", *SHORT]
    words = ["sweep", "scenario=minimal", "replicates=3", "seed=4", f"out={tmp_path}", "name=a", "workers=1"]
    assert main([*words, *varied]) == 0
    tables = cisim.sweep("minimal", replicates=3, seed=4, overrides=varied)
    pd.testing.assert_frame_equal(tables.runs, pd.read_parquet(tmp_path / "sweep" / "a" / "runs.parquet"))
    assert set(tables.present()) == {"runs"}


def test_further_replicates_stand_with_those_of_their_point() -> None:
    runs = cisim.sweep("minimal", replicates=10, overrides=["backbone.gazing=0,1", "target=15"]).runs
    assert len(runs) > 20
    assert runs[["point", "replicate"]].equals(runs[["point", "replicate"]].sort_values(["point", "replicate"]))


def test_the_package_offers_its_names_and_no_other() -> None:
    assert dir(cisim) == ["__version__", "compare", "simulate", "sweep"]
    with pytest.raises(AttributeError, match="no attribute 'conclude'"):
        cisim.conclude  # noqa: B018
