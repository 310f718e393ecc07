"""The design as one table: types, labels, points that fit together, and records for the compiled engine."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cisim.core.layout import PARAMETERS, encode
from cisim.errors import InputError
from cisim.parameters import REGISTRY, Parameters, Value, replace
from cisim.parameters.checks import CROSSING, TOGETHER
from cisim.parameters.people import COUNTED
from cisim.study.design import Design, Factor, build, check_points
from cisim.study.design.encoding import encode_design

CASES = {"plain": Parameters(), "other": replace(Parameters(), {"backbone.lead": "funder", "trust.start": 0.7})}


def a_factor(name: str) -> Factor:
    """Return the widest factor of a parameter."""
    declared = REGISTRY[name]
    if declared.choices:
        return Factor(name=name, values=declared.choices)
    return Factor(name=name, low=declared.low, high=declared.high)


def test_columns_get_their_types_and_cannot_be_written_to() -> None:
    given = {
        "scenario": ["a", "b"],
        "backbone.gazing": [0, 1],
        "backbone.gazing_period": [2.0, 3.0],
        "backbone.lead": np.array(["public", "funder"]),
    }
    design = Design("table", given)
    assert [design.columns[name].dtype for name in given] == [object, np.float64, np.int64, object]
    with pytest.raises(ValueError, match="read-only"):
        design.columns["backbone.gazing"][0] = 0.5


def test_the_arrays_that_a_design_is_made_of_stay_writable_and_apart() -> None:
    values = np.array([0.0, 1.0])
    design = Design("table", {"backbone.gazing": values})
    values[0] = 0.5
    assert design.columns["backbone.gazing"].tolist() == [0.0, 1.0]


def test_a_point_is_identified_by_its_setting_its_scenario_and_its_label() -> None:
    design = Design("table", {"scenario": ["a", "b"], "backbone.gazing": [0.1, 0.2], "backbone.gazing_period": [2, 3]})
    assert design.n_points == 2
    assert design.parameters == ("backbone.gazing", "backbone.gazing_period")
    assert design.scenarios == ("a", "b")
    assert (design.scenario(1), design.setting(1)) == ("b", {"backbone.gazing": 0.2, "backbone.gazing_period": 3})
    assert [type(value) for value in design.setting(0).values()] == [float, int]
    assert list(design.rows()) == [design.setting(0), design.setting(1)]
    assert design.labels == (
        "scenario=a backbone.gazing=0.1 backbone.gazing_period=2",
        "scenario=b backbone.gazing=0.2 backbone.gazing_period=3",
    )
    assert design.frame().to_dict("list") == {name: column.tolist() for name, column in design.columns.items()}


def test_a_design_of_scenarios_alone_has_empty_settings() -> None:
    design = build((Factor(name="scenario", values=("a", "b")),))
    assert list(design.rows()) == [{}, {}]
    assert design.setting(1) == {}
    assert build((a_factor("backbone.lead"),)).scenarios == ()
    assert build((a_factor("backbone.lead"),)).scenario(0) is None


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"backbone.gazing": []}, "backbone.gazing has no value at all"),
        ({"backbone.gazing": [0.0], "trust.start": [0.4, 0.5]}, r"differ in length \(backbone.gazing 1, trust.start 2"),
        ({"backbone.gazng": [0.0]}, "unknown parameter backbone.gazng"),
        ({"backbone.gazing": np.array([0.0, 1.5])}, r"backbone.gazing=1\.5 is out of range"),
        ({"backbone.gazing": np.array([-0.5, 1.0])}, r"backbone.gazing=-0\.5 is out of range"),
        ({"backbone.gazing": np.array([0.5, np.nan, 0.1])}, "backbone.gazing=nan is out of range"),
        ({"backbone.gazing": np.array([True])}, "backbone.gazing=True is not a number"),
        ({"backbone.gazing": np.array(["0.5"])}, "backbone.gazing='0.5' is not a number"),
        ({"backbone.gazing_period": np.array([3, 2.5, 2])}, r"gazing_period=2\.5 is not a whole number"),
        ({"backbone.lead": ["public", "nobody"]}, "backbone.lead=nobody is not known"),
        ({"backbone.gazing": [0.5, 1.0, 0.5]}, r"point 2 \(backbone.gazing=0\.5\) comes twice"),
    ],
)
def test_what_is_no_design_is_refused(columns: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        Design("table", columns)


def test_the_first_point_that_does_not_fit_is_named_with_the_number_of_such_points() -> None:
    levels = Factor(name="backbone.lead", values=("public", "funder")), Factor(name="population.funders", values=(3, 0))
    with pytest.raises(
        InputError,
        match=r"^1 of 4 points do not fit, first point 3 \(backbone.lead=funder population.funders=0\): "
        r"backbone.lead=funder needs one of population.funders, found 0; set",
    ):
        check_points(build(levels), {"plain": Parameters()})


def test_points_are_checked_against_the_scenario_that_they_are_of() -> None:
    factors = Factor(name="population.funders", values=(1, 0)), Factor(name="scenario", values=("plain", "other"))
    with pytest.raises(InputError, match=r"^1 of 4 points .* point 3 \(population.funders=0 scenario=other\)"):
        check_points(build(factors), CASES)
    check_points(build(factors), {**CASES, "other": Parameters()})


def test_the_first_point_that_does_not_fit_is_the_first_of_all_scenarios() -> None:
    design = Design("table", {"scenario": ["plain", "other", "plain"], "population.funders": [1, 0, 0]})
    with pytest.raises(InputError, match=r"^2 of 3 points do not fit, first point 1 \(scenario=other"):
        check_points(design, dict.fromkeys(CASES, CASES["other"]))


def test_what_binds_no_other_parameter_is_not_refused() -> None:
    check_points(build((a_factor("backbone.gazing"), a_factor("trust.start"))), {"plain": Parameters()})


COMPOSITION = [Factor(name=f"population.{name}", values=(0, 1, 2)) for name in COUNTED]
AWARDS, TERMS = (
    [a_factor(f"funding.{name}_{end}") for end in ("low", "high")] + [a_factor("backbone.lead")] for name in CROSSING
)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32), st.sampled_from([[*COMPOSITION, a_factor("backbone.lead")], AWARDS, TERMS]))
def test_points_are_judged_as_the_parameters_of_each_alone_are(seed: int, factors: list[Factor]) -> None:
    """Reference: `cisim.parameters.replace` on each point alone."""
    design = build(factors, kind="lhs", samples=4, seed=seed)
    bad = [(point, text) for point, text in enumerate(map(verdict, design.rows())) if text]
    if not bad:
        check_points(design, {"plain": Parameters()})
        return
    with pytest.raises(InputError) as caught:
        check_points(design, {"plain": Parameters()})
    point, text = bad[0]
    start = f"{len(bad)} of {design.n_points} points do not fit, first point {point} ({design.label(point)}): "
    assert str(caught.value) == start + text


def verdict(setting: dict[str, Value]) -> str:
    try:
        replace(Parameters(), setting)
    except InputError as problem:
        return str(problem)
    return ""


def test_the_records_of_a_design_are_those_of_its_points_bit_for_bit() -> None:
    """Reference: `cisim.core.layout.encode` on each point alone, with nearly every parameter varied."""
    fixed = {*TOGETHER, "trust.start"} - {"backbone.lead"}
    alone = [name for name in REGISTRY if name not in fixed]
    narrow = {
        "funding.award_low": (0, 0.5),
        "funding.award_high": (0.5, 1),
        "funding.term_low": (1, 20),
        "funding.term_high": (20, 90),
        "population.nonprofits": (1, 20),
    }
    factors = [*map(a_factor, alone), *(Factor(name=n, low=low, high=high) for n, (low, high) in narrow.items())]
    design = build([*factors, Factor(name="scenario", values=("plain", "other"))], samples=64, seed=3)
    found = encode_design(design, CASES)
    assert found.dtype == PARAMETERS
    assert len({record.tobytes() for record in found}) == design.n_points == 64
    for point, setting in enumerate(design.rows()):
        alone_at = encode(replace(CASES[design.scenario(point)], setting))
        assert found[point].tobytes() == alone_at.tobytes()


def test_some_points_are_encoded_in_the_order_asked_for() -> None:
    design = build((a_factor("backbone.lead"), Factor(name="scenario", values=("plain", "other"))))
    whole = encode_design(design, CASES)
    for points in (range(3, 7), range(9, -1, -3), range(0)):
        assert encode_design(design, CASES, points).tobytes() == whole[list(points)].tobytes()


@pytest.mark.parametrize("base", [{}, CASES, {"plain": CASES["plain"]}])
def test_a_base_that_does_not_match_the_design_is_a_fault_of_the_program(base: dict[str, Parameters]) -> None:
    factors = [a_factor("backbone.lead")]
    design = build(factors if len(base) != 1 else [*factors, Factor(name="scenario", values=("plain", "other"))])
    for function in (encode_design, check_points):
        with pytest.raises(ValueError, match="the design varies the scenarios"):
            function(design, base)


def test_fifty_thousand_points_of_twenty_factors_are_checked_in_three_seconds() -> None:
    names = [
        name for name, p in REGISTRY.items() if not p.choices and p.unit != "organisations" and "funding" not in name
    ]
    ends = {"funding.award_low": (0, 0.6), "funding.award_high": (0.6, 1)}
    factors = [*map(a_factor, names[:18]), *(Factor(name=n, low=low, high=high) for n, (low, high) in ends.items())]
    design = build(factors, kind="lhs", samples=50_000)
    start = time.process_time()
    check_points(design, {"plain": Parameters()})
    assert (design.n_points, len(design.columns)) == (50_000, 20)
    assert time.process_time() - start < 3
