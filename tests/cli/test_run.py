"""``cisim run`` writes a whole result folder, shows how the coalitions fare, and says what went wrong."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from cisim.cli.main import main
from tests.cli.conftest import Command

UseEngine = Callable[[str], None]


def test_a_result_folder_holds_runs_members_config_and_manifest(
    cisim: Command, folder: Path, use_engine: UseEngine
) -> None:
    use_engine("steady")
    done = cisim("run", "scenario=minimal", "replicates=4", "name=a", "workers=1")
    assert done.code == 0
    result = folder / "results" / "run" / "a"
    assert {path.name for path in result.iterdir()} == {
        "config.yaml",
        "manifest.json",
        "members.parquet",
        "runs.parquet",
    }
    assert len(pd.read_parquet(result / "runs.parquet")) == 4
    manifest = json.loads((result / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["command"] == "cisim run scenario=minimal replicates=4 name=a workers=1"
    assert manifest["state"] == "complete"
    assert f"results in {Path('results/run/a')}" in done.out


def test_trajectories_and_events_are_written_on_request(cisim: Command, folder: Path, use_engine: UseEngine) -> None:
    use_engine("steady")
    cisim("run", "replicates=2", "name=a", "workers=1", "trajectories=true", "events=true", "out=here")
    names = {path.stem for path in (folder / "here" / "run" / "a").glob("*.parquet")}
    assert names == {"runs", "members", "trajectories", "events"}


def test_the_table_says_how_coalitions_end(cisim: Command, use_engine: UseEngine) -> None:
    use_engine("steady")
    words = ("run", "replicates=4", "observation.horizon=30", "observation.milestone=30", "workers=1")
    lines = [line.split() for line in cisim(*words).out.splitlines()]
    assert ["runs", "4"] in lines
    assert ["failed", "50", "%"] in lines
    assert ["from", "conflict", "50", "%"] in lines
    assert ["completed", "0", "%"] in lines


def test_a_result_without_a_name_gets_one(cisim: Command, folder: Path, use_engine: UseEngine) -> None:
    use_engine("steady")
    cisim("run", "replicates=1", "workers=1")
    (result,) = (folder / "results" / "run").iterdir()
    assert len(result.name.split("-")) == 3


def test_runs_that_fail_are_counted_kept_and_end_in_exit_code_1(
    cisim: Command, folder: Path, use_engine: UseEngine
) -> None:
    use_engine("failing")
    done = cisim("run", "replicates=5", "name=a", "workers=1")
    assert done.code == 1
    assert done.complaints == [
        "cisim: 1 of 5 runs failed (status=error), the first with ValueError: no such world",
    ]
    runs = pd.read_parquet(folder / "results" / "run" / "a" / "runs.parquet")
    assert runs["status"].tolist() == ["ok", "ok", "ok", "error", "ok"]
    manifest = json.loads((folder / "results" / "run" / "a" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["state"] == "complete; 1 of 5 runs failed"
    assert ["runs", "4", "of", "5"] in [line.split() for line in done.out.splitlines()]


@pytest.mark.parametrize("verb", ["run", "compare"])
def test_a_study_in_which_every_run_fails_is_kept_too(
    cisim: Command, folder: Path, use_engine: UseEngine, verb: str
) -> None:
    use_engine("broken")
    done = cisim(verb, "replicates=2", "name=a", "workers=1")
    assert done.code == 1
    assert len(done.complaints) == 1
    assert "nothing works" in done.complaints[0]
    assert {path.suffix for path in (folder / "results" / verb / "a").iterdir()} == {".json", ".parquet", ".yaml"}


def test_an_interrupt_ends_in_exit_code_130_and_leaves_nothing(
    cisim: Command, folder: Path, use_engine: UseEngine
) -> None:
    use_engine("interrupted")
    done = cisim("run", "replicates=5", "name=a", "workers=1")
    assert done.code == 130
    assert done.complaints == ["cisim: interrupted; nothing was written"]
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    assert list((folder / "results" / "run").iterdir()) == []


def test_a_worker_that_dies_ends_in_exit_code_1_and_one_line(
    cisim: Command, folder: Path, use_engine: UseEngine
) -> None:
    use_engine("dying")
    done = cisim("run", "replicates=5", "name=a", "workers=2")
    assert done.code == 1
    assert len(done.complaints) == 1
    assert "a worker process died" in done.complaints[0]
    assert list((folder / "results" / "run").iterdir()) == []


def test_bad_input_is_not_mistaken_for_a_fault_of_the_program(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cisim.cli.experiment.compose_study", divmod)
    with pytest.raises(TypeError):
        main(["run"])
