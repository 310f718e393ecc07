"""Options are ranked by criteria with hand-computed values, and no more surely than the worlds allow."""

import numpy as np
import pandas as pd
import pytest

from cisim.errors import InputError
from cisim.questions.advise.compute import (
    Advice,
    Option,
    expected_months,
    may_be_best,
    rank_options,
    regrets,
    worst_tenth,
)
from cisim.questions.advise.tables import OPTIONS, SENTENCES, advice_tables

#: Two options in three states of the world: the second is better in one state only.
MEANS = np.array([[100.0, 100.0, 40.0], [80.0, 90.0, 70.0]])
EQUAL = np.full(3, 1 / 3)


def steady(n_worlds: int = 8) -> np.ndarray:
    """Every world gives the same."""
    return np.repeat(MEANS[:, :, None], n_worlds, axis=2)


def test_criteria_are_those_counted_by_hand() -> None:
    free, once = steady(), np.ones(8)
    assert expected_months(free, EQUAL, once) == pytest.approx([80.0, 80.0])
    found = {name: values.mean(axis=1) for name, values in regrets(free, EQUAL).items()}
    assert found["mean_regret"] == pytest.approx([10.0, 10.0])
    assert found["max_regret"] == pytest.approx([30.0, 20.0])
    assert worst_tenth(free, EQUAL, once) == pytest.approx([40.0, 70.0])


def test_states_count_by_their_weights() -> None:
    free, weights = steady(), np.array([0.5, 0.45, 0.05])
    assert expected_months(free, weights, np.ones(8)) == pytest.approx(MEANS @ weights)
    assert regrets(free, weights)["mean_regret"].mean(axis=1) == pytest.approx([30 * 0.05, 20 * 0.5 + 10 * 0.45])
    assert worst_tenth(free, weights, np.ones(8)) == pytest.approx([(40 * 0.05 + 100 * 0.05) / 0.1, (70 + 80) / 2])


def test_regret_is_not_inflated_where_options_are_alike() -> None:
    rng = np.random.default_rng(1)
    free = 100 + 30 * rng.normal(size=(10, 40, 20))
    naive = free.mean(axis=2).max(axis=0) - free.mean(axis=2)
    assert naive.mean() > 8
    honest = {name: values.mean() for name, values in regrets(free, np.full(40, 1 / 40)).items()}
    assert abs(honest["mean_regret"]) < 3
    assert abs(honest["max_regret"]) < 10


def test_intervals_of_regret_hold_the_regret_of_what_was_picked_about_as_often_as_they_say() -> None:
    rng, held = np.random.default_rng(6), 0
    for _ in range(300):
        free = MEANS[:, :, None] + 3 * rng.normal(size=(1, 1, 16)) + 5 * rng.normal(size=(2, 3, 16))
        row = rank_options(free, EQUAL, 240.0).iloc[0]
        held += row["mean_regret_lower"] <= 10.0 <= row["mean_regret_upper"]
    assert 0.92 <= held / 300 <= 0.98


def test_an_option_that_is_surely_best_is_the_only_one_left() -> None:
    rng = np.random.default_rng(2)
    world = 20 * rng.normal(size=12)
    free = np.array([120.0, 100.0, 80.0])[:, None, None] + world + rng.normal(size=(3, 5, 12))
    table = rank_options(free, np.full(5, 0.2), 240.0)
    assert table["may_be_best"].to_list() == [True, False, False]
    assert table["expected_p_best"].to_list() == [1.0, 0.0, 0.0]
    assert table["behind"].to_list() == pytest.approx([0.0, 20.0, 40.0], abs=1.0)
    assert table["behind_lower"][1] > 15


def test_the_best_option_is_among_those_left_about_as_often_as_they_say() -> None:
    rng, kept, left = np.random.default_rng(3), 0, 0
    for _ in range(400):
        by_world = np.array([1.0, 0.8, 0.8, 0.0])[:, None] + rng.normal(size=(4, 15))
        found = may_be_best(by_world, 0.95)
        kept, left = kept + found[0], left + found.sum()
    assert kept / 400 >= 0.94
    assert left / 400 < 4


def test_options_that_are_one_and_the_same_all_stay() -> None:
    assert may_be_best(np.ones((3, 6)), 0.95).all()
    assert may_be_best(np.ones((1, 6)), 0.95).all()


def test_too_few_worlds_are_refused() -> None:
    with pytest.raises(InputError, match="replicates=1 is too few"):
        rank_options(steady(1), EQUAL, 240.0)


def runs_of(free: np.ndarray, tau: int = 240) -> pd.DataFrame:
    months = np.rint(free).astype(int).reshape(-1, free.shape[2])
    point, replicate = np.indices(months.shape).reshape(2, -1)
    failed = months.ravel() < tau
    return pd.DataFrame(
        {
            "point": point,
            "replicate": replicate,
            "duration": months.ravel(),
            "ending": np.where(failed, "failed", "censored"),
            "status": "ok",
        }
    )


class Named(Option):
    """An option whose label is any words."""

    gazes = False


def advice_of(choices: list[str], reference: int) -> Advice:
    return Advice(choices=tuple(Named(name, 36, 24) for name in choices), reference=reference, tau=240)


def sentences_on(free: np.ndarray, choices: list[str], reference: int = 0) -> list[str]:
    n_states = free.shape[1]
    weights = np.full(n_states, 1 / n_states)
    tables = advice_tables(runs_of(free), advice_of(choices, reference), weights, "3 states")
    assert tables[OPTIONS]["expected"].is_monotonic_decreasing
    sentences = tables[SENTENCES]["sentence"].to_list()
    assert len(sentences) == 5
    return sentences


def test_sure_advice_says_that_it_is_sure() -> None:
    rng = np.random.default_rng(4)
    free = np.array([60.0, 120.0])[:, None, None] + 10 * rng.normal(size=(1, 3, 20)) + rng.normal(size=(2, 3, 20))
    sentences = sentences_on(free, ["no strategy", "all three"])
    assert "longest with all three: 1" in sentences[0]
    assert "months more than with no strategy" in sentences[0]
    assert sentences[1].startswith("That it is the best of the 2 options is sure")
    assert sentences[2].endswith("the most of all options.")


def test_advice_where_nothing_is_certain_says_so() -> None:
    free = 120 + 20 * np.random.default_rng(5).normal(size=(4, 3, 20))
    sentences = sentences_on(free, ["no strategy", "a", "b", "c"])
    assert sentences[1].startswith("That it is the best is not certain: 3 of the other 3 options")
    assert "which is not beyond chance" in sentences[0] or "with no strategy" in sentences[0]
