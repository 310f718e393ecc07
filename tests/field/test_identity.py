"""A field whose communities nothing ties together is so many coalitions alone; one community is the coalition alone."""

from dataclasses import replace as renew

import pytest

from cisim.agents.engine import simulate_mesa
from cisim.core.kernel.engine import simulate_compiled
from cisim.core.records import RunRecord
from cisim.parameters import Parameters, Value, replace
from cisim.questions.verify.compute import first_difference
from tests.docking.cases import CASES, SMALL

ENGINES = {"mesa": simulate_mesa, "compiled": simulate_compiled}
MONTHS = {"observation.horizon": 60, "observation.milestone": 24}

#: A field in which every community keeps to itself.
APART: dict[str, Value] = SMALL | MONTHS | {"communities.number": 4}


def alone(record: RunRecord) -> RunRecord:
    return renew(record, community=0, others=())


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("mode", ["off", "scratch"])
@pytest.mark.parametrize("case", ["quarrels", "newcomers and shocks"])
def test_every_community_apart_lives_the_life_that_it_has_alone(engine: str, mode: str, case: str) -> None:
    simulate = ENGINES[engine]
    params = replace(Parameters(), CASES[case] | APART | {"practice.mode": mode})
    field = simulate(params, seed=7, replicate=3, trajectory=True, events=True)
    assert [record.community for record in field.communities] == [0, 1, 2, 3]
    for community, record in enumerate(field.communities):
        single = replace(params, {"communities.number": 1})
        lone = simulate(single, seed=7, replicate=3, trajectory=True, events=True, community=community)
        assert first_difference(alone(record), lone) is None


def test_communities_share_the_climate_and_nothing_else_that_is_random() -> None:
    params = replace(Parameters(), APART | {"environment.imposed_hazard": 0.0, "funding.floor": 0.0})
    first, second, *_ = simulate_compiled(params, seed=7, replicate=3, trajectory=True).communities
    assert first.trajectory is not None
    assert second.trajectory is not None
    shorter = min(int(record.spell["duration"]) for record in (first, second))
    same = {
        name
        for name, series in first.trajectory.items()
        if (series[:shorter] == second.trajectory[name][:shorter]).all() and series[:shorter].any()
    }
    assert "climate" in same
    assert same.isdisjoint({"trust", "social", "satisfaction", "conflict"})


def test_a_field_of_one_that_may_copy_has_nobody_to_copy() -> None:
    lone = replace(Parameters(), SMALL | MONTHS | {"practice.mode": "copy"})
    silent = replace(lone, {"practice.look_rate": 0.0})
    records = [simulate_compiled(params, seed=2, replicate=1, trajectory=True) for params in (lone, silent)]
    assert first_difference(*records) is None
