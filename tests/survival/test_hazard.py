"""Hazard by age: hand-computed rates, agreement with lifelines, borders, coverage, and marks of contract ends."""

import numpy as np
import pandas as pd
import pytest
from lifelines import NelsonAalenFitter
from scipy import stats

from cisim.errors import InputError
from cisim.survival.arm_tables import hazard_table, rate_table
from cisim.survival.hazard import hazard_rates, smoothed_hazard


def spells(rng: np.random.Generator, n: int, hazard: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Spells in whole months under a monthly hazard, followed to its end."""
    ends = rng.random((n, hazard.size)) < hazard
    return np.where(ends.any(axis=1), ends.argmax(axis=1) + 1, hazard.size), ends.any(axis=1)


def test_rates_are_events_over_months_worked_by_hand() -> None:
    """Four spells: months in (0, 12] 5 + 12 + 12 + 12, in (12, 24] 0 + 12 + 3 + 0."""
    found = hazard_rates([5, 24, 15, 12], [1, 1, 0, 1], [0, 12, 24, 36])
    assert found.rate[:2] == pytest.approx([2 / 41, 1 / 15])
    assert found.events.tolist() == [2, 1, 0]
    assert found.at_risk.tolist() == [4, 2, 0]
    assert np.isnan([found.rate[2], found.lower[2], found.upper[2]]).all()
    assert found.lower[0] == pytest.approx(stats.chi2.ppf(0.025, 4) / 2 / 41)
    assert found.upper[0] == pytest.approx(stats.chi2.ppf(0.975, 6) / 2 / 41)


def test_rates_count_months_from_the_entry_on() -> None:
    found = hazard_rates([20, 30], [1, 1], [0, 12, 24, 36], entry=[6, 18])
    assert found.rate == pytest.approx([0, 1 / (8 + 6), 1 / 6])
    assert found.at_risk.tolist() == [0, 1, 1]


def test_a_period_without_events_has_the_exact_upper_limit() -> None:
    found = hazard_rates([24] * 50, [0] * 50, [0, 24])
    assert (found.rate[0], found.lower[0]) == (0, 0)
    assert found.upper[0] == pytest.approx(-np.log(0.025) / 1200)


def test_an_even_hazard_is_met_at_every_age_borders_included() -> None:
    """The weights of each age sum to 1 and have no slope: a hazard of a straight line comes out as it is."""
    months = np.arange(1, 61)
    alive = 10.0**6 * np.concatenate([[1.0], np.cumprod(1 - (0.01 + 0.0002 * months))])
    ended = np.round(alive[:-1] - alive[1:]).astype(int)
    duration = np.r_[np.repeat(months, ended), np.full(10**6 - ended.sum(), 61)]
    found = smoothed_hazard(duration, duration <= 60, bandwidth=10)
    assert found.rate[:50] == pytest.approx(0.01 + 0.0002 * months[:50], rel=1e-3)


def test_well_inside_the_window_the_smoothed_hazard_is_that_of_lifelines() -> None:
    duration, observed = spells(np.random.default_rng(6), 3000, np.linspace(0.002, 0.02, 120))
    fitter = NelsonAalenFitter(nelson_aalen_smoothing=False).fit(duration, observed)
    reference = fitter.smoothed_hazard_(bandwidth=12).iloc[:, 0]
    found = smoothed_hazard(duration, observed, bandwidth=12)
    for month in range(20, 100, 10):
        assert found.rate[month - 1] == pytest.approx(reference[month], rel=0.02)


def test_intervals_of_the_smoothed_hazard_cover_the_truth() -> None:
    """300 trials at four ages, of which two near a border: 0.91 is three standard errors below 0.95."""
    rng = np.random.default_rng(9)
    held = np.zeros(4)
    for _ in range(300):
        found = smoothed_hazard(*spells(rng, 150, np.full(60, 0.02)), bandwidth=12)
        ages = np.array([2, 20, 40, 58]) - 1
        held += (found.lower[ages] <= 0.02) & (found.upper[ages] >= 0.02)
    assert (held / 300 > 0.91).all(), held / 300


def test_where_nothing_ends_nearby_the_hazard_has_an_upper_limit_only() -> None:
    found = smoothed_hazard([60] * 40, [False] * 40)
    assert (found.rate == 0).all()
    assert (found.lower == 0).all()
    heaviest = 1 / np.sum(1 - (np.arange(-11, 12) / 12) ** 2)
    assert found.upper[30] == pytest.approx(-np.log(0.025) * heaviest / 40)


def test_a_hazard_that_ends_all_at_once_is_found_where_it_is() -> None:
    found = smoothed_hazard([12] * 30, [True] * 30, bandwidth=1)
    assert found.rate.tolist() == [0.0] * 11 + [1.0]


def test_what_else_ends_a_spell_takes_it_out_of_risk() -> None:
    found = hazard_rates([6, 12], [2, 1], [0, 12])
    assert found.rate[0] == pytest.approx(1 / 18)


def test_months_in_which_contracts_end_are_marked(runs: pd.DataFrame) -> None:
    table = hazard_table(runs, contract=60)
    assert table.loc[table["contract_end"], "month"].unique().tolist() == [60, 120, 180, 240]
    assert not hazard_table(runs)["contract_end"].any()
    none = hazard_table(runs, contract=60, bandwidth=6).query("strategies == 'none'").set_index("month")["hazard"]
    assert none[60] > 2 * none[45]


def test_periods_of_every_arm_add_up_to_its_endings(runs: pd.DataFrame) -> None:
    table = rate_table(runs)
    events = table.groupby("strategies")["events"].sum()
    assert events.to_dict() == runs.groupby("strategies")["event_observed"].sum().to_dict()
    failed = rate_table(runs, ending="failed").groupby("strategies")["events"].sum()
    assert failed["none"] == (runs.query("strategies == 'none'")["ending"] == "failed").sum()
    contract = rate_table(runs, breaks=[59, 60]).set_index("strategies")
    none = runs[runs["strategies"] == "none"]
    assert contract.loc["none", "rate"] == pytest.approx(
        (none["duration"][none["event_observed"]] == 60).sum() / (none["duration"] >= 60).sum()
    )


@pytest.mark.parametrize(
    ("keywords", "message"),
    [
        ({"ending": "won"}, "ending is 'won': it must be one of any, failed, completed"),
        ({"contract": 0}, "contract is 0 months: it must be above 0"),
        ({"bandwidth": 0.5}, "bandwidth is 0.5 months: it must be at least 1"),
    ],
)
def test_what_cannot_be_is_refused(runs: pd.DataFrame, keywords: dict, message: str) -> None:
    with pytest.raises(InputError, match=message):
        hazard_table(runs, **keywords)


@pytest.mark.parametrize("breaks", [[0], [0, 12, 12], [-1, 5], [0, np.nan]])
def test_breaks_that_do_not_rise_are_refused(breaks: list[float]) -> None:
    with pytest.raises(InputError, match="they must be two or more ages in rising order, from 0 or more"):
        hazard_rates([5], [1], breaks)


def test_a_very_long_spell_takes_no_more_room_than_its_months() -> None:
    found = smoothed_hazard([200_000, 3, 4], [False, True, True])
    assert found.rate.size == 200_000
    assert found.events[:3].tolist() == [2, 2, 2]
    assert (found.rate[50:] == 0).all()
