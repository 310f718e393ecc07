"""Results that hold little, or nothing, still give a report that states it; what cannot be read is refused."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from cisim.errors import CisimError, InputError
from cisim.reading.finished_result import ReportOptions
from cisim.reading.result_files import read_result, read_rows
from cisim.report.contents import make_contents
from cisim.report.write import Report, write_report
from tests.report.reports import read_page
from tests.report.results import make_sweep, write_result
from tests.survival.made_up import FIVE, make_members, make_runs, make_trajectories

Reported = Callable[..., Report]


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reported:
    """Return a function that reports on runs; every figure is laid out, and none is saved."""

    def lay_out(figure: Figure, *rest: object) -> bytes:
        figure.draw_without_rendering()
        return b"<svg/>"

    monkeypatch.setattr("cisim.report.pack.as_svg", lay_out)
    monkeypatch.setattr("cisim.report.pack.save_figure", lambda *_: [])

    def write(runs: pd.DataFrame, horizon: int = 60, **tables: pd.DataFrame) -> Report:
        done = write_report(write_result(tmp_path / "result", runs, horizon=horizon, **tables))
        assert read_page(done.page).unclosed == []
        return done

    return write


def censored(runs: pd.DataFrame, horizon: int = 60) -> pd.DataFrame:
    return runs.assign(duration=horizon, event_observed=False, ending="censored", cause="")


def test_one_run_is_reported_with_its_limits(report: Reported) -> None:
    done = report(make_runs(("none",), 1, 60))
    text = " ".join(done.summary)
    assert text.startswith("1 run. None ended in an error.")
    assert "Effects: there is one arm only, and nothing to compare it with." in done.absent
    assert "Trajectories: no trajectories were kept; run again with trajectories=true." in done.absent


def test_runs_that_all_failed_to_run_give_a_report_of_their_errors(report: Reported) -> None:
    runs = censored(make_runs(("none", "all"), 4, 60)).assign(status="error", error="ValueError: a < b", duration=0)
    done = report(runs)
    page = read_page(done.page)
    assert "8 ended in an error and are left out everywhere." in done.summary
    assert "No run is left to analyse." in done.summary
    assert any("no run ended without error" in sentence for sentence in done.absent)
    assert page.rows == [
        ["Arm", "Error", "Runs left out"],
        ["all", "ValueError: a < b", "4"],
        ["none", "ValueError: a < b", "4"],
    ]


def test_runs_left_out_are_counted_by_error_and_used_nowhere(report: Reported) -> None:
    runs = make_runs(("none", "all"), 20, 60)
    bad = (runs["strategies"] == "all") & (runs["replicate"] < 3)
    done = report(runs.assign(status=np.where(bad, "error", "ok"), error=np.where(bad, "KeyError: 1", "")))
    comparison = pd.read_csv(done.pack / "tables" / "comparison.csv")
    assert comparison["n_runs"].tolist() == [20, 17]
    assert "3 of 40 runs ended in an error and are left out." in read_page(done.page).text
    assert ["all", "KeyError: 1", "3"] in read_page(done.page).rows


def test_coalitions_that_all_go_on_are_reported_so(report: Reported) -> None:
    runs = censored(make_runs(FIVE, 5, 60))
    done = report(runs, trajectories=make_trajectories(runs), members=make_members(runs))
    assert "No coalition ended: all 25 were still there when the observation stopped." in done.summary
    assert "Tests, Ways to end, Durations, Hazard by age and Rates: no coalition ended." in done.absent


def test_coalitions_that_complete_and_never_fail_are_reported_so(report: Reported) -> None:
    runs = make_runs(("none", "all"), 20, 60)
    done = report(runs.assign(ending=runs["ending"].replace("failed", "completed"), cause=""))
    n = int((runs["ending"] != "censored").sum())
    assert f"Of 40, none failed, {n} completed and {40 - n} were still there at the end." in done.summary


def test_coalitions_that_all_end_at_once_are_measured_over_the_whole_horizon(report: Reported) -> None:
    runs = make_runs(("none", "all"), 10, 60).assign(
        duration=12, event_observed=True, ending="failed", cause="conflict"
    )
    done = report(runs, trajectories=make_trajectories(runs), members=make_members(runs))
    assert any(
        "Of the first 60 months, a coalition of arm none stays free of failure for 12.0" in s for s in done.summary
    )


def test_an_arm_without_a_single_run_is_left_out(report: Reported) -> None:
    runs = make_runs(("none", "spacing", "all"), 10, 60)
    runs["status"] = np.where(runs["strategies"] == "all", "error", "ok")
    done = report(runs)
    assert not any("all +" in sentence for sentence in done.summary)


@pytest.mark.parametrize("labels", [("all",), ("none", "all")], ids=["no arms", "arms"])
def test_a_sweep_in_which_nothing_ends_is_reported(report: Reported, labels: tuple[str, ...]) -> None:
    done = report(censored(make_sweep((0.0, 0.25, 0.5), (0.0, 1.0, 2.0), labels, 4)))
    assert any("none of" in sentence and sentence.startswith("Regression") for sentence in done.absent)
    assert (done.pack / "tables" / "map.csv").exists()
    assert (done.pack / "tables" / "phase.csv").exists() == (len(labels) > 1)


def test_a_sweep_with_one_replicate_per_point_is_reported(report: Reported) -> None:
    runs = make_sweep(tuple(i / 40 for i in range(41)), (0.0, 1.0), ("all",), 1)
    done = report(runs)
    assert any(sentence.startswith("Comparison") and "82 design points" in sentence for sentence in done.absent)


def test_a_small_sweep_has_a_curve_for_every_point(report: Reported) -> None:
    done = report(make_sweep((0.0, 0.5, 1.0)))
    survival = pd.read_csv(done.pack / "tables" / "survival.csv")
    assert list(survival["strategies"].unique()) == ["spacing=0", "spacing=0.5", "spacing=1"]


def test_of_a_longer_sweep_five_points_have_curves_and_the_page_says_which(report: Reported) -> None:
    runs = make_sweep(tuple(i / 10 for i in range(11)), replicates=6)
    done = report(runs, trajectories=make_trajectories(runs[runs["point"] == 5]))
    assert "Curves are drawn for 5 of 11 values of backbone.spacing." in done.summary
    assert pd.read_csv(done.pack / "tables" / "survival.csv")["strategies"].nunique() == 5
    assert list(pd.read_csv(done.pack / "tables" / "trajectories.csv")["strategies"].unique()) == ["spacing=0.5"]


def test_scenarios_side_by_side_are_arms(report: Reported) -> None:
    parts = [make_runs(("all",), 5, 60).assign(scenario=name, point=i) for i, name in enumerate(("first", "second"))]
    done = report(pd.concat(parts, ignore_index=True))
    assert pd.read_csv(done.pack / "tables" / "comparison.csv")["strategies"].tolist() == ["first", "second"]


def test_months_of_a_run_count_for_its_own_arm(tmp_path: Path) -> None:
    runs = make_runs(("none", "all"), 6, 60)
    result = read_result(write_result(tmp_path / "r", runs, trajectories=make_trajectories(runs)))
    rows, remark = read_rows(result, "trajectories", ["month", "trust"])
    expected = runs.groupby("strategies")["duration"].sum()
    assert rows.groupby("strategies").size().to_dict() == expected.to_dict()
    assert remark == ""


def test_of_a_large_table_the_first_replicates_are_read_and_the_caption_says_so(tmp_path: Path) -> None:
    runs = make_runs(("none", "all"), 10, 60)
    result = read_result(write_result(tmp_path / "r", runs, members=make_members(runs)))
    rows, remark = read_rows(result, "members", ["kind", "duration", "event_observed"], most=100)
    assert sorted(rows["replicate"].unique()) == [0, 1, 2, 3]
    assert remark == "From the first 4 of 10 replicates."
    assert set(rows) == {"point", "strategies", "replicate", "kind", "duration", "event_observed"}


def test_a_bare_table_is_reported_beside_itself(report: Reported, tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("duration,event_observed\n3,1\n5.5,0\n12,yes\n40,1\n7,true\n", encoding="utf-8")
    done = write_report(table)
    assert done.page == tmp_path / "mine-report" / "report.html"
    assert "4 of 5 ended." in done.summary
    assert "The table has no column ending: every ending counts alike, well or badly." in done.summary
    assert "Ways to end: the table does not say how spells end: it has no column ending." in done.absent
    assert "free of failure" not in read_page(done.page).text.partition("Methods")[0]


def test_rows_without_replicates_are_not_paired(report: Reported, tmp_path: Path) -> None:
    table = tmp_path / "mine.parquet"
    make_runs(("none", "all"), 10, 60).drop(columns=["replicate", "status", "error"]).to_parquet(table)
    done = write_report(table)
    assert "Effects: no two arms share a replicate, so no runs are paired." in done.absent


def test_paired_rows_of_unknown_endings_are_compared_in_how_long_they_last(report: Reported, tmp_path: Path) -> None:
    table = tmp_path / "mine.parquet"
    make_runs(("none", "all"), 10, 60).drop(columns=["ending", "cause"]).to_parquet(table)
    done = write_report(table)
    measures = set(pd.read_csv(done.pack / "tables" / "effects.csv")["measure"])
    assert "survival_time" in measures
    assert "time_free_of_failure" not in measures


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("mine.txt", "x", "neither CSV nor Parquet"),
        ("mine.parquet", "x", "mine.parquet cannot be read"),
        ("mine.csv", "", "mine.csv cannot be read"),
        ("mine.csv", "duration\n1\n", "lacks the column event_observed"),
        ("mine.csv", "duration,event_observed\n", "no rows"),
        ("mine.csv", "duration,event_observed\nlong,1\n", "duration of 1 of 1 rows is not usable"),
        ("mine.csv", "duration,event_observed\n-4,1\n", "a duration is a finite number, 0 or more"),
        ("mine.csv", "duration,event_observed\n4,perhaps\n", "must be true or false"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_in_one_line(
    tmp_path: Path, name: str, content: str, error: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=error) as caught:
        write_report(tmp_path / name)
    assert "\n" not in str(caught.value).strip()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_what_is_no_result_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist; name a result folder"):
        write_report(tmp_path / "nowhere")
    with pytest.raises(InputError, match="holds no result; name a folder that a cisim verb"):
        write_report(tmp_path)
    (tmp_path / "config.yaml").write_text("seed: 1\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"is not finished, it holds no seal\.json; finish it first"):
        write_report(tmp_path)


def test_a_window_or_a_baseline_that_the_result_has_not_is_refused(tmp_path: Path) -> None:
    folder = write_result(tmp_path / "r", make_runs(("none", "all"), 4, 60))
    with pytest.raises(InputError, match="tau=61 is out of range; give months above 0 and up to 60"):
        write_report(folder, tau=61)
    with pytest.raises(InputError, match="baseline=some is no arm of this result; choose one of none, all"):
        write_report(folder, baseline="some")
    assert not (folder / "report.html").exists()


def test_a_folder_that_cannot_be_written_ends_in_one_line(tmp_path: Path) -> None:
    folder = write_result(tmp_path / "r", make_runs(("none",), 2, 60))
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CisimError, match="give another folder with out="):
        write_report(folder, tmp_path / "file")


def test_the_baseline_asked_for_is_compared_with(tmp_path: Path) -> None:
    result = read_result(write_result(tmp_path / "r", make_runs(("none", "all"), 8, 60)))
    table = make_contents(result, ReportOptions(tau=24, baseline="all")).tables["effects"]
    assert set(table["strategies"]) == {"none"}
    assert set(table["tau"]) == {24}
