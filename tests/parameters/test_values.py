"""Values are read, replaced and refused by dotted name."""

import math

import numpy as np
import pytest

from cisim.errors import InputError
from cisim.parameters import REGISTRY, Parameters, get, lookup, replace, validate
from cisim.parameters.leadership import BackboneParameters


def test_replace_changes_the_named_values_and_nothing_else() -> None:
    before = Parameters()
    after = replace(before, {"backbone.gazing": 0.5, "backbone.spacing": 0.25, "population.funders": 4})
    changed = {name for name in REGISTRY if get(before, name) != get(after, name)}
    assert changed == {"backbone.gazing", "backbone.spacing", "population.funders"}
    assert (after.backbone.gazing, after.backbone.spacing, after.population.funders) == (0.5, 0.25, 4)
    assert before == Parameters()


def test_replace_of_every_value_by_itself_is_the_identity() -> None:
    params = replace(Parameters(), {"backbone.lead": "shared", "trust.start": 0.3, "backbone.contract_months": 60})
    assert replace(params, {name: get(params, name) for name in REGISTRY}) == params


def test_replace_keeps_the_declared_type() -> None:
    params = replace(Parameters(), {"backbone.gazing": 1, "backbone.gazing_period": 12.0})
    assert type(params.backbone.gazing) is float
    assert type(params.backbone.gazing_period) is int


def test_parameters_are_equal_by_value_and_cannot_be_written_to() -> None:
    params = Parameters()
    assert params == Parameters()
    assert hash(params) == hash(Parameters())
    with pytest.raises(AttributeError):
        params.backbone.gazing = 1.0


def test_an_unknown_name_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(InputError, match=r"unknown parameter backbone\.gasing; did you mean backbone\.gazing\?"):
        lookup("backbone.gasing")


def test_an_unknown_name_with_no_neighbour_points_to_the_list() -> None:
    with pytest.raises(InputError, match=r"unknown parameter qqq; see cisim params"):
        get(Parameters(), "qqq")


def test_a_group_alone_is_no_parameter() -> None:
    with pytest.raises(InputError, match="unknown parameter backbone"):
        replace(Parameters(), {"backbone": 1.0})


@pytest.mark.parametrize("name", [name for name, declared in REGISTRY.items() if not declared.choices])
def test_a_number_just_out_of_range_is_refused_with_the_value_and_the_range(name: str) -> None:
    declared = REGISTRY[name]
    step = 1 if isinstance(declared.default, int) else 1e-6
    for value in (declared.low - step, declared.high + step):
        with pytest.raises(InputError, match="is out of range; give a number from") as raised:
            replace(Parameters(), {name: value})
        assert name in str(raised.value)
        assert f"{value}" in str(raised.value)
        assert f"{declared.low:g} to {declared.high:g}" in str(raised.value)


@pytest.mark.parametrize("name", ["backbone.gazing", "backbone.gazing_period"])
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_not_finite_is_refused(name: str, value: float) -> None:
    with pytest.raises(InputError, match=f"{name}={value}"):
        replace(Parameters(), {name: value})


def test_a_fraction_is_refused_where_whole_numbers_are_needed() -> None:
    with pytest.raises(
        InputError, match=r"backbone\.gazing_period=12\.5 is not a whole number; give one from 2 to 120"
    ):
        replace(Parameters(), {"backbone.gazing_period": 12.5})


@pytest.mark.parametrize("value", ["0.5", True, None, [0.5], "a lot"])
def test_what_is_not_a_number_is_refused(value: object) -> None:
    with pytest.raises(InputError, match=r"backbone\.gazing=.* is not a number; give one from 0 to 1"):
        replace(Parameters(), {"backbone.gazing": value})


@pytest.mark.parametrize(("value", "name"), [(np.int64(5), "population.funders"), (np.float64(0.5), "backbone.gazing")])
def test_numbers_from_a_table_are_taken(value: np.generic, name: str) -> None:
    assert get(replace(Parameters(), {name: value}), name) == value


@pytest.mark.parametrize("value", ["corporation", "", 3, None, ["public"]])
def test_an_unknown_category_is_refused_with_the_choices(value: object) -> None:
    with pytest.raises(InputError, match="is not known; choose one of corporate, nonprofit, funder, public, shared"):
        replace(Parameters(), {"backbone.lead": value})


def test_validate_finds_a_value_that_was_not_set_by_replace() -> None:
    with pytest.raises(InputError, match=r"backbone\.gazing=2\.0 is out of range"):
        validate(Parameters(backbone=BackboneParameters(gazing=2.0)))


def test_every_error_message_is_one_line() -> None:
    for values in ({"backbone.gazing": 2}, {"backbone.lead": "x"}, {"nothing": 1}, {"population.public_agencies": 0}):
        with pytest.raises(InputError) as raised:
            replace(Parameters(), values)
        assert "\n" not in str(raised.value)
        assert raised.value.exit_code == 2
