"""Commitment, staying and leaving: E65 to E69, E95, E159 to E165. The cause, E70, has its own file."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from cisim.core.rules.leaving import (
    Bearing,
    CommitmentEffects,
    all_reasons,
    bound_by,
    commitment_target,
    deferred_wish,
    disappointment,
    free_hazard,
    hazard_now,
    inside_factor,
    outside_pull,
    reason,
    rival_pull,
    surfaced,
    surfacing,
)
from tests.core.tables import LN2, LN3, SATISFACTION, SHARE, Case, E, about, cases, quick

#: What binds adds up to 2, what pushes too.
TORN = Bearing(satisfaction=0.5, conflict=0.5, trust=0.75, frame=0.5, autonomy_lost=0.25, outside=1.0, deferred=0.25)
EFFECTS = CommitmentEffects(
    base=0.0, satisfaction=2.0, conflict=1.0, trust=2.0, frame=1.0, autonomy=2.0, outside=0.5, lock_in=2.0
)
WEAK_LINK = {"strength": 2.0, "evidence_effect": 1.0, "evidence_demand": 0.5}
PROTECTED = {"outside": 0.5, "bound": 0.5}
BOUND_BY = {"e_climate": 0.3, "climate": 1.0, "e_trust": 2.0, "e_satisfaction": 1.0}
CONTRACT = {"break_penalty": 2 * LN2, "review": LN2}
BOUND = {"free": 0.01, "inside": 0.5, "contract_end": LN2, "surfacing": LN3, "deferred": 0.04}

TABLE: list[Case] = [
    (commitment_target, {"bearing": TORN, "effects": EFFECTS}, 0.5),
    (commitment_target, {"bearing": TORN, "effects": EFFECTS._replace(base=LN3)}, 0.75),
    (
        commitment_target,
        {"bearing": TORN._replace(satisfaction=0.0, outside=-1.0), "effects": EFFECTS._replace(base=LN3)},
        0.75,
    ),
    (reason, {"effect": 2.0, "felt": 0.3}, 0.6),
    (reason, {"effect": 2.0, "felt": 0.0}, 0.0),
    (all_reasons, {"conflict": 0.4, "disappointment": 0.3, "dependence": 0.2, "hypocrisy": 0.1}, 1.0),
    (rival_pull, {"effect": 0.4, "rivals": 1.5}, 0.2),
    (rival_pull, {"effect": 0.4, "rivals": 0.0}, -0.4),
    (outside_pull, {"effect": 0.5, "outside": -1.0, "rivals": 0.2}, -0.3),
    (bound_by, BOUND_BY | {"trust": 0.75, "satisfaction": 0.5}, 1.3),
    (bound_by, BOUND_BY | {"trust": 0.25, "satisfaction": -0.5}, -0.2),
    (surfacing, {"grievance": 0.4, "backlog": 0.2}, 0.6),
    (surfaced, {"reason": 1.0, "gathered": 0.25}, 1.25),
    (disappointment, WEAK_LINK | {"spacing": 0.5, "satisfaction": -0.4}, 0.9),
    (disappointment, WEAK_LINK | {"spacing": 0.0, "satisfaction": -0.4}, 0.8),
    (disappointment, WEAK_LINK | {"spacing": 1.0, "satisfaction": 0.4}, 0.0),
    (free_hazard, PROTECTED | {"base_rate": 0.01, "reasons": 0.0}, 0.01),
    (free_hazard, PROTECTED | {"base_rate": 0.01, "reasons": LN2}, 0.02),
    (free_hazard, PROTECTED | {"base_rate": 0.01, "reasons": 0.0, "bound": 0.5 + LN2}, 0.005),
    (free_hazard, PROTECTED | {"base_rate": 0.0, "reasons": 9.0}, 0.0),
    (free_hazard, PROTECTED | {"base_rate": 0.01, "reasons": 20.0}, 0.01 * E**12),
    (inside_factor, CONTRACT | {"at_review": 0}, 0.25),
    (inside_factor, CONTRACT | {"at_review": 1}, 0.5),
    (hazard_now, BOUND | {"at_end": 1, "surfacing": 20.0}, 0.01 * E**12 + 0.04),
    (hazard_now, BOUND | {"at_end": 0}, 0.005),
    (hazard_now, BOUND | {"at_end": 1}, 0.1),
    (deferred_wish, {"level": 0.1, "free": 0.05, "now": 0.02, "decay": 0.1}, 0.12),
    (deferred_wish, {"level": 0.1, "free": 0.02, "now": 0.05, "decay": 0.1}, 0.09),
    (deferred_wish, {"level": 0.0, "free": 0.02, "now": 0.02, "decay": 0.1}, 0.0),
]

HAZARD = st.floats(0.0, 0.2)


@cases(TABLE)
def test_a_rule_gives_what_its_docstring_says(
    rule: Callable[..., float], arguments: dict[str, float], result: float
) -> None:
    assert rule(**arguments) == about(result)


@quick
@given(state=st.builds(Bearing, *[SHARE] * len(Bearing._fields)), more=SHARE)
def test_commitment_is_a_share_that_rises_with_what_binds_and_falls_with_what_pushes(
    state: Bearing, more: float
) -> None:
    def target(**changed: float) -> float:
        return commitment_target(state._replace(**changed), EFFECTS._replace(base=0.6))

    for name in ("satisfaction", "trust", "frame"):
        assert 0.0 <= target() <= target(**{name: getattr(state, name) + more}) <= 1.0
    for name in ("conflict", "autonomy_lost", "outside", "deferred"):
        assert target(**{name: getattr(state, name) + more}) <= target()


@quick
@given(demand=SHARE, spacing=SHARE, more=SHARE, felt=SATISFACTION)
def test_spacing_disappoints_those_who_want_evidence(demand: float, spacing: float, more: float, felt: float) -> None:
    reason = disappointment(2.4, 1.7, demand, spacing, felt)
    assert 0.0 <= reason <= disappointment(2.4, 1.7, demand, min(1.0, spacing + more), felt)
    assert reason <= disappointment(2.4, 1.7, min(1.0, demand + more), spacing, felt)


@quick
@given(reasons=st.floats(0.0, 8.0), more=SHARE, trust=st.floats(-1.0, 1.0), felt=SATISFACTION)
def test_the_free_hazard_rises_with_reasons_and_falls_with_trust_and_satisfaction(
    reasons: float, more: float, trust: float, felt: float
) -> None:
    def hazard(reasons: float, pull: float, climate: float, trust: float, felt: float) -> float:
        return free_hazard(0.0025, reasons, pull, bound_by(1.0, climate, 1.0, trust, 1.0, felt))

    free = hazard(reasons, 0.0, 0.0, trust, felt)
    assert free <= hazard(reasons + more, 0.0, 0.0, trust, felt)
    assert free <= hazard(reasons, more, 0.0, trust, felt)
    assert hazard(reasons, 0.0, 0.0, trust + more, felt) <= free
    assert hazard(reasons, 0.0, more, trust, felt) <= free
    assert hazard(reasons, 0.0, 0.0, trust, felt + more) <= free


@quick
@given(free=HAZARD, penalty=st.floats(0.0, 4.0), review=st.floats(0.0, 2.0), more=SHARE)
def test_a_contract_protects_inside_and_less_at_a_review(
    free: float, penalty: float, review: float, more: float
) -> None:
    inside = hazard_now(free, 0, inside_factor(0, penalty, review), 1.2, 0.0, 0.0)
    assert 0.0 <= inside <= free
    assert hazard_now(free, 0, inside_factor(0, penalty + more, review), 1.2, 0.0, 0.0) <= inside
    assert inside <= hazard_now(free, 0, inside_factor(1, penalty, review), 1.2, 0.0, 0.0)


@quick
@given(free=HAZARD, deferred=SHARE, surfacing=SHARE, more=SHARE)
def test_the_end_of_a_contract_releases_what_has_gathered(
    free: float, deferred: float, surfacing: float, more: float
) -> None:
    released = hazard_now(free, 1, 0.3, 1.2, surfacing, deferred)
    assert released >= free + deferred - 1e-15
    assert released <= hazard_now(free, 1, 0.3, 1.2, surfacing + more, deferred)
    assert released <= hazard_now(free, 1, 0.3, 1.2, surfacing, deferred + more)


@quick
@given(path=st.lists(HAZARD, min_size=1, max_size=59), penalty=st.floats(0.0, 4.0))
def test_what_a_contract_holds_back_is_what_it_releases_when_nothing_is_forgotten(
    path: list[float], penalty: float
) -> None:
    level, held_back = 0.0, 0.0
    for free in path:
        now = hazard_now(free, 0, inside_factor(0, penalty, 0.0), 0.0, 0.0, level)
        held_back += free - now
        level = deferred_wish(level, free, now, 0.0)
    assert level == about(held_back)
    # at the end, with no occasion and nothing that surfaces: the free hazard plus all that was held back
    assert hazard_now(path[-1], 1, inside_factor(0, penalty, 0.0), 0.0, 0.0, level) == about(path[-1] + held_back)


@quick
@given(level=SHARE, free=HAZARD, decay=SHARE, more=SHARE)
def test_a_deferred_wish_fades_and_is_never_negative(level: float, free: float, decay: float, more: float) -> None:
    kept = deferred_wish(level, free, 0.0, decay)
    assert 0.0 <= deferred_wish(level, free, 0.0, min(1.0, decay + more)) <= kept <= level + free + 1e-15
