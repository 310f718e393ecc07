"""Factors: levels and intervals, and how shares of probability become values."""

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cisim.errors import InputError
from cisim.parameters import REGISTRY
from cisim.study.design import Factor

NUMBERS = [name for name, declared in REGISTRY.items() if not declared.choices]


def test_levels_get_the_type_of_the_parameter() -> None:
    assert [type(v) for v in Factor(name="backbone.gazing", values=(0, 1)).values] == [float, float]
    assert [type(v) for v in Factor(name="backbone.gazing_period", values=(2.0, 3)).values] == [int, int]


def test_minus_zero_is_zero() -> None:
    (value,) = Factor(name="backbone.leader_mean", values=(-0.0,)).values
    assert math.copysign(1.0, value) == 1.0
    with pytest.raises(InputError, match="given twice"):
        Factor(name="backbone.leader_mean", values=(0.0, -0.0))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"name": "backbone.gazng", "values": (1,)}, "unknown parameter backbone.gazng; did you mean backbone.gazing"),
        ({"name": "backbone.gazing", "values": ()}, "has no value at all"),
        ({"name": "backbone.gazing", "values": (0, True)}, "backbone.gazing=True is not a number"),
        ({"name": "backbone.gazing", "values": (0.5, "1")}, "is not a number"),
        ({"name": "backbone.lead", "values": (1,)}, "backbone.lead=1 is not known"),
        ({"name": "scenario", "values": ("",)}, "is not the name of a scenario"),
        ({"name": "scenario", "values": (1,)}, "scenario=1 is not the name of a scenario"),
        ({"name": "scenario", "values": ("a", "a")}, "scenario=a is given twice"),
        ({"name": "backbone.gazing", "low": 0}, "has one end; give both"),
        ({"name": "backbone.gazing", "low": 0, "high": 1, "values": (1,)}, "has values too; give one of them"),
    ],
)
def test_a_factor_that_is_none_is_refused(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        Factor(**arguments)


def test_levels_share_the_unit_interval_equally() -> None:
    factor = Factor(name="backbone.lead", values=("public", "funder", "shared", "corporate"))
    shares = np.array([0.0, 0.2499, 0.25, 0.5, 0.7499, 0.75, 1.0])
    expected = ["public", "public", "funder", "shared", "shared", "corporate", "corporate"]
    assert factor.at(shares).tolist() == expected


def test_an_interval_of_whole_numbers_holds_both_ends_with_equal_probability() -> None:
    factor = Factor(name="backbone.gazing_period", low=2, high=5)
    assert factor.at(np.array([0.0, 0.2499, 0.25, 0.5, 0.75, 1.0])).tolist() == [2, 2, 3, 4, 5, 5]
    values, times = np.unique(factor.at((np.arange(4000) + 0.5) / 4000), return_counts=True)
    assert values.tolist() == [2, 3, 4, 5]
    assert times.tolist() == [1000] * 4


def test_an_interval_of_numbers_is_even() -> None:
    factor = Factor(name="backbone.leader_mean", low=-1, high=1)
    assert factor.at(np.array([0.0, 0.25, 0.5, 1.0])).tolist() == [-1.0, -0.5, 0.0, 1.0]


def test_a_loguniform_parameter_is_even_over_the_logarithm() -> None:
    factor = Factor(name="population.social_enterprise_size", low=0.1, high=0.9)
    np.testing.assert_allclose(factor.at(np.array([0.0, 0.5, 1.0])), [0.1, 0.3, 0.9], rtol=1e-15)


@settings(deadline=None, max_examples=50)
@given(st.floats(0, 1))
def test_a_loguniform_value_is_the_float_nearest_to_the_exact_one(share: float) -> None:
    """Reference: the same law in 40 decimal digits."""
    found = Factor(name="population.corporation_size", low=1, high=6).at(np.array([share])).item()
    with localcontext(prec=40):
        assert found == float((Decimal(6).ln() * Decimal(share)).exp())


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_no_share_leads_out_of_the_interval(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(NUMBERS))
    declared = REGISTRY[name]
    number = st.integers if isinstance(declared.default, int) else st.floats
    ends = (
        number(int(declared.low), int(declared.high)) if number is st.integers else number(declared.low, declared.high)
    )
    low, high = sorted(data.draw(st.lists(ends, min_size=2, max_size=2, unique_by=lambda v: v + 0.0)))
    factor = Factor(name=name, low=low, high=high)
    values = factor.at(np.array([0.0, data.draw(st.floats(0, 1)), 1.0]))
    assert values[0] == low
    assert values[2] == high
    assert low <= values[1] <= high


def test_spaced_values_hold_both_ends_and_whole_ones_come_once() -> None:
    assert Factor(name="backbone.gazing", low=0, high=1).spaced(5).tolist() == [0.0, 0.25, 0.5, 0.75, 1.0]
    assert Factor(name="backbone.gazing_period", low=2, high=12).spaced(3).tolist() == [2, 7, 12]
    assert Factor(name="backbone.gazing_period", low=2, high=4).spaced(9).tolist() == [2, 3, 4]
    assert Factor(name="backbone.gazing", values=(1, 0)).spaced(5).tolist() == [1.0, 0.0]


@pytest.mark.parametrize("n", [2, 3, 4, 6, 11])
def test_spaced_values_nest_where_the_steps_divide(n: int) -> None:
    factor = Factor(name="backbone.leader_mean", low=-1.3, high=1.9)
    for times in (2, 3):
        assert set(factor.spaced(n).tolist()) <= set(factor.spaced(times * (n - 1) + 1).tolist())
