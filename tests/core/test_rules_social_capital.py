"""Three kinds of social capital on a tie: E53 to E59, E92, E151 to E154."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from cisim.core.rules.social_capital import (
    bonds,
    both_partners,
    closure,
    fine_control,
    goodwill,
    introduction_rate,
    language,
    legitimacy,
    trust,
    trust_drive,
    trust_loss,
    trust_start,
)
from tests.core.tables import NORMAL, SATISFACTION, SHARE, Case, about, cases, quick

BONDS = {"governance": 1.0, "closure_gain": 0.6}
DRIVEN = {"coordination": 0.4, "rate": 0.05}
LOSSES = {"conflict_rate": 0.05, "result_rate": 0.02}
TRUSTED = {"level": 0.5, "drive": 0.1, "loss": 0.05, "kept": 0.8}

TABLE: list[Case] = [
    (closure, {"common_partners": 0.0}, 0.0),
    (closure, {"common_partners": 4.0}, 0.5),
    (closure, {"common_partners": 12.0}, 0.75),
    (trust_start, {"mean": 0.45, "z": 1.0}, 0.55),
    (trust_start, {"mean": 0.45, "z": -9.0}, 0.05),
    (trust_start, {"mean": 0.45, "z": 9.0}, 0.95),
    # 1 + 0.5 of governance + 0.2 of goodwill + 0.3 of closure + 0.2 of coordination = 2.2
    (goodwill, {"effect": 0.5, "spacing": 0.4}, 0.2),
    (goodwill, {"effect": 0.5, "spacing": 0.0}, 0.0),
    (bonds, BONDS | {"relational_governance": 0.5, "goodwill": 0.2, "closed": 0.5}, 1.0),
    (bonds, BONDS | {"relational_governance": 0.0, "goodwill": 0.0, "closed": 0.0}, 0.0),
    (trust_drive, DRIVEN | {"bonds": 1.0, "communication": 0.5, "legitimacy": 1.1}, 0.121),
    (trust_drive, DRIVEN | {"bonds": 0.0, "communication": 0.0, "legitimacy": 1.0}, 0.05),
    (both_partners, {"first": 0.2, "second": 0.6}, 0.4),
    (both_partners, {"first": -0.5, "second": 0.5}, 0.0),
    (fine_control, {"rate": 0.01, "spacing": 0.5}, 0.005),
    (fine_control, {"rate": 0.01, "spacing": 1.0}, 0.0),
    (legitimacy, {"effect": 0.8, "lead_weight": 0.6}, 1.0),
    (legitimacy, {"effect": 0.8, "lead_weight": 0.85}, 1.2),
    (legitimacy, {"effect": 2.0, "lead_weight": 0.1}, 0.1),
    (trust_loss, LOSSES | {"conflict": 2.0, "control": 0.005, "satisfaction": -0.5}, 0.115),
    (trust_loss, LOSSES | {"conflict": 0.0, "control": 0.01, "satisfaction": 0.5}, 0.01),
    (trust_loss, LOSSES | {"conflict": 0.0, "control": 0.0, "satisfaction": 0.0}, 0.0),
    (trust, TRUSTED | {"satisfaction": 0.3}, 0.515),
    (trust, TRUSTED | {"satisfaction": -0.7}, 0.475),
    (trust, TRUSTED | {"satisfaction": -1.5}, 0.475),
    (trust, TRUSTED | {"satisfaction": 0.3, "kept": 0.0}, 0.475),
    (trust, TRUSTED | {"satisfaction": 0.3, "loss": 3.0}, 0.0),
    (language, {"level": 0.5, "growth": 0.04, "communication": 0.5, "relational_governance": 1.0}, 0.515),
    (language, {"level": 0.5, "growth": 0.04, "communication": 0.0, "relational_governance": 1.0}, 0.495),
    (language, {"level": 0.0, "growth": 0.0, "communication": 1.0, "relational_governance": 1.0}, 0.0),
    (introduction_rate, {"yearly": 0.1, "closed": 0.5}, 0.05),
    (introduction_rate, {"yearly": 0.1, "closed": 0.0}, 0.0),
]


@cases(TABLE)
def test_a_rule_gives_what_its_docstring_says(
    rule: Callable[..., float], arguments: dict[str, float], result: float
) -> None:
    assert rule(**arguments) == about(result)


@quick
@given(common=st.floats(0.0, 500.0), more=st.floats(0.0, 10.0))
def test_third_parties_close_a_tie_but_never_wholly(common: float, more: float) -> None:
    assert 0.0 <= closure(common) <= closure(common + more) < 1.0


@quick
@given(mean=SHARE, z=NORMAL)
def test_first_trust_leaves_room_to_grow_and_to_fall(mean: float, z: float) -> None:
    assert 0.05 <= trust_start(mean, z) <= 0.95


@quick
@given(felt=st.lists(SHARE, min_size=4, max_size=4), more=SHARE)
def test_every_bond_speeds_trust(felt: list[float], more: float) -> None:
    def drive(governance: float, spacing: float, closed: float, communication: float) -> float:
        bound = bonds(1.0, governance, goodwill(0.5, spacing), 0.5, closed)
        return trust_drive(0.054, bound, communication, 0.3, 1.0)

    for i in range(4):
        assert drive(*felt) <= drive(*(b + more * (i == j) for j, b in enumerate(felt)))


@quick
@given(felt=st.floats(0.0, 3.0), spacing=SHARE, more=SHARE, satisfaction=SATISFACTION)
def test_trust_is_lost_to_conflict_control_and_poor_results(
    felt: float, spacing: float, more: float, satisfaction: float
) -> None:
    def loss(conflict: float, spaced: float, satisfied: float) -> float:
        return trust_loss(conflict, 0.046, fine_control(0.011, spaced), 0.015, satisfied)

    lost = loss(felt, spacing, satisfaction)
    assert 0.0 <= lost <= loss(felt + more, spacing, satisfaction)
    assert loss(felt, min(1.0, spacing + more), satisfaction) <= lost
    assert lost <= loss(felt, spacing, satisfaction - more)


@quick
@given(level=SHARE, drive=st.floats(0.0, 1.0), loss=st.floats(0.0, 1.0), satisfaction=SATISFACTION, kept=SHARE)
def test_trust_stays_a_share_and_rises_with_kept_contributions_and_results(
    level: float, drive: float, loss: float, satisfaction: float, kept: float
) -> None:
    now = trust(level, drive, loss, satisfaction, kept)
    assert 0.0 <= now <= 1.0
    assert now <= trust(level, drive, loss, satisfaction + 0.1, kept)
    assert now <= trust(level, drive, loss, satisfaction, min(1.0, kept + 0.1)) + 1e-15


def test_results_move_trust_at_least_as_much_as_kept_contributions_do() -> None:
    from_results = trust(0.5, 0.1, 0.0, 0.3, 0.7) - trust(0.5, 0.1, 0.0, 0.1, 0.7)
    from_keeping = trust(0.5, 0.1, 0.0, 0.1, 0.9) - trust(0.5, 0.1, 0.0, 0.1, 0.7)
    assert from_results == about(0.1 * 0.2 * 0.7 * 0.5)
    assert from_keeping == about(0.1 * 0.8 * 0.2 * 0.5)


@quick
@given(level=SHARE, communication=SHARE, governance=SHARE, growth=st.floats(0.0, 0.15))
def test_shared_language_stays_a_share_and_is_built_by_communication_and_joint_action(
    level: float, communication: float, governance: float, growth: float
) -> None:
    now = language(level, growth, communication, governance)
    assert 0.0 <= now <= language(level, growth, min(1.0, communication + 0.1), governance) <= 1.0
    assert now <= language(level, growth, communication, min(1.0, governance + 0.1)) + 1e-15
