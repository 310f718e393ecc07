"""``cisim advise`` and ``cisim discover`` put options and conditions over states of the world, in the store."""

from pathlib import Path

import pandas as pd
import pytest

from cisim.questions.advise.compute import Advice
from tests.cli.conftest import Command
from tests.studies import compose_study

RANGE = "trust.start=interval(0.2,0.8)"
ADVISE = ("advise", "scenario=minimal", "posterior=false", RANGE, "samples=10", "replicates=6", "workers=1", "name=a")
DISCOVER = ("discover", "scenario=minimal", "posterior=false", "population.divergence=interval(0,1.6)", "workers=1")

BAD = {
    "nothing uncertain": (["advise", "posterior=false"], "nothing is uncertain here; give posterior=true"),
    "a lever uncertain": (["advise", "backbone.gazing=interval(0,1)"], "backbone.gazing cannot be uncertain here"),
    "a scenario uncertain": (["discover", "scenario=minimal,hondream"], "scenario cannot be uncertain here"),
    "one option": (["advise", "strategies=none", "contracts=12"], "there is one option only"),
    "a contract twice": (["advise", "contracts=[12,12]"], "is no choice; give some months, each once"),
    "a contract too long": (["advise", "contracts=[12,999]"], "backbone.contract_months=999 is out of range"),
    "a period that is a word": (["advise", "periods=long"], "is no list of whole numbers"),
    "too few states": (["advise", RANGE, "samples=2"], "samples=2 is too few; give 8 or more"),
    "a set and a value": (["advise", "parameters=trust.start", "trust.start=0.5"], "leave out one of them"),
    "an unknown parameter": (["discover", "parameters=[trust.star]"], "trust.star"),
    "a month after the horizon": (["discover", "before=300"], "before=300 is out of range"),
    "no box": (["discover", "boxes=0"], "boxes=0 is out of range"),
    "an ensemble that is not there": (["discover", "posterior=nowhere"], "there is no nowhere"),
    "several jobs of advice": (["advise", "-m", "seed=1,2"], "takes no -m"),
    "several searches": (["discover", "-m", "seed=1,2"], "takes no -m"),
}


@pytest.mark.parametrize(("words", "complaint"), BAD.values(), ids=BAD)
def test_bad_input_is_one_line_and_exit_code_2(cisim: Command, folder: Path, words: list[str], complaint: str) -> None:
    done = cisim(*words)
    assert (done.code, done.out, len(done.err.splitlines())) == (2, "", 1), done.err
    assert complaint in done.err
    assert list(folder.iterdir()) == []


def test_advice_is_a_table_a_figure_and_five_sentences(cisim: Command, folder: Path) -> None:
    done = cisim(*ADVISE, "strategies=[none,all]", "contracts=[12,36]", "periods=24")
    assert done.code == 0, done.err
    result = folder / "results" / "advise" / "a"
    table = pd.read_csv(result / "tables" / "advice.csv")
    assert sorted(zip(table["strategies"], table["contract_months"], strict=True)) == [
        *(("all", 12), ("all", 36), ("none", 12), ("none", 36))
    ]
    assert (result / "figures" / "advice.pdf").exists()
    lines = (result / "advice.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 5
    assert all(line in done.out for line in lines)
    again = cisim(*ADVISE, "strategies=[none,all]", "contracts=[12,36]", "periods=24")
    assert "nothing was run" in again.err
    assert cisim("report", "advise/a").code == 0
    assert "Which option to choose" in (result / "report.html").read_text(encoding="utf-8")


def test_too_few_worlds_keep_the_runs_and_say_so(cisim: Command, folder: Path) -> None:
    done = cisim(*ADVISE, "replicates=1", "strategies=[none,all]", "contracts=12", "periods=24")
    assert done.code == 1
    assert "replicates=1 is too few to rank options" in done.err
    assert (folder / "results" / "advise" / "a" / "runs.parquet").exists()


def test_options_without_gazing_have_no_period_and_the_case_is_among_them() -> None:
    study = compose_study("advise", ["scenario=minimal", "posterior=false", RANGE, "backbone.contract_months=48"])
    advice = study.task
    assert isinstance(advice, Advice)
    assert {option.contract for option in advice.choices} == {48}
    assert len(advice.choices) == 4 + 4 * 3
    assert advice.choices[advice.reference].label == "none"
    assert study.points().n_points == 16 * 64


def test_a_range_goes_over_what_the_case_sets_and_the_ensemble_over_the_rest() -> None:
    words = ["scenario=hondream", "funding.grant_share=interval(0.5,1.5)", "samples=16", "strategies=[none,all]"]
    study = compose_study("advise", [*words, "contracts=60", "periods=24"])
    assert study.ensemble is not None
    columns = study.points().columns
    assert len(set(columns["funding.grant_share"])) == 16
    assert len(set(columns["exit.base_rate"])) > 8
    assert "ending.agenda_size" not in columns or set(columns["ending.agenda_size"]) == {0.0}


def test_conditions_are_looked_for_in_what_has_ranges(cisim: Command, folder: Path) -> None:
    done = cisim(*DISCOVER, "samples=30", "replicates=4", "name=d", "strategies=[none,all]")
    assert done.code == 0, done.err
    result = folder / "results" / "discover" / "d"
    found = pd.read_csv(result / "tables" / "discovery.csv")
    assert set(found["strategies"]) == {"none", "all"}
    assert set(found["sample"]) == {"found", "check"}
    assert set(pd.read_csv(result / "tables" / "discovery_limits.csv")["parameter"]) <= {"population.divergence"}
    assert "fail by month 60" in done.out
    assert cisim("report", "discover/d").code == 0


def test_what_befalls_a_coalition_is_uncertain_by_default() -> None:
    study = compose_study("discover", ["scenario=minimal", "samples=8"])
    assert {name.split(".")[0] for name in study.task.names} == {"population", "environment", "shocks"}
    assert "exit.base_rate" in study.points().columns
