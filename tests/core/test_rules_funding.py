"""Money of the backbone: E74 to E84, E166 to E176."""

from collections import Counter
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from cisim.core.rules.funding import (
    agenda_size,
    award,
    base_need,
    grant_through,
    income,
    lead_means,
    may_apply,
    mean_effort,
    merits,
    missing_evidence,
    need_factor,
    net_income,
    of_need,
    own_income,
    own_income_factor,
    paid_share,
    reserve_after,
    staff_need,
    staffing,
    term,
    win_log_odds,
    win_probability,
)
from tests.core.tables import LN2, LN3, POSITIVE, SHARE, Case, about, cases, quick

GRANTED = {"grant": 0.8, "inside_share": 0.5}
MONEY = {"own": 0.4, "paid_share": 0.5, "in_kind": 0.1, "lead_means": 2.0}
MERITS = {"e_results": 2.0, "e_climate": 0.3, "climate": 1.0, "e_leader": 0.6}
KEPT = {"need": 1.0, "cap_months": 12.0}

TABLE: list[Case] = [
    (base_need, {"n_members": 25.0, "elasticity": 0.7}, 1.0),
    (base_need, {"n_members": 100.0, "elasticity": 0.5}, 2.0),
    (base_need, {"n_members": 100.0, "elasticity": 0.0}, 1.0),
    (
        need_factor,
        {"mean_effort": 0.5, "effort_cost": 0.3, "relational_governance": 0.2, "governance_cost": 0.25},
        1.2,
    ),
    (own_income_factor, {"sd": 0.5, "z": 2.0 * LN2}, 2.0),
    (own_income_factor, {"sd": 0.0, "z": 3.0}, 1.0),
    (grant_through, GRANTED | {"holder_budget": 0.5}, 0.6),
    (grant_through, GRANTED | {"holder_budget": 1.0}, 0.8),
    (grant_through, GRANTED | {"holder_budget": 0.0}, 0.4),
    (grant_through, GRANTED | {"holder_budget": 3.0}, 0.88),
    # 0.2 of own income, 0.2 in kind
    (income, MONEY | {"granted": 0.6}, 1.0),
    (income, MONEY | {"granted": 0.8}, 1.2),
    (income, MONEY | {"granted": 0.4}, 0.8),
    (income, MONEY | {"granted": 0.88}, 1.28),
    (merits, MERITS | {"results": 0.25, "leader": 0.5}, 1.1),
    (merits, MERITS | {"results": 9.0, "leader": 0.0}, 2.3),
    (merits, MERITS | {"results": -9.0, "leader": 0.0}, -1.7),
    (missing_evidence, {"effect": 1.2, "spacing": 0.5}, 0.6),
    (missing_evidence, {"effect": 1.2, "spacing": 0.0}, 0.0),
    (win_log_odds, {"base": 1.0, "merits": 1.1, "missing": 0.6}, 1.5),
    (win_log_odds, {"base": 1.0, "merits": 2.3, "missing": 0.0}, 3.3),
    (win_log_odds, {"base": 1.0, "merits": -1.7, "missing": 1.2}, -1.9),
    (mean_effort, {"agenda": 1.0, "measurement": 0.5, "activities": 0.25, "communication": 0.25}, 0.5),
    (mean_effort, {"agenda": 0.0, "measurement": 0.0, "activities": 0.0, "communication": 1.0}, 0.25),
    (staff_need, {"base": 2.0, "factor": 1.2}, 2.4),
    (of_need, {"share": 0.5, "need": 2.4}, 1.2),
    (own_income, {"median": 0.5, "need": 2.0, "factor": 1.5}, 1.5),
    (paid_share, {"now": 6.0, "founding": 8.0}, 0.75),
    (lead_means, {"size": 4.0, "budget": 0.5, "commitment": 0.8}, 1.6),
    (net_income, {"income": 1.2, "fee": 0.2}, 1.0),
    # a grant that ends in month 36, applied for every four months
    (may_apply, {"month": 29, "grant_end": 36, "interval": 4}, 0),
    (may_apply, {"month": 30, "grant_end": 36, "interval": 4}, 1),
    (may_apply, {"month": 33, "grant_end": 36, "interval": 4}, 0),
    (may_apply, {"month": 34, "grant_end": 36, "interval": 4}, 1),
    (may_apply, {"month": 26, "grant_end": 36, "interval": 4}, 0),
    (win_probability, {"log_odds": 0.0, "policy": 1.0}, 0.5),
    (win_probability, {"log_odds": LN3, "policy": 1.0}, 0.75),
    (win_probability, {"log_odds": 0.0, "policy": 0.0}, 0.25),
    (award, {"low": 0.5, "high": 1.0, "u": 0.5}, 0.75),
    (award, {"low": 0.5, "high": 0.5, "u": 0.9}, 0.5),
    (term, {"low": 12, "high": 36, "u": 0.0}, 12),
    (term, {"low": 12, "high": 36, "u": 0.5}, 24),
    (term, {"low": 12, "high": 36, "u": 0.999}, 36),
    (term, {"low": 60, "high": 60, "u": 0.9}, 60),
    (term, {"low": 12, "high": 17, "u": 0.9}, 12),
    (term, {"low": 12, "high": 18, "u": 0.9}, 18),
    (reserve_after, KEPT | {"reserve": 4.0, "received": 1.5}, 4.5),
    (reserve_after, KEPT | {"reserve": 4.0, "received": 0.5}, 3.5),
    (reserve_after, KEPT | {"reserve": 0.2, "received": 0.5}, 0.0),
    (reserve_after, KEPT | {"reserve": 12.0, "received": 2.0}, 12.0),
    (staffing, {"level": 0.8, "received": 1.0, "reserve": 0.0, "need": 2.0, "speed": 0.5}, 0.65),
    (staffing, {"level": 0.8, "received": 1.0, "reserve": 5.0, "need": 2.0, "speed": 0.5}, 0.9),
    (agenda_size, {"median": 590.0, "sd": 1.0, "z": 0.0}, 590.0),
    (agenda_size, {"median": 590.0, "sd": 0.5, "z": 2.0 * LN2}, 1180.0),
    (agenda_size, {"median": 0.0, "sd": 1.0, "z": 5.0}, 0.0),
]


@cases(TABLE)
def test_a_rule_gives_what_its_docstring_says(
    rule: Callable[..., float], arguments: dict[str, float], result: float
) -> None:
    assert rule(**arguments) == about(result)


@quick
@given(state=st.fixed_dictionaries(dict.fromkeys(["results", "climate", "leader"], st.floats(-2.0, 2.0))), more=SHARE)
def test_results_climate_and_leader_win_grants(state: dict[str, float], more: float) -> None:
    def chance(**changed: float) -> float:
        won = merits(**(MERITS | state | changed))
        return win_probability(win_log_odds(1.0, won, missing_evidence(1.2, 0.3)), 1.0)

    for name in state:
        assert 0.0 <= chance() <= chance(**{name: state[name] + more}) <= 1.0


@quick
@given(results=st.floats(-1.0, 1.0), spacing=SHARE, more=SHARE, policy=SHARE)
def test_spacing_costs_grants_for_want_of_evidence(results: float, spacing: float, more: float, policy: float) -> None:
    def chance(spaced: float) -> float:
        won = merits(1.8, results, 0.3, 0.0, 0.67, 0.0)
        return win_probability(win_log_odds(1.35, won, missing_evidence(1.35, spaced)), policy)

    assert chance(min(1.0, spacing + more)) <= chance(spacing)
    assert chance(1.0) < chance(0.5) < chance(0.0)


@quick
@given(budget=st.floats(0.0, 2.0), inside=SHARE, grant=POSITIVE, paid=POSITIVE, more=SHARE)
def test_a_grant_hangs_on_the_member_that_funds_as_far_as_it_is_inside(
    budget: float, inside: float, grant: float, paid: float, more: float
) -> None:
    def received(inside: float, budget: float, paid: float) -> float:
        return income(grant_through(grant, inside, budget), 0.4, paid, 0.08, 1.0)

    assert received(inside, budget, paid) <= received(inside, budget + more, paid)
    assert received(inside, budget, paid) <= received(inside, budget, paid + more)
    assert received(0.0, budget, paid) == received(0.0, 0.0, paid)


@quick
@given(reserve=st.floats(0.0, 24.0), received=POSITIVE, need=st.floats(0.1, 3.0), cap=st.floats(0.0, 48.0))
def test_reserves_are_a_stock_between_nothing_and_the_cap(
    reserve: float, received: float, need: float, cap: float
) -> None:
    after = reserve_after(reserve, received, need, cap)
    assert 0.0 <= after <= cap * need
    if 0.0 < after < cap * need:
        assert after - reserve == about(received - need)


@quick
@given(level=SHARE, received=POSITIVE, reserve=POSITIVE, need=st.floats(0.1, 3.0), speed=SHARE)
def test_staffing_is_a_share_that_follows_the_money_at_hand(
    level: float, received: float, reserve: float, need: float, speed: float
) -> None:
    now = staffing(level, received, reserve, need, speed)
    affordable = min(1.0, (received + reserve) / need)
    assert min(level, affordable) - 1e-15 <= now <= max(level, affordable) + 1e-15


def test_terms_are_half_years_and_equally_likely() -> None:
    months = Counter(term(12, 36, (i + 0.5) / 1000) for i in range(1000))
    assert months == {12: 200, 18: 200, 24: 200, 30: 200, 36: 200}


@quick
@given(members=st.floats(3.0, 500.0), efforts=SHARE, governance=SHARE, more=SHARE)
def test_members_efforts_and_governance_all_add_to_the_need(
    members: float, efforts: float, governance: float, more: float
) -> None:
    assert base_need(members, 0.5) <= base_need(members + 1.0, 0.5)
    needed = need_factor(efforts, 0.3, governance, 0.25)
    assert 1.0 <= needed <= need_factor(efforts + more, 0.3, governance, 0.25)
    assert needed <= need_factor(efforts, 0.3, governance + more, 0.25)
