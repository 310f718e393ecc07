"""Money of the backbone: grants end and start, reserves are a stock, staff follows income."""

import pytest

from cisim.agents import treasury as treasury_module
from cisim.agents.model import PartnershipModel
from cisim.agents.treasury import Treasury
from cisim.core import kinds, purposes
from cisim.parameters import Value
from tests.agents.settings import CALM, FIXED, found, small

SETTLED: dict[str, Value] = {**CALM, **FIXED, "funding.own_income_sd": 0.0}
GRANT_ONLY: dict[str, Value] = {
    **SETTLED,
    "funding.own_income": 0.0,
    "funding.in_kind": 0.0,
    "funding.inside_share": 0.0,
}


class Luck:
    """Stands for `uniform`: the same number for every draw of a purpose; remembers when applications were made."""

    def __init__(self, application: float, award: float = 0.5, term: float = 0.5) -> None:
        self.values = {purposes.APPLICATION: application, purposes.AWARD: award, purposes.TERM: term}
        self.applied: list[int] = []

    def __call__(self, *keys: int) -> float:
        month, purpose = keys[-2], keys[-1]
        if purpose == purposes.APPLICATION:
            self.applied.append(month)
        return self.values[purpose]


def settled(
    monkeypatch: pytest.MonkeyPatch, luck: Luck, *changes: dict[str, Value]
) -> tuple[PartnershipModel, Treasury]:
    """Return a coalition whose money alone moves, with that luck."""
    monkeypatch.setattr(treasury_module, "uniform", luck)
    model = found(small(SETTLED, *changes, months=120))
    return model, model.coalition.backbone.treasury


def grants(model: PartnershipModel, treasury: Treasury, months: int) -> list[float]:
    """Return the grant that is paid in each month."""
    paid = []
    for month in range(1, months + 1):
        treasury.settle(month)
        paid.append(treasury.grant)
    return paid


def events(model: PartnershipModel, name: str) -> list[int]:
    return [int(event["month"]) for event in model.log.events if event["event"] == name]


def test_the_founding_grant_is_a_share_of_the_need_and_ends_with_its_term(monkeypatch: pytest.MonkeyPatch) -> None:
    model, treasury = settled(monkeypatch, Luck(1.0), {"funding.grant_months": 36, "funding.grant_share": 0.75})
    need = (9.0 / 25.0) ** 0.5
    paid = grants(model, treasury, 40)
    assert paid == pytest.approx([0.75 * need] * 36 + [0.0] * 4)
    assert events(model, "grant_lost") == [37]


def test_applications_begin_half_a_year_before_the_end_and_are_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    luck = Luck(1.0)
    model, treasury = settled(monkeypatch, luck, {"funding.grant_months": 36})
    grants(model, treasury, 60)
    assert luck.applied == [30, 36, 42, 48, 54, 60]


def test_a_grant_that_is_won_starts_when_the_old_one_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    luck = Luck(0.0, award=0.5, term=0.0)
    terms = {"funding.grant_months": 36, "funding.award_low": 0.5, "funding.award_high": 1.0, "funding.term_low": 12}
    model, treasury = settled(monkeypatch, luck, terms)
    need = (9.0 / 25.0) ** 0.5
    paid = grants(model, treasury, 48)
    assert paid[35:] == pytest.approx([0.75 * need, *[0.75 * need] * 12])
    assert luck.applied == [30, 42]
    assert events(model, "grant_won") == [30, 42]
    assert events(model, "grant_lost") == []
    assert treasury.grant_end == 48


def test_a_grant_won_late_starts_in_the_month_after(monkeypatch: pytest.MonkeyPatch) -> None:
    luck = Luck(1.0, award=1.0, term=0.0)
    model, treasury = settled(monkeypatch, luck, {"funding.grant_months": 12, "funding.award_high": 1.0})
    paid = []
    for month in range(1, 40):
        luck.values[purposes.APPLICATION] = 0.0 if month == 24 else 1.0
        treasury.settle(month)
        paid.append(treasury.grant > 0.0)
    assert paid == [True] * 12 + [False] * 12 + [True] * 12 + [False] * 3
    assert (events(model, "grant_lost"), events(model, "grant_won")) == ([13, 37], [24])


def test_nobody_applies_while_the_next_grant_is_won(monkeypatch: pytest.MonkeyPatch) -> None:
    luck = Luck(0.0, term=0.0)
    model, treasury = settled(monkeypatch, luck, {"funding.grant_months": 36, "funding.application_interval": 1})
    grants(model, treasury, 41)
    assert luck.applied == [30]


def test_a_chance_of_winning_follows_results_evidence_climate_leader_and_policy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # base 1.35 at par: a share of 0.794; only those worlds below it win
    for luck, won in ((0.79, True), (0.80, False)):
        model, treasury = settled(monkeypatch, Luck(luck), {"funding.win_results": 0.0, "backbone.leader_sd": 0.0})
        treasury.settle(30)
        assert (treasury.next_grant is not None) == won
    model, treasury = settled(monkeypatch, Luck(0.79), {"funding.win_results": 0.0, "backbone.leader_sd": 0.0})
    model.environment.policy = 0.9
    treasury.settle(30)
    assert treasury.next_grant is None


def test_reserves_are_a_stock_that_is_drawn_before_staff_is_dismissed(monkeypatch: pytest.MonkeyPatch) -> None:
    scarce = {**GRANT_ONLY, "funding.grant_share": 0.5, "funding.reserve_months": 3.0}
    model, treasury = settled(monkeypatch, Luck(1.0), scarce, {"funding.grant_months": 60})
    need = treasury.need
    income = 0.5 * (9.0 / 25.0) ** 0.5
    assert treasury.reserve == pytest.approx(3.0 * need)
    reserves, staff = [], []
    for month in range(1, 11):
        treasury.settle(month)
        reserves.append(treasury.reserve)
        staff.append(treasury.staffing)
    deficit = need - income
    whole = int(3.0 * need / deficit) - 1
    assert reserves[:whole] == pytest.approx([3.0 * need - deficit * month for month in range(1, whole + 1)])
    assert staff[:whole] == [1.0] * whole
    assert staff[-1] < 1.0
    assert min(reserves) >= 0.0


def test_a_surplus_is_saved_up_to_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    rich = {"funding.grant_share": 1.5, "funding.reserve_months": 0.0, "funding.reserve_cap": 2.0}
    model, treasury = settled(monkeypatch, Luck(1.0), GRANT_ONLY, rich)
    saved = []
    for month in range(1, 37):
        treasury.settle(month)
        saved.append(treasury.reserve)
    assert saved[0] == pytest.approx(1.5 * 0.6 - treasury.need)
    assert saved[-1] == pytest.approx(2.0 * treasury.need)


def test_without_income_staff_falls_to_nothing_at_its_speed(monkeypatch: pytest.MonkeyPatch) -> None:
    poor = {"funding.grant_share": 0.0, "funding.reserve_months": 0.0, "funding.staffing_speed": 0.2}
    model, treasury = settled(monkeypatch, Luck(1.0), GRANT_ONLY, poor)
    staff = []
    for month in range(1, 6):
        treasury.settle(month)
        staff.append(treasury.staffing)
    assert staff == pytest.approx([0.8**month for month in range(1, 6)])
    assert events(model, "grant_lost") == []


def test_efforts_and_governance_and_members_raise_the_need() -> None:
    def need(changes: dict[str, Value]) -> float:
        return found(small(changes)).coalition.backbone.treasury.need

    full = {f"conditions.{name}_effort": 1.0 for name in ("agenda", "measurement", "activities", "communication")}
    base = need({"conditions.effort_cost": 0.0, "backbone.governance_cost": 0.0})
    assert base == pytest.approx((9.0 / 25.0) ** 0.5)
    assert need({**full, "conditions.effort_cost": 0.3, "backbone.governance_cost": 0.0}) == pytest.approx(1.3 * base)
    governed = {"backbone.relational_governance": 1.0, "backbone.governance_cost": 0.25, "conditions.effort_cost": 0.0}
    assert need(governed) == pytest.approx(1.25 * base)


def test_own_income_follows_what_members_put_in_and_goods_in_kind_the_lead(monkeypatch: pytest.MonkeyPatch) -> None:
    model, treasury = settled(monkeypatch, Luck(1.0), {"funding.grant_share": 0.0, "funding.own_income": 1.0})
    lead = model.coalition.backbone.holders[kinds.PLAN]
    in_kind = 0.08 * 0.6 * lead.size * lead.commitment
    assert treasury._income() == pytest.approx(0.6 + in_kind)
    for member in model.coalition.members:
        member.contribution *= 0.5
    assert treasury._income() == pytest.approx(0.3 + in_kind)
    lead.budget = 0.0
    assert treasury._income() == pytest.approx(0.3)


def test_a_grant_shrinks_with_the_budget_of_the_member_that_funds_and_with_its_leaving(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    inside = {**GRANT_ONLY, "funding.inside_share": 0.5, "funding.grant_share": 1.0}
    model, treasury = settled(monkeypatch, Luck(1.0), inside, {"backbone.lead": "shared"})
    holder = model.coalition.backbone.holders[kinds.FUND]
    assert treasury._income() == pytest.approx(0.6)
    holder.budget = 0.5
    assert treasury._income() == pytest.approx(0.45)
    model.coalition.part([(holder, "external")], 1)
    assert treasury._income() == pytest.approx(0.3)
