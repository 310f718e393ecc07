"""Which parameters a sweep varies and which arms it compares follow from its table of runs."""

import pandas as pd

from cisim.survival.variation import chosen_values, point_labels, read_variation, short_names
from tests.report.results import make_sweep


def runs_of(rows: list[tuple[object, ...]], *parameters: str) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["strategies", *parameters])


def test_the_intensities_of_a_comparison_belong_to_its_arms() -> None:
    runs = runs_of(
        [("none", 0.0, 0.0), ("spacing", 0.0, 0.5), ("all", 0.5, 0.5)], "backbone.gazing", "backbone.spacing"
    )
    design = read_variation(pd.concat([runs, runs]))
    assert (design.varied, design.has_arms, design.n_points, design.is_sweep) == ((), True, 3, False)


def test_a_single_case_has_neither_arms_nor_varied_parameters() -> None:
    design = read_variation(runs_of([("all",), ("all",)]))
    assert (design.varied, design.has_arms, design.n_points) == ((), False, 1)


def test_a_label_that_follows_from_the_swept_intensity_is_no_arm() -> None:
    design = read_variation(runs_of([("none", 0.0), ("spacing", 0.5), ("spacing", 1.0)], "backbone.spacing"))
    assert (design.varied, design.has_arms, design.n_points) == (("backbone.spacing",), False, 3)


def test_arms_at_every_design_point_stay_arms() -> None:
    design = read_variation(make_sweep((0.0, 1.0), labels=("none", "all")))
    assert (design.varied, design.has_arms, design.n_points) == (("backbone.spacing",), True, 4)


def test_words_are_swept_like_numbers() -> None:
    design = read_variation(runs_of([("all", "public"), ("all", "shared")], "backbone.lead"))
    assert design.varied == ("backbone.lead",)


def test_points_are_named_by_what_varies_and_by_their_arm() -> None:
    runs = make_sweep((0.0, 0.5), (1.0, 2.0), labels=("none", "all"), replicates=1)
    labels = list(point_labels(runs, read_variation(runs)))
    assert labels[:3] == [
        "none, spacing=0, divergence=1",
        "all, spacing=0, divergence=1",
        "none, spacing=0, divergence=2",
    ]


def test_names_are_shortened_only_where_they_stay_apart() -> None:
    names = ("a.x", "b.x", "b.y")
    assert short_names(names) == {"a.x": "a.x", "b.x": "b.x", "b.y": "y"}


def test_of_many_values_five_spread_evenly_have_curves() -> None:
    runs = make_sweep(tuple(i / 20 for i in range(21)), replicates=1)
    assert chosen_values(runs, read_variation(runs)) == [0.0, 0.25, 0.5, 0.75, 1.0]
    two = make_sweep((0.0, 1.0), (0.0, 1.0), replicates=1)
    assert chosen_values(two, read_variation(two)) is None
