"""The tree finds boxes, in numbers and in words, and nothing in noise."""

import numpy as np
import pandas as pd
import pytest
from sklearn.tree import DecisionTreeRegressor

from cisim.questions.claims.region import describe_region
from cisim.questions.claims.tree import DEPTH, LEAST, LEAST_SHARE, TreeBox, grow

RNG = np.random.default_rng(1)
POINTS = pd.DataFrame({"x": RNG.random(400), "y": RNG.random(400), "lead": RNG.choice(["a", "b", "c"], 400)})


def test_a_corner_is_found_by_two_splits() -> None:
    low = ((POINTS["x"] > 0.6) & (POINTS["y"] <= 0.4)).to_numpy()
    tree = grow(POINTS, np.where(low, -1.0, 1.0)[:, None] + 0.1 * RNG.standard_normal((400, 1)))
    worst = tree.boxes[int(tree.means[:, 0].argmin())]
    assert abs(worst.limits["x"][0] - 0.6) < 0.05
    assert abs(worst.limits["y"][1] - 0.4) < 0.05
    assert set(tree.gains) >= {"x", "y"}
    agreement = np.sign(tree.predict(POINTS)[:, 0]) == np.where(low, -1.0, 1.0)
    assert agreement.mean() > 0.95


def test_a_level_of_text_is_split_off() -> None:
    tree = grow(POINTS, np.where(POINTS["lead"] == "b", -1.0, 1.0)[:, None])
    assert [box.levels.get("lead") for box in tree.boxes] == ["b", None]
    assert describe_region(tree.boxes[0]) == "where lead is b"
    assert describe_region(tree.boxes[1]) == "where lead is not b"


def test_boxes_fill_the_space_and_do_not_overlap() -> None:
    tree = grow(POINTS, np.column_stack([POINTS["x"] * POINTS["y"], -POINTS["x"]]))
    assert (np.sum([box.holds(POINTS) for box in tree.boxes], axis=0) == 1).all()
    assert len(tree.nodes) == 2 * len(tree.boxes) - 1


def test_where_nothing_spreads_there_is_one_box() -> None:
    tree = grow(POINTS, np.ones((400, 1)))
    assert tree.boxes == (TreeBox(),)
    assert describe_region(tree.boxes[0]) == "over the whole of the ranges"


def test_a_box_is_described_in_words() -> None:
    box = TreeBox({"x": (-np.inf, 0.5), "y": (0.25, 0.75)})
    assert describe_region(box) == "where x is at most 0.5 and y lies between 0.25 and 0.75"


@pytest.mark.parametrize("n_outcomes", [1, 2])
def test_splits_are_those_of_scikit_learn_where_every_cut_is_tried(n_outcomes: int) -> None:
    """Two trees put the points into the same leaves; scikit-learn's has no quantile cuts and no test of a split."""
    rng = np.random.default_rng(n_outcomes)
    points = pd.DataFrame(rng.integers(0, 10, (600, 3)) / 10.0, columns=["x", "y", "z"])
    above = (points > [0.4, 0.2, 0.6]).to_numpy(dtype=np.float64)
    laws = np.column_stack([above @ [4.0, 2.0, 1.0], above @ [1.0, -2.0, 3.0]])[:, :n_outcomes]
    outcomes = laws + 0.05 * rng.standard_normal(laws.shape)
    scaled = outcomes / outcomes.std(axis=0)
    tree = grow(points, scaled)
    least = max(LEAST, int(np.ceil(LEAST_SHARE * len(points))))
    other = DecisionTreeRegressor(max_depth=DEPTH, min_samples_leaf=least, random_state=0).fit(points, scaled)
    assert len(tree.boxes) == other.get_n_leaves() == 2**DEPTH
    assert tree.predict(points) == pytest.approx(other.predict(points).reshape(len(points), -1))
