"""Wherever in the registry a configuration lies, no outcome is one that no coalition can have."""

import pytest

from cisim.core.kernel.engine import simulate_compiled
from tests.agents.corners import SETTINGS, corners, oddities


def search(name: str, number: int) -> list[str]:
    """Run that many configurations of a scenario and return the oddities, each with the configuration."""
    found = []
    for corner in corners(name, number):
        record = simulate_compiled(corner.params, seed=corner.number, replicate=0, trajectory=True)
        odd = oddities(record, corner.params.observation.horizon)
        found += [f"{name} {corner.number}: {text}" for text in odd]
    return found


@pytest.mark.parametrize("name", SETTINGS)
def test_no_outcome_is_impossible_in_a_sample_of_the_registry(name: str) -> None:
    assert search(name, 40) == []


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", SETTINGS)
def test_no_outcome_is_impossible_anywhere_in_the_registry(name: str) -> None:
    assert search(name, 2000) == []
