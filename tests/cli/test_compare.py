"""``cisim compare`` puts the arms through the same worlds and writes runs, tables, figures and a comparison."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from cisim.cli.screen import screen
from cisim.questions.compare import verb
from cisim.questions.compare.verb import comparison_on_screen
from tests.cli.conftest import Command

UseEngine = Callable[[str], None]

SMALL = ("scenario=minimal", "workers=1", "name=a", "observation.horizon=30", "observation.milestone=30")


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compare the five arms of the minimal coalition with the real engine, once for this module."""
    from cisim.cli.main import main

    out = tmp_path_factory.mktemp("results")
    assert main(["compare", *SMALL, "replicates=6", f"out={out}"]) == 0
    return out / "compare" / "a"


def test_a_comparison_has_runs_members_trajectories_tables_and_figures(compared: Path) -> None:
    assert {path.name for path in compared.iterdir()} == {
        "config.yaml",
        "figures",
        "manifest.json",
        "members.parquet",
        "points.parquet",
        "runs.parquet",
        "seal.json",
        "status.json",
        "tables",
        "trajectories.parquet",
    }
    tables = {path.stem for path in (compared / "tables").glob("*.csv")}
    assert {"comparison", "effects", "survival", "incidence", "trajectories", "members"} <= tables
    figures = {path.name for path in (compared / "figures").iterdir()}
    assert {"survival.pdf", "survival.png", "incidence.pdf", "incidence.png"} <= figures


def test_all_arms_live_through_the_same_worlds(compared: Path) -> None:
    runs = pd.read_parquet(compared / "runs.parquet")
    worlds = {label: arm[["seed", "replicate"]].to_numpy().tolist() for label, arm in runs.groupby("strategies")}
    assert list(worlds) == ["abstracting", "all", "gazing", "none", "spacing"]
    assert all(world == worlds["none"] for world in worlds.values())


def test_the_arms_differ_in_the_intensities_alone(compared: Path) -> None:
    runs = pd.read_parquet(compared / "runs.parquet")
    levels = runs.groupby("strategies")[["backbone.gazing", "backbone.abstracting", "backbone.spacing"]].first()
    assert levels.loc["none"].tolist() == [0.0, 0.0, 0.0]
    assert levels.loc["spacing"].tolist() == [0.0, 0.0, 0.5]
    assert levels.loc["all"].tolist() == [0.5, 0.5, 0.5]


def test_the_comparison_is_shown_arm_by_arm(cisim: Command, use_engine: UseEngine) -> None:
    use_engine("steady")
    done = cisim("compare", *SMALL, "replicates=4", "strategies=[none,gazing+spacing]", "trajectories=false")
    assert done.code == 0
    words = [line.split() for line in done.out.splitlines()]
    assert [line[0] for line in words if line[:1] in (["none"], ["gazing+spacing"])] == ["none", "gazing+spacing"]
    assert "results in" in done.out


def test_the_comparison_fits_a_hundred_columns(compared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = pd.read_csv(compared / "tables" / "comparison.csv").replace({"gazing": "gazing+abstracting"})
    screen().print(comparison_on_screen(table, "title"))
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert len(lines) == 1 + 2 + 5
    assert max(map(len, lines)) <= 100
    assert not any("…" in line for line in lines)


def test_without_trajectories_there_are_none(cisim: Command, folder: Path, use_engine: UseEngine) -> None:
    use_engine("steady")
    cisim("compare", *SMALL, "replicates=4", "strategies=[none,all]", "trajectories=false")
    assert not (folder / "results" / "compare" / "a" / "trajectories.parquet").exists()


def test_runs_outlive_an_analysis_that_fails(
    cisim: Command, folder: Path, use_engine: UseEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*tables: object) -> None:
        raise ValueError("no curve\nfits")

    use_engine("steady")
    monkeypatch.setattr(verb, "write_outputs", fail)
    done = cisim("compare", *SMALL, "replicates=4", "strategies=[none,all]")
    result = folder / "results" / "compare" / "a"
    assert done.code == 1
    assert done.complaints == [
        "cisim: the runs are whole, their analysis failed with ValueError: no curve fits; see traceback.txt"
    ]
    assert len(pd.read_parquet(result / "runs.parquet")) == 8
    assert "in fail" in (result / "traceback.txt").read_text(encoding="utf-8")
    assert "analysis failed" in (result / "manifest.json").read_text(encoding="utf-8")


def test_an_arm_that_loses_runs_is_compared_with_those_that_are_left(
    cisim: Command, folder: Path, use_engine: UseEngine
) -> None:
    use_engine("failing")
    done = cisim("compare", *SMALL, "replicates=6", "strategies=[none,all]")
    assert done.code == 1
    assert done.complaints == ["cisim: 2 of 12 runs failed (status=error), the first with ValueError: no such world"]
    table = pd.read_csv(folder / "results" / "compare" / "a" / "tables" / "comparison.csv")
    assert table["n_dropped"].tolist() == [1, 1]


def test_scenarios_stand_side_by_side_in_the_same_worlds(cisim: Command, folder: Path) -> None:
    words = ("observation.horizon=30", "observation.milestone=30", "replicates=30", "workers=1", "name=a")
    done = cisim("compare", "scenarios=[hjump_alone,hjump]", *words)
    assert done.code == 0
    runs = pd.read_parquet(folder / "results" / "compare" / "a" / "runs.parquet")
    assert runs.groupby("strategies")["replicate"].agg(list).map(sorted).to_dict() == {
        name: list(range(30)) for name in ("hjump", "hjump_alone")
    }
    assert (
        runs.groupby("strategies")["formed"].mean()["hjump"]
        > runs.groupby("strategies")["formed"].mean()["hjump_alone"]
    )
    tables = {path.stem for path in (folder / "results" / "compare" / "a" / "tables").iterdir()}
    assert {"formation", "formation_curves", "comparison", "effects"} <= tables


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("scenarios=[hjump,hjump]",), "names hjump twice"),
        (("scenarios=[hjump,nowhere]",), "nowhere"),
        (("scenarios=[hjump,minimal]", "strategies=[none]"), "strategies="),
        (("scenarios=[hjump,minimal]", "scenario=ordinary"), "scenario="),
        (("scenarios=[]",), "names none"),
    ],
)
def test_scenarios_that_make_no_comparison_are_refused(cisim: Command, words: tuple[str, ...], message: str) -> None:
    done = cisim("compare", *words)
    assert done.code == 2
    assert len(done.complaints) == 1
    assert message in done.complaints[0]


def test_shards_that_a_kill_left_behind_at_the_very_end_go_at_the_next_call(
    cisim: Command, folder: Path, use_engine: UseEngine
) -> None:
    use_engine("steady")
    words = ("compare", "scenario=minimal", "workers=1", "replicates=3", "trajectories=false", "name=a")
    assert cisim(*words).code == 0
    left = folder / "results" / "compare" / "a" / "shards"
    left.mkdir()
    (left / "first-0000000.runs.parquet").write_bytes(b"left")
    assert cisim(*words).code == 0
    assert not left.exists()
