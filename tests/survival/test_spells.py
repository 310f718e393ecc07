"""Any table of durations: what is read from it, which limits are stated, and what is refused."""

import numpy as np
import pandas as pd
import pytest
from lifelines import KaplanMeierFitter
from lifelines.datasets import load_multicenter_aids_cohort_study

from cisim.errors import InputError
from cisim.survival.curves import survival_curve, survival_quantile
from cisim.survival.spells import read_spells

TABLE = pd.DataFrame(
    {
        "duration": [12, 30.5, 7, 60],
        "event_observed": [True, False, True, False],
        "why": ["funding", "", "conflict", None],
        "region": ["north", "south", "north", "south"],
        "entry": [0, 3, 1, 0],
        "ending": ["failed", "censored", "completed", "censored"],
    }
)


def test_spells_are_read_with_their_entry_cause_and_group() -> None:
    spells = read_spells(TABLE, entry="entry", cause="why", group="region")
    assert spells.duration.tolist() == [12, 30.5, 7, 60]
    assert spells.event_observed.tolist() == [True, False, True, False]
    assert spells.entry is not None
    assert spells.entry.tolist() == [0, 3, 1, 0]
    assert (spells.causes, spells.groups) == (["conflict", "funding"], ["north", "south"])
    assert spells.ending("funding").tolist() == [1, 0, 2, 0]
    assert [part.duration.tolist() for _, part in spells.parts()] == [[12, 7], [30.5, 60]]


def test_years_become_months() -> None:
    spells = read_spells(TABLE, unit="years", entry="entry")
    assert spells.duration.tolist() == [144, 366, 84, 720]
    assert spells.entry is not None
    assert spells.entry.tolist() == [0, 36, 12, 0]


@pytest.mark.parametrize(
    "words", [["yes", "no", "Yes", "NO "], [1, 0, 1, 0], [1.0, 0.0, 1.0, 0.0], ["true", "false", "TRUE", "f"]]
)
def test_an_event_may_be_coded_in_several_ways(words: list) -> None:
    assert read_spells(TABLE.assign(event_observed=words)).event_observed.tolist() == [True, False, True, False]


def test_how_a_spell_ended_serves_as_its_cause() -> None:
    assert read_spells(TABLE, ending="ending").causes == ["completed", "failed"]


def test_an_ending_without_a_cause_counts_as_unknown_and_is_reported() -> None:
    spells = read_spells(TABLE.assign(why=["funding", "x", None, ""]), cause="why")
    assert spells.causes == ["funding", "unknown"]
    assert spells.statements == ("1 endings have no cause: they count as cause 'unknown'",)


@pytest.mark.parametrize(
    ("duration", "event", "statement"),
    [
        ([5], [1], "one spell only: estimates have no standard error"),
        ([5, 6], [0, 0], "none of 2 spells ended within 6 months: no median, no hazard and no parametric family"),
        ([7, 7], [1, 1], "all 2 spells ended at month 7: they tell nothing about how durations spread"),
    ],
)
def test_the_limits_of_little_data_are_stated(duration: list, event: list, statement: str) -> None:
    spells = read_spells(pd.DataFrame({"duration": duration, "event_observed": event}))
    assert [sentence.startswith(statement) for sentence in spells.statements] == [True]


def test_a_poor_group_is_named() -> None:
    spells = read_spells(TABLE, group="region")
    assert len(spells.statements) == 1
    assert spells.statements[0].startswith("south: none of 2 spells ended within 60 months")
    assert read_spells(TABLE).statements == ()


def test_spells_none_of_which_was_seen_from_its_start_are_reported() -> None:
    spells = read_spells(TABLE.assign(entry=[2, 3, 4, 5]), entry="entry")
    assert spells.statements == (
        "no spell was followed from its start: all shares are among those that lasted 2 months",
    )


@pytest.mark.parametrize(
    ("change", "keywords", "message"),
    [
        ({"duration": [1, np.nan, 3, 4]}, {}, r"duration of 1 of 4 rows is not usable \(first at index 1: empty\)"),
        ({"duration": [1, 2, -3, 4]}, {}, r"1 of 4 durations are not usable \(row 2: -3.0\)"),
        ({"duration": [1, 2, np.inf, 4]}, {}, r"1 of 4 durations are not usable \(row 2: inf\)"),
        ({"duration": [1, "two", 3, 4]}, {}, r"duration of 1 of 4 rows is not usable \(first at index 1: 'two'\)"),
        ({"duration": [True] * 4}, {}, "duration holds bool values: it must hold numbers"),
        (
            {"event_observed": [1, 2, 0, 0]},
            {},
            r"event_observed of 1 of 4 rows .* index 1: '2'\): it must be true or fal",
        ),
        (
            {"event_observed": [1, None, 0, 0]},
            {},
            r"event_observed of 1 of 4 rows is not usable \(first at index 1: emp",
        ),
        ({}, {"entry": "begin"}, "the table lacks the column begin: it has duration, event_observed, why"),
        ({"entry": [0, 0, 7, 0]}, {"entry": "entry"}, r"1 of 4 entries are not usable \(row 2: entry 7, duration 7\)"),
        ({"entry": [0, -1, 0, 0]}, {"entry": "entry"}, r"1 of 4 entries are not usable \(row 1: entry -1"),
        ({"ending": ["failed"] * 4}, {"ending": "ending"}, "2 rows contradict themselves: ending must be 'censored'"),
        ({"ending": ["lost"] * 4}, {"ending": "ending"}, "ending is 'lost': it must be one of failed, completed"),
        ({"region": ["a", None, "b", "b"]}, {"group": "region"}, "1 of 4 rows have no region: give each spell a group"),
        ({}, {"unit": "weeks"}, "unit is 'weeks': it must be one of months, years"),
    ],
)
def test_what_is_no_spell_is_refused_in_one_line(change: dict, keywords: dict, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read_spells(TABLE.assign(**change), **keywords)
    assert "\n" not in str(caught.value)


def test_a_table_without_rows_or_with_a_column_twice_is_refused() -> None:
    with pytest.raises(InputError, match="the table has no rows"):
        read_spells(TABLE.iloc[:0])
    with pytest.raises(InputError, match="the column duration comes more than once"):
        read_spells(pd.concat([TABLE, TABLE[["duration"]]], axis=1))


def test_survival_of_men_who_entered_late_is_that_of_lifelines() -> None:
    """The Multicenter AIDS Cohort Study: years from infection, most men followed from later on."""
    men = load_multicenter_aids_cohort_study()
    men = men[men["W"] < men["T"]]
    fitter = KaplanMeierFitter().fit(men["T"], men["D"], entry=men["W"])
    curve = survival_curve(men["T"], men["D"], entry=men["W"], grid=fitter.timeline)
    np.testing.assert_allclose(curve.probability, fitter.survival_function_.iloc[:, 0], atol=1e-12)
    plain = survival_curve(men["T"], men["D"])
    assert curve.at(5).value < plain.at(5).value - 0.02


def test_a_spell_that_enters_late_worked_by_hand() -> None:
    """At 4 one of two ends, at 6 one of three: the third came under observation at 4, after that end."""
    curve = survival_curve([4, 6, 8], [1, 1, 0], entry=[0, 0, 4])
    assert curve.at_risk.tolist() == [2, 2, 2, 1]
    assert curve.at(4).value == pytest.approx(1 / 2)
    assert curve.at(6).value == pytest.approx(1 / 2 * 1 / 2)


def test_before_the_earliest_entry_all_are_there_by_definition() -> None:
    curve = survival_curve([14, 16, 20], [1, 1, 0], entry=[5, 6, 7], grid=[3])
    assert curve.at(3) == (1, 0, 1, 1)
    assert curve.at(14).value == pytest.approx(2 / 3)


def test_ages_at_which_nobody_was_followed_are_refused() -> None:
    with pytest.raises(InputError, match="nobody was followed between ages 10 and 15"):
        survival_curve([10, 30, 31], [0, 1, 0], entry=[0, 15, 16])


def test_survival_that_is_lost_before_others_enter_is_refused() -> None:
    with pytest.raises(InputError, match="all who were followed at age 10 ended then, and others entered later"):
        survival_curve([10, 30, 31], [1, 1, 0], entry=[0, 10, 16])


def test_quantiles_invert_the_curve_and_its_limits() -> None:
    curve = survival_curve(np.arange(1, 101), np.ones(100))
    quarter = survival_quantile(curve, 0.75)
    assert quarter.value == 25
    assert curve.lower[curve.time == quarter.lower] <= 0.75 < curve.lower[curve.time == quarter.lower - 1]
    assert curve.upper[curve.time == quarter.upper] <= 0.75 < curve.upper[curve.time == quarter.upper - 1]
    with pytest.raises(InputError, match="level is 1: it must lie between 0 and 1"):
        survival_quantile(curve, 1)
