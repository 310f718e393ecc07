"""Time to recover on trajectories whose answer is plain to see."""

import numpy as np
import pytest

from cisim.questions.robustness.recovery import HOLD, months_to_recover

NAN = np.nan
TWIN = [1.0] * 10


def recover(state: list[float], twin: list[float] = TWIN, *, completed: bool = False) -> tuple[float, float]:
    found = months_to_recover(np.array([state]), np.array([twin]), np.array([completed]), 0.05)
    return float(found[0][0]), float(found[1][0])


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ([1.0] * 10, (0, 0)),
        ([0.96] * 10, (0, 0)),
        ([0.5, 0.6, 0.8, *[1.0] * 7], (1, 3)),
        ([1.0, 1.0, 0.5, 0.6, *[1.0] * 6], (1, 4)),
        ([0.5, 1.0, 0.5, *[1.0] * 7], (1, 3)),
        ([0.5, *[1.0] * (HOLD - 1), 0.5, *[1.0] * (9 - HOLD)], (1, HOLD + 1)),
        ([0.5] * 10, (1, 10)),
        ([*[0.5] * 9, 1.0], (1, 9)),
        ([0.5, 0.5, *[NAN] * 8], (1, 10)),
        ([1.0, 1.0, *[NAN] * 8], (1, 10)),
    ],
    ids=[
        *("never moved", "within the band", "struck at once", "struck late", "one good month is no recovery"),
        *("as many as hold less one", "never back", "back in the last month", "failed while behind", "failed at once"),
    ],
)
def test_months_are_counted_from_the_shock_to_the_first_of_some_months_back(
    state: list[float], expected: tuple[int, int]
) -> None:
    assert recover(state) == expected


def test_a_coalition_that_completes_is_back() -> None:
    assert recover([0.5, 0.5, *[NAN] * 8], completed=True) == (1, 2)


def test_a_coalition_that_outlives_its_twin_is_back() -> None:
    assert recover([0.5] * 10, [1.0, 1.0, 1.0, *[NAN] * 7]) == (1, 3)


def test_the_twin_is_the_measure_and_not_the_level_before() -> None:
    falling = list(np.linspace(1.0, 0.1, 10))
    assert recover(falling, falling) == (0, 0)
    assert recover([1.0] * 10, list(np.linspace(1.0, 2.0, 10))) == (1, 10)
