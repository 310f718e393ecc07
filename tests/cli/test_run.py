"""``cisim run`` writes a whole result folder, prints the outcomes of the coalitions, and reports errors."""

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
        "points.parquet",
        "runs.parquet",
        "seal.json",
        "status.json",
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
    assert names == {"points", "runs", "members", "trajectories", "events"}


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


@pytest.mark.parametrize("words", [("name=a",), ()], ids=["named", "without a name"])
def test_an_interrupted_study_says_how_to_go_on_and_does(
    cisim: Command, folder: Path, use_engine: UseEngine, words: tuple[str, ...]
) -> None:
    use_engine("interrupted")
    done = cisim("run", "replicates=5", "workers=1", *words)
    assert done.code == 130
    (result,) = (folder / "results" / "run").iterdir()
    where = result.relative_to(folder)
    assert done.complaints == [
        f"cisim: interrupted; 3 of 5 runs are safe in {where}; the same command goes on from there"
    ]
    assert json.loads((result / "status.json").read_text(encoding="utf-8"))["state"] == "interrupted"
    assert not (result / "runs.parquet").exists()
    use_engine("steady")
    again = cisim("run", "replicates=5", "workers=1", *words)
    assert (again.code, list((folder / "results" / "run").iterdir())) == (0, [result])
    assert f"{where} goes on after 3 runs" in again.err
    assert pd.read_parquet(result / "runs.parquet")["replicate"].tolist() == [0, 1, 2, 3, 4]


def test_an_interrupt_before_the_first_run_leaves_nothing(
    cisim: Command, folder: Path, use_engine: UseEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cisim.study.result_writer.run_plan", interrupt)
    done = cisim("run", "replicates=5", "name=a", "workers=1")
    assert (done.code, done.complaints) == (130, ["cisim: interrupted; nothing was written"])
    assert not (folder / "results").exists()


def interrupt(*given: object) -> None:
    """Stand in for the runner."""
    raise KeyboardInterrupt


def test_a_finished_study_is_not_run_again_by_the_same_command(
    cisim: Command, folder: Path, use_engine: UseEngine
) -> None:
    use_engine("steady")
    first = cisim("run", "replicates=4", "name=a", "workers=1")
    use_engine("broken")
    second = cisim("run", "replicates=4", "name=a", "workers=1")
    assert (second.code, second.out) == (0, first.out)
    assert f"{Path('results/run/a')} is complete already; nothing was run" in second.err


def test_another_configuration_under_the_same_name_is_refused_with_what_differs(
    cisim: Command, folder: Path, use_engine: UseEngine
) -> None:
    use_engine("steady")
    cisim("run", "replicates=4", "name=a", "workers=1", "trust.start=0.5")
    before = (folder / "results/run/a/runs.parquet").read_bytes()
    done = cisim("run", "replicates=6", "name=a", "workers=1", "trust.start=0.6")
    assert done.code == 2
    assert "(replicates 4 there, 6 now, trust.start 0.5 there, 0.6 now)" in done.err
    assert (folder / "results/run/a/runs.parquet").read_bytes() == before


def test_runs_that_raised_are_done_again_on_request(cisim: Command, folder: Path, use_engine: UseEngine) -> None:
    use_engine("failing")
    assert cisim("run", "replicates=5", "name=a", "workers=1").code == 1
    use_engine("steady")
    cisim("run", "replicates=5", "name=whole", "workers=1")
    again = cisim("run", "replicates=5", "name=a", "workers=1", "retry=errors")
    assert again.code == 0
    mended, whole = (folder / "results" / "run" / name / "runs.parquet" for name in ("a", "whole"))
    assert mended.read_bytes() == whole.read_bytes()


def test_a_run_that_takes_its_worker_down_ends_in_exit_code_1_and_one_line(
    cisim: Command, folder: Path, use_engine: UseEngine
) -> None:
    use_engine("dying")
    done = cisim("run", "replicates=5", "name=a", "workers=2")
    assert done.code == 1
    assert len(done.complaints) == 1
    assert done.complaints[0].startswith("cisim: 1 of 5 runs failed (status=error), the first with WorkerDied")
    assert len(pd.read_parquet(folder / "results" / "run" / "a" / "runs.parquet")) == 5


def test_bad_input_is_not_mistaken_for_a_fault_of_the_program(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cisim.questions.run.verb.plan_run", divmod)
    with pytest.raises(TypeError):
        main(["run"])
