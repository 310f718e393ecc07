"""Conditional means against their formula, and the designs that have none."""

import numpy as np
import pandas as pd
import pytest

from cisim.questions.sensitivity.profiles import CLASS, MOST_POINTS, POINT, conditional_table
from cisim.questions.sensitivity.units_and_worlds import CONDITIONAL, UnitLayout
from tests.sensitivity.toys import TOYS, analysed, noisy, plan, sure


@pytest.mark.parametrize(("method", "samples"), [("sobol", 256), ("rbd_fast", 512), ("fast", 1024)])
def test_conditional_means_of_a_linear_function_rise_with_its_coefficients(method: str, samples: int) -> None:
    """Within a class of x1 the function has the mean 4 x1 + 1.5: classes of a tenth each, and noise to be averaged."""
    toy = TOYS["linear"]
    table = analysed(method, noisy(toy.function, 8, 1.0), toy.k, samples)[CONDITIONAL]
    names = plan(method, toy.k, samples)[0].names
    rows = table[(table["kind"] == CLASS) & (table["parameter"] == names[0])].reset_index(drop=True)
    assert len(rows) == 10
    known = 4 * (np.arange(10) + 0.5) / 10 + 1.5
    if method != "fast":
        np.testing.assert_allclose(rows["share"], (np.arange(10) + 0.5) / 10, atol=0.02)
        assert ((rows["lower"] <= known) & (known <= rows["upper"])).sum() >= 8
    np.testing.assert_allclose(rows["mean"], known, atol=0.3)
    assert (table[table["kind"] == POINT].groupby("parameter").size() <= MOST_POINTS).all()


def test_parameters_are_shown_by_their_values_and_categories_by_their_names() -> None:
    sampling, _ = plan("rbd_fast", 2, 100)
    layout = UnitLayout("rbd_fast", sampling.names, sampling.shares)
    share = sampling.shares[:, 0]
    settings = pd.DataFrame(
        {
            sampling.names[0]: 10 ** (4 * share[:, 0] - 2),
            sampling.names[1]: np.where(share[:, 1] < 0.5, "public", "shared"),
        }
    )
    outcome = (share[:, 1] >= 0.5).astype(float)[:, None, None]
    table = conditional_table(layout, outcome, sampling.names[:2], settings)
    assert table is not None
    classes = table[table["kind"] == CLASS]
    one, two = (classes[classes["parameter"] == name] for name in sampling.names[:2])
    assert len(one) == 5  # a hundred points are classes of twenty
    np.testing.assert_allclose(np.log10(one["value"].astype(float)), 4 * one["share"] - 2, atol=0.02)
    assert two["value"].tolist() == ["public", "shared"]
    assert two["mean"].tolist() == [0.0, 1.0]
    assert two["n_points"].sum() == 100
    np.testing.assert_allclose(two[["lower", "upper"]], [[0, 0], [1, 1]], atol=1e-12)


def test_designs_without_spread_points_have_no_conditional_means() -> None:
    toy = TOYS["linear"]
    assert CONDITIONAL not in analysed("morris", sure(toy.function), toy.k, 40)
    assert CONDITIONAL not in analysed("sobol", sure(toy.function), toy.k, 16)
    sampling, _ = plan("rbd_fast", 2, 100)
    shares = np.full_like(sampling.shares, 0.5)
    shares[:50, 0, 0] = np.linspace(0, 1, 50)
    one_at_a_time = UnitLayout("rbd_fast", sampling.names, shares)
    assert conditional_table(one_at_a_time, np.ones((100, 1, 2)), sampling.names[:2]) is None


def test_intervals_of_conditional_means_hold_the_truth() -> None:
    """Nine of ten, over designs and noise of ten seeds; a world gives a part of the noise to all points alike."""
    toy, held = TOYS["linear"], []
    for seed in range(10):
        sampling, _ = plan("rbd_fast", toy.k, 256, seed=seed)
        layout = UnitLayout("rbd_fast", sampling.names, sampling.shares)
        values = noisy(toy.function, 10, 1.0, 0.5, seed=seed)(sampling.shares[:, 0, : toy.k])
        found = conditional_table(layout, values[:, None], sampling.names[1:2])
        assert found is not None
        rows = found[found["kind"] == CLASS]
        known = 2 * rows["share"] + 2.5
        held.append(((rows["lower"] <= known) & (known <= rows["upper"])).mean())
    assert np.mean(held) >= 0.85
