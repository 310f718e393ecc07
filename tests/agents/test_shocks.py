"""Disturbances of three classes: their rates, what each does, and the one that is scheduled."""

import pytest

from cisim.agents.model import PartnershipModel
from cisim.core import kinds
from cisim.parameters import Value
from tests.agents.settings import CALM, FIXED, LASTING, found, small

STILL: dict[str, Value] = {**CALM, **FIXED, **LASTING}


def founded(changes: dict[str, Value], replicate: int = 0) -> PartnershipModel:
    return found(small(STILL, changes, months=600), replicate)


def struck(model: PartnershipModel, months: int) -> list[str]:
    """Return the details of the shocks in that many months, in which nothing else happens."""
    for month in range(1, months + 1):
        model.shocks.strike(month)
    return [str(event["detail"]) for event in model.log.events if event["event"] == "shock"]


def test_without_rates_nothing_strikes() -> None:
    assert struck(founded({}), 240) == []


@pytest.mark.parametrize(
    ("name", "rate", "exposed", "details"),
    [
        ("internal", 0.5, 9.0, {"leadership", "goal_shift"}),
        ("external", 1.0, 1.0, {"downturn", "withdrawal", "policy_end"}),
        ("relational", 0.3, 0.0, {"breach"}),
    ],
)
def test_shocks_of_a_class_strike_at_its_rate(name: str, rate: float, exposed: float, details: set[str]) -> None:
    years, happened = 0.0, []
    for replicate in range(20):
        model = founded({f"shocks.{name}_rate": rate, f"shocks.{name}_size": 0.0}, replicate)
        exposed_now = exposed or len(model.coalition.network.ties)
        years += 10.0 * exposed_now
        happened += struck(model, 120)
    assert set(happened) == details
    # at most one a month for each: the monthly law of a yearly rate
    expected = 12.0 * years * (1.0 - 2.718281828459045 ** (-rate / 12.0))
    assert abs(len(happened) - expected) < 4.0 * expected**0.5
    for detail in details:
        share = happened.count(detail) / len(happened)
        assert abs(share - 1.0 / len(details)) < 4.0 * (0.25 / len(happened)) ** 0.5


def test_a_new_leadership_costs_the_trust_of_boundary_spanners_and_changes_the_leader() -> None:
    scheduled = {"shocks.scheduled_class": "internal", "shocks.scheduled_month": 3, "shocks.scheduled_size": 0.5}
    model = founded({**scheduled, "trust.spanner_loss": 0.6})
    lead = model.coalition.backbone.holders[kinds.PLAN]
    before, leader = {tie: tie.trust for tie in model.coalition.network.ties}, lead.leader
    assert struck(model, 2) == []
    model.shocks.strike(3)
    for tie, trust in before.items():
        assert tie.trust == pytest.approx(0.7 * trust if lead in (tie.first, tie.second) else trust)
    assert lead.leader != leader
    assert struck(model, 2) == ["leadership"]


def test_a_downturn_lowers_the_climate_by_its_size() -> None:
    model = founded({"shocks.scheduled_class": "external", "shocks.scheduled_month": 1, "shocks.scheduled_size": 0.5})
    assert struck(model, 12) == ["downturn"]
    assert model.environment.climate == -2.0


def test_a_scheduled_breach_strikes_the_lead_and_its_strongest_partner() -> None:
    model = founded({"shocks.scheduled_class": "relational", "shocks.scheduled_month": 1, "shocks.scheduled_size": 0.5})
    lead = model.coalition.backbone.holders[kinds.PLAN]
    strongest = max((m for m in model.coalition.members if m is not lead), key=lambda m: m.power)
    before = {tie: tie.trust for tie in model.coalition.network.ties}
    assert struck(model, 1) == ["breach"]
    for tie, trust in before.items():
        hit = {tie.first, tie.second} == {lead, strongest}
        assert tie.trust == (0.5 * trust if hit else trust)


def test_a_scheduled_shock_of_the_lead_spares_a_coalition_without_one() -> None:
    for kind in ("internal", "relational"):
        model = founded({"shocks.scheduled_class": kind, "shocks.scheduled_month": 1})
        model.coalition.part([(model.coalition.backbone.holders[kinds.PLAN], "external")], 1)
        assert struck(model, 12) == []


def test_a_withdrawal_shrinks_the_grant_and_the_budget_of_the_member_that_funds() -> None:
    model = founded({"backbone.lead": "shared"})
    treasury, holder = model.coalition.backbone.treasury, model.coalition.backbone.holders[kinds.FUND]
    grant = treasury.grant
    model.shocks._withdraw(0.5, 1)
    assert (treasury.grant, holder.support) == (0.5 * grant, 0.5)
    holder.change_budget(2)
    assert holder.budget == pytest.approx(0.5 + 0.03 * 0.5)


def test_policy_and_withdrawn_funds_return_and_public_budgets_follow_policy() -> None:
    model = founded({"shocks.recovery": 0.1})
    model.environment.policy = 0.5
    agency = next(m for m in model.founders if m.kind == kinds.PUBLIC_AGENCY)
    levels = []
    for month in range(2, 5):
        model.environment.change(month)
        agency.change_budget(month)
        levels.append(agency.budget)
    assert levels == pytest.approx([0.55, 0.595, 0.6355])


def test_a_goal_shift_moves_a_weight_of_its_own_only() -> None:
    model = founded({"shocks.internal_rate": 0.5, "shocks.internal_size": 1.0})
    assert "goal_shift" in struck(model, 24)
    shifted = {e["organisation"] for e in model.log.events if e["detail"] == "goal_shift"}
    for member in model.founders:
        assert (member.weight != member.founding_weight) == (member.entity in shifted)


def test_firms_and_funders_walk_and_a_leading_firm_wavers_most() -> None:
    swings: dict[str, list[float]] = {"lead": [], "firm": [], "funder": [], "nonprofit": []}
    for replicate in range(200):
        model = founded({"environment.budget_sd": 0.2, "backbone.lead": "corporate"}, replicate)
        lead, firm, funder = (model.founders[place] for place in (0, 1, 5))
        nonprofit = model.founders[2]
        for name, member in (("lead", lead), ("firm", firm), ("funder", funder), ("nonprofit", nonprofit)):
            member.change_budget(13)
            swings[name].append(member.log_budget)
    spread = {name: (sum(x * x for x in values) / len(values)) ** 0.5 for name, values in swings.items()}
    assert spread["lead"] == pytest.approx(0.3, rel=0.2)  # 0.2 x (1 + 0.5)
    assert spread["firm"] == pytest.approx(0.2, rel=0.2)
    assert spread["funder"] == pytest.approx(0.2, rel=0.2)
    assert spread["nonprofit"] == 0.0


def test_in_a_bad_year_the_declared_share_of_firms_cuts() -> None:
    bad = {"environment.bad_year_rate": 0.5, "environment.bad_year_cutters": 0.67, "environment.bad_year_cut": 0.4}
    cuts = spared = 0
    for replicate in range(150):
        model = founded(bad, replicate)
        model.environment.is_bad_year = True
        for member in model.founders:
            member.change_budget(13)
            if member.kind in (kinds.CORPORATION, kinds.FUNDER):
                cuts += member.log_budget == pytest.approx(-0.4)
                spared += member.log_budget == 0.0
    assert cuts + spared == 450
    assert abs(cuts / 450 - 0.67) < 4.0 * (0.67 * 0.33 / 450) ** 0.5
