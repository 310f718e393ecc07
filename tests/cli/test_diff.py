"""``cisim diff`` prints what differs between two results, and whether they lead to the same conclusions."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from cisim.reading.table_files import write_frame
from tests.cli.conftest import Command, Done
from tests.sealing import seal_again

UseEngine = Callable[[str], None]
SHORT = ("observation.horizon=30", "observation.milestone=30", "workers=1")


def lines(done: Done) -> list[str]:
    return [" ".join(line.split()) for line in done.out.splitlines()]


@pytest.fixture
def results(cisim: Command, use_engine: UseEngine, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that writes a result; the stand-in engine fails in every other replicate."""
    monkeypatch.setattr("cisim.figures.entries.write_figures", lambda *_: [])
    use_engine("steady")

    def write(verb: str, name: str, *words: str) -> None:
        scenario = () if any(word.startswith("scenario=") for word in words) else ("scenario=minimal",)
        assert cisim(verb, *scenario, f"name={name}", *SHORT, *words).code == 0

    return write


def test_a_result_agrees_with_its_own_repetition(cisim: Command, results: Callable[..., None]) -> None:
    results("compare", "a", "replicates=6")
    results("compare", "b", "replicates=8")
    done = cisim("diff", "compare/a", "compare/b")
    assert done.code == 0
    assert "configuration: 1 difference" in lines(done)
    assert "replicates 6 8" in lines(done)
    assert (
        "runs: 30 in both, 0 in the first only, 10 in the second only; 30 of 30 have identical outcomes, bit for bit"
        in lines(done)
    )
    message = (
        "Conclusions agree: none of 5 points differs, paired by world; against the baseline every arm is judged alike."
    )
    assert message in lines(done)


def test_a_shift_in_every_world_is_a_difference(cisim: Command, results: Callable[..., None], folder: Path) -> None:
    results("compare", "a", "replicates=20")
    results("compare", "b", "replicates=20")
    path = folder / "results" / "compare" / "b" / "runs.parquet"
    runs = pd.read_parquet(path)
    gazing = (runs["strategies"] == "gazing") & (runs["ending"] == "failed")
    runs.loc[gazing, ["ending", "event_observed", "duration", "cause"]] = ["censored", False, 30, ""]
    write_frame(runs, path)
    seal_again(path.parent)
    done = cisim("diff", "compare/a", "compare/b")
    assert done.code == 0
    first = "point=1 strategies=gazing replicate=0: duration "
    assert f"90 of 100 have identical outcomes, bit for bit; the first that differs is {first}" in done.out
    row = next(line for line in lines(done) if line.startswith("gazing "))
    assert "30.0" in row
    assert " 50 % 0 % -50.0 (" in row
    assert "Conclusions differ: 1 of 5 points differs (gazing), paired by world; " in done.out
    assert (
        "gazing is not told apart in the first and better in the second" in done.out or "worse in the first" in done.out
    )


def test_results_with_other_seeds_are_compared_as_independent(cisim: Command, results: Callable[..., None]) -> None:
    results("run", "a", "replicates=6", "seed=1")
    results("run", "b", "replicates=6", "seed=2")
    done = cisim("diff", "run/a", "run/b")
    assert "seed 1 2" in lines(done)
    assert "runs: none is in both, since the seeds differ (1 and 2)" in lines(done)
    assert "of 1 points differs, independent runs, since the seeds differ." in done.out


def test_results_of_different_verbs_are_matched_by_setting(cisim: Command, results: Callable[..., None]) -> None:
    off = ("backbone.abstracting=0", "backbone.spacing=0")
    results("compare", "a", "replicates=4", "intensity=0.5", "strategies=[none,gazing,spacing]")
    results("sweep", "a", "replicates=6", "backbone.gazing=0,0.25,0.5", *off)
    done = cisim("diff", "compare/a", "sweep/a")
    assert "runs: 8 in both, 4 in the first only, 10 in the second only; 8 of 8 have identical outcomes" in done.out
    results("run", "a", "replicates=6", "backbone.gazing=0.25", *off)
    assert (
        "runs: 6 in both, 0 in the first only, 12 in the second only; 6 of 6" in cisim("diff", "run/a", "sweep/a").out
    )
    assert "conclusions: none to compare" in cisim("diff", "run/a", "compare/a").out


def test_scenarios_are_compared_by_name(cisim: Command, results: Callable[..., None]) -> None:
    results("sweep", "a", "scenario=minimal,ordinary", "replicates=2", "backbone.gazing=0,1")
    results("sweep", "b", "scenario=ordinary,minimal", "replicates=2", "backbone.gazing=0", "trust.spanner_loss=0.123")
    done = cisim("diff", "sweep/a", "sweep/b")
    assert any(line.startswith("minimal: trust.spanner_loss ") and line.endswith(" 0.123") for line in lines(done))
    assert "runs: 4 in both, 4 in the first only, 0 in the second only" in done.out


def test_other_code_and_packages_are_reported(cisim: Command, results: Callable[..., None], folder: Path) -> None:
    for name in "ab":
        results("run", name, "replicates=2")
    manifest = json.loads((folder / "results" / "run" / "a" / "manifest.json").read_text())
    path = folder / "results" / "run" / "b" / "manifest.json"
    path.write_text(json.dumps(manifest))
    seal_again(path.parent)
    assert "code and packages: the same" in lines(cisim("diff", "run/a", "run/b"))
    path.write_text(json.dumps(manifest | {"packages": manifest["packages"] | {"numpy": "1.0"}, "cisim": "9"}))
    seal_again(path.parent)
    done = cisim("diff", "run/a", "run/b")
    assert "code and packages: 2 differences" in lines(done)
    assert f"packages.numpy {manifest['packages']['numpy']} 1.0" in lines(done)


def test_without_any_run_free_of_error_there_is_nothing_to_conclude(
    cisim: Command, results: Callable[..., None], use_engine: UseEngine
) -> None:
    results("run", "a", "replicates=2")
    use_engine("broken")
    cisim("run", "scenario=minimal", "name=b", *SHORT, "replicates=2")
    done = cisim("diff", "run/a", "run/b")
    assert done.code == 0
    assert "0 of 2 have identical outcomes, bit for bit; the first that differs is" in done.out
    assert "replicate=0: status 'ok' and 'error'" in done.out
    assert "conclusions: none to compare" in done.out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["run/a"], "cisim diff takes two results and nothing else"),
        (["run/a", "run/a", "run/a"], "cisim diff takes two results and nothing else"),
        (["run/a", "run/a", "-m"], "cisim diff takes two results and nothing else"),
        (["run/a", "run/b"], "there is no folder run/b"),
        (["run/a", "run/c"], "results/run/c is not finished, it holds no seal.json; finish it first: cisim run "),
        (
            ["run/d", "run/a"],
            "results/run/d/runs.parquet is not what was written (its SHA-256 differs",
        ),
    ],
)
def test_bad_input_ends_in_one_line(
    cisim: Command, results: Callable[..., None], folder: Path, words: list, message: str
) -> None:
    for name in "acd":
        results("run", name, "replicates=1")
    (folder / "results" / "run" / "c" / "seal.json").unlink()
    (folder / "results" / "run" / "d" / "runs.parquet").write_bytes(b"PAR1 no more PAR1")
    done = cisim("diff", *words)
    assert done.code == 2
    assert [line.startswith(f"cisim: {message}") for line in done.complaints] == [True]
