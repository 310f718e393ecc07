"""Tables of runs are read whole, in one order, or refused in one clear line."""

import numpy as np
import pandas as pd
import pytest

from cisim.errors import InputError
from cisim.survival.arm_tables import durations_table, hazard_table, incidence_table, rate_table, survival_table
from cisim.survival.arms import choose_baseline, common_tau, read_arms
from cisim.survival.counts import CENSORED, COMPETING, EVENT
from cisim.survival.logrank import logrank_table
from cisim.survival.paired import pairing_table
from cisim.survival.words import LABELS
from tests.survival.made_up import make_runs


def test_arms_come_in_the_order_of_the_factorial_and_own_labels_last() -> None:
    runs = make_runs(("mine", *reversed(LABELS), "yours"), 3)
    assert [arm.label for arm in read_arms(runs)] == [*LABELS, "mine", "yours"]


def test_rows_of_an_arm_are_in_order_of_replicate(runs: pd.DataFrame) -> None:
    shuffled = runs.sample(frac=1.0, random_state=1)
    for first, second in zip(read_arms(runs), read_arms(shuffled), strict=True):
        pd.testing.assert_frame_equal(first.runs, second.runs)


def test_runs_that_ended_in_an_error_are_dropped_and_counted(runs: pd.DataFrame) -> None:
    broken = runs.copy()
    broken.loc[broken.index[:7], ["status", "error", "duration"]] = ["error", "overflow", -1]
    arms = read_arms(broken)
    assert (len(arms[0].runs), arms[0].n_dropped) == (93, 7)
    assert [arm.n_dropped for arm in arms[1:]] == [0, 0, 0, 0]


def test_endings_are_coded_from_the_kind_asked_for() -> None:
    runs = make_runs(("none",), 4)
    runs["ending"] = ["failed", "failed", "completed", "censored"]
    runs["cause"] = ["conflict", "funding", "", ""]
    runs["event_observed"] = [True, True, True, False]
    (arm,) = read_arms(runs)
    np.testing.assert_array_equal(arm.ending("failed"), [EVENT, EVENT, COMPETING, CENSORED])
    np.testing.assert_array_equal(arm.ending("failed", "funding"), [COMPETING, EVENT, COMPETING, CENSORED])
    np.testing.assert_array_equal(arm.ending("completed"), [COMPETING, COMPETING, EVENT, CENSORED])


def test_the_window_is_the_horizon_or_the_last_ending(runs: pd.DataFrame) -> None:
    assert common_tau(read_arms(runs)) == 240
    ended = runs[runs["event_observed"]]
    assert common_tau(read_arms(ended)) == ended["duration"].max()
    cut = runs.copy()
    late = (cut["strategies"] == "all") & (cut["duration"] > 90)
    cut.loc[late, ["duration", "event_observed", "ending", "cause"]] = [90, False, "censored", ""]
    assert common_tau(read_arms(cut)) == 90


def test_the_baseline_is_none_or_else_the_first() -> None:
    assert choose_baseline(["gazing", "none", "all"]) == "none"
    assert choose_baseline(["gazing", "all"]) == "gazing"
    assert choose_baseline(["none", "all"], "all") == "all"


def altered(runs: pd.DataFrame, **columns: object) -> pd.DataFrame:
    """The table with its first row changed."""
    changed = runs.astype(dict.fromkeys(columns, object))
    for name, value in columns.items():
        changed.loc[0, name] = value
    return changed


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"duration": np.nan}, r"1 of 500 durations are not usable \(row 0: nan\)"),
        ({"duration": -3}, r"1 of 500 durations are not usable \(row 0: -3.0\)"),
        ({"duration": "long"}, r"1 of 500 durations are not usable \(row 0: nan\)"),
        ({"ending": "vanished"}, "ending is 'vanished': it must be one of failed, completed, censored"),
        ({"ending": "censored", "event_observed": True}, "1 runs contradict themselves"),
        ({"ending": "failed", "event_observed": False}, "1 runs contradict themselves"),
        ({"replicate": 1}, "replicate 1 comes twice under strategies 'none': compare one design point"),
    ],
)
def test_a_table_that_cannot_be_right_is_refused(runs: pd.DataFrame, columns: dict, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read_arms(altered(runs, **columns))
    assert "\n" not in str(caught.value)


def test_a_table_without_a_column_is_refused(runs: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="the table of runs lacks duration, cause: it needs the columns"):
        read_arms(runs.drop(columns=["duration", "cause"]))


def test_a_table_in_which_every_run_met_an_error_is_refused(runs: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="no row that ran without error"):
        read_arms(runs.assign(status="error"))


def test_tables_of_arms_read_once_are_those_of_the_table_of_runs(runs: pd.DataFrame) -> None:
    arms = read_arms(runs)
    for table in (survival_table, incidence_table, hazard_table, rate_table, durations_table, logrank_table):
        pd.testing.assert_frame_equal(table(arms), table(runs))
    pd.testing.assert_frame_equal(pairing_table(arms), pairing_table(runs))
