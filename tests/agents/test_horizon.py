"""The horizon cuts observation, not the fate of a coalition: a longer one gives the same spells."""

from cisim.agents.endings import End
from cisim.agents.model import PartnershipModel
from cisim.core import kinds
from cisim.core.records import CENSORED, CONFLICT, EXTERNAL, FAILED
from cisim.parameters import Value
from tests.agents.settings import LASTING, found, run, small

HORIZON = 24
TROUBLED: dict[str, Value] = {
    "exit.base_rate": 0.01,
    "environment.bad_year_rate": 0.3,
    "funding.own_income": 0.2,
    "backbone.takeover_rate": 0.02,
}


def vacant(month: int, grace: int = 12) -> PartnershipModel:
    """Return a coalition whose lead leaves in `month`, watched up to the horizon."""
    model = found(small(LASTING, {"backbone.grace_months": grace}, months=HORIZON))
    for m in range(1, month):
        assert model.endings.find(m, []) is None
    model.coalition.backbone.holders[kinds.PLAN] = None
    assert model.endings.find(month, [CONFLICT]) is None
    for m in range(month + 1, HORIZON + 1):
        assert model.endings.find(m, []) is None
    return model


def test_a_shortfall_open_at_the_horizon_that_lasts_is_a_failure_before_it() -> None:
    model = vacant(20)
    for month in range(HORIZON + 1, 32):
        assert model.endings.find(month, []) is None
    assert model.endings.find(32, []) == End(20, FAILED, CONFLICT)


def test_a_shortfall_that_opens_in_the_last_month_is_followed_too() -> None:
    model = vacant(HORIZON)
    for month in range(HORIZON + 1, HORIZON + 12):
        assert model.endings.find(month, []) is None
    assert model.endings.find(HORIZON + 12, []) == End(HORIZON, FAILED, CONFLICT)


def test_a_shortfall_open_at_the_horizon_that_is_mended_is_censored_at_the_horizon() -> None:
    model = vacant(20)
    assert model.endings.find(25, []) is None
    model.coalition.backbone.holders[kinds.PLAN] = model.coalition.members[0]
    assert model.endings.find(26, []) == End(HORIZON, CENSORED)


def test_what_opens_after_the_horizon_does_not_count() -> None:
    model = vacant(20)
    model.coalition.backbone.holders[kinds.PLAN] = model.coalition.members[0]
    model.coalition.backbone.holders[kinds.IMPLEMENT] = None
    assert model.endings.find(25, []) is None  # still a vacancy, the same shortfall
    model.coalition.backbone.holders[kinds.IMPLEMENT] = model.coalition.members[0]
    model.coalition.backbone.treasury.staffing = -1.0
    assert model.endings.find(26, []) == End(HORIZON, CENSORED)


def test_completion_and_imposed_endings_after_the_horizon_do_not_count() -> None:
    model = vacant(20)
    model.endings.agenda = 1.0
    model.coalition.total_social = 100.0
    assert model.endings.find(25, []) is None
    assert model.endings.find(32, []) == End(20, FAILED, CONFLICT)


def test_a_shorter_horizon_gives_the_same_spells_up_to_it() -> None:
    endings = set()
    for replicate in range(60):
        long = run(small(TROUBLED, months=96), replicate).spell
        short = run(small(TROUBLED, months=36), replicate).spell
        if long["duration"] <= 36 and long["ending"] != CENSORED:
            expected = (long["duration"], long["ending"], long["cause"])
        else:
            expected = (36, CENSORED, "")
        assert (short["duration"], short["ending"], short["cause"]) == expected
        endings.add(short["ending"])
    assert {FAILED, CENSORED} <= endings


def test_nothing_is_recorded_after_the_end() -> None:
    for replicate in range(30):
        record = run(small(TROUBLED, months=36), replicate)
        end = record.spell["duration"]
        assert {len(series) for series in record.trajectory.values()} == {end}
        assert max(event["month"] for event in record.events) == end


def test_the_last_cause_known_is_that_of_the_last_leavers() -> None:
    model = found(small(LASTING, {"backbone.grace_months": 1}, months=HORIZON))
    assert model.endings.last_cause == EXTERNAL
    assert model.endings.find(1, [CONFLICT, EXTERNAL]) is None
    model.coalition.backbone.holders[kinds.PLAN] = None
    assert model.endings.find(2, []) is None
    assert model.endings.find(3, []) == End(2, FAILED, CONFLICT)
