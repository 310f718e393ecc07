"""The keys of draws: purposes keep their numbers, entities do not share theirs."""

from collections import Counter

from cisim.core import kinds, purposes
from cisim.parameters import REGISTRY

#: Changing a number changes every result: add new purposes, never renumber.
PINNED = {
    "WEIGHT": 1,
    "SIZE": 2,
    "CAPABILITY": 3,
    "RESONANCE": 7,
    "OUTSIDE": 8,
    "LEADER": 9,
    "OWN_INCOME": 20,
    "AGENDA": 21,
    "TIE": 30,
    "TIE_TRUST": 31,
    "INTRODUCTION": 32,
    "CLIMATE": 40,
    "BUDGET": 41,
    "BAD_YEAR": 42,
    "BAD_YEAR_CUT": 43,
    "IMPOSED": 44,
    "RIVALS": 45,
    "NEED_ENDS": 46,
    "INTERNAL": 50,
    "INTERNAL_KIND": 51,
    "GOAL_SHIFT": 52,
    "EXTERNAL": 53,
    "EXTERNAL_KIND": 54,
    "RELATIONAL": 55,
    "SCHEDULED": 56,
    "OUTPUT": 60,
    "LEAVE": 61,
    "LEAVE_CAUSE": 62,
    "ARRIVAL": 63,
    "ARRIVAL_KIND": 64,
    "JOIN": 65,
    "APPLICATION": 66,
    "AWARD": 67,
    "TERM": 68,
    "TAKEOVER": 70,
    "INTAKE": 80,
    "ENTERPRISE": 81,
    "CONTACT": 100,
    "GOALS": 101,
    "DESIGN": 102,
    "SIGNING": 103,
    "GIVING_UP": 104,
    "ENGAGEMENT": 105,
    "RIVAL": 106,
    "TARGET": 120,
    "FIRST_PRACTICE": 121,
    "FIRST_POTENCY": 122,
    "NOT_INVENTED": 123,
    "EGO": 124,
    "SILOS": 125,
    "SEARCH": 126,
    "TRIED_POTENCY": 127,
    "TRIED_WORTH": 128,
    "LOOK": 129,
    "PEER": 130,
    "PEER_EVIDENCE": 131,
    "JUDGE": 132,
    "MEMBERSHIP": 133,
    "SHARE": 134,
    "GIVING": 135,
}

#: Purposes that take one number for each role.
BY_ROLE = ("CAPABILITY", "TAKEOVER")

LARGEST_HORIZON = int(REGISTRY["observation.horizon"].high)
FOUNDERS = [kinds.founder_id(kind, place) for kind in range(len(kinds.KINDS)) for place in range(500)]
CANDIDATES = [kinds.candidate_id(month) for month in range(1, LARGEST_HORIZON + 1)]


def declared() -> dict[str, int]:
    return {name: number for name, number in vars(purposes).items() if name.isupper()}


def test_every_purpose_keeps_its_number() -> None:
    assert declared() == PINNED


def test_no_two_purposes_share_a_number() -> None:
    taken = [
        number + i for name, number in declared().items() for i in range(len(kinds.ROLES) if name in BY_ROLE else 1)
    ]
    assert [number for number, times in Counter(taken).items() if times > 1] == []


def test_purposes_fit_into_their_sixteen_bits_and_months_too() -> None:
    assert max(declared().values()) + len(kinds.ROLES) < 2**16
    assert LARGEST_HORIZON < 2**16


def test_founders_candidates_and_the_coalition_have_numbers_of_their_own() -> None:
    organisations = [*FOUNDERS, *CANDIDATES, kinds.COALITION]
    assert len(set(organisations)) == len(organisations)


def test_every_pair_of_organisations_has_a_number_of_its_own_whatever_the_order() -> None:
    some = [*FOUNDERS[::97], *CANDIDATES[::41], CANDIDATES[-1]]
    pairs = {(min(a, b), max(a, b)) for a in some for b in some if a != b}
    assert len({kinds.pair_id(a, b) for a, b in pairs}) == len(pairs)
    assert all(kinds.pair_id(a, b) == kinds.pair_id(b, a) for a, b in pairs)


def test_pairs_have_numbers_apart_from_those_of_organisations() -> None:
    organisations = {*FOUNDERS, *CANDIDATES, kinds.COALITION}
    low, high = min(FOUNDERS), max(CANDIDATES)
    assert min(kinds.pair_id(low, b) for b in organisations if b != low) > max(organisations)
    assert kinds.pair_id(high - 1, high) < 2**32


def test_enterprises_of_a_cohort_have_numbers_of_their_own_in_every_year() -> None:
    # A programme takes in at most 1.2 x its yearly places (E35), numbered from month x PLACES.
    largest = int(REGISTRY["cohort.intake"].high * 1.2) + 1
    assert largest <= kinds.PLACES
    assert LARGEST_HORIZON * kinds.PLACES + largest < 2**32


def test_adding_an_organisation_renumbers_nobody() -> None:
    assert [kinds.founder_id(kinds.FUNDER, place) for place in range(3)] == [2000, 2001, 2002]
    assert [kinds.founder_id(kinds.FUNDER, place) for place in range(4)][:3] == [2000, 2001, 2002]
    assert kinds.candidate_id(7) == 5007
