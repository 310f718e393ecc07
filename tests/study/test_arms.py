"""Labels of combinations of strategies, and the design points that they stand for."""

import numpy as np
import pytest

from cisim.errors import InputError
from cisim.parameters import Parameters, replace
from cisim.study.arms_design import arms_design, label_of, labels_of, parse_design
from cisim.study.design import Design
from cisim.survival.words import parse_label


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
    design = arms_design(["gazing+spacing"], params, None)
    assert design.setting(0) == {"backbone.gazing": 0.3, "backbone.abstracting": 0.0, "backbone.spacing": 0.9}
    assert labels_of(design, {"case": params}).tolist() == ["gazing+spacing"]


def test_a_common_intensity_takes_the_place_of_those_of_the_case() -> None:
    params = replace(Parameters(), {"backbone.gazing": 0.3})
    design = arms_design(["none", "all"], params, 0.8)
    assert set(design.setting(1).values()) == {0.8}


def test_a_strategy_without_intensity_cannot_be_switched_on() -> None:
    with pytest.raises(InputError, match=r"backbone\.spacing=0 in this scenario.*intensity="):
        arms_design(["spacing"], Parameters(), None)


def test_a_strategy_without_intensity_may_stay_off() -> None:
    params = replace(Parameters(), {"backbone.gazing": 0.3})
    assert arms_design(["none", "gazing"], params, None).n_points == 2


def test_points_are_labelled_by_what_the_case_and_the_design_switch_on() -> None:
    cases = {"a": replace(Parameters(), {"backbone.gazing": 0.3}), "b": Parameters()}
    columns = {
        "scenario": np.array(["a", "b", "b"], dtype=object),
        "backbone.spacing": np.array([0.0, 0.5, 0.0]),
    }
    labels = labels_of(Design(columns=columns, kind="table"), cases)
    assert labels.tolist() == ["gazing", "spacing", "none"]


def test_parameters_are_labelled_by_the_strategies_in_use() -> None:
    assert label_of(Parameters()) == "none"
    assert label_of(replace(Parameters(), {"backbone.abstracting": 0.1})) == "abstracting"
