"""Limit cases with a known law: without friction nothing fails; an imposed hazard gives geometric spells.

Many runs go through the compiled engine, which gives the records of the Mesa engine; some through Mesa itself.
"""

from collections.abc import Sequence

import numpy as np
import pytest
from scipy import stats

from cisim.agents.engine import simulate_mesa
from cisim.core.kernel.engine import simulate_compiled
from cisim.parameters import Parameters, Value, replace
from tests.agents.settings import scenario

REPLICATES = 200
HAZARD = 0.04
STRATEGIES = ("backbone.gazing", "backbone.abstracting", "backbone.spacing")


def frictionless(changes: dict[str, Value]) -> Parameters:
    return replace(scenario("frictionless"), changes)


def durations(params: Parameters, replicates: int) -> list[int]:
    return [int(simulate_compiled(params, seed=1, replicate=r).spell["duration"]) for r in range(replicates)]


def are_geometric(spells: Sequence[int], hazard: float) -> bool:
    """Whether spells follow the geometric law, by chi-square on ten classes of about equal probability."""
    edges = np.unique(np.ceil(np.log1p(-np.arange(1, 10) / 10.0) / np.log1p(-hazard)))
    found = np.histogram(spells, [0.0, *(edges + 0.5), np.inf])[0]
    reached = np.concatenate([[0.0], stats.geom.cdf(edges, hazard), [1.0]])
    return bool(stats.chisquare(found, np.diff(reached) * len(spells)).pvalue > 1e-3)


@pytest.mark.parametrize("intensity", [0.0, 0.5, 1.0])
def test_without_friction_nothing_fails(intensity: float) -> None:
    params = frictionless(dict.fromkeys(STRATEGIES, intensity) | {"observation.horizon": 600})
    assert durations(params, REPLICATES) == [600] * REPLICATES


@pytest.mark.parametrize("intensity", [0.0, 0.5, 1.0])
def test_without_friction_nothing_fails_in_mesa_either(intensity: float) -> None:
    params = frictionless(dict.fromkeys(STRATEGIES, intensity) | {"observation.horizon": 120})
    endings = [simulate_mesa(params, seed=1, replicate=replicate).spell["ending"] for replicate in range(20)]
    assert endings == ["censored"] * 20


def test_with_friction_the_same_coalition_can_fail() -> None:
    endings = {
        simulate_compiled(scenario("minimal"), seed=1, replicate=replicate).spell["ending"] for replicate in range(40)
    }
    assert "failed" in endings


@pytest.fixture(scope="module")
def imposed() -> list[int]:
    """Spells of the frictionless coalition under a constant hazard of an ending from outside."""
    return durations(frictionless({"environment.imposed_hazard": HAZARD, "observation.horizon": 600}), 400)


def test_under_an_imposed_hazard_spells_are_geometric(imposed: list[int]) -> None:
    assert are_geometric(imposed, HAZARD)
    assert abs(np.mean(imposed) - 1.0 / HAZARD) < 4.0 * (1.0 - HAZARD) ** 0.5 / HAZARD / 20.0


@pytest.mark.parametrize("wrong", [0.75 * HAZARD, 1.33 * HAZARD])
def test_the_check_refuses_another_hazard(imposed: list[int], wrong: float) -> None:
    assert not are_geometric(imposed, wrong)


def test_the_check_refuses_another_law(imposed: list[int]) -> None:
    evenly = [1 + i % 49 for i in range(len(imposed))]
    assert not are_geometric(evenly, HAZARD)


def test_mesa_gives_the_same_spells_under_an_imposed_hazard(imposed: list[int]) -> None:
    params = frictionless({"environment.imposed_hazard": HAZARD, "observation.horizon": 600})
    spells = [simulate_mesa(params, seed=1, replicate=replicate).spell["duration"] for replicate in range(40)]
    assert spells == imposed[:40]


def test_imposed_endings_are_failures_from_outside() -> None:
    params = frictionless({"environment.imposed_hazard": 0.5})
    spell = simulate_mesa(params, seed=1, replicate=0).spell
    assert (spell["ending"], spell["cause"], spell["event_observed"]) == ("failed", "external", True)
