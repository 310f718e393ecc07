"""States of the world: members as they are, ranges spread evenly, both together by weight."""

import numpy as np
import pytest

from cisim.errors import InputError
from cisim.study.design import Factor
from cisim.study.parameter_sets import Ensemble, draw_states

ENSEMBLE = Ensemble(
    "e", np.array([0.75, 0.25]), {"trust.start": np.array([0.2, 0.6]), "exit.conflict": np.array([1.0, 2.0])}
)
RANGE = Factor(name="trust.growth", low=0.0, high=0.1)


def test_without_ranges_the_states_are_the_members() -> None:
    assert draw_states(ENSEMBLE, (), 64, 1) is ENSEMBLE


def test_ranges_are_spread_evenly_and_drawn_again_alike() -> None:
    first, again = (draw_states(None, (RANGE,), 20, 1) for _ in range(2))
    strata = np.sort(np.floor(first.parameters["trust.growth"] / 0.1 * 20))
    assert strata.tolist() == list(range(20))
    assert np.array_equal(first.parameters["trust.growth"], again.parameters["trust.growth"])


def test_members_come_by_their_weights_and_whole() -> None:
    found = draw_states(ENSEMBLE, (RANGE,), 40, 1)
    pairs = list(zip(found.parameters["trust.start"], found.parameters["exit.conflict"], strict=True))
    assert pairs.count((0.2, 1.0)) == 30
    assert pairs.count((0.6, 2.0)) == 10
    assert found.weights == pytest.approx(np.full(40, 1 / 40))


def test_a_range_takes_the_place_of_what_members_say() -> None:
    found = draw_states(ENSEMBLE, (Factor(name="trust.start", low=0.4, high=0.5),), 16, 1)
    assert found.parameters["trust.start"].min() >= 0.4


def test_states_that_are_alike_are_one_with_their_weight() -> None:
    found = draw_states(None, (Factor(name="backbone.lead", values=("public", "funder")),), 10, 1)
    assert sorted(found.parameters["backbone.lead"]) == ["funder", "public"]
    assert found.weights == pytest.approx([0.5, 0.5])


def test_nothing_uncertain_and_too_few_states_are_refused() -> None:
    with pytest.raises(InputError, match="nothing is uncertain"):
        draw_states(None, (), 64, 1)
    with pytest.raises(InputError, match="samples=4 is too few"):
        draw_states(None, (RANGE,), 4, 1)
