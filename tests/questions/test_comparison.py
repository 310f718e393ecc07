"""The comparison table and the monthly curves agree with the estimators, arm by arm."""

import numpy as np
import pandas as pd
import pytest

from cisim.errors import InputError
from cisim.questions.compare.compute import comparison_table
from cisim.survival.arm_tables import incidence_table, survival_table
from cisim.survival.arms import read_arms
from cisim.survival.curves import survival_curve
from cisim.survival.restricted import restricted_mean
from tests.survival.made_up import make_runs


@pytest.fixture(scope="module")
def table(runs: pd.DataFrame) -> pd.DataFrame:
    return comparison_table(runs).set_index("strategies")


def test_there_is_one_row_for_each_label(table: pd.DataFrame) -> None:
    assert list(table.index) == ["none", "gazing", "abstracting", "spacing", "all"]
    assert (table["n_runs"] == 100).all()
    assert (table["tau"] == 240).all()


def test_estimates_are_those_of_the_estimators(runs: pd.DataFrame, table: pd.DataFrame) -> None:
    for arm in read_arms(runs):
        row = table.loc[arm.label]
        free = restricted_mean(arm.duration, arm.ending("failed"), 240)
        names = ["time_free_of_failure", "time_free_of_failure_lower", "time_free_of_failure_upper"]
        assert tuple(row[names]) == (free.value, free.lower, free.upper)
        assert row["survival_time"] == restricted_mean(arm.duration, arm.event_observed, 240).value
        five_years = survival_curve(arm.duration, arm.event_observed).at(60)
        assert tuple(row[["survival_60", "survival_60_lower"]]) == (five_years.value, five_years.lower)
        assert row["share_failed"] == pytest.approx((arm.runs["ending"] == "failed").mean())
        assert row["share_completed"] == pytest.approx((arm.runs["ending"] == "completed").mean())
        assert row["founders_retained"] == pytest.approx(arm.runs["founders_retained"].mean())


def test_every_estimate_lies_within_its_interval(table: pd.DataFrame) -> None:
    values = [name.removesuffix("_lower") for name in table if name.endswith("_lower")]
    assert len(values) == 14
    for name in values:
        known = table[[name, f"{name}_lower", f"{name}_upper"]].dropna()
        assert (known[f"{name}_lower"] < known[name]).all(), name
        assert (known[name] < known[f"{name}_upper"]).all(), name


def test_differences_to_the_baseline_are_differences_of_the_estimates(table: pd.DataFrame) -> None:
    for name in ("time_free_of_failure", "survival_time", "survival_36", "survival_60", "survival_120"):
        change = table.loc["spacing", name] - table.loc["none", name]
        assert table.loc["spacing", f"difference_{name}"] == pytest.approx(change, abs=1e-9)
        assert table.loc["spacing", f"variance_ratio_{name}"] > 1
    assert table.loc["none"].filter(regex="difference|ratio|pairs").isna().all()


def test_the_median_is_the_fiftieth_of_a_hundred_endings_or_no_number(runs: pd.DataFrame, table: pd.DataFrame) -> None:
    endings = np.sort(runs.loc[runs["strategies"] == "none", "duration"])
    assert table.loc["none", "median"] == endings[49]
    assert np.isnan(table.loc["all", "median"])


def test_ages_beyond_the_window_have_no_column(runs: pd.DataFrame) -> None:
    names = set(comparison_table(runs, tau=60))
    assert {"survival_36", "survival_60"} <= names
    assert "survival_120" not in names


def test_another_label_may_be_the_baseline_when_none_is_missing() -> None:
    table = comparison_table(make_runs(("gazing", "all"))).set_index("strategies")
    assert np.isnan(table.loc["gazing", "difference_survival_time"])
    assert table.loc["all", "difference_survival_time"] > 0


def test_a_single_arm_is_described_without_differences() -> None:
    table = comparison_table(make_runs(("spacing",)))
    assert len(table) == 1
    assert not [name for name in table if name.startswith("difference")]


def test_an_arm_whose_runs_all_met_an_error_is_counted_and_has_no_numbers(runs: pd.DataFrame) -> None:
    broken = runs.copy()
    broken.loc[broken["strategies"] == "gazing", "status"] = "error"
    row = comparison_table(broken).set_index("strategies").loc["gazing"]
    assert (row["n_runs"], row["n_dropped"], row["n_pairs"]) == (0, 100, 0)
    assert np.isnan(row["time_free_of_failure"])
    assert np.isnan(row["difference_time_free_of_failure"])
    assert "gazing" not in set(survival_table(broken)["strategies"])


def test_a_window_past_the_data_is_refused(runs: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="tau is 241 months"):
        comparison_table(runs, tau=241)


def test_the_table_of_survival_holds_every_month_and_the_runs_at_risk(runs: pd.DataFrame) -> None:
    table = survival_table(runs)
    for arm in read_arms(runs):
        rows = table[table["strategies"] == arm.label]
        assert list(rows["month"]) == list(range(241))
        np.testing.assert_array_equal(rows["at_risk"], [(arm.duration >= month).sum() for month in range(241)])
        shares = [(arm.duration > month).mean() for month in range(240)]
        np.testing.assert_allclose(rows["survival"][:240], shares, atol=1e-12)


def test_the_table_of_survival_stops_where_an_arm_is_no_longer_followed(runs: pd.DataFrame) -> None:
    cut = runs.copy()
    late = (cut["strategies"] == "all") & (cut["duration"] > 90)
    cut.loc[late, ["duration", "event_observed", "ending", "cause"]] = [90, False, "censored", ""]
    last = survival_table(cut).groupby("strategies")["month"].max()
    assert (last["all"], last["none"]) == (90, 240)


def test_failures_by_cause_add_up_to_all_failures(runs: pd.DataFrame) -> None:
    failed = incidence_table(runs).query("ending == 'failed'")
    total = failed[failed["cause"] == "any"].set_index(["strategies", "month"])["incidence"]
    parts = failed[failed["cause"] != "any"].groupby(["strategies", "month"])["incidence"].sum()
    pd.testing.assert_series_equal(parts.sort_index(), total.sort_index(), rtol=1e-9)


def test_failure_completion_and_survival_add_up_to_one(runs: pd.DataFrame) -> None:
    ended = incidence_table(runs).query("cause == 'any'").groupby(["strategies", "month"])["incidence"].sum()
    alive = survival_table(runs).set_index(["strategies", "month"])["survival"]
    np.testing.assert_allclose(ended + alive, 1.0, atol=1e-12)


def test_every_arm_lists_every_cause_that_occurs_in_any() -> None:
    runs = make_runs(("none", "all"), 30)
    runs.loc[(runs["strategies"] == "none") & (runs["cause"] == "funding"), "cause"] = "conflict"
    table = incidence_table(runs)
    funding = table[(table["strategies"] == "none") & (table["cause"] == "funding")]
    assert len(funding) == 241
    assert (funding["incidence"] == 0).all()
    assert (funding["upper"][1:] > 0).all()
