"""The timed log is complete and agrees with the membership spells."""

from collections import Counter

import pytest

from cisim.agents.engine import simulate_mesa
from cisim.core import kinds
from cisim.core.records import CAUSES, FAILED, RunRecord
from cisim.parameters import Value
from tests.agents.settings import SMALL, run, small

#: A life in which as much as possible happens.
EVENTFUL: dict[str, Value] = {
    "backbone.lead": "shared",
    "backbone.contract_months": 12,
    "exit.base_rate": 0.01,
    "entry.rate": 0.3,
    "backbone.takeover_rate": 0.5,
    "backbone.takeover_bar": 0.0,
    "funding.grant_months": 12,
    "funding.win_base": 0.0,
    "ending.agenda_size": 150.0,
    "shocks.internal_rate": 0.3,
    "shocks.external_rate": 0.5,
    "shocks.relational_rate": 0.2,
}
EVENTS = {
    "joined",
    "left",
    "role_vacated",
    "role_changed",
    "renewed",
    "shock",
    "grant_won",
    "grant_lost",
    "ended",
}


@pytest.fixture(scope="module")
def records() -> list[RunRecord]:
    return [run(small(EVENTFUL, months=72), replicate) for replicate in range(30)]


def of(record: RunRecord, *names: str) -> list[dict[str, int | str]]:
    return [event for event in record.events if event["event"] in names]


def test_every_kind_of_event_occurs_and_no_other(records: list[RunRecord]) -> None:
    assert {event["event"] for record in records for event in record.events} == EVENTS
    assert {record.spell["ending"] for record in records} == {"failed", "completed", "censored"}


def test_events_are_in_order_and_the_end_comes_last_and_once(records: list[RunRecord]) -> None:
    for record in records:
        months = [event["month"] for event in record.events]
        assert months == sorted(months)
        assert [event["month"] for event in of(record, "ended")] == [record.spell["duration"]]
        assert record.events[-1]["event"] == "ended"
        assert record.events[-1]["detail"] == " ".join(filter(None, (record.spell["ending"], record.spell["cause"])))


def test_every_membership_has_its_joining_and_every_leaving_its_cause(records: list[RunRecord]) -> None:
    for record in records:
        joined = {event["organisation"]: event["month"] for event in of(record, "joined")}
        left = {event["organisation"]: (event["month"], event["detail"]) for event in of(record, "left")}
        assert joined == {row["organisation"]: row["entry"] for row in record.members}
        assert left == {
            row["organisation"]: (row["entry"] + row["duration"], row["cause"])
            for row in record.members
            if row["event_observed"]
        }


def test_membership_spells_are_cut_at_the_end_of_the_coalition(records: list[RunRecord]) -> None:
    for record in records:
        end = record.spell["duration"]
        for row in record.members:
            assert 0 <= row["entry"] < end
            assert 1 <= row["duration"] <= end - row["entry"]
            assert row["event_observed"] or row["duration"] == end - row["entry"]
            assert (row["cause"] in CAUSES[:5]) if row["event_observed"] else (row["cause"] == "")


def test_leavings_after_a_dated_failure_are_not_observed() -> None:
    lost = small(EVENTFUL, {"backbone.takeover_rate": 0.0, "exit.base_rate": 0.02}, months=72)
    dated = [record for record in (run(lost, r) for r in range(10)) if record.spell["ending"] == FAILED]
    assert dated != []
    for record in dated:
        end = record.spell["duration"]
        assert max(row["entry"] + row["duration"] for row in record.members) == end
        vacated = [event["month"] for event in of(record, "role_vacated")]
        assert max(vacated, default=0) <= end


def test_founders_are_those_of_the_composition_and_newcomers_have_numbers_of_their_month(
    records: list[RunRecord],
) -> None:
    fields = dict(zip(kinds.KINDS, SMALL.values(), strict=True))
    for record in records:
        founders = Counter(row["kind"] for row in record.members if row["founder"])
        assert founders == fields
        for row in record.members:
            assert row["founder"] == (row["entry"] == 0)
            assert row["founder"] or row["organisation"] == kinds.candidate_id(row["entry"])


def test_roles_fall_vacant_with_their_holders_and_change_hands_only_when_vacant(records: list[RunRecord]) -> None:
    changed = 0
    for record in records:
        vacant: set[str] = set()
        for event in record.events:
            if event["event"] == "role_vacated":
                assert event["detail"] not in vacant
                vacant.add(event["detail"])
                assert any(
                    e["organisation"] == event["organisation"] and e["month"] == event["month"]
                    for e in of(record, "left")
                )
            if event["event"] == "role_changed":
                vacant.remove(event["detail"])
                changed += 1
    assert changed > 10


def test_contracts_are_renewed_at_their_ends_as_long_as_there_is_somebody(records: list[RunRecord]) -> None:
    for record in records:
        months = [event["month"] for event in of(record, "renewed")]
        assert months == [month for month in range(1, record.spell["duration"] + 1) if month % 12 == 0]


def test_grants_are_lost_only_when_they_ran_and_terms_are_logged(records: list[RunRecord]) -> None:
    details = set()
    for record in records:
        money = of(record, "grant_won", "grant_lost")
        assert all(a != b or a == "grant_won" for a, b in zip(names(money), names(money)[1:], strict=False))
        details |= {event["detail"] for event in of(record, "grant_won")}
    assert details <= {"12 months", "18 months", "24 months", "30 months", "36 months"}
    assert len(details) == 5


def names(events: list[dict[str, int | str]]) -> list[str]:
    return [str(event["event"]) for event in events]


def test_shocks_name_their_class_and_whom_they_strike(records: list[RunRecord]) -> None:
    shocks = [event for record in records for event in of(record, "shock")]
    assert {event["detail"] for event in shocks} == {
        "leadership",
        "goal_shift",
        "breach",
        "downturn",
        "withdrawal",
        "policy_end",
    }
    for event in shocks:
        assert (event["organisation"] >= 0) or event["detail"] in {"downturn", "policy_end", "withdrawal"}
        assert (event["other"] >= 0) == (event["detail"] == "breach")


def test_minus_one_stands_for_no_organisation(records: list[RunRecord]) -> None:
    nobody = {"renewed", "grant_won", "grant_lost", "ended"}
    for record in records:
        for event in record.events:
            assert event["detail"] == "breach" or event["other"] == -1
            if event["detail"] != "withdrawal":  # there may be nobody who funds
                is_nobody = event["event"] in nobody or event["detail"] in {"downturn", "policy_end"}
                assert (event["organisation"] == -1) == is_nobody


def test_events_name_only_members(records: list[RunRecord]) -> None:
    for record in records:
        everybody = {row["organisation"] for row in record.members} | {-1}
        assert {number for event in record.events for number in (event["organisation"], event["other"])} <= everybody


def test_events_and_trajectory_are_left_out_unless_asked_for() -> None:
    record = simulate_mesa(small(), seed=1, replicate=0)
    assert record.events == []
    assert record.trajectory is None
    assert record.members != []
