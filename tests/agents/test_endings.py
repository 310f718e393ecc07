"""How a coalition ends, from states made for the purpose: cause, date, grace, precedence."""

import pytest

from cisim.agents.endings import End
from cisim.agents.model import PartnershipModel
from cisim.core import kinds
from cisim.core.records import CENSORED, COMPLETED, CONFLICT, DISAPPOINTMENT, EXTERNAL, FAILED, FUNDING, HYPOCRISY
from cisim.parameters import Value
from tests.agents.settings import LASTING, found, small

MONTHS = 60


def founded(**changes: Value) -> PartnershipModel:
    """Return a small lasting coalition at its founding; names use ``__`` for the dot."""
    return found(small(LASTING, {name.replace("__", "."): value for name, value in changes.items()}, months=MONTHS))


def watched(model: PartnershipModel, first: int, last: int, causes: list[str] | None = None) -> End | None:
    """Watch the ending from month to month; `causes` are those of the first month."""
    for month in range(first, last + 1):
        end = model.endings.find(month, causes or [] if month == first else [])
        if end is not None:
            return end
    return None


def leave(model: PartnershipModel, month: int, *places: int) -> None:
    """Remove members, by their place in the list."""
    coalition = model.coalition
    coalition.part([(coalition.members[place], EXTERNAL) for place in places], month)


def lead_leaves(model: PartnershipModel, month: int) -> None:
    lead = model.coalition.backbone.holders[kinds.PLAN]
    leave(model, month, model.coalition.members.index(lead))


def test_a_coalition_in_order_is_censored_at_the_horizon() -> None:
    assert watched(founded(), 1, 99) == End(MONTHS, CENSORED)


def test_a_vacancy_that_lasts_is_a_failure_dated_at_its_beginning_with_the_cause_of_the_leaver() -> None:
    model = founded(backbone__grace_months=12)
    lead_leaves(model, 10)
    assert watched(model, 10, 21, [CONFLICT]) is None
    assert watched(model, 22, 22) == End(10, FAILED, CONFLICT)


def test_a_vacancy_mended_within_the_grace_is_no_failure() -> None:
    model = founded(backbone__grace_months=12)
    lead_leaves(model, 10)
    assert watched(model, 10, 20, [CONFLICT]) is None
    heir = model.coalition.members[0]
    model.coalition.backbone.holders[:] = [heir] * 4
    assert watched(model, 21, 99) == End(MONTHS, CENSORED)


def test_a_second_vacancy_has_a_grace_of_its_own() -> None:
    model = founded(backbone__grace_months=6)
    backbone = model.coalition.backbone
    holder = backbone.holders[kinds.PLAN]
    backbone.holders[kinds.PLAN] = None
    assert watched(model, 1, 5) is None
    backbone.holders[kinds.PLAN] = holder
    assert watched(model, 6, 6) is None
    backbone.holders[kinds.PLAN] = None
    assert watched(model, 7, 12, [HYPOCRISY]) is None
    assert watched(model, 13, 13) == End(7, FAILED, HYPOCRISY)


@pytest.mark.parametrize("role", [kinds.PLAN, kinds.IMPLEMENT])
def test_a_coalition_fails_without_somebody_to_plan_or_to_implement(role: int) -> None:
    model = founded(backbone__grace_months=1)
    model.coalition.backbone.holders[role] = None
    assert watched(model, 3, 9) == End(3, FAILED, EXTERNAL)


@pytest.mark.parametrize("role", [kinds.FUND, kinds.EXPERTISE])
def test_a_coalition_can_live_without_somebody_who_funds_or_an_expert(role: int) -> None:
    model = founded(backbone__grace_months=1)
    model.coalition.backbone.holders[role] = None
    assert watched(model, 3, 99) == End(MONTHS, CENSORED)


def test_below_quorum_a_coalition_fails() -> None:
    # nine founders and a quorum of 0.4: 3.6, so four are needed
    model = founded(ending__quorum=0.4, backbone__grace_months=6, backbone__lead="corporate")
    leave(model, 4, 2, 3, 4, 5, 6)
    assert len(model.coalition.members) == 4
    assert watched(model, 4, 20) is None
    leave(model, 21, 2)
    assert watched(model, 21, 26, [DISAPPOINTMENT]) is None
    assert watched(model, 27, 27) == End(21, FAILED, DISAPPOINTMENT)


def test_at_least_three_members_are_needed_whatever_the_quorum() -> None:
    model = founded(ending__quorum=0.0, backbone__grace_months=1, backbone__lead="corporate")
    leave(model, 1, 1, 2, 3, 4, 5, 6)
    assert watched(model, 1, 5) is None
    leave(model, 6, 1)
    assert watched(model, 6, 9) == End(6, FAILED, EXTERNAL)


def test_a_coalition_of_one_sector_fails() -> None:
    model = founded(ending__quorum=0.0, backbone__grace_months=1, backbone__lead="nonprofit")
    leave(model, 5, 0, 1)  # both corporations; civil and public members are left
    assert watched(model, 5, 9) is None
    leave(model, 10, 5, 6)  # both public agencies
    assert {member.kind for member in model.coalition.members} <= {1, 2, 3}
    assert watched(model, 10, 20, [CONFLICT]) == End(10, FAILED, CONFLICT)


def test_a_backbone_unfunded_past_its_reserves_fails_for_funding() -> None:
    model = founded(funding__floor=0.41, ending__unfunded_months=12)
    model.coalition.backbone.treasury.staffing = 0.41
    assert watched(model, 1, 20) is None
    model.coalition.backbone.treasury.staffing = 0.409
    assert watched(model, 21, 32, [CONFLICT]) is None
    assert watched(model, 33, 33) == End(21, FAILED, FUNDING)


def test_staff_regained_within_the_allowance_is_no_failure() -> None:
    model = founded(funding__floor=0.41, ending__unfunded_months=12)
    model.coalition.backbone.treasury.staffing = 0.2
    assert watched(model, 1, 12) is None
    model.coalition.backbone.treasury.staffing = 0.5
    assert watched(model, 13, 99) == End(MONTHS, CENSORED)


def test_the_earliest_of_two_shortfalls_that_last_gives_date_and_cause() -> None:
    model = founded(funding__floor=0.41, ending__unfunded_months=12, backbone__grace_months=6)
    model.coalition.backbone.treasury.staffing = 0.2
    assert watched(model, 1, 6) is None
    model.coalition.backbone.holders[kinds.PLAN] = None
    assert watched(model, 7, 12, [CONFLICT]) is None
    # both last in month 13: unfunded since 1, vacant since 7
    assert watched(model, 13, 13) == End(1, FAILED, FUNDING)


def test_a_coalition_that_everybody_has_left_fails_at_once() -> None:
    model = founded(backbone__grace_months=36)
    leave(model, 8, *range(9))
    assert watched(model, 8, 8, [HYPOCRISY]) == End(8, FAILED, HYPOCRISY)


def test_a_coalition_completes_when_its_social_output_passes_its_agenda() -> None:
    model = founded(ending__agenda_size=100.0, ending__agenda_sd=0.0, ending__need_ends=0.0)
    model.coalition.total_social = 99.9
    assert watched(model, 1, 5) is None
    model.coalition.total_social = 100.0
    assert watched(model, 6, 6) == End(6, COMPLETED)


def test_an_open_ended_programme_never_completes() -> None:
    model = founded(ending__agenda_size=0.0, ending__need_ends=0.05)
    model.coalition.total_social = 1e9
    assert watched(model, 1, 99) == End(MONTHS, CENSORED)


def test_completion_beats_a_failure_in_the_same_month() -> None:
    model = founded(
        ending__agenda_size=100.0, ending__agenda_sd=0.0, backbone__grace_months=6, environment__imposed_hazard=0.0
    )
    model.coalition.backbone.holders[kinds.PLAN] = None
    assert watched(model, 1, 6) is None
    model.coalition.total_social = 200.0
    assert watched(model, 7, 7) == End(7, COMPLETED)


def test_an_imposed_hazard_of_one_ends_it_in_the_first_month() -> None:
    assert watched(founded(environment__imposed_hazard=1.0), 1, 1) == End(1, FAILED, EXTERNAL)


def test_a_failure_that_lasts_beats_an_imposed_ending() -> None:
    model = founded(backbone__grace_months=1)
    model.coalition.backbone.holders[kinds.PLAN] = None
    assert watched(model, 1, 1, [CONFLICT]) is None
    model.params = model.coalition.params = small({"environment.imposed_hazard": 1.0, "backbone.grace_months": 1})
    assert watched(model, 2, 2) == End(1, FAILED, CONFLICT)


def test_agendas_vary_around_their_median_from_world_to_world() -> None:
    agendas = sorted(found(small({"ending.agenda_size": 100.0}), r).endings.agenda for r in range(101))
    assert 70.0 < agendas[50] < 140.0
    assert len(set(agendas)) == 101
