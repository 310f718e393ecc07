"""The world around a coalition: where it starts, and how it moves from month to month."""

import numpy as np
import pytest

from cisim.agents.environment import Environment
from cisim.core import kinds, purposes
from cisim.core.draws import normal
from cisim.core.population import World
from cisim.parameters import Value
from tests.agents.settings import small

WORLD = World(1, 0)


def world(changes: dict[str, Value] | None = None, replicate: int = 0) -> Environment:
    return Environment(small(changes or {}), World(1, replicate))


def z(month: int, purpose: int) -> float:
    return normal(*WORLD, kinds.COALITION, month, purpose)


def test_the_world_is_normal_at_founding() -> None:
    environment = world({"environment.rivals_mean": 1.5})
    assert (environment.climate, environment.policy, environment.is_bad_year) == (0.0, 1.0, False)
    assert environment.rivals == 1.5


def test_climate_and_rivals_are_autoregressive_each_with_luck_of_its_own() -> None:
    environment = world({"environment.climate_persistence": 0.8, "environment.rivals_sd": 0.5})
    climate = crowding = 0.0
    for month in range(1, 13):
        environment.change(month)
        climate = 0.8 * climate + 1.0 * 0.6 * z(month, purposes.CLIMATE)
        crowding = 0.8 * crowding + 0.5 * 0.6 * z(month, purposes.RIVALS)
        assert environment.climate == pytest.approx(climate)
        assert environment.rivals == pytest.approx(max(0.0, 1.0 + crowding))


def test_a_climate_keeps_its_spread_over_the_years() -> None:
    climates = []
    for replicate in range(300):
        environment = world({"environment.climate_persistence": 0.9, "environment.climate_sd": 2.0}, replicate)
        for month in range(1, 61):
            environment.change(month)
        climates.append(environment.climate)
    assert np.std(climates) == pytest.approx(2.0, rel=4.0 / (2 * 300) ** 0.5)
    assert abs(np.mean(climates)) < 4.0 * 2.0 / 300**0.5


def test_a_year_is_good_or_bad_from_its_first_month_to_its_last() -> None:
    bad = years = 0
    for replicate in range(100):
        environment = world({"environment.bad_year_rate": 0.3}, replicate)
        months = []
        for month in range(1, 61):
            environment.change(month)
            months.append(environment.is_bad_year)
        for year in range(5):
            assert len(set(months[12 * year : 12 * year + 12])) == 1
            bad += months[12 * year]
            years += 1
    assert abs(bad / years - 0.3) < 4.0 * (0.3 * 0.7 / years) ** 0.5


def test_policy_support_returns_by_its_share_of_the_gap() -> None:
    environment = world({"shocks.recovery": 0.2})
    environment.policy = 0.5
    levels = []
    for month in (1, 2):
        environment.change(month)
        levels.append(environment.policy)
    assert levels == pytest.approx([0.6, 0.68])
