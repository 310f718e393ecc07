"""The registry is complete: every declaration holds all that is derived from it."""

from collections import Counter
from dataclasses import fields

import pytest

from cisim.errors import InputError
from cisim.parameters import REGISTRY, Parameter, Parameters, get, replace

ROLES = {"uncertainty", "lever", "constant"}
DISTRIBUTIONS = {"uniform", "loguniform", "integers", "choice"}

#: Ends of ranges that do not fit the other defaults (the value itself is legal): changes that make room for them.
NEEDS_ROOM: dict[tuple[str, object], dict[str, int | float | str]] = {
    ("population.public_agencies", 0): {"backbone.lead": "nonprofit"},
    ("funding.award_low", 1.5): {"funding.award_high": 1.5},
    ("funding.award_high", 0.0): {"funding.award_low": 0.0},
    ("funding.term_low", 120): {"funding.term_high": 120},
    ("funding.term_high", 1): {"funding.term_low": 1},
}
KINDS = ("corporations", "nonprofits", "funders", "social_enterprises", "public_agencies")
for kind in KINDS:
    alone = {f"population.{other}": 0 for other in KINDS if other != kind}
    partner = "public_agencies" if kind != "public_agencies" else "nonprofits"
    NEEDS_ROOM[f"population.{kind}", 499] = alone | {f"population.{partner}": 1, "backbone.lead": "shared"}


def ends(declared: Parameter) -> tuple[object, ...]:
    """Return both ends of the range, or every category."""
    return declared.choices or (declared.low, declared.high)


every_parameter = pytest.mark.parametrize("declared", REGISTRY.values(), ids=list(REGISTRY))


@every_parameter
def test_a_declaration_says_unit_role_source_and_distribution(declared: Parameter) -> None:
    assert declared.unit.strip()
    assert declared.source.strip()
    assert declared.role in ROLES
    assert declared.distribution in DISTRIBUTIONS


@every_parameter
def test_a_description_is_one_sentence_that_ends_with_a_full_stop(declared: Parameter) -> None:
    text = declared.description
    assert text.endswith(".")
    assert not text.endswith("..")
    assert text[0].isupper()
    assert ". " not in text


@every_parameter
def test_the_default_lies_in_its_range_and_the_range_is_not_empty(declared: Parameter) -> None:
    declared.check(declared.default)
    if declared.choices:
        assert len(set(declared.choices)) == len(declared.choices) > 1
        assert declared.distribution == "choice"
    else:
        assert declared.low < declared.high
        assert declared.low <= declared.default <= declared.high


@every_parameter
def test_a_share_lies_between_zero_and_one(declared: Parameter) -> None:
    if declared.unit in {"share", "probability", "probability a month", "probability a year"}:
        assert declared.low >= 0.0
        assert declared.high <= 1.0


@every_parameter
def test_the_distribution_fits_the_type_and_the_range(declared: Parameter) -> None:
    if isinstance(declared.default, int):
        assert declared.distribution == "integers"
        assert float(declared.low).is_integer()
        assert float(declared.high).is_integer()
    if declared.distribution == "loguniform":
        assert declared.low > 0.0


def test_names_are_unique_and_made_of_group_and_field() -> None:
    groups = {group.name: group.default_factory for group in fields(Parameters)}
    names = [f"{group}.{item.name}" for group, cls in groups.items() for item in fields(cls)]
    assert [name for name, number in Counter(names).items() if number > 1] == []
    assert names == list(REGISTRY)
    assert [declared.name for declared in REGISTRY.values()] == names


def test_every_field_of_every_group_carries_a_declaration_and_its_default() -> None:
    params = Parameters()
    for name, declared in REGISTRY.items():
        assert get(params, name) == declared.default
        assert type(get(params, name)) is type(declared.default)


def test_the_three_strategies_are_levers_that_are_off_by_default() -> None:
    for name in ("backbone.gazing", "backbone.abstracting", "backbone.spacing"):
        declared = REGISTRY[name]
        assert (declared.role, declared.default, declared.low, declared.high) == ("lever", 0.0, 0.0, 1.0)


@every_parameter
def test_each_end_of_a_range_is_valid(declared: Parameter) -> None:
    for end in ends(declared):
        room = NEEDS_ROOM.get((declared.name, end), {})
        changed = replace(Parameters(), {declared.name: end, **room})
        assert get(changed, declared.name) == end


def test_only_the_ends_that_need_room_clash_with_the_other_defaults() -> None:
    clashing = {
        (declared.name, end) for declared in REGISTRY.values() for end in ends(declared) if clashes(declared, end)
    }
    assert clashing == set(NEEDS_ROOM)


def clashes(declared: Parameter, end: object) -> bool:
    """Return whether an end of a range is refused beside the other defaults."""
    try:
        replace(Parameters(), {declared.name: end})
    except InputError:
        return True
    return False
