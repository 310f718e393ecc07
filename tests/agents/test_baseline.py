"""A few runs of each scenario stay what they were, until somebody decides otherwise.

Numbers are the same to the last bit where the elementary functions are, and may differ by rounding elsewhere. After a
change that is meant, run ``python -m tests.agents.update_baseline``.
"""

import pytest

from tests.agents.baseline import REPLICATES, is_exact, remembered, simulated
from tests.agents.settings import closely


@pytest.mark.parametrize("name", REPLICATES)
def test_a_scenario_gives_the_runs_that_are_remembered(name: str) -> None:
    for now, before in zip(simulated(name), remembered()[name], strict=True):
        assert now == (before if is_exact() else closely(before))


def test_the_baseline_remembers_all_scenarios_and_different_endings() -> None:
    baseline = remembered()
    assert baseline.keys() == REPLICATES.keys()
    assert {name: len(runs) for name, runs in baseline.items()} == REPLICATES
    assert len({run["ending"] for runs in baseline.values() for run in runs}) >= 2
