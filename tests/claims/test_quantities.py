"""Quantities of runs, and ratios whose spread is known, by hand."""

import numpy as np
import pandas as pd
import pytest

from cisim.questions.claims.claim import Quantities, linearised, unit_of

RUNS = pd.DataFrame(
    {
        "duration": [10, 40, 60, 240],
        "ending": ["failed", "completed", "failed", "censored"],
        "cause": ["conflict", "", "funding", ""],
        "mean_trust": [0.1, 0.2, 0.3, 0.4],
        "founders_retained_milestone": [np.nan, np.nan, np.nan, 0.75],
    }
)
QUANTITIES = Quantities(RUNS, 240.0)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("time_free_of_failure", [10, 240, 60, 240]),
        ("survival_time", [10, 40, 60, 240]),
        ("failed", [1, 0, 1, 0]),
        ("completed", [0, 1, 0, 0]),
        ("failed_conflict", [1, 0, 0, 0]),
        ("survival_40", [0, 0, 1, 1]),
        ("failures_10_59", [1, 0, 0, 0]),
        ("failures_60_72", [0, 0, 1, 0]),
        ("months_37_60", [0, 4, 24, 24]),
        ("mean_trust", [0.1, 0.2, 0.3, 0.4]),
        ("founders_retained_milestone", [0, 0, 0, 0.75]),
    ],
)
def test_a_quantity_of_each_run(name: str, values: list[float]) -> None:
    assert QUANTITIES.of(name).tolist() == values


def test_a_quantity_of_a_field_is_the_mean_over_its_communities() -> None:
    field = Quantities(RUNS, 240.0, np.array([0, 0, 1, 1]))
    assert field.of("failed").tolist() == [0.5, 0.5]
    assert field.of("mean_trust").tolist() == pytest.approx([0.15, 0.35])


def test_a_ratio_has_the_mean_of_the_ratio_and_its_first_order_spread() -> None:
    above, below = np.array([1.0, 0.0, 1.0, 0.0]), np.array([2.0, 4.0, 6.0, 8.0])
    values = linearised(above, below)
    assert values.mean() == pytest.approx(0.1)
    assert values.tolist() == pytest.approx([0.1 + (a - 0.1 * b) / 5.0 for a, b in zip(above, below, strict=True)])


def test_how_long_those_last_that_were_formed_is_a_ratio_in_which_the_others_count_nothing() -> None:
    runs = pd.DataFrame(
        {
            "duration": [0, 30, 0, 240],
            "ending": ["failed", "failed", "failed", "censored"],
            "cause": ["not_formed", "conflict", "not_formed", ""],
            "formed": [0.0, 1.0, 0.0, 1.0],
        }
    )
    found = Quantities(runs, 240.0)
    assert found.of("failed_not_formed").tolist() == [1, 0, 1, 0]
    assert linearised(found.of("time_free_of_failure"), found.of("formed")).mean() == pytest.approx(135.0)


def test_a_rate_of_those_who_were_never_there_is_not_known() -> None:
    assert np.isnan(linearised(np.zeros(3), np.zeros(3))).all()


def test_units_are_named() -> None:
    assert unit_of("time_free_of_failure") == "months"
    assert unit_of("failures_1_12/months_1_12") == "a month"
    assert unit_of("failed_conflict") == "probability"
    assert unit_of("formed") == "probability"
    assert unit_of("time_free_of_failure/formed") == "months"
    assert unit_of("mean_trust") == ""
