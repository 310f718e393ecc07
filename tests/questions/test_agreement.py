"""Two results side by side, by hand-computed differences."""

import numpy as np
import pandas as pd
import pytest

from cisim.questions.diff.compute import UNDECIDED, Match, agreement_table, judgements, match_points, parted
from cisim.survival.intervals import t_quantile

HORIZON = 10
ONE = [Match("none", 0, 0)]


def runs(durations: list[int], point: int = 0, first_replicate: int = 0) -> pd.DataFrame:
    """Runs that fail, or are censored at the horizon."""
    failed = np.array(durations) < HORIZON
    return pd.DataFrame(
        {
            "point": point,
            "replicate": np.arange(len(durations)) + first_replicate,
            "duration": durations,
            "event_observed": failed,
            "ending": np.where(failed, "failed", "censored"),
            "cause": np.where(failed, "conflict", ""),
            "status": "ok",
        }
    )


def test_paired_differences_are_those_of_the_same_worlds() -> None:
    first, second = runs([2, 4, 6, 10]), runs([5, 5, 10, 10])
    table = agreement_table(first, second, ONE, paired=True).set_index("measure")
    months = table.loc["time_free_of_failure"]
    assert (months["first"], months["second"], months["difference"]) == pytest.approx((5.5, 7.5, 2.0))  # 3, 1, 4, 0
    half = float(t_quantile(3, 1 - 0.05 / 2)) * np.std([3, 1, 4, 0], ddof=1) / 2  # two intervals share the 5 %
    assert (months["lower"], months["upper"]) == pytest.approx((2 - half, 2 + half))
    share = table.loc["share_failed"]
    assert (share["first"], share["second"], share["difference"]) == pytest.approx((0.75, 0.5, -0.25))
    assert not parted(table).any()


def test_paired_estimates_are_taken_over_the_worlds_in_both() -> None:
    first, second = runs([2, 4, 6, 10]), runs([4, 6, 10, 3, 3], first_replicate=1)
    row = agreement_table(first, second, ONE, paired=True).iloc[0]
    assert (row["n_first"], row["n_second"]) == (3, 3)
    assert row["difference"] == pytest.approx(0.0)
    assert row["first"] == pytest.approx(20 / 3)


def test_independent_runs_are_compared_by_the_interval_of_welch() -> None:
    first, second = runs([2, 4, 6, 10]), runs([5, 5, 10, 10, 9])
    row = agreement_table(first, second, ONE, paired=False, confidence=0.9).iloc[0]
    a, b = np.array([2, 4, 6, 10]), np.array([5, 5, 10, 10, 9])
    parts = a.var(ddof=1) / 4, b.var(ddof=1) / 5
    degrees = sum(parts) ** 2 / (parts[0] ** 2 / 3 + parts[1] ** 2 / 4)
    half = float(t_quantile(degrees, 0.95)) * sum(parts) ** 0.5
    assert row["difference"] == pytest.approx(b.mean() - a.mean())
    assert (row["lower"], row["upper"]) == pytest.approx((2.3 - half, 2.3 + half))


def test_a_difference_in_every_world_is_significant() -> None:
    table = agreement_table(runs([2, 3, 4, 5, 6, 7]), runs([4, 5, 6, 7, 8, 8]), ONE, paired=True)
    assert parted(table).tolist() == [True, False]


def test_runs_with_errors_and_points_of_one_result_only_are_left_out() -> None:
    first, second = runs([2, 4, 6, 10]), pd.concat([runs([5, 5, 10, 10]), runs([3], point=7)])
    second.loc[second["replicate"] == 3, "status"] = "error"
    table = agreement_table(first, second, [*ONE, Match("gone", 1, 7)], paired=True)
    assert table["label"].unique().tolist() == ["none"]
    assert table["n_first"].tolist() == [3, 3]
    assert agreement_table(first, second.assign(status="error"), ONE, paired=True).empty


def test_points_match_by_all_values_and_are_labelled_by_what_varies() -> None:
    first = pd.DataFrame({"point": [0, 1, 2], "strategies": ["none", "all", "all"], "a.b": [0, 1, 2], "a.c": 7})
    second = pd.DataFrame({"point": [0, 1], "strategies": ["all", "all"], "a.b": [2.0, 1.0], "a.c": [7, 7]})
    assert match_points(first, second, ["a.b", "a.c"]) == [Match("point=1 b=1", 1, 1), Match("point=2 b=2", 2, 0)]
    assert match_points(first, second.assign(**{"a.c": None}), ["a.b", "a.c"]) == []
    assert match_points(first[:1], second[:1], []) == [Match("none", 0, 0)]


def test_arms_are_judged_by_the_interval_against_the_baseline() -> None:
    rng = np.random.default_rng(1)
    base = rng.integers(2, 7, 40)
    table = pd.concat([runs(list(base)), runs(list(base + 2), 1), runs(list(base - 1), 2), runs(list(base[::-1]), 3)])
    labels = {0: "none", 1: "gazing", 2: "spacing", 3: "all", 4: "abstracting"}
    assert judgements(table, labels, 9.0) == {"gazing": "better", "spacing": "worse", "all": UNDECIDED}
    assert judgements(table, {0: "none"}, 9.0) == {}
