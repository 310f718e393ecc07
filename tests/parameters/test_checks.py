"""Values that are fine one by one and impossible together."""

import pytest

from cisim.errors import InputError
from cisim.parameters import Parameters, Value, replace, validate

FIELDS = ("corporations", "nonprofits", "funders", "social_enterprises", "public_agencies")


def composed(*numbers: int, lead: str = "public") -> dict[str, Value]:
    """Return the changes that give a coalition with that many members of each kind."""
    return {f"population.{field}": n for field, n in zip(FIELDS, numbers, strict=True)} | {"backbone.lead": lead}


def test_counts_are_in_the_order_of_the_kinds() -> None:
    assert replace(Parameters(), composed(1, 2, 3, 4, 5)).population.counts == (1, 2, 3, 4, 5)


def test_an_empty_coalition_is_refused() -> None:
    with pytest.raises(InputError, match=r"the coalition is empty .*give at least 3 organisations"):
        replace(Parameters(), composed(0, 0, 0, 0, 0))


@pytest.mark.parametrize("numbers", [(0, 1, 0, 0, 1), (0, 0, 0, 0, 1)])
def test_fewer_than_three_organisations_are_refused(numbers: tuple[int, ...]) -> None:
    with pytest.raises(InputError, match=rf"has {sum(numbers)} organisations; give 3 to 500"):
        replace(Parameters(), composed(*numbers))


def test_more_than_five_hundred_organisations_are_refused() -> None:
    with pytest.raises(InputError, match="has 501 organisations; give 3 to 500"):
        replace(Parameters(), composed(0, 499, 0, 0, 2))


@pytest.mark.parametrize("numbers", [(0, 2, 0, 0, 1), (0, 499, 0, 0, 1)])
def test_the_smallest_and_the_largest_coalition_are_taken(numbers: tuple[int, ...]) -> None:
    assert replace(Parameters(), composed(*numbers)).population.counts == numbers


@pytest.mark.parametrize(
    ("numbers", "lead"),
    [((5, 0, 0, 0, 0), "corporate"), ((0, 3, 3, 3, 0), "nonprofit"), ((0, 0, 0, 0, 9), "public")],
)
def test_a_coalition_of_one_sector_is_refused(numbers: tuple[int, ...], lead: str) -> None:
    with pytest.raises(InputError, match="members of one sector only; give organisations of at least two"):
        replace(Parameters(), composed(*numbers, lead=lead))


@pytest.mark.parametrize("numbers", [(1, 2, 0, 0, 0), (2, 1, 0, 0, 0), (2, 0, 0, 0, 1)])
def test_one_organisation_of_a_second_sector_is_enough(numbers: tuple[int, ...]) -> None:
    assert replace(Parameters(), composed(*numbers, lead="shared")).population.counts == numbers


@pytest.mark.parametrize("civil", [(1, 0, 0), (0, 1, 0), (0, 0, 1)])
def test_nonprofits_funders_and_social_enterprises_are_one_sector_and_enough_beside_another(
    civil: tuple[int, int, int],
) -> None:
    assert replace(Parameters(), composed(0, *civil, 2)).population.counts[1:4] == civil


@pytest.mark.parametrize(
    ("lead", "numbers", "field"),
    [
        ("corporate", (0, 3, 3, 3, 3), "corporations"),
        ("nonprofit", (3, 0, 3, 3, 3), "nonprofits"),
        ("funder", (3, 3, 0, 3, 3), "funders"),
        ("public", (3, 3, 3, 3, 0), "public_agencies"),
    ],
)
def test_a_lead_without_an_organisation_of_its_kind_is_refused_with_both_remedies(
    lead: str, numbers: tuple[int, ...], field: str
) -> None:
    message = rf"backbone\.lead={lead} needs one of population\.{field}, found 0; set .* or choose another lead"
    with pytest.raises(InputError, match=message):
        replace(Parameters(), composed(*numbers, lead=lead))
    assert replace(Parameters(), composed(*numbers, lead="shared")).population.counts == numbers


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"funding.award_low": 1.2, "funding.award_high": 1.1}, r"award_low=1\.2 is above funding\.award_high=1\.1"),
        ({"funding.term_low": 37, "funding.term_high": 36}, r"term_low=37 is above funding\.term_high=36"),
    ],
)
def test_crossed_ranges_are_refused(values: dict[str, Value], message: str) -> None:
    with pytest.raises(InputError, match=message):
        replace(Parameters(), values)


def test_equal_ends_of_a_range_are_taken() -> None:
    values = {"funding.award_low": 1.0, "funding.award_high": 1.0, "funding.term_low": 24, "funding.term_high": 24}
    validate(replace(Parameters(), values))


@pytest.mark.parametrize(("fewest", "present"), [(2, 1), (4, 3), (10, 9)])
def test_fewer_organisations_than_a_coalition_needs_to_go_on_are_refused(fewest: int, present: int) -> None:
    message = rf"has {present} organisations; give {fewest} to 500 under population\.\*"
    with pytest.raises(InputError, match=message):
        replace(Parameters(), composed(0, present - 1, 0, 0, 1) | {"ending.least_members": fewest})


def test_two_organisations_are_a_coalition_where_two_are_enough() -> None:
    pair = composed(1, 0, 0, 1, 0, lead="shared")
    assert replace(Parameters(), pair | {"ending.least_members": 2}).population.counts == (1, 0, 0, 1, 0)
    with pytest.raises(InputError, match="has 2 organisations; give 3 to 500"):
        replace(Parameters(), pair)


def test_the_error_on_an_empty_coalition_names_the_number_that_it_needs() -> None:
    with pytest.raises(InputError, match="is empty .*give at least 2 organisations"):
        replace(Parameters(), composed(0, 0, 0, 0, 0) | {"ending.least_members": 2})


NEGOTIATED: dict[str, Value] = {"formation.mode": "negotiated"}


@pytest.mark.parametrize(
    ("numbers", "field"), [((0, 3, 0, 1, 1), "corporations"), ((1, 3, 0, 0, 1), "social_enterprises")]
)
def test_a_negotiation_without_one_of_its_sides_is_refused_with_both_remedies(
    numbers: tuple[int, ...], field: str
) -> None:
    message = (
        rf"formation\.mode=negotiated needs one of population\.{field}, found 0; "
        rf"set population\.{field} to 1 or more, or formation\.mode=given"
    )
    with pytest.raises(InputError, match=message):
        replace(Parameters(), composed(*numbers) | NEGOTIATED)
    assert replace(Parameters(), composed(*numbers)).population.counts == numbers


def test_a_negotiated_coalition_leaves_a_place_for_a_third_party() -> None:
    full = composed(1, 497, 0, 1, 1)
    with pytest.raises(InputError, match="leaves a place for a third party; give at most 499 organisations"):
        replace(Parameters(), full | NEGOTIATED)
    assert sum(replace(Parameters(), full).population.counts) == 500
    assert sum(replace(Parameters(), composed(1, 496, 0, 1, 1) | NEGOTIATED).population.counts) == 499
