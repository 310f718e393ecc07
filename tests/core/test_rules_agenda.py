"""Gazing: E12 to E17, E181."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from cisim.core.rules.attention import (
    attention,
    balanced_attention,
    months_since_switch,
    remembered_attention,
    round_position,
    social_share,
    switching_loss,
)
from tests.core.tables import POSITIVE, SHARE, Case, E, about, cases, quick

TABLE: list[Case] = [
    (balanced_attention, {"mean_weight": 0.6}, 0.6),
    (balanced_attention, {"mean_weight": 0.05}, 0.15),
    (balanced_attention, {"mean_weight": 0.95}, 0.85),
    # four months at balance 0.6: 2.4 social months, so two whole ones, 0.4 of the third, none of the fourth
    (social_share, {"position": 0, "balance": 0.6, "period": 4}, 1.0),
    (social_share, {"position": 1, "balance": 0.6, "period": 4}, 1.0),
    (social_share, {"position": 2, "balance": 0.6, "period": 4}, 0.4),
    (social_share, {"position": 3, "balance": 0.6, "period": 4}, 0.0),
    (attention, {"balance": 0.6, "gazing": 0.0, "share_social": 1.0}, 0.6),
    (attention, {"balance": 0.6, "gazing": 0.5, "share_social": 1.0}, 0.8),
    (attention, {"balance": 0.6, "gazing": 0.5, "share_social": 0.0}, 0.3),
    (attention, {"balance": 0.6, "gazing": 1.0, "share_social": 0.4}, 0.4),
    (months_since_switch, {"position": 0, "balance": 0.5, "period": 8}, 0.0),
    (months_since_switch, {"position": 3, "balance": 0.5, "period": 8}, 3.0),
    (months_since_switch, {"position": 4, "balance": 0.5, "period": 8}, 0.0),
    (months_since_switch, {"position": 7, "balance": 0.5, "period": 8}, 3.0),
    (switching_loss, {"cost": 0.3, "gazing": 0.5, "since_switch": 0.0, "digest_months": 3.0}, 0.15),
    (switching_loss, {"cost": 0.3, "gazing": 0.5, "since_switch": 3.0, "digest_months": 3.0}, 0.15 / E),
    (switching_loss, {"cost": 0.3, "gazing": 0.0, "since_switch": 0.0, "digest_months": 3.0}, 0.0),
    (remembered_attention, {"remembered": 0.5, "attended": 0.9, "memory_months": 4.0}, 0.6),
    (remembered_attention, {"remembered": 0.5, "attended": 0.5, "memory_months": 4.0}, 0.5),
    (round_position, {"month": 1, "period": 4}, 0),
    (round_position, {"month": 4, "period": 4}, 3),
    (round_position, {"month": 5, "period": 4}, 0),
]

BALANCE = st.floats(0.15, 0.85)
PERIOD = st.integers(2, 120)


@cases(TABLE)
def test_a_rule_gives_what_its_docstring_says(
    rule: Callable[..., float], arguments: dict[str, float], result: float
) -> None:
    assert rule(**arguments) == about(result)


@quick
@given(balance=BALANCE, gazing=SHARE, period=PERIOD)
def test_attention_over_a_round_is_the_balance_so_gazing_cannot_move_the_goals(
    balance: float, gazing: float, period: int
) -> None:
    months = [attention(balance, gazing, social_share(m, balance, period)) for m in range(period)]
    assert sum(months) / period == about(balance)
    assert all(0.0 <= level <= 1.0 for level in months)


@quick
@given(balance=BALANCE, period=PERIOD)
def test_a_round_has_one_social_phase_and_then_one_economic_phase(balance: float, period: int) -> None:
    shares = [social_share(m, balance, period) for m in range(period)]
    assert shares == sorted(shares, reverse=True)
    assert sum(0.0 < share < 1.0 for share in shares) <= 1


@quick
@given(balance=BALANCE, period=PERIOD)
def test_months_since_the_switch_start_from_zero_in_both_phases(balance: float, period: int) -> None:
    since = [months_since_switch(m, balance, period) for m in range(period)]
    assert since[0] == 0.0
    assert all(later in (0.0, earlier + 1.0) for earlier, later in zip(since, since[1:], strict=False))
    assert since.count(0.0) == (2 if balance * period >= 1.0 else 1)


@quick
@given(cost=SHARE, gazing=SHARE, more=SHARE, since=POSITIVE, months=st.floats(0.5, 12.0))
def test_gazing_costs_output_at_a_switch_and_less_later(
    cost: float, gazing: float, more: float, since: float, months: float
) -> None:
    loss = switching_loss(cost, gazing, since, months)
    assert 0.0 <= loss <= switching_loss(cost, min(1.0, gazing + more), since, months) <= 1.0
    assert switching_loss(cost, gazing, since + 1.0, months) <= loss
    assert loss <= switching_loss(cost, gazing, since, months + 1.0)


def test_full_gazing_strictly_costs_more_than_half() -> None:
    assert switching_loss(0.31, 1.0, 2.0, 3.0) > switching_loss(0.31, 0.5, 2.0, 3.0) > 0.0


@quick
@given(remembered=SHARE, attended=SHARE, months=st.floats(2.0, 36.0))
def test_memory_moves_towards_what_is_attended_and_slower_the_longer_it_is(
    remembered: float, attended: float, months: float
) -> None:
    short = abs(remembered_attention(remembered, attended, months) - remembered)
    long = abs(remembered_attention(remembered, attended, 2.0 * months) - remembered)
    assert long <= short <= abs(attended - remembered)
