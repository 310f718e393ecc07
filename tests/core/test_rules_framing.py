"""Abstracting: E18 to E22, E157 and E158."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from cisim.core.rules.attention import (
    backlog,
    backlog_growth,
    credibility,
    effective_weight,
    frame_binding,
    framing_factor,
    hypocrisy,
)
from tests.core.tables import POSITIVE, SATISFACTION, SHARE, Case, about, cases, quick

FRAMED = {"weight": 0.3, "resonance": 0.5, "credibility": 0.8, "pull": 0.5, "target": 0.85}
EXPERT = {"vagueness": 0.2, "discretion": 0.5}
BEHIND = {"level": 1.0, "weight": 0.4, "decay": 0.02}

TABLE: list[Case] = [
    # 0.5 x 1 x 0.5 x 0.8 = 0.2 of the way from 0.3 to 0.85
    (effective_weight, FRAMED | {"abstracting": 1.0}, 0.41),
    (effective_weight, FRAMED | {"abstracting": 0.5}, 0.355),
    (effective_weight, FRAMED | {"abstracting": 0.0}, 0.3),
    (effective_weight, FRAMED | {"abstracting": 1.0, "weight": 0.95}, 0.93),
    (credibility, {"level": 0.5, "perceived": 1.0, "promised": 2.0, "speed": 0.1}, 0.5),
    (credibility, {"level": 0.5, "perceived": 2.0, "promised": 2.0, "speed": 0.1}, 0.55),
    (credibility, {"level": 0.5, "perceived": 6.0, "promised": 2.0, "speed": 0.1}, 0.55),
    (credibility, {"level": 0.9, "perceived": 1.0, "promised": 2.0, "speed": 0.1}, 0.82),
    (credibility, {"level": 1.0, "perceived": 0.0, "promised": 2.0, "speed": 0.5}, 0.0),
    (framing_factor, EXPERT | {"abstracting": 0.0, "expertise": 0.9}, 1.0),
    (framing_factor, EXPERT | {"abstracting": 0.5, "expertise": 0.9}, 0.9 * 1.1),
    (framing_factor, EXPERT | {"abstracting": 1.0, "expertise": 0.0}, 0.8 * 0.75),
    (frame_binding, {"abstracting": 0.5, "resonance": 0.8, "credibility": 0.5}, 0.2),
    (frame_binding, {"abstracting": 1.0, "resonance": 0.8, "credibility": 0.0}, 0.0),
    (backlog_growth, {"growth": 0.3, "abstracting": 0.5, "resonance": 0.8, "credibility": 0.5}, 0.06),
    (backlog_growth, {"growth": 0.3, "abstracting": 0.0, "resonance": 0.8, "credibility": 0.5}, 0.0),
    (backlog, BEHIND | {"growth": 0.06, "economic_gap": -0.5}, 0.998),
    (backlog, BEHIND | {"growth": 0.06, "economic_gap": 0.5}, 0.98),
    (backlog, BEHIND | {"growth": 0.0, "economic_gap": -0.5}, 0.98),
    (hypocrisy, {"abstracting": 0.5, "resonance": 0.8, "credibility": 0.4, "credible": 0.9}, 0.2),
    (hypocrisy, {"abstracting": 0.5, "resonance": 0.8, "credibility": 0.95, "credible": 0.9}, 0.0),
    (hypocrisy, {"abstracting": 0.0, "resonance": 0.8, "credibility": 0.4, "credible": 0.9}, 0.0),
]


@cases(TABLE)
def test_a_rule_gives_what_its_docstring_says(
    rule: Callable[..., float], arguments: dict[str, float], result: float
) -> None:
    assert rule(**arguments) == about(result)


@quick
@given(weight=SHARE, resonance=SHARE, abstracting=SHARE, level=SHARE, pull=SHARE, target=SHARE)
def test_a_frame_draws_a_weight_towards_its_target_and_never_beyond(
    weight: float, resonance: float, abstracting: float, level: float, pull: float, target: float
) -> None:
    drawn = effective_weight(weight, resonance, abstracting, level, pull, target)
    assert min(weight, target) - 1e-15 <= drawn <= max(weight, target) + 1e-15


@quick
@given(first=SHARE, second=SHARE, abstracting=SHARE)
def test_abstracting_narrows_the_distance_between_two_who_resonate_alike(
    first: float, second: float, abstracting: float
) -> None:
    drawn = [effective_weight(w, 0.7, abstracting, 0.8, 0.6, 0.85) for w in (first, second)]
    assert abs(drawn[0] - drawn[1]) <= abs(first - second) + 1e-15


@quick
@given(level=SHARE, perceived=POSITIVE, promised=st.floats(0.01, 10.0), speed=st.floats(0.01, 0.5))
def test_credibility_is_a_share_that_rises_with_results(
    level: float, perceived: float, promised: float, speed: float
) -> None:
    now = credibility(level, perceived, promised, speed)
    assert 0.0 <= now <= 1.0
    assert now <= credibility(level, perceived + 1.0, promised, speed)


@quick
@given(distance=st.floats(0.01, 0.4), speed=st.floats(0.01, 0.3))
def test_credibility_falls_twice_as_fast_as_it_grows(distance: float, speed: float) -> None:
    grown = credibility(0.5, 0.5 + distance, 1.0, speed) - 0.5
    fallen = 0.5 - credibility(0.5, 0.5 - distance, 1.0, speed)
    assert fallen == about(2.0 * grown)


@quick
@given(abstracting=SHARE, expertise=SHARE, vagueness=st.floats(0.0, 0.5), discretion=st.floats(0.0, 0.8), more=SHARE)
def test_vagueness_costs_output_and_expertise_pays(
    abstracting: float, expertise: float, vagueness: float, discretion: float, more: float
) -> None:
    factor = framing_factor(abstracting, expertise, vagueness, discretion)
    assert framing_factor(abstracting, expertise, vagueness + 0.4 * more, discretion) <= factor
    assert factor <= framing_factor(abstracting, min(1.0, expertise + more), vagueness, discretion)
    assert factor > 0.0


def test_abstracting_without_an_expert_costs_output_at_every_intensity() -> None:
    factors = [framing_factor(a, 0.5, 0.19, 0.42) for a in (0.0, 0.3, 0.6, 1.0)]
    assert factors == sorted(set(factors), reverse=True)


@quick
@given(gap=SATISFACTION, resonance=SHARE, level=SHARE, weight=SHARE, abstracting=SHARE)
def test_the_backlog_grows_with_abstracting_for_those_who_want_economic_results(
    gap: float, resonance: float, level: float, weight: float, abstracting: float
) -> None:
    growth = backlog_growth(0.3, abstracting, resonance, level)
    piled = backlog(0.0, growth, weight, gap, 0.02)
    assert 0.0 <= piled <= backlog(0.0, backlog_growth(0.3, 1.0, resonance, level), weight, gap, 0.02)
    assert backlog(0.0, growth, 1.0, gap, 0.02) == 0.0


@quick
@given(abstracting=SHARE, resonance=SHARE, level=SHARE, lower=SHARE)
def test_resentment_grows_with_the_frame_and_as_credibility_falls(
    abstracting: float, resonance: float, level: float, lower: float
) -> None:
    felt = hypocrisy(abstracting, resonance, level, 0.9)
    assert 0.0 <= felt <= hypocrisy(1.0, resonance, level, 0.9)
    assert felt <= hypocrisy(abstracting, resonance, level * lower, 0.9)
