"""Every parameter is live: moved, it moves an outcome, in the direction that the theory gives."""

import pytest

from cisim.parameters import REGISTRY
from tests.agents.directions import CHANGES, Move, difference, effect
from tests.agents.directions_field import FIELDS
from tests.agents.directions_formation import PARTNERSHIPS
from tests.agents.directions_leadership import LEADERSHIP
from tests.agents.directions_people import PEOPLE
from tests.agents.directions_relations import RELATIONS
from tests.agents.directions_work import WORK
from tests.agents.directions_world import WORLD

TABLE: dict[str, Move] = {**PEOPLE, **LEADERSHIP, **WORK, **RELATIONS, **WORLD, **FIELDS, **PARTNERSHIPS}

#: Parameters without a direction test, each with the reason.
EXCEPTIONS: dict[str, str] = {}


def test_every_parameter_has_a_direction_or_a_reason_why_not() -> None:
    assert set(TABLE) | set(EXCEPTIONS) == set(REGISTRY)
    assert set(TABLE) & set(EXCEPTIONS) == set()


@pytest.mark.parametrize("name", [name for name, move in TABLE.items() if move.sign != CHANGES])
def test_an_outcome_moves_in_the_direction_of_the_theory(name: str) -> None:
    move = TABLE[name]
    assert move.sign * effect(name, move) > 0.0, move.why


@pytest.mark.parametrize("name", [name for name, move in TABLE.items() if move.sign == CHANGES])
def test_an_outcome_moves_where_the_theory_gives_no_direction(name: str) -> None:
    move = TABLE[name]
    assert any(difference(name, move, replicate) != 0.0 for replicate in range(move.replicates)), move.why


def test_the_values_compared_lie_in_the_declared_ranges_and_differ() -> None:
    for name, move in TABLE.items():
        for value in (move.low, move.high):
            REGISTRY[name].check(value)
        assert move.low != move.high
