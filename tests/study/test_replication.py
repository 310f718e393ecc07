"""Replicates by need: Stein's two stages, within a budget, at the level that they claim."""

import numpy as np
import pytest

from cisim.errors import InputError
from cisim.study.replication import Replication, Stage, half_width, replicates_needed


def asked(**changes: object) -> Replication:
    options: dict[str, object] = {"target": 2.0, "outcome": "time_free_of_failure", "month": 120, "budget": 10**6}
    return Replication(**{**options, **changes})  # type: ignore[arg-type]


def stage(values: np.ndarray) -> Stage:
    """First stage out of values of shape (points, replicates)."""
    n = np.full(len(values), values.shape[1])
    return Stage(n, values.sum(axis=1), (values**2).sum(axis=1))


def test_values_of_runs_are_months_free_of_failure_up_to_the_month() -> None:
    duration, failed = np.array([30, 30, 200, 120, 121]), np.array([True, False, True, True, True])
    assert asked().values(duration, failed).tolist() == [30, 120, 120, 120, 120]
    assert asked(outcome="share_failed").values(duration, failed).tolist() == [1, 0, 0, 1, 0]


def test_replicates_needed_are_those_of_a_hand_computed_case() -> None:
    # spread 10 over 11 replicates: t(10; .975) = 2.2281, (2.2281 x 10 / 2)^2 = 124.1
    values = np.array([[-10.0] * 5 + [10.0] * 5 + [0.0]])
    assert values.std(ddof=1) == 10.0
    assert replicates_needed(asked(), stage(values)).tolist() == [125]
    assert half_width(asked(), stage(values), np.array([125]))[0] == pytest.approx(1.9929, abs=1e-4)


def test_a_point_that_is_precise_already_gets_no_more() -> None:
    assert replicates_needed(asked(), stage(np.full((1, 12), 7.0))).tolist() == [12]


def test_a_share_of_none_still_has_a_spread() -> None:
    needed = replicates_needed(asked(outcome="share_failed", target=0.02), stage(np.zeros((1, 50))))
    # (0 + 2) / (50 + 4) = .037; t(49; .975) = 2.0096; (2.0096 / .02)^2 x .037 x .963 = 360.1
    assert needed.tolist() == [361]


def test_where_the_budget_does_not_reach_all_points_are_equally_imprecise() -> None:
    chance = np.random.default_rng(1)
    first = stage(chance.normal(0.0, np.array([[1.0], [20.0], [40.0]]), (3, 20)))
    replication = asked(target=0.5, budget=3000)
    needed = replicates_needed(replication, first)
    assert 2990 <= needed.sum() <= 3000
    widths = half_width(replication, first, needed)
    assert widths[1] == pytest.approx(widths[2], rel=0.02)
    assert widths[0] <= widths[1]


def test_intervals_after_two_stages_cover_at_their_level() -> None:
    """Stein's interval is exact for normal outcomes: 95 % of 4 000, standard error 0.34 %."""
    chance, covered, replication = np.random.default_rng(2), 0, asked(target=1.0)
    for _ in range(4000):
        first = chance.normal(0.0, 3.0, 10)
        n = int(replicates_needed(replication, stage(first[None, :]))[0])
        mean = np.concatenate([first, chance.normal(0.0, 3.0, n - 10)]).mean()
        covered += abs(mean) <= half_width(replication, stage(first[None, :]), np.array([n]))[0]
    assert 0.94 < covered / 4000 < 0.96


@pytest.mark.parametrize(
    ("option", "value", "complaint"),
    [
        ("target", 0.0, "target=0.0 is out of range"),
        ("target", float("nan"), "target=nan is out of range"),
        ("outcome", "joy", "target_of=joy is not known"),
        ("month", 0, "target_month=0 is out of range"),
    ],
)
def test_what_makes_no_sense_is_refused(option: str, value: object, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        asked(**{option: value})


def test_a_first_stage_too_short_or_too_dear_is_refused() -> None:
    with pytest.raises(InputError, match="replicates=9 is too few"):
        asked().check(points=1, first=9)
    with pytest.raises(InputError, match="budget=99 is less than the first stage of 10 points x 10"):
        asked(budget=99).check(points=10, first=10)
