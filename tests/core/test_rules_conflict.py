"""Conflict in three channels kept apart: E46 to E52, E155 and E156."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from cisim.core.rules.social_capital import (
    agenda_clash,
    clashes,
    conflict,
    confrontation,
    felt_distance,
    grievance,
    neglect,
    tie_distance,
    unspoken,
)
from tests.core.tables import SATISFACTION, SHARE, Case, about, cases, quick

CHANNELS = {"scale": 2.0, "clashing": 1.0}
UNSPOKEN = {"growth": 0.2, "distance": 0.5, "trust": 0.2}

TABLE: list[Case] = [
    # sqrt(0.3^2 + 0.16) = 0.5 from the coalition, 0.1 along ties
    (felt_distance, {"weight": 0.5, "mean": 0.2, "variance": 0.16, "tie_distance": 0.1, "tie_share": 0.4}, 0.34),
    (felt_distance, {"weight": 0.5, "mean": 0.2, "variance": 0.16, "tie_distance": 0.1, "tie_share": 0.0}, 0.5),
    (felt_distance, {"weight": 0.5, "mean": 0.2, "variance": 0.16, "tie_distance": 0.1, "tie_share": 1.0}, 0.1),
    (tie_distance, {"first": 0.2, "second": 0.6, "language": 0.5, "relief": 0.5}, 0.3),
    (tie_distance, {"first": 0.6, "second": 0.2, "language": 0.0, "relief": 0.5}, 0.4),
    (tie_distance, {"first": 0.6, "second": 0.2, "language": 1.0, "relief": 1.0}, 0.0),
    (agenda_clash, {"strength": 1.25, "attended": 0.5}, 1.25),
    (agenda_clash, {"strength": 1.25, "attended": 0.25}, 0.9375),
    (agenda_clash, {"strength": 1.25, "attended": 1.0}, 0.0),
    (agenda_clash, {"strength": 1.25, "attended": 0.0}, 0.0),
    (
        confrontation,
        {"strength": 2.0, "exposure": 0.5, "measurement": 0.9, "spacing": 0.25, "satisfaction": -0.5},
        0.9,
    ),
    (
        confrontation,
        {"strength": 2.0, "exposure": 0.5, "measurement": 0.5, "spacing": 0.0, "satisfaction": -0.5},
        1.0,
    ),
    (
        confrontation,
        {"strength": 2.0, "exposure": 0.5, "measurement": 0.9, "spacing": 1.0, "satisfaction": -0.5},
        0.0,
    ),
    (
        confrontation,
        {"strength": 2.0, "exposure": 0.5, "measurement": 0.9, "spacing": 0.0, "satisfaction": 0.5},
        0.0,
    ),
    (neglect, {"strength": 2.0, "remembered_attention": 0.9, "weight": 0.5, "tolerance": 0.2}, 0.4),
    (neglect, {"strength": 2.0, "remembered_attention": 0.1, "weight": 0.5, "tolerance": 0.2}, 0.4),
    (neglect, {"strength": 2.0, "remembered_attention": 0.65, "weight": 0.5, "tolerance": 0.2}, 0.0),
    (conflict, CHANNELS | {"distance": 0.5, "trust": 0.5, "neglected": 0.1}, 0.6),
    (conflict, CHANNELS | {"distance": 0.0, "trust": 0.5, "neglected": 0.1}, 0.1),
    (conflict, CHANNELS | {"distance": 0.5, "trust": 1.0, "neglected": 0.0}, 0.0),
    (clashes, {"agenda": 0.4, "divergence": 0.3, "confronted": 0.3}, 1.0),
    (unspoken, UNSPOKEN | {"spacing": 0.5, "satisfaction": -0.5}, 0.02),
    (unspoken, UNSPOKEN | {"spacing": 0.0, "satisfaction": -0.5}, 0.0),
    (unspoken, UNSPOKEN | {"spacing": 0.5, "satisfaction": 0.5}, 0.0),
    (grievance, {"level": 1.0, "gathered": 0.02, "decay": 0.1}, 0.92),
    (grievance, {"level": 1.0, "gathered": 0.0, "decay": 0.1}, 0.9),
]


@cases(TABLE)
def test_a_rule_gives_what_its_docstring_says(
    rule: Callable[..., float], arguments: dict[str, float], result: float
) -> None:
    assert rule(**arguments) == about(result)


@quick
@given(weight=SHARE, mean=SHARE, variance=st.floats(0.0, 0.25), along=SHARE, share=SHARE)
def test_a_felt_distance_lies_between_the_coalitions_and_the_ties(
    weight: float, mean: float, variance: float, along: float, share: float
) -> None:
    general = felt_distance(weight, mean, variance, along, 0.0)
    felt = felt_distance(weight, mean, variance, along, share)
    assert general >= abs(weight - mean) - 1e-15
    assert min(general, along) - 1e-15 <= felt <= max(general, along) + 1e-15


@quick
@given(first=SHARE, second=SHARE, language=SHARE, more=SHARE, relief=SHARE)
def test_shared_language_eases_the_distance_between_two_who_feel_it_alike(
    first: float, second: float, language: float, more: float, relief: float
) -> None:
    felt = tie_distance(first, second, language, relief)
    assert felt == tie_distance(second, first, language, relief)
    assert 0.0 <= tie_distance(first, second, min(1.0, language + more), relief) <= felt


@quick
@given(attended=SHARE)
def test_focus_on_either_goal_suspends_the_clash_alike(attended: float) -> None:
    assert 0.0 <= agenda_clash(1.0, attended) <= agenda_clash(1.0, 0.5) == 1.0
    assert agenda_clash(1.0, attended) == about(agenda_clash(1.0, 1.0 - attended))


@quick
@given(exposure=SHARE, measurement=SHARE, more=SHARE, spacing=SHARE, felt=SATISFACTION)
def test_blame_grows_with_measurement_and_is_spared_by_spacing(
    exposure: float, measurement: float, more: float, spacing: float, felt: float
) -> None:
    blame = confrontation(1.27, exposure, measurement, spacing, felt)
    assert blame >= 0.0
    assert blame <= confrontation(1.27, exposure, min(1.0, measurement + more), spacing, felt)
    assert confrontation(1.27, exposure, measurement, min(1.0, spacing + more), felt) <= blame
    assert blame <= confrontation(1.27, exposure, measurement, spacing, felt - more)


@quick
@given(remembered=SHARE, weight=SHARE, tolerance=SHARE, more=SHARE)
def test_patience_bears_a_gap_up_to_its_tolerance(
    remembered: float, weight: float, tolerance: float, more: float
) -> None:
    felt = neglect(2.0, remembered, weight, tolerance)
    assert felt >= 0.0
    assert neglect(2.0, remembered, weight, tolerance + more) <= felt
    assert (felt == 0.0) == (abs(remembered - weight) <= tolerance)


@quick
@given(distance=SHARE, trust=SHARE, more=SHARE, channels=st.lists(SHARE, min_size=4, max_size=4))
def test_conflict_rises_with_every_channel_and_with_distance_and_falls_with_trust(
    distance: float, trust: float, more: float, channels: list[float]
) -> None:
    def lived(distance: float, trust: float, agenda: float, values: float, blame: float, neglected: float) -> float:
        return conflict(1.6, clashes(agenda, values, blame), distance, trust, neglected)

    felt = lived(distance, trust, *channels)
    for i in range(4):
        assert felt <= lived(distance, trust, *(c + more * (i == j) for j, c in enumerate(channels)))
    assert felt <= lived(distance + more, trust, *channels)
    assert felt >= lived(distance, min(1.0, trust + more), *channels) >= channels[3]


@quick
@given(spacing=SHARE, more=SHARE, distance=SHARE, trust=SHARE, felt=SATISFACTION)
def test_spacing_gathers_grievances(spacing: float, more: float, distance: float, trust: float, felt: float) -> None:
    gathered = grievance(0.0, unspoken(0.17, spacing, distance, trust, felt), 0.017)
    spaced = unspoken(0.17, min(1.0, spacing + more), distance, trust, felt)
    assert 0.0 <= gathered <= grievance(0.0, spaced, 0.017)
