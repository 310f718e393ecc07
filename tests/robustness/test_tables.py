"""Effects of disturbances, on runs whose answer can be computed by hand."""

import numpy as np
import pandas as pd
import pytest

from cisim.errors import InputError
from cisim.questions.robustness.compute import read_lives
from cisim.questions.robustness.exposures import CONTRASTS, EFFECTS
from cisim.questions.robustness.findings import findings_table
from cisim.questions.robustness.tables import robustness_tables
from tests.robustness.toys import ONE_ARM, runs_of, stress_of, tables_of


def value(table: pd.DataFrame, measure: str, kind: str = "once", **where: object) -> "pd.Series[float]":
    part = table[(table["measure"] == measure) & (table["kind"] == kind) & table["size"].notna()]
    for name, wanted in where.items():
        part = part[part[name] == wanted]
    assert len(part) == 1
    return part.iloc[0]


def test_a_shock_is_estimated_among_those_that_it_met() -> None:
    found = tables_of(ONE_ARM)[EFFECTS]
    change = value(found, "change")
    assert change["n_pairs"] == 3  # the first coalition had ended
    assert change["value"] == pytest.approx((-10 + 0 - 10) / 3)
    left = (30 - 12) + (60 - 12) + (100 - 12)
    assert value(found, "relative_change")["value"] == pytest.approx(-20 / left)
    assert value(found, "change_free_24")["value"] == pytest.approx(0.0)  # 20 and 30 both lie within 12 + 24


def test_a_standing_disturbance_is_estimated_among_all_and_against_a_rate_of_zero() -> None:
    found = tables_of(ONE_ARM)[EFFECTS]
    change = value(found, "change", "standing")
    assert change["n_pairs"] == 4
    assert change["value"] == pytest.approx((0 - 20 - 40 + 0) / 4)
    assert value(found, "relative_change", "standing")["value"] == pytest.approx(-60 / (5 + 40 + 80 + 100))
    assert value(found, "change_free_24", "standing")["value"] == pytest.approx(-1 / 4)


def test_a_failure_dated_back_before_the_shock_counts_as_met_if_its_twin_lived_on() -> None:
    found = tables_of([[50, 10, 9], [10, 70, 9], *ONE_ARM[2:]])[EFFECTS]
    assert value(found, "change")["n_pairs"] == 2
    assert value(found, "change")["value"] == pytest.approx((-40 + 60) / 2)


def test_strategies_are_compared_in_the_worlds_where_both_coalitions_were_there() -> None:
    other = [[50, 5, 80, 100], [45, 5, 80, 100], [100] * 4, [100] * 4]
    contrast = value(tables_of(ONE_ARM + other, ("none", "all"))[CONTRASTS], "change")
    assert contrast["n_pairs"] == 2  # the third and the fourth world
    assert contrast["value"] == pytest.approx(((0 - 0) + (0 - -10)) / 2)


def test_parameter_sets_are_weighed_and_their_signs_counted() -> None:
    case, shocked = [[50, 60], [50, 60]], [[40, 40], [55, 70]]
    found = tables_of(case + shocked + [[100, 100]] * 4, ("none",), (0.75, 0.25))[EFFECTS]
    change = value(found, "change")
    assert change["value"] == pytest.approx(0.75 * -15 + 0.25 * 7.5)
    assert change["share_positive"] == pytest.approx(0.25)


def test_a_known_effect_and_a_null_are_found_as_such() -> None:
    rng = np.random.default_rng(1)
    base = rng.integers(40, 90, 300)
    harmed, spared, noise = base - rng.integers(5, 15, 300), base, rng.integers(-3, 4, 300)
    none = [base, harmed, base, base + noise]
    helped = [base, spared - (rng.random(300) < 0.3), base, base - noise]
    tables = tables_of([list(map(int, row)) for row in none + helped], ("none", "all"))
    sentences = findings_table(tables, 24)["sentence"].to_list()
    assert any(text.startswith("External shocks that come once take 9.") for text in sentences)
    assert any(text.startswith("All loses 9.") and "fewer than none" in text for text in sentences)
    assert any("not beyond chance" in text for text in sentences if "relational" in text)
    assert any(text.startswith("That others lose fewer or more cannot be told: all") for text in sentences)


def test_nobody_left_to_be_met_gives_no_number() -> None:
    found = tables_of([[5, 6], [5, 6], [5, 6], [5, 6]])[EFFECTS]
    change = value(found, "change")
    assert change["n_pairs"] == 0
    assert np.isnan(change["value"])


def test_runs_that_met_an_error_are_left_out_with_their_twins() -> None:
    runs = runs_of(ONE_ARM)
    runs.loc[(runs["point"] == 1) & (runs["replicate"] == 3), "status"] = "error"
    found = robustness_tables(read_lives(runs, 4, 1, 100), stress_of(), np.ones(1), {})[EFFECTS]
    assert value(found, "change")["n_pairs"] == 2
    with pytest.raises(InputError, match="no run ended without error"):
        read_lives(runs.assign(status="error"), 4, 1, 100)
