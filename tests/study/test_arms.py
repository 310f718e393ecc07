"""Labels of combinations of strategies, and the design points that they stand for."""

import pytest

from cisim.errors import InputError
from cisim.parameters import Parameters, replace
from cisim.study.arms import arm_points, label_of, parse_design, parse_label


def test_the_default_design_has_none_each_strategy_alone_and_all() -> None:
    assert parse_design("default5") == ("none", "gazing", "abstracting", "spacing", "all")


def test_the_full_factorial_has_all_eight_combinations_each_once() -> None:
    labels = parse_design("all8")
    assert len(set(labels)) == 8
    assert {frozenset(parse_label(label)) for label in labels} == {
        frozenset(name for bit, name in enumerate(("gazing", "abstracting", "spacing")) if number >> bit & 1)
        for number in range(8)
    }


@pytest.mark.parametrize(
    ("given", "label"),
    [("spacing+gazing", "gazing+spacing"), ("spacing+abstracting+gazing", "all"), ("none", "none"), ("all", "all")],
)
def test_a_label_has_one_spelling_whatever_the_order_it_is_given_in(given: str, label: str) -> None:
    assert parse_design([given]) == (label,)
    assert parse_design(given) == (label,)


@pytest.mark.parametrize(
    "design", ["gazin", "none+gazing", "gazing+gazing", [], ["none", "none"], None, 7, ["gazing+"]]
)
def test_a_label_that_makes_no_sense_is_refused(design: object) -> None:
    with pytest.raises(InputError, match="strategies="):
        parse_design(design)


def test_the_same_arm_under_two_spellings_is_refused() -> None:
    with pytest.raises(InputError, match=r"names gazing\+spacing twice"):
        parse_design(["gazing+spacing", "spacing+gazing"])


def test_an_arm_takes_the_intensities_of_the_case_and_switches_the_others_off() -> None:
    params = replace(Parameters(), {"backbone.gazing": 0.3, "backbone.abstracting": 0.6, "backbone.spacing": 0.9})
    (point,) = arm_points(["gazing+spacing"], params, None)
    assert point.setting == {"backbone.gazing": 0.3, "backbone.abstracting": 0.0, "backbone.spacing": 0.9}
    assert (point.index, point.label) == (0, "gazing+spacing")


def test_a_common_intensity_takes_the_place_of_those_of_the_case() -> None:
    params = replace(Parameters(), {"backbone.gazing": 0.3})
    (_, point) = arm_points(["none", "all"], params, 0.8)
    assert set(point.setting.values()) == {0.8}


def test_a_strategy_without_intensity_cannot_be_switched_on() -> None:
    with pytest.raises(InputError, match=r"backbone\.spacing=0 in this scenario.*intensity="):
        arm_points(["spacing"], Parameters(), None)


def test_a_strategy_without_intensity_may_stay_off() -> None:
    params = replace(Parameters(), {"backbone.gazing": 0.3})
    assert len(arm_points(["none", "gazing"], params, None)) == 2


def test_parameters_are_labelled_by_the_strategies_in_use() -> None:
    assert label_of(Parameters()) == "none"
    assert label_of(replace(Parameters(), {"backbone.abstracting": 0.1})) == "abstracting"
