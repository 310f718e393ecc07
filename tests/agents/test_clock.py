"""One draw decides a wait: the law is that of a monthly draw, and a lower hazard brings nothing forward."""

from math import exp

import numpy as np
import pytest
from scipy import stats

from cisim.agents.clock import Clock
from cisim.core.population import World
from cisim.core.purposes import LEAVE

ENTITIES = range(3000)


def months_until(hazards: list[float], entity: int, start: int = 0) -> int:
    """Return the month in which the event strikes, or one more than there are months."""
    clock = Clock(World(1, 0), entity, start, LEAVE)
    return next((m for m, hazard in enumerate(hazards, 1) if clock.strikes(hazard, m)), len(hazards) + 1)


def follows(waits: list[int], probabilities: list[float]) -> bool:
    """Whether waits agree with monthly probabilities, by chi-square on the months and on none."""
    reached, expected = 1.0, []
    for p in probabilities:
        expected.append(reached * p)
        reached *= 1.0 - p
    found = np.bincount(waits, minlength=len(probabilities) + 2)[1:]
    return bool(stats.chisquare(found, np.array([*expected, reached]) * len(waits)).pvalue > 1e-4)


@pytest.mark.parametrize(
    "hazards",
    [[0.1] * 12, [0.0, 0.0, 0.5, 0.1, 0.1, 1.0], [0.02 * m for m in range(12)]],
    ids=["constant", "at reviews", "rising"],
)
def test_an_event_strikes_with_the_probability_of_the_hazard_of_each_month(hazards: list[float]) -> None:
    waits = [months_until(hazards, entity) for entity in ENTITIES]
    probabilities = [1.0 - exp(-hazard) for hazard in hazards if hazard > 0.0]
    present = [m for m, hazard in enumerate(hazards, 1) if hazard > 0.0] + [len(hazards) + 1]
    assert set(waits) <= set(present)
    compact = [present.index(wait) + 1 for wait in waits]
    assert follows(compact, probabilities)
    assert not follows(compact, [1.15 * p for p in probabilities])


def test_waits_after_a_strike_follow_the_same_law() -> None:
    waits = []
    for entity in ENTITIES:
        clock = Clock(World(1, 0), entity, 0, LEAVE)
        strikes = [month for month in range(1, 61) if clock.strikes(0.3, month)]
        waits += [min(second - first, 8) for first, second in zip(strikes, strikes[1:], strict=False) if first <= 50]
    waits = [wait for wait in waits if wait <= 8]
    assert follows(waits, [1.0 - exp(-0.3)] * 7)


def test_a_lower_hazard_never_brings_an_event_forward() -> None:
    high = [0.05, 0.2, 0.01, 0.3, 0.0, 0.1] * 4
    for entity in range(300):
        low = [hazard * 0.8 for hazard in high]
        assert months_until(high, entity) <= months_until(low, entity)


def test_without_hazard_nothing_ever_happens() -> None:
    assert {months_until([0.0] * 600, entity) for entity in range(50)} == {601}


def test_a_clock_started_in_another_month_or_for_another_entity_waits_independently() -> None:
    first = [months_until([0.2] * 10, entity, start=0) for entity in ENTITIES]
    second = [months_until([0.2] * 10, entity, start=5) for entity in ENTITIES]
    table = np.histogram2d(np.minimum(first, 6), np.minimum(second, 6), bins=6)[0]
    assert stats.chi2_contingency(table).pvalue > 1e-4
