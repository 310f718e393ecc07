"""Every rule of the field is called with the parameter that its argument is meant for."""

from collections.abc import Iterator

import pytest

from cisim.agents.field import Field
from cisim.core.population import World
from cisim.core.rules import diffusion, platform
from cisim.parameters import get, replace
from tests.agents.test_wiring import distinct, is_rule, noting

MODULES = (diffusion, platform)

#: Arguments of rules and the parameters that they are.
MEANT: dict[str, dict[str, str]] = {
    "community_target": {"heterogeneity": "communities.heterogeneity"},
    "local_fit": {"width": "practice.fit_width", "misfit": "practice.misfit"},
    "practice_worth": {"reference": "practice.reference"},
    "first_position": {"error": "practice.start_error"},
    "first_potency": {"mean": "practice.start_potency", "sd": "practice.potency_sd"},
    "community_trait": {"sd": "communities.resistance_sd"},
    "search_chance": {
        "rate": "practice.search_rate",
        "learning_spacing": "production.learning_spacing",
        "spacing": "backbone.spacing",
        "gain": "platform.search_gain",
    },
    "tried_position": {"step": "practice.search_step"},
    "tried_potency": {"step": "practice.potency_step"},
    "look_chance": {"rate": "practice.look_rate"},
    "transferred_position": {"adaptation": "platform.adaptation"},
    "transferred_skill": {"stickiness": "practice.stickiness"},
    "undisturbed": {
        "adoption_cost": "practice.adoption_cost",
        "search_cost": "practice.search_cost",
        "training_time": "platform.training_time",
    },
    "relational_capital": {"growth": "communities.capital_growth", "decay": "communities.capital_decay"},
    "donors_giving": {"for_each": "donors.budget", "attention": "donors.attention"},
    "infrastructure_money": {"programme_bias": "donors.programme_bias"},
    "programme_money": {"programme_bias": "donors.programme_bias"},
    "platform_need": {"fixed": "platform.fixed_cost", "per_user": "platform.user_cost"},
    "platform_capacity": {"speed": "platform.speed"},
    "assistance": {"cost": "platform.assistance_cost"},
    "platform_joining": {"rate": "platform.join_rate", "network": "platform.network"},
    "platform_leaving": {"rate": "platform.leave_rate"},
    "sharing_chance": {"rate": "platform.share_rate"},
    "library_noise": {"noise": "practice.evidence_noise", "quality": "platform.evidence_quality"},
    "faded_evidence": {"fading": "platform.fading"},
}


def open_to_others() -> dict[str, float | int | str]:
    """Return a field in which everything happens."""
    return {
        "communities.number": 6,
        "communities.ego": 0.01,
        "communities.not_invented": 0.02,
        "communities.silos": 0.03,
        "platform.fixed_cost": 0.04,
        "platform.user_cost": 0.05,
        "practice.mode": "blend",
        "platform.presence": "present",
    }


@pytest.fixture(scope="module")
def calls() -> Iterator[dict[str, list[dict[str, float]]]]:
    """Yield the arguments by name of every call of a rule in two years of a field."""
    seen: dict[str, list[dict[str, float]]] = {}
    with pytest.MonkeyPatch.context() as patch:
        for module in MODULES:
            for name, rule in list(vars(module).items()):
                if is_rule(rule, module):
                    patch.setattr(module, name, noting(rule, seen.setdefault(name, [])))
        made = Field(replace(distinct(), open_to_others()), World(3, 0))
        for _ in range(24):
            made.step()
        yield seen


@pytest.mark.parametrize("rule", MEANT)
def test_a_rule_is_called_with_the_parameters_that_it_is_meant_for(
    rule: str, calls: dict[str, list[dict[str, float]]]
) -> None:
    assert calls[rule] != []
    params = replace(distinct(), open_to_others())
    for argument, name in MEANT[rule].items():
        assert {call[argument] for call in calls[rule]} == {get(params, name)}, argument


def test_traits_and_noise_are_drawn_with_their_own_means_and_spreads(
    calls: dict[str, list[dict[str, float]]],
) -> None:
    params = replace(distinct(), open_to_others())
    traits = ("communities.not_invented", "communities.ego", "communities.silos")
    assert {call["mean"] for call in calls["community_trait"]} == {get(params, name) for name in traits}
    noises = {call["noise"] for call in calls["observed_worth"]}
    assert get(params, "practice.trial_noise") in noises
    assert len(noises) > 1  # what the platform gathers is less noisy
