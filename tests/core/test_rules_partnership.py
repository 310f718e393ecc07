"""What a negotiated partnership takes along, and the joint platform: E114 to E117."""

from collections.abc import Callable

from hypothesis import given

from cisim.core.rules.matching import inherited, platform_factor, promise_factor, protection
from tests.core.tables import LN2, POSITIVE, SHARE, Case, about, cases, quick

#: After `LN2` times its time scale, half of the set-up is still to be done.
SET_UP = {"gain": 0.3, "loss": 0.2, "months": 6.0, "age": 6.0 * LN2}

TABLE: list[Case] = [
    (inherited, {"level": 0.5, "carried": 0.5, "capital": 0.6}, 0.65),
    (inherited, {"level": 0.5, "carried": 0.0, "capital": 0.6}, 0.5),
    (inherited, {"level": 0.5, "carried": 1.0, "capital": 1.0}, 1.0),
    (promise_factor, {"belief": 0.5, "perceived": 0.8, "competence": 0.4}, 1.2),
    (promise_factor, {"belief": 0.5, "perceived": 0.4, "competence": 0.4}, 1.0),
    (promise_factor, {"belief": 0.5, "perceived": 0.3, "competence": 0.7}, 0.8),
    (promise_factor, {"belief": 2.0, "perceived": 0.2, "competence": 0.8}, 0.5),
    # two providers bring half of the gain, and half of the loss is left
    (platform_factor, SET_UP | {"platform": 1.0, "providers": 2.0}, 1.05),
    (platform_factor, SET_UP | {"platform": 0.5, "providers": 2.0}, 1.025),
    (platform_factor, SET_UP | {"platform": 1.0, "providers": 1.0}, 0.9),
    (platform_factor, SET_UP | {"platform": 1.0, "providers": 0.0}, 0.9),
    (platform_factor, SET_UP | {"platform": 1.0, "providers": 3.0, "age": 0.0}, 1.0),
    (platform_factor, SET_UP | {"platform": 0.0, "providers": 3.0}, 1.0),
    (protection, {"penalty": 2.0, "complement": 0.5, "relational_governance": 0.6}, 2.6),
    (protection, {"penalty": 2.0, "complement": 0.0, "relational_governance": 0.6}, 2.0),
    (protection, {"penalty": 2.0, "complement": 0.5, "relational_governance": 0.0}, 2.0),
]


@cases(TABLE)
def test_a_rule_gives_what_its_docstring_says(
    rule: Callable[..., float], arguments: dict[str, float], result: float
) -> None:
    assert rule(**arguments) == about(result)


@quick
@given(level=SHARE, carried=SHARE, capital=SHARE)
def test_what_is_carried_over_never_lowers_a_tie_and_keeps_it_a_share(
    level: float, carried: float, capital: float
) -> None:
    assert level <= inherited(level, carried, capital) <= 1.0


@quick
@given(belief=POSITIVE, perceived=SHARE, competence=SHARE)
def test_who_is_thought_better_than_it_is_promises_more_than_it_can_keep(
    belief: float, perceived: float, competence: float
) -> None:
    factor = promise_factor(belief, perceived, competence)
    assert factor >= 1.0 if perceived >= competence else 0.5 <= factor <= 1.0


@quick
@given(platform=SHARE, gain=SHARE, loss=SHARE, age=POSITIVE, providers=POSITIVE)
def test_a_platform_pays_more_with_age_and_with_providers(
    platform: float, gain: float, loss: float, age: float, providers: float
) -> None:
    now = platform_factor(platform, gain, providers, loss, 6.0, age)
    assert now <= platform_factor(platform, gain, providers, loss, 6.0, age + 1.0)
    assert now <= platform_factor(platform, gain, providers + 1.0, loss, 6.0, age)
    assert platform_factor(platform, gain, 1.0, loss, 6.0, age) <= 1.0
