"""The platform and its donors: E138 to E149, E204 and E205."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from cisim.core.rules.platform import (
    assistance,
    donors_giving,
    faded_evidence,
    fee_paid,
    infrastructure_money,
    library_evidence,
    library_noise,
    mean_evidence,
    platform_capacity,
    platform_joining,
    platform_leaving,
    platform_need,
    programme_money,
    sharing_chance,
)
from tests.core.tables import SHARE, Case, E, about, cases, quick

TABLE: list[Case] = [
    (donors_giving, {"for_each": 0.1, "n_communities": 20.0, "log_level": 0.0, "attention": 0.5, "evidence": 1.0}, 2.0),
    (donors_giving, {"for_each": 0.1, "n_communities": 20.0, "log_level": 0.0, "attention": 0.5, "evidence": 1.2}, 2.2),
    (donors_giving, {"for_each": 0.1, "n_communities": 20.0, "log_level": 0.0, "attention": 2.0, "evidence": 0.2}, 0.0),
    (
        donors_giving,
        {"for_each": 0.1, "n_communities": 10.0, "log_level": 0.5, "attention": 0.0, "evidence": 3.0},
        E**0.5,
    ),
    (infrastructure_money, {"given": 2.0, "programme_bias": 0.7, "fees": 0.2}, 0.8),
    (infrastructure_money, {"given": 2.0, "programme_bias": 1.0, "fees": 0.0}, 0.0),
    (platform_need, {"fixed": 0.5, "per_user": 0.03, "users": 10.0}, 0.8),
    (platform_capacity, {"level": 0.5, "money": 0.4, "need": 0.8, "speed": 0.1}, 0.5),
    (platform_capacity, {"level": 0.5, "money": 4.0, "need": 0.8, "speed": 0.1}, 0.55),
    (platform_capacity, {"level": 0.5, "money": 0.0, "need": 0.8, "speed": 0.1}, 0.45),
    (platform_capacity, {"level": 0.5, "money": 0.0, "need": 0.0, "speed": 0.1}, 0.45),
    (assistance, {"capacity": 0.8, "programme_money": 0.5, "cost": 0.1, "users": 10.0}, 0.4),
    (assistance, {"capacity": 0.8, "programme_money": 5.0, "cost": 0.1, "users": 10.0}, 0.8),
    (assistance, {"capacity": 0.8, "programme_money": 1.0, "cost": 0.1, "users": 0.0}, 0.8),
    (
        platform_joining,
        {"rate": 0.1, "capacity": 0.5, "network": 0.6, "user_share": 0.5, "silos": 0.5, "capital": 0.0},
        0.0175,
    ),
    (
        platform_joining,
        {"rate": 0.1, "capacity": 1.0, "network": 1.0, "user_share": 0.0, "silos": 0.0, "capital": 0.0},
        0.0,
    ),
    (platform_leaving, {"rate": 0.1, "capacity": 0.8}, 0.02),
    (sharing_chance, {"rate": 0.2, "silos": 0.5, "capital": 0.5}, 0.15),
    (library_noise, {"noise": 0.2, "quality": 0.5, "capacity": 1.0}, 0.1),
    (library_noise, {"noise": 0.2, "quality": 0.5, "capacity": 0.0}, 0.2),
    (library_evidence, {"evidence": 0.0, "observed": 1.1, "is_known": 0.0}, 1.1),
    (library_evidence, {"evidence": 0.9, "observed": 1.1, "is_known": 1.0}, 1.0),
    (faded_evidence, {"evidence": 0.8, "fading": 0.1, "capacity": 0.5}, 0.76),
    (faded_evidence, {"evidence": 0.8, "fading": 0.1, "capacity": 1.0}, 0.8),
    (fee_paid, {"fee": 0.1, "income": 0.5}, 0.1),
    (fee_paid, {"fee": 0.1, "income": 0.04}, 0.04),
    (fee_paid, {"fee": 0.0, "income": 0.5}, 0.0),
    (programme_money, {"given": 2.0, "programme_bias": 0.7}, 1.4),
    (mean_evidence, {"total": 2.4, "number": 3}, 0.8),
    (mean_evidence, {"total": 0.0, "number": 0}, 1.0),
]


@cases(TABLE)
def test_a_rule_gives_what_its_docstring_says(
    rule: Callable[..., float], arguments: dict[str, float], result: float
) -> None:
    assert rule(**arguments) == about(result)


@quick
@given(SHARE, st.floats(0.0, 10.0), st.floats(0.0, 10.0), SHARE)
def test_capacity_stays_a_share_and_falls_without_money(level: float, money: float, need: float, speed: float) -> None:
    assert 0.0 <= platform_capacity(level, money, need, speed) <= 1.0
    assert platform_capacity(level, 0.0, need, speed) <= level


@quick
@given(SHARE, SHARE, SHARE, SHARE, SHARE)
def test_more_users_draw_more_users(capacity: float, network: float, silos: float, few: float, many: float) -> None:
    low, high = sorted((few, many))
    one, other = (platform_joining(0.1, capacity, network, share, silos, 0.0) for share in (low, high))
    assert 0.0 <= one <= other + 1e-15
