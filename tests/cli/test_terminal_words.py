"""Numbers for the terminal are round, and empty where there is no estimate."""

import math

import pandas as pd
import pytest

from cisim.cli.terminal_words import comparison_rows, field_rows, outcome_rows, rounded_interval, whole_percent


def runs(**columns: list[object]) -> pd.DataFrame:
    """Four runs: one failed at 12 months, one completed at 24, two lasted 120."""
    table = {
        "strategies": ["none"] * 4,
        "replicate": [0, 1, 2, 3],
        "duration": [12, 24, 120, 120],
        "event_observed": [True, True, False, False],
        "ending": ["failed", "completed", "censored", "censored"],
        "cause": ["funding", "", "", ""],
        "status": ["ok"] * 4,
    }
    return pd.DataFrame({**table, **columns})


def test_outcomes_count_endings_causes_and_months_free_of_failure() -> None:
    rows = dict(outcome_rows(runs(), 120))
    assert rows["runs"] == "4"
    assert rows["failed"] == rows["  from funding"] == rows["completed"] == "25 %"
    assert rows["still there after 120 months"] == "50 %"
    assert rows["mean months free of failure"].startswith(f"{(12 + 3 * 120) / 4:.1f} (")


def test_a_completed_coalition_counts_as_free_of_failure() -> None:
    rows = dict(outcome_rows(runs(ending=["completed", "completed", "censored", "censored"], cause=[""] * 4), 120))
    assert rows["mean months free of failure"].startswith("120.0 ")


def test_runs_that_raised_are_left_out_and_counted() -> None:
    rows = dict(outcome_rows(runs(status=["ok", "error", "ok", "ok"]), 120))
    assert rows["runs"] == "3 of 4"
    assert rows["completed"] == "0 %"
    assert dict(outcome_rows(runs(status=["error"] * 4), 120)) == {"runs": "0 of 4"}


def test_a_field_is_shown_by_means_over_communities_and_intervals_over_runs() -> None:
    names = ["point", "strategies", "replicate", "community", "duration", "ending", "social_outcome", "mean_practice"]
    spells = [
        (0, "none", run, community, 120 - 60 * community, ["censored", "failed"][community], 10.0 * (run + 1), 0.8)
        for run in range(3)
        for community in range(2)
    ]
    rows = dict(field_rows(pd.DataFrame(spells, columns=names), 120))
    assert rows["over all communities"] == "2"
    assert rows["  failed"] == "50 %"
    assert rows["  mean months free of failure"].startswith("90.0")
    assert rows["  social outcome"] == "20.0 (-5 to +45)".replace("+", "")
    assert field_rows(pd.DataFrame(columns=names), 120) == []


def test_a_comparison_row_is_empty_where_there_is_no_number() -> None:
    (row,) = comparison_rows(pd.DataFrame([{"strategies": "none", "tau": 24.0, "time_free_of_failure": 20.04}]))
    assert row == ("none", "20.0", "", "", "", "", "> 24", "", "")


@pytest.mark.parametrize(
    ("number", "text"),
    [((8.64, -9.4, 26.6, "+"), "+8.6 (-9 to +27)"), ((212.05, 182.8, 240.0, ""), "212.1 (183 to 240)")],
)
def test_months_come_with_their_interval(number: tuple[float, float, float, str], text: str) -> None:
    assert rounded_interval(*number) == text


def test_shares_are_percentages() -> None:
    assert whole_percent(0.254) == "25 %"
    assert whole_percent(math.nan) == ""
