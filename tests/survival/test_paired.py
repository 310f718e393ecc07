"""Differences between arms in the same worlds: pseudo-observations, paired intervals, variance saved."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cisim.errors import InputError
from cisim.survival.arms import read_arms
from cisim.survival.curves import cumulative_incidence
from cisim.survival.paired import paired_differences, pairing_table
from cisim.survival.restricted import pseudo_observations, restricted_mean, time_free
from tests.survival.made_up import make_runs


def free_of_failure(runs: pd.DataFrame, label: str, tau: float) -> np.ndarray:
    """Observed months free of failure of each replicate, none censored before tau."""
    arm = runs[runs["strategies"] == label].sort_values("replicate")
    return np.where(arm["ending"] == "failed", np.minimum(arm["duration"], tau), tau)


def row(table: pd.DataFrame, label: str, measure: str = "time_free_of_failure") -> pd.Series:
    return table[(table["strategies"] == label) & (table["measure"] == measure)].iloc[0]


def test_pseudo_observations_are_the_observed_values_when_none_is_censored_in_the_window(runs: pd.DataFrame) -> None:
    arm = read_arms(runs)[0]
    values = pseudo_observations(arm.duration, arm.ending("failed"), lambda counts: time_free(counts, 120))
    np.testing.assert_allclose(values, free_of_failure(runs, "none", 120), atol=1e-9)


def test_pseudo_observations_of_censored_spells_are_the_jackknife() -> None:
    rng = np.random.default_rng(3)
    duration, ending = rng.integers(1, 20, 40), rng.choice([0, 1, 2], 40)
    values = pseudo_observations(duration, ending, lambda counts: time_free(counts, 15))
    whole = restricted_mean(duration, ending, 15).value
    for i in range(40):
        without = restricted_mean(np.delete(duration, i), np.delete(ending, i), 15).value
        assert values[i] == pytest.approx(40 * whole - 39 * without, abs=1e-9)
    assert values.mean() == pytest.approx(whole, rel=0.02)


def test_pseudo_observations_do_not_depend_on_how_many_are_held_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(4)
    spells = rng.integers(1, 60, 200), rng.choice([0, 1, 2], 200)
    at_once = pseudo_observations(*spells, lambda counts: time_free(counts, 40))
    monkeypatch.setattr("cisim.survival.restricted.CELLS", 100)
    np.testing.assert_array_equal(at_once, pseudo_observations(*spells, lambda counts: time_free(counts, 40)))


def test_the_paired_difference_is_the_paired_t_test(runs: pd.DataFrame) -> None:
    table = paired_differences(read_arms(runs), tau=240)
    spacing, none = free_of_failure(runs, "spacing", 240), free_of_failure(runs, "none", 240)
    expected = stats.ttest_rel(spacing, none)
    found = row(table, "spacing")
    assert found["difference"] == pytest.approx(expected.statistic * stats.sem(spacing - none))
    interval = expected.confidence_interval(0.95)
    assert (found["lower"], found["upper"]) == pytest.approx((interval.low, interval.high))
    assert (found["n_pairs"], found["baseline"], found["unit"]) == (100, "none", "months")


def test_differences_in_survival_at_an_age_are_differences_of_shares(runs: pd.DataFrame) -> None:
    alive = runs.assign(alive=runs["duration"] > 60).pivot_table(
        index="replicate", columns="strategies", values="alive"
    )
    found = row(paired_differences(read_arms(runs)), "all", "survival_60")
    assert found["difference"] == pytest.approx((alive["all"] - alive["none"]).mean())
    assert found["unit"] == "probability"


def test_pairing_saves_variance_in_shared_worlds_and_none_in_separate_ones() -> None:
    shared, separate = (
        paired_differences(read_arms(make_runs(("none", "gazing"), 2000, shared=shared))) for shared in (True, False)
    )
    assert row(shared, "gazing")["variance_ratio"] > 2
    assert row(separate, "gazing")["variance_ratio"] == pytest.approx(1.0, abs=0.1)
    assert row(shared, "gazing")["standard_error"] < 0.75 * row(separate, "gazing")["standard_error"]


def test_the_variance_ratio_is_that_of_the_two_ways_to_compare(runs: pd.DataFrame) -> None:
    spacing, none = free_of_failure(runs, "spacing", 240), free_of_failure(runs, "none", 240)
    ratio = (spacing.var(ddof=1) + none.var(ddof=1)) / (spacing - none).var(ddof=1)
    assert row(paired_differences(read_arms(runs)), "spacing")["variance_ratio"] == pytest.approx(ratio)


def test_a_replicate_that_failed_to_run_in_one_arm_is_left_out_of_its_pair_only(runs: pd.DataFrame) -> None:
    broken = runs.copy()
    broken.loc[(broken["strategies"] == "all") & broken["replicate"].isin([3, 4]), "status"] = "error"
    table = paired_differences(read_arms(broken), tau=240)
    assert row(table, "all")["n_pairs"] == 98
    assert row(table, "gazing")["n_pairs"] == 100
    kept = ~np.isin(np.arange(100), [3, 4])
    change = free_of_failure(runs, "all", 240) - free_of_failure(runs, "none", 240)
    assert row(table, "all")["difference"] == pytest.approx(change[kept].mean())
    other_way = row(paired_differences(read_arms(broken), tau=240, baseline="all"), "none")
    assert other_way["n_pairs"] == 98
    assert other_way["difference"] == pytest.approx(-change[kept].mean())


def test_runs_censored_at_odd_times_are_paired_through_pseudo_observations(runs: pd.DataFrame) -> None:
    cut = runs.copy()
    early = (cut["replicate"] % 4 == 0) & (cut["duration"] > 100)
    cut.loc[early, ["duration", "event_observed", "ending", "cause"]] = [100, False, "censored", ""]
    found = row(paired_differences(read_arms(cut), tau=240), "all")
    arms = {arm.label: arm for arm in read_arms(cut)}
    means = {label: restricted_mean(arm.duration, arm.ending("failed"), 240).value for label, arm in arms.items()}
    assert found["difference"] == pytest.approx(means["all"] - means["none"], rel=0.01)
    assert found["variance_ratio"] > 1


def test_harm_comes_out_negative(runs: pd.DataFrame) -> None:
    found = row(paired_differences(read_arms(runs), baseline="all"), "none")
    assert found["upper"] < 0
    assert found["baseline"] == "all"


def test_arms_that_never_differ_get_a_safe_interval_and_no_variance_ratio(runs: pd.DataFrame) -> None:
    none = runs[runs["strategies"] == "none"]
    found = row(paired_differences(read_arms(pd.concat([none, none.assign(strategies="idle")]))), "idle")
    assert found["difference"] == 0
    limit = 240 * (1 - 0.025 ** (1 / 100))
    assert (found["lower"], found["upper"]) == pytest.approx((-limit, limit))
    assert np.isinf(found["variance_ratio"])


def test_ages_beyond_the_window_are_left_out(runs: pd.DataFrame) -> None:
    table = paired_differences(read_arms(runs), tau=48)
    assert set(table["measure"]) == {"time_free_of_failure", "survival_time", "survival_36"}


def test_an_unknown_baseline_is_refused(runs: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="baseline is 'nothing': choose one of the labels compared, none, gazing"):
        paired_differences(read_arms(runs), baseline="nothing")


def test_a_window_past_the_data_is_refused(runs: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="tau is 300 months: it must be above 0 and at most 240"):
        paired_differences(read_arms(runs), tau=300)


def test_completions_do_not_count_as_failures(runs: pd.DataFrame) -> None:
    arm = read_arms(runs)[0]
    failed = cumulative_incidence(arm.duration, arm.ending("failed")).at(240).value
    assert failed == pytest.approx((runs.loc[runs["strategies"] == "none", "ending"] == "failed").mean())


def test_the_saving_is_reported_as_a_share_and_as_a_factor(runs: pd.DataFrame) -> None:
    found = row(pairing_table(runs, tau=240), "spacing")
    assert found["variance_saved"] == pytest.approx(1 - 1 / found["variance_ratio"])
    assert 0 < found["variance_saved"] < 1


def test_the_interval_without_pairing_is_that_of_welch(runs: pd.DataFrame) -> None:
    found = row(pairing_table(runs, tau=240), "spacing")
    expected = stats.ttest_ind(*(free_of_failure(runs, label, 240) for label in ("spacing", "none")), equal_var=False)
    interval = expected.confidence_interval(0.95)
    assert (found["lower_independent"], found["upper_independent"]) == pytest.approx((interval.low, interval.high))
    assert found["difference_independent"] == pytest.approx(found["difference"])


def test_runs_of_another_seed_bear_out_the_saving() -> None:
    runs, others = make_runs(("none", "gazing"), 2000), make_runs(("none", "gazing"), 2000, seed=8).assign(seed=8)
    found = row(pairing_table(runs, others), "gazing")
    expected = free_of_failure(runs, "gazing", 240).mean() - free_of_failure(others, "none", 240).mean()
    assert found["difference_independent"] == pytest.approx(expected)
    widths = found["upper_independent"] - found["lower_independent"], found["upper"] - found["lower"]
    assert (widths[0] / widths[1]) ** 2 == pytest.approx(found["variance_ratio"], rel=0.05)


def test_worlds_in_common_are_refused(runs: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="the two tables share worlds"):
        pairing_table(runs, runs)
    with pytest.raises(InputError, match="the independent runs lack the baseline none"):
        pairing_table(runs, runs.query("strategies == 'all'").assign(seed=3))


def test_one_replicate_has_a_difference_and_no_interval(runs: pd.DataFrame) -> None:
    found = row(pairing_table(runs[runs["replicate"] == 0], tau=100), "all")
    assert np.isfinite(found["difference_independent"])
    assert np.isnan([found["lower_independent"], found["variance_saved"]]).all()
