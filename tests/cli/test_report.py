"""``cisim report`` writes beside the result, prints its findings, and refuses unknown words."""

from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.report.results import write_result
from tests.survival.made_up import make_runs


@pytest.fixture
def result(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A result below ``results``, whose figures are not drawn."""
    monkeypatch.setattr("cisim.figures.entries.FigureEntry.shows", lambda *_: False)
    runs = make_runs(("none", "all"), 8, 60)
    runs.loc[0, ["status", "error"]] = ["error", "ValueError: no such world"]
    return write_result(folder / "results" / "compare" / "mine", runs)


def test_a_result_is_named_by_verb_and_name_or_by_its_path(cisim: Command, result: Path, folder: Path) -> None:
    for name in ("compare/mine", str(result)):
        done = cisim("report", name)
        assert done.code == 0
        assert (result / "report.html").exists()
        assert (result / "paper" / "methods.txt").exists()
    assert "1 ended in an error" in " ".join(done.out.split())
    assert "not shown: Response, Map" in done.out
    assert f"report in {result / 'report.html'}" in done.out


def test_a_report_may_be_written_elsewhere_and_over_an_earlier_one(cisim: Command, result: Path, folder: Path) -> None:
    for _ in range(2):
        assert cisim("report", "compare/mine", "out=else/where", "tau=24", "baseline=all").code == 0
    assert (folder / "else" / "where" / "report.html").exists()
    assert not (result / "report.html").exists()
    assert "Of the first 24 months, a coalition of arm all" in (folder / "else/where/report.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ([], "takes one result, and 0 are given; write cisim report RESULT"),
        (["compare/mine", "compare/mine"], "takes one result, and 2 are given"),
        (["nowhere"], "nowhere does not exist; name a result folder"),
        (["compare/mine", "replicates=3"], "does not take replicates=3; its options are out=, baseline=, tau="),
        (["compare/mine", "tau=long"], "tau=long is no number; give months above 0"),
        (["compare/mine", "tau=nan"], "tau=nan is out of range"),
        (["compare/mine", "tau="], "tau= has no value"),
        (["compare/mine", "-m"], "takes one result at a time; leave out -m"),
        (["compare/mine", "baseline=some"], "choose one of none, all"),
    ],
)
def test_bad_words_end_in_one_line_and_write_nothing(
    cisim: Command, result: Path, words: list[str], error: str
) -> None:
    done = cisim("report", *words)
    assert done.code == 2
    assert len(done.complaints) == 1
    assert error in done.complaints[0]
    assert not (result / "report.html").exists()


def test_help_names_what_it_takes_and_writes(cisim: Command) -> None:
    text = cisim("report", "--help").out
    assert all(name in text for name in ("RESULT", "out=", "baseline=", "tau=", "report.html", "paper/"))
