"""Two runs with the same seed live through the same world: no draw of one entity moves another's."""

from collections import Counter

import numpy as np
import pytest

from cisim.core import kinds, purposes
from cisim.parameters import Parameters, Value, replace
from tests.agents.recording import Draw, Recorded, recorded
from tests.agents.settings import SMALL, closely, run, scenario, small

FIELDS = ("corporations", "nonprofits", "funders", "social_enterprises", "public_agencies")
SWITCHES: dict[str, dict[str, Value]] = {
    **{f"one more of {field}": {f"population.{field}": int(SMALL[f"population.{field}"]) + 1} for field in FIELDS},
    **{f"{name} on": {f"backbone.{name}": 1.0} for name in ("gazing", "abstracting", "spacing")},
    "all on": {"backbone.gazing": 1.0, "backbone.abstracting": 1.0, "backbone.spacing": 1.0},
    "another lead": {"backbone.lead": "shared"},
    "another contract": {"backbone.contract_months": 60},
}
BUSY: dict[str, Value] = {
    "exit.base_rate": 0.01,
    "entry.rate": 0.3,
    "cohort.intake": 5.0,
    "environment.bad_year_rate": 0.5,
}

#: Weight, size, four capabilities, resonance, outside options, leader; thresholds of leaving and of a shock.
FOUNDING_DRAWS = 11

#: Numbers of pairs with the same first partner lie in one block of that size.
PAIRS = kinds.COALITION + 1

each_switch = pytest.mark.parametrize("switched", SWITCHES.values(), ids=list(SWITCHES))


def pair(switched: dict[str, Value], monkeypatch: pytest.MonkeyPatch) -> tuple[Recorded, Recorded]:
    """Return the same world without and with a switch."""
    before = recorded(small(BUSY, months=48), monkeypatch)
    after = recorded(small(BUSY, switched, months=48), monkeypatch)
    return before, after


def of_the_world(run: Recorded, months: int) -> dict[Draw, float]:
    """Return the draws that belong to nobody's behaviour: climate, rivals, bad years, kinds of shock."""
    worldly = {purposes.CLIMATE, purposes.RIVALS, purposes.BAD_YEAR, purposes.EXTERNAL, purposes.OUTPUT}
    return {key: value for key, value in run.values.items() if key.purpose in worldly and key.month <= months}


@each_switch
def test_draws_with_the_same_keys_have_the_same_values(
    switched: dict[str, Value], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = pair(switched, monkeypatch)
    common = before.values.keys() & after.values.keys()
    assert len(common) > 200
    assert {key: before.values[key] for key in common} == {key: after.values[key] for key in common}


@each_switch
def test_every_founder_draws_who_it_is_with_the_same_keys(
    switched: dict[str, Value], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = (founding(run) for run in pair(switched, monkeypatch))
    assert len(before) == 9 * FOUNDING_DRAWS
    assert before.keys() <= after.keys()
    assert {key.entity for key in after.keys() - before.keys()} == newcomers(switched)


def founding(run: Recorded) -> dict[Draw, float]:
    """Return the draws of founders as they are founded, without their ties."""
    return {key: value for key, value in run.values.items() if key.month == 0 and key.entity < kinds.CANDIDATE}


@pytest.mark.parametrize("field", FIELDS)
def test_a_new_organisation_adds_the_draws_of_its_own_ties_only(field: str, monkeypatch: pytest.MonkeyPatch) -> None:
    switched = SWITCHES[f"one more of {field}"]
    before, after = ({key for key in run.values if is_tie_of_founders(key)} for run in pair(switched, monkeypatch))
    assert before <= after
    assert all(newcomers(switched) & partners(key.entity) for key in after - before)


def is_tie_of_founders(key: Draw) -> bool:
    tie = key.purpose in (purposes.TIE, purposes.TIE_TRUST)
    return tie and key.month == 0 and max(partners(key.entity)) < kinds.CANDIDATE


def partners(entity: int) -> set[int]:
    """Return the two organisations behind the number of a pair."""
    numbers = range(kinds.COALITION + 1)
    first = next(n for n in numbers if kinds.pair_id(n, n) // PAIRS == entity // PAIRS)
    return {first, entity % PAIRS}


def newcomers(switched: dict[str, Value]) -> set[int]:
    """Return the founders that a switch adds."""
    return {
        kinds.founder_id(kind, int(SMALL[f"population.{field}"]))
        for kind, field in enumerate(FIELDS)
        if f"population.{field}" in switched
    }


@each_switch
def test_the_environment_draws_the_same_month_by_month(
    switched: dict[str, Value], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = pair(switched, monkeypatch)
    months = min(before.record.spell["duration"], after.record.spell["duration"])
    assert of_the_world(before, months) == of_the_world(after, months)
    climate = [r.record.trajectory["climate"][:months] for r in (before, after)]
    assert np.array_equal(*climate)


def test_bad_years_are_the_same_years_for_every_coalition(monkeypatch: pytest.MonkeyPatch) -> None:
    for switched in SWITCHES.values():
        runs = pair(switched, monkeypatch)
        shared = min(int(run.record.spell["duration"]) for run in runs)
        years = [{key.month for key in run.values if key.purpose == purposes.BAD_YEAR_CUT} for run in runs]
        assert {month for month in years[0] if month <= shared} == {month for month in years[1] if month <= shared}
        assert years[1] != set()


#: The sides negotiate until they are a coalition, and try for a third party.
OPEN_DOOR: dict[str, Value] = {
    **{"formation.mode": "negotiated", "formation.limit_months": 240, "formation.readiness": 2.0},
    **{"formation.bar": 0.0, "formation.giving_up": 0.0, "tactics.broker": 1.0, "tactics.third_party": 1.0},
}

#: Communities that try, look elsewhere and share practice through a platform that donors pay.
IN_A_FIELD: dict[str, Value] = {
    **{"communities.number": 3, "practice.mode": "blend", "platform.presence": "present"},
    **{"practice.search_rate": 0.5, "practice.look_rate": 0.5, "communities.silos": 0.0, "donors.budget": 0.5},
}

#: They copy from each other.
COPYING: dict[str, Value] = {"practice.mode": "copy", "platform.presence": "absent"}

#: Runs in which as much as possible happens.
EVENTFUL: dict[str, Parameters] = {
    "small": small(BUSY, months=120),
    "small with shocks to the lead": small(
        BUSY,
        {"shocks.scheduled_class": "internal", "shocks.scheduled_month": 5, "shocks.internal_rate": 0.5},
        months=24,
    ),
    "shared lead": small(BUSY, {"backbone.lead": "shared", "exit.base_rate": 0.02, "backbone.takeover_rate": 0.5}),
}


@pytest.mark.parametrize("name", [*EVENTFUL, "ordinary", "hondream"])
@pytest.mark.parametrize("replicate", [0, 1, 2])
def test_no_key_is_used_for_two_decisions_in_one_run(
    name: str, replicate: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    params = EVENTFUL.get(name) or replace(scenario(name), {"observation.horizon": 120})
    made = recorded(params, monkeypatch, replicate).draws
    assert [key for key, times in Counter(key for key, _ in made).items() if times > 1] == []


def test_recording_changes_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    params = small(BUSY, months=48)
    assert recorded(params, monkeypatch).record.spell == closely(run(params).spell)


def test_all_draws_carry_the_seed_and_the_replicate_of_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    made = recorded(small(BUSY), monkeypatch, replicate=3).draws
    assert {(key.seed, key.replicate, key.community) for key, _ in made} == {(1, 3, 0)}


def test_every_purpose_is_drawn_in_some_eventful_run(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: set[int] = set()
    for params in (*EVENTFUL.values(), small(OPEN_DOOR), small(IN_A_FIELD), small(IN_A_FIELD, COPYING)):
        drawn |= {key.purpose for key, _ in recorded(params, monkeypatch).draws}
    declared = {name: number for name, number in vars(purposes).items() if name.isupper()}
    assert {name for name, number in declared.items() if number not in drawn} == set()
