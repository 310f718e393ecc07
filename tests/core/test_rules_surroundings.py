"""The world around a coalition: E5 to E10, E91, E96, E198 to E202."""

from collections.abc import Callable

from hypothesis import given

from cisim.core.rules.surroundings import (
    agency_budget,
    budget_level,
    budget_swing,
    climate,
    climate_shock,
    external_kind,
    goal_shift,
    internal_kind,
    log_budget,
    loss,
    rivals,
    spanner_loss,
    yearly_level,
)
from tests.core.tables import LN2, NORMAL, SHARE, Case, about, cases, quick

TABLE: list[Case] = [
    (climate, {"level": 1.0, "persistence": 0.6, "sd": 2.0, "z": 0.5}, 1.4),
    (climate, {"level": 1.0, "persistence": 0.6, "sd": 0.0, "z": 3.0}, 0.6),
    (climate, {"level": 1.0, "persistence": 0.0, "sd": 2.0, "z": -1.0}, -2.0),
    (log_budget, {"level": 0.4, "reversion": 0.25, "sd": 0.2, "swing": 1.5, "z": -1.0, "cut": 0.25}, -0.25),
    (log_budget, {"level": 0.4, "reversion": 0.0, "sd": 0.2, "swing": 1.0, "z": 1.0, "cut": 0.0}, 0.6),
    (log_budget, {"level": 0.4, "reversion": 1.0, "sd": 0.0, "swing": 1.0, "z": 9.0, "cut": 0.0}, 0.0),
    (climate_shock, {"level": 0.5, "size": 0.5}, -1.5),
    (climate_shock, {"level": 0.5, "size": 0.0}, 0.5),
    (loss, {"level": 0.8, "size": 0.25}, 0.6),
    (loss, {"level": 0.8, "size": 0.0}, 0.8),
    (loss, {"level": 0.8, "size": 1.0}, 0.0),
    (goal_shift, {"weight": 0.5, "size": 0.5, "z": 1.0}, 0.65),
    (goal_shift, {"weight": 0.5, "size": 1.0, "z": -1.0}, 0.2),
    (goal_shift, {"weight": 0.9, "size": 1.0, "z": 1.0}, 1.0),
    (goal_shift, {"weight": 0.1, "size": 1.0, "z": -1.0}, 0.0),
    (yearly_level, {"log_level": 0.0}, 1.0),
    (yearly_level, {"log_level": LN2}, 2.0),
    (yearly_level, {"log_level": -LN2}, 0.5),
    (budget_level, {"level": 2.0, "support": 0.5}, 1.0),
    (budget_level, {"level": 0.5, "support": 1.0}, 0.5),
    (budget_level, {"level": 0.5, "support": 0.0}, 0.0),
    (rivals, {"mean": 1.0, "deviation": 0.5}, 1.5),
    (rivals, {"mean": 1.0, "deviation": -1.5}, 0.0),
    (spanner_loss, {"size": 0.5, "lost": 0.4}, 0.2),
    (internal_kind, {"u": 0.49}, 0),
    (internal_kind, {"u": 0.5}, 1),
    (external_kind, {"u": 0.33}, 0),
    (external_kind, {"u": 0.34}, 1),
    (external_kind, {"u": 0.66}, 1),
    (external_kind, {"u": 0.67}, 2),
    (agency_budget, {"level": 0.8, "policy": 0.5}, 0.4),
    (budget_swing, {"wavering": 0.5, "leads": 1.0}, 1.5),
    (budget_swing, {"wavering": 0.5, "leads": 0.0}, 1.0),
]


@cases(TABLE)
def test_a_rule_gives_what_its_docstring_says(
    rule: Callable[..., float], arguments: dict[str, float], result: float
) -> None:
    assert rule(**arguments) == about(result)


@quick
@given(persistence=SHARE, sd=SHARE)
def test_the_climate_keeps_its_long_run_spread(persistence: float, sd: float) -> None:
    # Var(next) = kept^2 sd^2 + fresh^2, and that is sd^2 for a stationary climate of spread sd.
    kept = climate(1.0, persistence, sd, 0.0)
    fresh = climate(0.0, persistence, sd, 1.0)
    assert kept * kept * sd * sd + fresh * fresh == about(sd * sd)


@quick
@given(level=NORMAL, size=SHARE, more=SHARE)
def test_a_larger_shock_never_leaves_a_better_climate_or_budget(level: float, size: float, more: float) -> None:
    larger = min(1.0, size + more)
    assert climate_shock(level, larger) <= climate_shock(level, size) <= level
    assert 0.0 <= loss(1.0, larger) <= loss(1.0, size) <= 1.0


@quick
@given(weight=SHARE, size=SHARE, z=NORMAL)
def test_a_goal_shift_leaves_a_share_and_moves_with_its_deviate(weight: float, size: float, z: float) -> None:
    shifted = goal_shift(weight, size, z)
    assert 0.0 <= shifted <= 1.0
    assert (shifted - weight) * z >= 0.0


@quick
@given(level=NORMAL, cut=SHARE, z=NORMAL)
def test_a_bad_year_lowers_a_budget_by_its_cut_whatever_the_luck(level: float, cut: float, z: float) -> None:
    spared = log_budget(level, 0.25, 0.2, 1.0, z, 0.0)
    assert spared - log_budget(level, 0.25, 0.2, 1.0, z, cut) == about(cut)
