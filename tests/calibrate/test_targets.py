"""Targets and the statistics that they speak of, by hand."""

from typing import Any

import numpy as np
import pytest

from cisim.errors import InputError
from cisim.questions.calibrate.simulate import SpellCounts, statistics_of
from cisim.questions.calibrate.targets import Target, Targets, deviations, distances, read_targets


def target(**changes: Any) -> Target:
    plain = {"name": "a", "statistic": "survival", "month": 2, "value": 0.5, "low": 0.4, "high": 0.8, "source": "b"}
    return Target(**{**plain, **changes})


def spells() -> SpellCounts:
    """Ten coalitions: two fail in month 1, one completes in month 2, three fail in month 4; four go on."""
    counts = np.zeros((1, 2, 5), dtype=np.int64)
    counts[0, 0, 1], counts[0, 1, 2], counts[0, 0, 4] = 2, 1, 3
    return SpellCounts(counts, 10, {"jobs_milestone": np.array([[1.0, 2.0, np.nan, 9.0]])})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"month": 2}, 0.7),
        ({"month": 4, "after": 2}, 4 / 7),
        ({"statistic": "share_completed", "month": 2}, 1 / 3),
        ({"statistic": "share_completed", "month": 4}, 1 / 6),
        ({"statistic": "hazard_ratio", "split": 2, "month": 4}, np.log(0.7 / 0.4) / -np.log(0.7)),
        ({"statistic": "median", "outcome": "jobs_milestone"}, 2.0),
    ],
)
def test_statistics_are_what_they_are_by_hand(changes: dict[str, Any], expected: float) -> None:
    assert statistics_of(spells(), [target(**changes)])[0, 0] == pytest.approx(expected)


def test_what_is_not_defined_is_infinitely_far() -> None:
    nobody_left = SpellCounts(np.full((1, 2, 1), 5, dtype=np.int64), 10, {})
    wanted = target(statistic="hazard_ratio", split=1, month=2)
    found = statistics_of(nobody_left, [wanted])
    assert np.isnan(found).all()
    assert np.isinf(distances(found, np.ones(1) / 2, Targets((wanted,)))).all()


def test_misses_are_counted_in_half_widths_of_their_own_side() -> None:
    found = np.array([[0.35], [0.65], [0.5]])
    assert deviations(found, Targets((target(),))).ravel() == pytest.approx([-1.5, 0.5, 0.0])


def test_the_distance_to_intervals_is_the_largest_weighted_miss() -> None:
    both = Targets((target(), target(name="c", weight=2.0), target(name="d", weight=0.0)))
    found = np.array([[0.8, 0.65, 99.0], [0.5, 0.65, 99.0]])
    assert distances(found, np.ones(2) / 2, both) == pytest.approx([1.0, 1.0])


def test_a_normal_error_accepts_by_its_likelihood() -> None:
    wanted = Targets((target(value=0.5, low=0.4, high=0.6),), "normal")
    luck = np.random.default_rng(1).random(20_000)
    found = np.full((20_000, 1), 0.5 + 0.1 / 1.959964)  # one standard error off
    share = (distances(found, luck, wanted) <= 1).mean()
    assert share == pytest.approx(np.exp(-0.5), abs=0.01)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"value": 0.9}, "must lie inside 0.4 to 0.8"),
        ({"statistic": "mode"}, "statistic=mode is not known"),
        ({"month": None}, "needs month:"),
        ({"after": 2}, "must come after 2"),
        ({"weight": -1.0}, "weight -1.0 is below 0"),
        ({"statistic": "median", "outcome": "joy"}, "joy is no column"),
    ],
)
def test_a_target_that_makes_no_sense_is_refused_in_one_line(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words) as problem:
        target(**changes)
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize(
    ("plain", "words"),
    [
        ({}, "must hold kernel: and a list targets:"),
        ({"targets": [], "more": 1}, "must hold"),
        ({"targets": ["a"]}, "is no target"),
        ({"targets": [{"name": "a"}]}, "lacks statistic:"),
        ({"targets": [{"nam": "a"}]}, "has no nam:"),
        ({"targets": [vars(target())], "kernel": "round"}, "kernel=round is not known"),
        ({"targets": [vars(target()), vars(target())]}, "same name"),
        ({"targets": [vars(target(weight=0.0))]}, "no target has a weight above 0"),
        ({"targets": [{**vars(target()), "low": "x"}]}, "'x' of target a is not a number"),
    ],
)
def test_a_file_of_targets_that_makes_no_sense_is_refused_in_one_line(plain: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words) as problem:
        read_targets(plain, "here")
    assert "\n" not in str(problem.value)
