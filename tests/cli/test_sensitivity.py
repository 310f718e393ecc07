"""``cisim sensitivity`` draws a plan over the registry, runs it in the store and ranks the parameters."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.cli.conftest import Command

UseEngine = Callable[[str], None]

WORDS = ("sensitivity", "scenario=minimal", "workers=1", "replicates=4", "name=a")
#: What `tests.study.engines.linear` depends on, by its coefficients.
STRENGTHS = {"backbone.gazing": 4.0, "backbone.abstracting": 2.0, "backbone.spacing": 1.0, "trust.start": 0.0}
PARAMETERS = f"parameters=[{','.join(STRENGTHS)}]"


@pytest.fixture(autouse=True)
def linear(use_engine: UseEngine) -> None:
    """Use an engine whose outcome is linear in three parameters."""
    use_engine("linear")


def table_of(folder: Path, table: str, name: str = "a") -> pd.DataFrame:
    return pd.read_csv(folder / "results" / "sensitivity" / name / "tables" / f"sensitivity_{table}.csv")


def test_sobol_finds_the_shares_of_a_linear_response(cisim: Command, folder: Path) -> None:
    done = cisim(*WORDS, PARAMETERS, "method=sobol", "samples=128", "outcomes=social_outcome")
    assert done.code == 0
    rows = table_of(folder, "indices").query("of == 'mean' and index == 'ST'").set_index("parameter")
    for name, strength in STRENGTHS.items():
        assert rows.loc[name, "lower"] <= strength**2 / 21 <= rows.loc[name, "upper"]
    assert rows.index[-1] == "dummy"
    assert table_of(folder, "verdicts")["distinct"][0].split() == [name for name, s in STRENGTHS.items() if s]
    shares = table_of(folder, "variance").set_index("component")["share"]
    assert shares["chance"] > 0.02  # what a world adds to all points alike
    assert shares["interaction"] == pytest.approx(0, abs=1e-9)
    text = " ".join(done.out.split())
    assert "3 of 4 parameters stand out" in text
    assert "variance of a run: parameters" in text


def test_morris_is_the_default_and_draws_its_figures(cisim: Command, folder: Path) -> None:
    done = cisim(*WORDS, PARAMETERS, "outcomes=[social_outcome,time_free_of_failure]", "samples=6")
    assert done.code == 0
    rows = table_of(folder, "indices").query("of == 'mean' and index == 'mu' and outcome == 'social_outcome'")
    ranges = dict(zip(rows["parameter"], rows["value"], strict=True))
    for name, strength in STRENGTHS.items():
        assert ranges[name] == pytest.approx(strength)
    figures = sorted(path.name for path in (folder / "results" / "sensitivity" / "a" / "figures").glob("*.png"))
    assert figures == ["sensitivity.png", "sensitivity_convergence.png", "sensitivity_plane.png"]
    report = cisim("report", "sensitivity/a")
    assert report.code == 0
    page = (folder / "results" / "sensitivity" / "a" / "report.html").read_text(encoding="utf-8")
    assert "Which parameters decide" in page
    assert (folder / "results" / "sensitivity" / "a" / "paper" / "figures" / "sensitivity-single.pdf").exists()


def test_survival_through_time_and_the_median_have_tables_figures_and_a_place_in_the_report(
    cisim: Command, folder: Path
) -> None:
    words = (PARAMETERS, "method=sobol", "samples=32", "second_order=true", "replicates=10", "tau=36")
    given = [word for word in WORDS if not word.startswith("replicates")]
    done = cisim(*given, *words, "outcomes=[social_outcome,median,survival]")
    assert done.code == 0
    text = " ".join(done.out.split())
    assert "medians are of 2 groups of 5 or more worlds" in text
    assert "share still there" in text
    assert sorted(table_of(folder, "time")["month"].unique()) == [12, 24, 36]
    along = table_of(folder, "conditional").query("kind == 'class' and parameter == 'backbone.gazing'")
    assert np.diff(along.query("outcome == 'social_outcome'")["mean"]).min() > 0
    assert len(table_of(folder, "pairs").query("outcome == 'social_outcome'")) == 6
    assert cisim("report", "sensitivity/a").code == 0
    result = folder / "results" / "sensitivity" / "a"
    for name in ("sensitivity_pairs", "sensitivity_conditional"):
        assert (result / "figures" / f"{name}.png").exists()
        assert (result / "paper" / "figures" / f"{name}-single.pdf").exists()
    assert "Conditional means" in (result / "report.html").read_text(encoding="utf-8")


def test_the_same_command_runs_nothing_again_and_another_outcome_takes_the_runs_over(
    cisim: Command, folder: Path
) -> None:
    words = (PARAMETERS, "samples=4", "outcomes=social_outcome")
    assert cisim(*WORDS, *words).code == 0
    again = cisim(*WORDS, *words)
    assert "is complete already; nothing was run" in " ".join(again.err.split())
    assert "social_outcome of minimal" in " ".join(again.out.split())
    assert cisim(*WORDS[:-1], "name=b", *words[:2], "outcomes=share_failed").code == 0
    status = json.loads((folder / "results" / "sensitivity" / "b" / "status.json").read_text(encoding="utf-8"))
    assert status["runs_done"] == 80
    first, second = (
        pd.read_parquet(folder / "results" / "sensitivity" / name / "runs.parquet")["social_outcome"] for name in "ab"
    )
    pd.testing.assert_series_equal(first, second)


def test_ranges_on_the_command_line_are_what_varies(cisim: Command, folder: Path) -> None:
    words = ("backbone.gazing=interval(0,0.5)", "backbone.lead=public,shared", "trust.start=0.3", "samples=4")
    assert cisim(*WORDS, *words, "outcomes=social_outcome").code == 0
    points = pd.read_parquet(folder / "results" / "sensitivity" / "a" / "points.parquet")
    assert sorted(points) == ["backbone.gazing", "backbone.lead", "key", "point"]
    assert points["backbone.gazing"].max() <= 0.5
    config = (folder / "results" / "sensitivity" / "a" / "config.yaml").read_text(encoding="utf-8")
    assert "method: morris" in config


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["method=luck"], "method=luck is not known"),
        (["outcomes=joy"], "outcome joy is not known"),
        (["outcomes=[share_failed,median]"], "replicates=4 are too few; give replicates=10 or more"),
        (["outcomes=survival", "method=auto"], "give survival_MONTH in place of survival"),
        (["outcomes=survival", "tau=11"], "outcome survival is taken year by year; give tau=12 or more"),
        (["tau=999"], "tau=999 is out of range; give a month from 1 to the horizon of 240"),
        (["precision=0"], "precision=0.0 is out of range"),
        (["scenario=minimal,hondream"], "takes one scenario at a time"),
        (["-m"], "takes no -m"),
        (["parameters=[trust.stat]"], "trust.stat"),
        (["parameters=[trust.start]", "trust.start=0.3"], "trust.start is set to one value and named in parameters="),
        (["parameters=[funding.award_low,funding.award_high]"], "narrow some of funding.award_low, funding.award_high"),
        (["posterior=true"], "unknown parameter or option posterior"),
        (["samples=2"], "samples=2 is no use to method=morris"),
        (["surrogate=true"], "surrogate=true is for method=sobol"),
        (["method=sobol", "surrogate=true", "samples=31"], "samples=31 is no use to method=surrogate"),
        (["method=auto", "samples=2"], "samples=2 is no use to method=sobol"),
        (["method=auto", "screening=2"], "samples=2 is no use to method=morris"),
        (["method=auto", "negligible=1"], "negligible=1.0 is out of range"),
    ],
)
def test_what_makes_no_analysis_is_one_line_and_leaves_nothing(
    cisim: Command, folder: Path, words: list[str], complaint: str
) -> None:
    given = [
        word for word in WORDS if not any(word.startswith("scenario=") and "scenario=" in other for other in words)
    ]
    done = cisim(*given, *words)
    assert done.code == 2
    (line,) = done.complaints
    assert complaint in line
    assert not (folder / "results").exists()


def test_runs_that_raise_everywhere_leave_the_runs_and_say_so(
    cisim: Command, folder: Path, use_engine: UseEngine
) -> None:
    use_engine("failing")
    done = cisim(*WORDS, PARAMETERS, "samples=4", "outcomes=share_failed")
    assert done.code == 1
    assert "too many to leave out; run again with retry=errors" in " ".join(done.complaints)
    assert len(pd.read_parquet(folder / "results" / "sensitivity" / "a" / "runs.parquet")) == 80


def test_levels_one_at_a_time_are_in_a_table_of_their_own_and_in_the_report(cisim: Command, folder: Path) -> None:
    done = cisim(*WORDS, PARAMETERS, "method=oat", "samples=3", "outcomes=social_outcome")
    assert done.code == 0
    assert "3 of 4 parameters stand out" in " ".join(done.out.split())
    levels = table_of(folder, "levels")
    assert set(levels["parameter"]) == set(STRENGTHS)
    for name, part in levels.groupby("parameter"):
        assert (part["effect"].max() > 0) == (STRENGTHS[name] > 0)
    assert cisim("report", "sensitivity/a").code == 0


AUTO = (PARAMETERS, "method=auto", "screening=6", "samples=64", "outcomes=social_outcome")


def test_a_screening_and_what_follows_are_one_result(cisim: Command, folder: Path) -> None:
    done = cisim(*WORDS, *AUTO)
    assert done.code == 0
    screened = table_of(folder, "screening").set_index("parameter")["is_frozen"]
    assert screened.to_dict() == {name: strength < 2 for name, strength in STRENGTHS.items()}
    indices = table_of(folder, "indices").query("of == 'mean' and index == 'ST'").set_index("parameter")
    assert set(indices.index) == {"backbone.gazing", "backbone.abstracting", "frozen", "dummy"}
    assert indices.loc["frozen", "lower"] <= 1 / 21 <= indices.loc["frozen", "upper"]
    assert table_of(folder, "frozen")["n_frozen"].tolist() == [2]
    assert len(table_of(folder, "effects")) == 5
    assert "2 of 4 parameters are frozen" in " ".join(done.err.split())
    assert "the 2 frozen parameters together carry" in " ".join(done.out.split())
    again = cisim(*WORDS, *AUTO)
    assert " ".join(again.err.split()).count("is complete already; nothing was run") == 2
    assert cisim("report", "sensitivity/a").code == 0
    page = (folder / "results" / "sensitivity" / "a" / "report.html").read_text(encoding="utf-8")
    assert "Frozen parameters" in page


@pytest.mark.parametrize("named", [True, False])
def test_what_was_stopped_between_the_stages_goes_on_with_the_second(
    cisim: Command, folder: Path, monkeypatch: pytest.MonkeyPatch, named: bool
) -> None:
    words = WORDS if named else WORDS[:-1]

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("cisim.questions.sensitivity.screening.refined_study", stop)
        assert cisim(*words, *AUTO).code == 130
    (inner,) = (folder / "results" / "sensitivity").glob("*/screening/status.json")
    before = inner.stat().st_mtime_ns
    done = cisim(*words, *AUTO)
    assert done.code == 0
    assert "screening is complete already; nothing was run" in " ".join(done.err.split())
    assert inner.stat().st_mtime_ns == before
    (outer,) = (folder / "results" / "sensitivity").glob("*/status.json")
    assert json.loads(outer.read_text(encoding="utf-8"))["state"] == "complete"


def test_a_result_that_is_another_is_not_built_upon(cisim: Command, folder: Path) -> None:
    assert cisim(*WORDS, PARAMETERS, "samples=4", "outcomes=social_outcome").code == 0
    done = cisim(*WORDS, *AUTO)
    assert done.code == 2
    assert "exists already and is not overwritten" in done.complaints[0]
    assert cisim(*WORDS[:-1], "name=b", *AUTO).code == 0
    done = cisim(*WORDS[:-1], "name=b", *AUTO[:-2], "samples=32", AUTO[-1])
    assert done.code == 2
    assert "holds other results" in done.complaints[0]


def test_a_surrogate_gives_the_indices_of_few_points(cisim: Command, folder: Path) -> None:
    words = (PARAMETERS, "method=sobol", "surrogate=true", "samples=64", "outcomes=social_outcome")
    done = cisim(*WORDS, *words)
    assert done.code == 0
    rows = table_of(folder, "indices").query("index == 'ST'").set_index("parameter")
    for name, strength in STRENGTHS.items():
        assert rows.loc[name, "lower"] - 1e-6 <= strength**2 / 21 <= rows.loc[name, "upper"]
    assert table_of(folder, "surrogate")["q2_expected"][0] > 0.95
    assert "surrogate: points left out are predicted" in " ".join(done.out.split())
    assert (folder / "results" / "sensitivity" / "a" / "figures" / "sensitivity_main_effects.png").exists()
    assert cisim("report", "sensitivity/a").code == 0
