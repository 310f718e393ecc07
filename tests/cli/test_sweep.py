"""``cisim sweep`` runs a design, estimates at each of its points, and refuses what makes no design."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from cisim.study import progress as forecast
from tests.cli.conftest import Command

UseEngine = Callable[[str], None]

WORDS = ("sweep", "scenario=minimal", "workers=1", "replicates=10", "name=a")


@pytest.fixture(autouse=True)
def steady(use_engine: UseEngine) -> None:
    """Use an engine that needs no model."""
    use_engine("steady")


def runs_of(folder: Path, name: str = "a") -> pd.DataFrame:
    return pd.read_parquet(folder / "results" / "sweep" / name / "runs.parquet")


def test_a_factorial_runs_every_combination_and_estimates_at_each(cisim: Command, folder: Path) -> None:
    done = cisim(*WORDS, "backbone.gazing=0,0.5", "backbone.contract_months=range(12,37,12)")
    assert done.code == 0
    runs = runs_of(folder)
    levels = runs[["backbone.gazing", "backbone.contract_months"]].drop_duplicates()
    assert levels.to_numpy().tolist() == [[g, m] for g in (0.0, 0.5) for m in (12.0, 24.0, 36.0)]
    assert runs.dtypes["backbone.contract_months"] == "int64"
    assert runs.groupby("point")["replicate"].apply(list).tolist() == [list(range(10))] * 6
    points = pd.read_csv(folder / "results" / "sweep" / "a" / "tables" / "points.csv")
    assert points["n_runs"].tolist() == [10] * 6
    first = runs[runs["point"] == 0]
    free = first["duration"].where(first["ending"] == "failed", 240)
    assert points["time_free_of_failure"][0] == pytest.approx(free.mean())
    assert (points["time_free_of_failure_lower"] < points["time_free_of_failure"]).all()
    assert "6 design points" in " ".join(done.out.split())


def test_scenarios_can_be_swept_and_each_keeps_its_own_parameters(cisim: Command, folder: Path) -> None:
    assert cisim(*WORDS, "scenario=minimal,hondream", "trust.start=0.3,0.5").code == 2  # the scenario is given twice
    assert cisim(*WORDS[:1], *WORDS[2:], "scenario=minimal,hondream", "trust.start=0.3,0.5").code == 0
    runs = runs_of(folder)
    assert set(zip(runs["scenario"], runs["trust.start"], strict=True)) == {
        (scenario, start) for scenario in ("minimal", "hondream") for start in (0.3, 0.5)
    }
    labels = runs.groupby("scenario")["strategies"].unique().map(list).to_dict()
    assert labels["hondream"] == ["all"]


def test_points_may_come_from_a_table(cisim: Command, folder: Path) -> None:
    (folder / "points.csv").write_text(
        "scenario,backbone.lead,trust.start\nminimal,funder,0.2\nordinary,public,0.4\n", encoding="utf-8"
    )
    assert cisim(*WORDS[:1], *WORDS[2:], "table=points.csv").code == 0
    runs = runs_of(folder)
    assert list(
        runs[["scenario", "backbone.lead", "trust.start"]].drop_duplicates().itertuples(index=False, name=None)
    ) == [
        ("minimal", "funder", 0.2),
        ("ordinary", "public", 0.4),
    ]
    done = cisim("sweep", "table=points.csv", "trust.start=0.3", "name=b")
    assert (done.code, done.complaints) == (
        2,
        ["cisim: trust.start=0.3 sets what the design varies; leave it out here or in the table"],
    )


def test_a_result_says_what_its_design_is(cisim: Command, folder: Path) -> None:
    cisim(*WORDS, "backbone.gazing=interval(0,1)", "samples=4")
    result = folder / "results" / "sweep" / "a"
    points = pd.read_parquet(result / "points.parquet")
    assert list(points) == ["point", "backbone.gazing", "key"]
    assert points["key"].is_unique
    config = (result / "config.yaml").read_text(encoding="utf-8")
    assert "kind: sobol" in config
    assert json.loads((result / "status.json").read_text(encoding="utf-8"))["runs_done"] == 40


def test_replicates_go_where_the_spread_is(cisim: Command, folder: Path) -> None:
    assert cisim(*WORDS, "backbone.gazing=0,1", "target=20", "budget=2000").code == 0
    runs = runs_of(folder)
    counts = runs.groupby("point").size()
    assert counts.min() > 10
    assert runs.groupby("point")["replicate"].apply(list).map(lambda r: r == list(range(len(r)))).all()


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ([], "nothing is varied"),
        (["-m", "backbone.gazing=0,1"], "takes no -m"),
        (["backbone.gazing=0,2"], "backbone.gazing=2 is out of range"),
        (["backbone.gazing=0,1", "seed=1,2"], "seed=1,2 gives several values"),
        (["backbone.gazing=0,1", "target=1", "replicates=5"], "replicates=5 is too few"),
        (["backbone.gazing=0,1", "budget=5"], "budget=5 has no effect without target="),
        (["backbone.gazing=0,1", "target=1", "target_month=999"], "target_month=999 is after the horizon of 240"),
        (["backbone.gazing=0,1", "cluster.minutes=0", "executor=slurm"], "cluster.minutes=0 is out of range"),
        (["backbone.gazing=0,1", "cluster.colour=red"], "unknown parameter or option cluster.colour"),
        (["population.funders=0,1", "backbone.lead=funder"], "1 of 2 points do not fit"),
        (["table=none.csv"], "cannot read table=none.csv"),
        (["backbone.gazing=0,1", "retry=all"], "retry=all is not known"),
    ],
)
def test_what_makes_no_sweep_is_one_line_and_leaves_nothing(
    cisim: Command, folder: Path, words: list[str], complaint: str
) -> None:
    done = cisim(*WORDS, *words)
    assert done.code == 2
    (line,) = done.complaints
    assert complaint in line
    assert not (folder / "results").exists()


def test_a_long_sweep_begins_with_a_forecast(cisim: Command, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forecast, "LONG", 20)
    done = cisim(*WORDS, "backbone.gazing=0,1")
    assert done.code == 0
    (line,) = [line for line in done.err.splitlines() if line.startswith("forecast")]
    assert line.startswith("forecast: 20 runs, about ")


def test_a_disk_without_room_is_reported_before_the_first_run(
    cisim: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forecast, "LONG", 20)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, 0))
    done = cisim(*WORDS, "backbone.gazing=0,1")
    assert done.code == 1
    assert "0 GB are there, enough for 0; give fewer, make room, or give another folder with out=" in done.complaints[0]
    assert not (folder / "results").exists()
