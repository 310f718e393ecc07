"""Estimates at design points and along parameters, by hand and against the estimators of one arm."""

import numpy as np
import pandas as pd
import pytest

from cisim.errors import InputError
from cisim.survival.arms import Arm, read_arms
from cisim.survival.intervals import mean_interval
from cisim.survival.restricted import restricted_mean
from cisim.survival.sweep_estimates import (
    levels,
    mean_time_free,
    points_table,
    ranked_by_response,
    response_table,
    shared_window,
)
from cisim.survival.sweep_maps import map_table, phase_table
from tests.report.results import make_sweep

VARIED = ("backbone.spacing", "population.divergence")


@pytest.fixture(scope="module")
def runs() -> pd.DataFrame:
    return make_sweep((0.0, 0.5, 1.0), (0.0, 1.0), ("none", "all"))


def test_a_point_has_the_estimates_of_its_runs_alone(runs: pd.DataFrame) -> None:
    table = points_table(runs, VARIED)
    assert len(table) == 12
    assert list(table["n_runs"]) == [20] * 12
    row = table[
        (table["strategies"] == "all") & (table["backbone.spacing"] == 0.5) & (table["population.divergence"] == 1)
    ]
    part = runs[(runs["backbone.spacing"] == 0.5) & (runs["population.divergence"] == 1)]
    arm = next(arm for arm in read_arms(part) if arm.label == "all")
    expected = restricted_mean(arm.duration, arm.ending("failed"), 60)
    found = row[["time_free_of_failure", "time_free_of_failure_lower", "time_free_of_failure_upper"]].to_numpy()[0]
    assert tuple(found) == pytest.approx((expected.value, expected.lower, expected.upper))
    assert row["share_failed"].item() == pytest.approx((arm.runs["ending"] == "failed").mean())


def test_runs_that_ended_in_an_error_are_counted_and_used_nowhere(runs: pd.DataFrame) -> None:
    bad = (runs["point"] == 0) & (runs["replicate"] < 5) & (runs["strategies"] == "all")
    with_errors = runs.assign(status=np.where(bad, "error", "ok"), duration=np.where(bad, 0, runs["duration"]))
    table = points_table(with_errors, VARIED)
    row = table[table["n_dropped"] > 0]
    assert row[["n_runs", "n_dropped"]].to_numpy().tolist() == [[15, 5]]
    assert row["time_free_of_failure"].item() > 20


def test_the_window_ends_with_the_shortest_reach_of_any_point() -> None:
    table = pd.DataFrame(
        {"p": [1, 1, 2, 2], "duration": [10, 60, 48, 30], "event_observed": [True, False, False, True]}
    )
    assert shared_window(table.assign(status="ok"), ["p"]) == 48
    assert shared_window(table.assign(status="ok", event_observed=True), ["p"]) == 60
    assert shared_window(table.assign(status=["ok", "ok", "error", "ok"]), ["p"]) == 60


def test_runs_of_one_point_have_the_restricted_mean_and_its_interval(runs: pd.DataFrame) -> None:
    arm = read_arms(runs[runs["point"] == 0])[0]
    assert mean_time_free(arm, 60) == restricted_mean(arm.duration, arm.ending("failed"), 60)


def test_runs_of_several_points_are_averaged_within_their_world_first() -> None:
    rows = [
        (0, 10, "failed"),
        (0, 30, "failed"),
        (1, 60, "censored"),
        (1, 40, "failed"),
        (2, 60, "completed"),
        (2, 20, "failed"),
    ]
    table = pd.DataFrame(rows, columns=["replicate", "duration", "ending"])
    arm = Arm("all", table.assign(event_observed=table["ending"] != "censored", cause=""), 0)
    expected = mean_interval([20, 50, 40], 0.95, 0, 60)
    assert mean_time_free(arm, 60) == pytest.approx(expected)


def test_along_a_parameter_every_level_has_its_mean(runs: pd.DataFrame) -> None:
    table = response_table(runs, VARIED)
    part = table[(table["parameter"] == "backbone.spacing") & (table["strategies"] == "all")]
    assert part["value"].tolist() == [0, 0.5, 1]
    assert part["n_runs"].tolist() == [40, 40, 40]
    assert (part["n_settings"] == 2).all()
    values = runs[(runs["strategies"] == "all") & (runs["backbone.spacing"] == 0)]
    free = np.where(values["ending"] == "failed", values["duration"], 60)
    assert part["time_free"].iloc[0] == pytest.approx(free.mean())
    assert ((part["lower"] < part["time_free"]) & (part["time_free"] < part["upper"])).all()


def test_the_parameter_that_moves_the_response_most_comes_first(runs: pd.DataFrame) -> None:
    assert ranked_by_response(response_table(runs, VARIED)) == ["backbone.spacing", "population.divergence"]
    assert ranked_by_response(response_table(runs, VARIED[::-1])) == ["backbone.spacing", "population.divergence"]


def test_many_values_are_cut_into_classes_of_equal_size() -> None:
    table = levels(pd.Series(np.arange(100.0)))
    assert table["level"].value_counts().to_dict() == dict.fromkeys(range(10), 10)
    assert table.loc[15, ["value", "low", "high"]].tolist() == [14.5, 10, 19]


def test_few_values_and_words_are_levels_of_their_own() -> None:
    numbers = levels(pd.Series([3.0, 1.0, 3.0]))
    assert numbers["level"].tolist() == [1, 0, 1]
    assert numbers["label"].tolist() == ["3", "1", "3"]
    words = levels(pd.Series(["public", "corporate"]))
    assert words["value"].tolist() == [1, 0]
    assert words["label"].tolist() == ["public", "corporate"]


def test_a_map_has_a_cell_for_each_pair_of_values_and_a_panel_for_each_arm(runs: pd.DataFrame) -> None:
    table = map_table(runs, VARIED, VARIED, "strategies")
    assert len(table) == 3 * 2 * 2
    assert list(table["facet"].unique()) == ["none", "all"]
    cell = table[(table["facet"] == "all") & (table["x"] == 0.5) & (table["y"] == 1)]
    point = points_table(runs, VARIED).query("strategies == 'all' and `backbone.spacing` == 0.5")
    expected = point[point["population.divergence"] == 1]["time_free_of_failure"].item()
    assert cell["time_free"].item() == pytest.approx(expected)


def test_a_phase_diagram_names_the_better_arm_and_its_paired_lead(runs: pd.DataFrame) -> None:
    table = phase_table(runs, VARIED, VARIED)
    assert len(table) == 6
    cell = table[(table["x"] == 0) & (table["y"] == 0)].iloc[0]
    part = runs[(runs["backbone.spacing"] == 0) & (runs["population.divergence"] == 0)]
    free = part.assign(free=np.where(part["ending"] == "failed", part["duration"], 60))
    wide = free.pivot_table(index="replicate", columns="strategies", values="free")
    assert (cell["best"], cell["next"]) == ("all", "none")
    expected = mean_interval(wide["all"] - wide["none"], 0.95, -60, 60)
    assert (cell["lead"], cell["lower"], cell["upper"]) == pytest.approx(
        (expected.value, expected.lower, expected.upper)
    )


def test_a_phase_diagram_of_one_arm_is_refused(runs: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="a phase diagram compares arms"):
        phase_table(runs[runs["strategies"] == "all"], VARIED, VARIED)
