"""Boxes are found where there are some, in plain sentences, and are not believed where there are none."""

import numpy as np
import pandas as pd
import pytest

from cisim.questions.discover.boxes import Box, check_boxes, density, difference
from cisim.questions.discover.compute import Discovery, box_quality, find_box, find_boxes, peel
from cisim.questions.discover.tables import (
    BOXES,
    LIMITS,
    SENTENCES,
    describe_box,
    describe_boxes,
    discovery_tables,
)

N = 1500


def points(rng: np.random.Generator, n: int = N, dimensions: int = 6) -> pd.DataFrame:
    return pd.DataFrame(rng.random((n, dimensions)), columns=[f"g.x{i}" for i in range(dimensions)])


def known(table: pd.DataFrame) -> np.ndarray:
    return ((table["g.x0"] > 0.6) & (table["g.x1"] < 0.5)).to_numpy()


def test_a_known_box_is_found_with_its_limits_and_nothing_else() -> None:
    rng = np.random.default_rng(1)
    table = points(rng)
    outcome = np.where(known(table), 0.8, 0.1) + 0.05 * rng.normal(size=N)
    box = find_box(table, outcome)
    assert set(box.names) == {"g.x0", "g.x1"}
    assert box.ranges["g.x0"] == (pytest.approx(0.6, abs=0.03), np.inf)
    assert box.ranges["g.x1"] == (-np.inf, pytest.approx(0.5, abs=0.03))


def test_an_interval_with_two_ends_is_found() -> None:
    rng = np.random.default_rng(2)
    table = points(rng)
    outcome = table["g.x2"].between(0.3, 0.6).to_numpy().astype(float)
    box = find_box(table, outcome)
    assert box.names == ("g.x2",)
    assert box.ranges["g.x2"] == (pytest.approx(0.3, abs=0.03), pytest.approx(0.6, abs=0.03))


def test_whole_numbers_and_categories_are_restricted_too() -> None:
    rng = np.random.default_rng(3)
    table = points(rng, dimensions=2)
    table["g.n"] = rng.integers(0, 5, N)
    table["g.kind"] = rng.choice(["a", "b", "c"], N).astype(object)
    outcome = ((table["g.n"] >= 3) & (table["g.kind"] != "b")).to_numpy().astype(float)
    box = find_box(table, outcome)
    assert box.ranges == {"g.n": (3.0, np.inf)}
    assert box.kept == {"g.kind": frozenset({"a", "c"})}
    assert describe_box(box) == "g.n is at least 3 and g.kind is a or c"


def test_a_second_box_is_found_among_what_the_first_left() -> None:
    rng = np.random.default_rng(4)
    table = points(rng)
    second = ((table["g.x3"] > 0.75) & (table["g.x4"] > 0.5)).to_numpy()
    boxes = find_boxes(table, np.where(known(table), 0.9, np.where(second, 0.7, 0.05)), 2)
    assert [set(box.names) for box in boxes] == [{"g.x0", "g.x1"}, {"g.x3", "g.x4"}]


def test_every_peel_takes_few_points_and_raises_the_mean_on_a_slope() -> None:
    table = points(np.random.default_rng(5), dimensions=1)
    outcome = table["g.x0"].to_numpy()
    boxes = list(peel(table, outcome))
    sizes = [box.inside(table).sum() for box in boxes]
    assert all(0.9 * before <= after < before for before, after in zip(sizes, sizes[1:], strict=False))
    assert sizes[-1] >= 0.05 * N
    means = [outcome[box.inside(table)].mean() for box in boxes]
    assert means == sorted(means)


def test_quality_is_the_root_of_the_mass_times_what_the_mean_is_above_that_of_all() -> None:
    inside, outcome = np.array([True, False, False, False]), np.array([1.0, 0.5, 0.0, 0.5])
    assert box_quality(inside, outcome) == pytest.approx(0.5 * 0.5)


def test_coverage_and_density_are_those_counted_by_hand() -> None:
    table = pd.DataFrame({"g.x0": [0.1, 0.2, 0.8, 0.9]})
    happened = np.array([[0, 0], [1, 0], [1, 1], [1, 0]], dtype=float)
    row = check_boxes([Box({"g.x0": (0.5, np.inf)})], table, happened).iloc[0]
    assert (row["mass"], row["coverage"], row["density"]) == (0.5, 0.75, 0.75)
    assert row["base"] == 0.5
    assert row["lift"] == pytest.approx(0.75 - 0.25)


def test_intervals_know_that_points_share_worlds() -> None:
    rng, held, plain = np.random.default_rng(6), 0, 0
    for _ in range(300):
        world, state = rng.normal(size=12), rng.normal(size=80)
        p = 1 / (1 + np.exp(-(world[None, :] + state[:, None])))
        found = density(np.ones(80, dtype=bool), (rng.random((80, 12)) < p).astype(float), 0.95)
        error = np.sqrt(found.value * (1 - found.value) / 960)
        held += found.lower <= 0.5 <= found.upper
        plain += abs(found.value - 0.5) <= 1.96 * error
    assert 0.90 <= held / 300 <= 0.99
    assert plain / 300 < 0.5


def test_a_box_found_in_noise_is_not_confirmed_on_other_points() -> None:
    rng, sure = np.random.default_rng(7), 0
    for _ in range(40):
        table = points(rng, 300)
        happened = (rng.random((300, 10)) < 0.3).astype(float)
        boxes = find_boxes(table[:200], happened[:200].mean(axis=1), 1)
        if boxes:
            sure += difference(boxes[0].inside(table[200:]), happened[200:], 0.95).lower > 0
    assert sure <= 4


def runs_of(happened: np.ndarray) -> pd.DataFrame:
    point, replicate = np.indices(happened.shape).reshape(2, -1)
    failed = happened.ravel() > 0
    ending = np.where(failed, "failed", "censored")
    return pd.DataFrame(
        {
            "point": point,
            "replicate": replicate,
            "duration": np.where(failed, 30, 240),
            "ending": ending,
            "status": "ok",
        }
    )


def plan_of(states: pd.DataFrame, most: int) -> Discovery:
    return Discovery(labels=("all",), names=tuple(states.columns), before=60, boxes=most)


def test_the_tables_hold_the_known_box_and_its_check() -> None:
    rng = np.random.default_rng(8)
    table = points(rng, 900)
    happened = (rng.random((900, 8)) < np.where(known(table), 0.8, 0.1)[:, None]).astype(float)
    found = discovery_tables(runs_of(happened), plan_of(table, 2), table)
    check = found[BOXES].query("sample == 'check' and box == '1'").iloc[0]
    assert check["base"] == pytest.approx(0.24, abs=0.05)
    assert check["coverage"] > 0.6
    assert 0.5 < check["density_lower"] < 0.8
    assert check["lift_lower"] > 0.4
    assert set(found[LIMITS].query("box == '1'")["parameter"]) == {"g.x0", "g.x1"}
    sentences = found[SENTENCES]["sentence"].to_list()
    assert sentences[0].endswith("of coalitions with all three strategies fail by month 60.")
    assert "g.x0 is at least 0." in sentences[1]
    assert "points more than elsewhere" in sentences[1]


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_where_all_or_none_fail_there_is_nothing_to_find(value: float) -> None:
    table = points(np.random.default_rng(9), 90)
    found = discovery_tables(runs_of(np.full((90, 4), value)), plan_of(table, 3), table)
    assert found[LIMITS].empty
    assert "no conditions were found" in found[SENTENCES]["sentence"][0]


def test_a_box_without_points_to_check_says_so() -> None:
    box = Box({"g.x0": (2.0, np.inf)})
    checked = check_boxes([box], points(np.random.default_rng(1), 20), np.zeros((20, 3)))
    assert "nothing can be said" in describe_boxes([box], checked, "fail", "coalitions")[1]
