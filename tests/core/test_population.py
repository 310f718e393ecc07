"""Who is there depends on the keys only: adding one organisation, or a strategy, changes nobody else."""

import pytest

from cisim.core import kinds
from cisim.core.population import (
    Profile,
    World,
    are_introduced,
    build_profile,
    candidate_profile,
    first_trust,
    founding_holders,
    founding_profiles,
)
from cisim.parameters import Parameters, replace

FIELDS = ("corporations", "nonprofits", "funders", "social_enterprises", "public_agencies")
WORLDS = [World(1, 0), World(1, 1), World(9, 0), World(1, 0, 3)]
STRATEGIES = [{f"backbone.{name}": 1.0} for name in ("gazing", "abstracting", "spacing")]

one_more = pytest.mark.parametrize("field", FIELDS)
each_strategy = pytest.mark.parametrize("switched", STRATEGIES, ids=["gazing", "abstracting", "spacing"])


def with_one_more(field: str) -> Parameters:
    name = f"population.{field}"
    return replace(Parameters(), {name: getattr(Parameters().population, field) + 1})


def by_place(params: Parameters, world: World) -> dict[tuple[int, int], Profile]:
    """Return founders by kind and place within it, whatever their numbers are."""
    places: dict[tuple[int, int], Profile] = {}
    for profile in founding_profiles(params, world):
        place = sum(kind == profile.kind for kind, _ in places)
        places[profile.kind, place] = profile
    return places


@one_more
def test_adding_an_organisation_changes_no_other_profile(field: str) -> None:
    for world in WORLDS:
        before, after = by_place(Parameters(), world), by_place(with_one_more(field), world)
        assert len(after) == len(before) + 1
        assert {place: after[place] for place in before} == before


@each_strategy
def test_switching_a_strategy_changes_no_profile(switched: dict[str, float]) -> None:
    assert founding_profiles(replace(Parameters(), switched), WORLDS[0]) == founding_profiles(Parameters(), WORLDS[0])


@one_more
def test_adding_an_organisation_changes_no_tie_among_the_others(field: str) -> None:
    for world in WORLDS:
        others = [profile.entity for profile in founding_profiles(Parameters(), world)]
        pairs = [(a, b) for a in others for b in others if a < b]
        assert ties(with_one_more(field), world, pairs) == ties(Parameters(), world, pairs)


def ties(params: Parameters, world: World, pairs: list[tuple[int, int]]) -> list[tuple[bool, float]]:
    """Return who is introduced to whom, and their first trust."""
    return [(are_introduced(params, world, a, b), first_trust(params, world, a, b)) for a, b in pairs]


def test_ties_do_not_depend_on_who_comes_first_and_are_as_dense_as_declared() -> None:
    entities = [profile.entity for profile in founding_profiles(Parameters(), WORLDS[0])]
    pairs = [(a, b) for a in entities for b in entities if a < b]
    assert ties(Parameters(), WORLDS[0], pairs) == ties(Parameters(), WORLDS[0], [(b, a) for a, b in pairs])
    worlds = [World(1, replicate) for replicate in range(20)]
    tied = [are_introduced(Parameters(), world, a, b) for world in worlds for a, b in pairs]
    assert abs(sum(tied) / len(tied) - 0.15) < 4.0 * (0.15 * 0.85 / len(tied)) ** 0.5


@one_more
def test_the_candidate_of_a_month_is_the_same_up_to_its_kind(field: str) -> None:
    for month in range(1, 60):
        before = candidate_profile(Parameters(), WORLDS[0], month)
        after = candidate_profile(with_one_more(field), WORLDS[0], month)
        assert after == build_profile(Parameters(), WORLDS[0], before.entity, after.kind)
        assert (after.entity, after.outside, after.leader) == (before.entity, before.outside, before.leader)
        if after.kind == before.kind:
            assert after == before


def test_candidates_arrive_as_kinds_stand_among_the_founders() -> None:
    arrived = [candidate_profile(Parameters(), World(1, r), month).kind for r in range(100) for month in range(1, 101)]
    for kind, field in enumerate(FIELDS):
        share = getattr(Parameters().population, field) / 25.0
        assert abs(arrived.count(kind) / 10_000 - share) < 4.0 * (share * (1.0 - share) / 10_000) ** 0.5
    alone = replace(Parameters(), {"population.social_enterprises": 0})
    kinds_found = {candidate_profile(alone, WORLDS[0], month).kind for month in range(1, 300)}
    assert kinds_found == set(range(5)) - {kinds.SOCIAL_ENTERPRISE}


def test_organisations_of_one_kind_differ_and_so_do_worlds() -> None:
    first, second = by_place(Parameters(), WORLDS[0]), by_place(Parameters(), WORLDS[1])
    assert len({profile[2:] for profile in first.values()}) == len(first)
    assert all(first[place][2:7] != second[place][2:7] for place in first)


def test_a_kind_is_able_in_the_roles_that_it_is_made_for() -> None:
    alike = replace(Parameters(), {"population.capability_sd": 0.0})
    for profile in founding_profiles(alike, WORLDS[0]):
        special = kinds.SPECIALITIES[profile.kind]
        assert profile.capabilities == tuple(0.8 if role in special else 0.45 for role in range(4))


def test_sizes_and_weights_are_those_of_the_kind_where_nobody_varies() -> None:
    alike = replace(Parameters(), {"population.size_sd": 0.0, "population.weight_sd": 0.0})
    for profile in founding_profiles(alike, WORLDS[0]):
        name = kinds.KINDS[profile.kind]
        assert profile.size == getattr(alike.population, f"{name}_size")
        assert profile.weight == pytest.approx(getattr(alike.population, f"{name}_weight"))


def test_only_kinds_that_live_on_others_depend_on_them() -> None:
    for profile in founding_profiles(Parameters(), WORLDS[0]):
        expected = {kinds.NONPROFIT: 0.30, kinds.SOCIAL_ENTERPRISE: 0.50}.get(profile.kind, 0.0)
        assert profile.dependence == expected


def test_firms_and_funders_want_evidence_most_and_nonprofits_least() -> None:
    wanted = dict(zip(kinds.KINDS, kinds.EVIDENCE_DEMAND, strict=True))
    assert wanted["corporation"] == wanted["funder"] == 1.0
    assert 1.0 > wanted["public_agency"] > wanted["nonprofit"] == wanted["social_enterprise"] > 0.0


@pytest.mark.parametrize(("lead", "kind"), kinds.LEAD_KINDS.items())
def test_one_office_of_the_leads_kind_holds_all_roles(lead: str, kind: int) -> None:
    profiles = founding_profiles(Parameters(), WORLDS[0])
    holders = founding_holders(lead, profiles)
    assert len(set(holders)) == 1
    assert len(holders) == len(kinds.ROLES)
    assert profiles[holders[0]].kind == kind


def test_a_shared_backbone_gives_the_roles_of_figure_two_to_four_organisations() -> None:
    profiles = founding_profiles(Parameters(), WORLDS[0])
    holders = founding_holders("shared", profiles)
    assert len(set(holders)) == 4
    assert [profiles[i].kind for i in holders] == [
        kinds.CORPORATION,
        kinds.NONPROFIT,
        kinds.FUNDER,
        kinds.NONPROFIT,
    ]


def test_a_shared_backbone_of_three_members_gives_one_of_them_two_roles() -> None:
    few = {f"population.{field}": 0 for field in FIELDS} | {
        "population.corporations": 1,
        "population.nonprofits": 2,
        "backbone.lead": "shared",
    }
    holders = founding_holders("shared", founding_profiles(replace(Parameters(), few), WORLDS[0]))
    assert len(set(holders)) == 3
    assert len(holders) == 4
