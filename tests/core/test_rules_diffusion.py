"""Practice in many communities: E120 to E137, E203."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from cisim.core.rules.diffusion import (
    community_target,
    community_trait,
    drawn_place,
    first_position,
    first_potency,
    local_fit,
    look_chance,
    observed_worth,
    own_view,
    practice_worth,
    relational_capital,
    ring_distance,
    search_chance,
    transferred_position,
    transferred_skill,
    tried_position,
    tried_potency,
    trusted_evidence,
    undisturbed,
)
from tests.core.tables import SHARE, Case, E, about, cases, quick

QUIET = {"adopting": 0.0, "searching": 0.0, "assistance": 0.0}
COSTS = {"adoption_cost": 0.2, "search_cost": 0.1, "training_time": 0.05}

TABLE: list[Case] = [
    (ring_distance, {"one": 0.1, "other": 0.3}, 0.2),
    (ring_distance, {"one": 0.95, "other": 0.05}, 0.1),
    (ring_distance, {"one": 0.0, "other": 0.5}, 0.5),
    (community_target, {"heterogeneity": 0.0, "u": 0.9}, 0.0),
    (community_target, {"heterogeneity": 1.0, "u": 0.75}, 0.25),
    (community_target, {"heterogeneity": 0.4, "u": 0.25}, 0.9),
    (local_fit, {"distance": 0.0, "width": 0.15, "misfit": 0.6}, 1.0),
    (local_fit, {"distance": 0.15, "width": 0.15, "misfit": 0.6}, 0.4 + 0.6 / E**0.5),
    (local_fit, {"distance": 0.3, "width": 0.15, "misfit": 1.0}, 1.0 / E**2),
    (practice_worth, {"potency": 0.6, "fit": 0.5, "reference": 0.6}, 0.5),
    (first_position, {"target": 0.95, "error": 0.1, "z": 1.0}, 0.05),
    (first_potency, {"mean": 0.7, "sd": 0.1, "z": 1.0}, 0.8),
    (first_potency, {"mean": 0.7, "sd": 0.1, "z": 9.0}, 1.0),
    (first_potency, {"mean": 0.7, "sd": 0.1, "z": -9.0}, 0.05),
    (community_trait, {"mean": 0.3, "sd": 0.1, "z": 2.0}, 0.5),
    (community_trait, {"mean": 0.3, "sd": 0.1, "z": -9.0}, 0.0),
    (
        search_chance,
        {"rate": 0.2, "learning_spacing": 0.5, "spacing": 1.0, "gain": 1.0, "assistance": 0.5},
        0.15,
    ),
    (search_chance, {"rate": 0.5, "learning_spacing": 0.5, "spacing": 0.0, "gain": 3.0, "assistance": 1.0}, 1.0),
    (tried_position, {"position": 0.02, "step": 0.05, "z": -1.0}, 0.97),
    (tried_potency, {"potency": 0.5, "step": 0.1, "z": -2.0}, 0.3),
    (tried_potency, {"potency": 0.95, "step": 0.1, "z": 2.0}, 1.0),
    (observed_worth, {"worth": 0.9, "noise": 0.1, "z": -1.0}, 0.8),
    (look_chance, {"rate": 0.1, "silos": 0.5, "capital": 0.0}, 0.05),
    (look_chance, {"rate": 0.1, "silos": 0.5, "capital": 1.0}, 0.1),
    (trusted_evidence, {"evidence": 1.2, "not_invented": 0.5, "capital": 0.5}, 0.9),
    (own_view, {"worth": 0.8, "ego": 0.5, "capital": 0.5}, 1.0),
    (transferred_position, {"source": 0.9, "target": 0.1, "adaptation": 0.5, "assistance": 1.0}, 0.0),
    (transferred_position, {"source": 0.3, "target": 0.1, "adaptation": 0.5, "assistance": 0.0}, 0.3),
    (transferred_position, {"source": 0.3, "target": 0.1, "adaptation": 1.0, "assistance": 1.0}, 0.1),
    (transferred_skill, {"skill": 0.8, "stickiness": 0.5, "assistance": 0.0}, 0.4),
    (transferred_skill, {"skill": 0.8, "stickiness": 0.5, "assistance": 1.0}, 0.8),
    (undisturbed, COSTS | QUIET, 1.0),
    (undisturbed, COSTS | QUIET | {"adopting": 1.0}, 0.8),
    (undisturbed, COSTS | QUIET | {"searching": 1.0}, 0.9),
    (undisturbed, COSTS | {"adopting": 1.0, "searching": 1.0, "assistance": 1.0}, 0.684),
    (relational_capital, {"level": 0.5, "growth": 0.1, "decay": 0.02, "exchanged": 1.0}, 0.54),
    (relational_capital, {"level": 0.5, "growth": 0.1, "decay": 0.02, "exchanged": 0.0}, 0.49),
    (drawn_place, {"u": 0.0001, "number": 3}, 0),
    (drawn_place, {"u": 0.5, "number": 3}, 1),
    (drawn_place, {"u": 0.9999, "number": 3}, 2),
]


@cases(TABLE)
def test_a_rule_gives_what_its_docstring_says(
    rule: Callable[..., float], arguments: dict[str, float], result: float
) -> None:
    assert rule(**arguments) == about(result)


@quick
@given(SHARE, SHARE)
def test_distance_on_the_ring_is_the_same_both_ways_and_at_most_one_half(one: float, other: float) -> None:
    assert ring_distance(one, other) == about(ring_distance(other, one))
    assert 0.0 <= ring_distance(one, other) <= 0.5


@quick
@given(SHARE, SHARE, SHARE)
def test_help_in_adapting_never_takes_a_practice_further_from_what_suits(
    source: float, target: float, help_: float
) -> None:
    taken = transferred_position(source, target, 1.0, help_)
    assert ring_distance(taken, target) <= ring_distance(source, target) + 1e-9


@quick
@given(SHARE, st.floats(0.0, 0.2), st.floats(0.0, 0.1), st.sampled_from([0.0, 1.0]))
def test_relational_capital_stays_a_share(level: float, growth: float, decay: float, exchanged: float) -> None:
    assert 0.0 <= relational_capital(level, growth, decay, exchanged) <= 1.0


@quick
@given(SHARE, SHARE, SHARE)
def test_relational_capital_lowers_every_resistance(trait: float, less: float, more: float) -> None:
    low, high = sorted((less, more))
    assert look_chance(0.1, trait, low) <= look_chance(0.1, trait, high)
    assert trusted_evidence(1.0, trait, low) <= trusted_evidence(1.0, trait, high)
    assert own_view(1.0, trait, low) >= own_view(1.0, trait, high)
