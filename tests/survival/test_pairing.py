"""What pairing saves, next to runs that share no world."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cisim.errors import InputError
from cisim.survival.paired import pairing_table
from tests.survival.made_up import make_runs
from tests.survival.test_pairs import free_of_failure, row


def test_the_saving_is_told_as_a_share_and_as_a_factor(runs: pd.DataFrame) -> None:
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
