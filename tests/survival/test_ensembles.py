"""Spread over an ensemble taken apart, on values whose parts are known."""

import numpy as np
import pandas as pd
import pytest

from cisim.errors import InputError
from cisim.survival.ensembles import (
    Ensembled,
    effect_sentence,
    ensemble_effects,
    member_effects,
    read_runs,
    spread_table,
    weighted_quantiles,
)


def ensembled(values: np.ndarray, labels: tuple[str, ...] = ("none",)) -> Ensembled:
    n = values.shape[1]
    return Ensembled(labels, np.full(n, 1 / n), {"time_free_of_failure": values}, 240.0)


def test_the_two_parts_of_the_spread_are_found_from_runs_in_shared_worlds() -> None:
    random = np.random.default_rng(1)
    member, world = 3.0 * random.standard_normal((400, 1)), 2.0 * random.standard_normal((1, 30))
    values = member + world + 6.0 * random.standard_normal((400, 30))
    row = spread_table(ensembled(values[None])).iloc[0]
    assert row["parametric_sd"] == pytest.approx(member.std(), rel=0.05)
    assert row["chance_sd"] == pytest.approx(np.sqrt(36 + world.var(ddof=1)), rel=0.05)
    total = row["parametric_sd"] ** 2 + row["chance_sd"] ** 2
    assert row["share_parametric"] == pytest.approx(row["parametric_sd"] ** 2 / total)


def test_members_that_are_all_alike_have_no_parametric_spread() -> None:
    values = np.tile(np.arange(10.0), (1, 5, 1))
    row = spread_table(ensembled(values)).iloc[0]
    assert row["parametric_sd"] == 0.0
    assert row["chance_sd"] == pytest.approx(np.arange(10.0).std(ddof=1))


def test_worlds_that_are_all_alike_leave_no_chance() -> None:
    values = np.tile(np.array([[[1.0], [2.0], [6.0]]]), (1, 1, 4))
    row = spread_table(ensembled(values)).iloc[0]
    assert row["chance_sd"] == 0.0
    assert row["parametric_sd"] == pytest.approx(np.array([1.0, 2.0, 6.0]).std(ddof=1))


def test_effects_are_counted_by_the_weight_of_the_members_in_which_they_hold() -> None:
    none = np.tile(np.arange(8.0), (3, 1))
    shift = np.array([[5.0], [-1.0], [2.0]]) + 0.1 * np.tile([1.0, -1.0], (3, 4))
    found = Ensembled(
        ("none", "all"), np.array([0.5, 0.3, 0.2]), {"time_free_of_failure": np.stack([none, none + shift])}, 240.0
    )
    row = ensemble_effects(found).iloc[0]
    assert row["difference"] == pytest.approx(0.5 * 5 - 0.3 + 0.2 * 2)
    assert row["share_positive"] == pytest.approx(0.7)
    assert row["share_surely_positive"] == pytest.approx(0.7)
    assert row["share_surely_negative"] == pytest.approx(0.3)
    assert member_effects(found, "time_free_of_failure")["difference"].tolist() == pytest.approx([5.0, -1.0, 2.0])
    sentence = effect_sentence(row)
    assert "lengthens the time free of failure by 2.6 months on average, in 70 % of the ensemble" in sentence


def runs() -> pd.DataFrame:
    """Two settings, two members, two worlds, followed for 100 months."""
    return pd.DataFrame(
        {
            "point": np.repeat([0, 1, 2, 3], 2),
            "replicate": [0, 1] * 4,
            "duration": [10, 100, 100, 40, 100, 100, 70, 100],
            "ending": ["failed", "censored", "censored", "completed", "censored", "censored", "failed", "censored"],
            "status": "ok",
        }
    )


def test_runs_are_laid_out_by_setting_member_and_world() -> None:
    found = read_runs(runs().sample(frac=1.0, random_state=1), ["none", "all"], np.array([1.0, 1.0]), 100.0)
    free = found.outcomes["time_free_of_failure"]
    assert free.tolist() == [[[10, 100], [100, 100]], [[100, 100], [70, 100]]]
    assert found.outcomes["survival_36"].tolist() == [[[0, 1], [1, 1]], [[1, 1], [1, 1]]]
    assert found.outcomes["share_completed"].sum() == 1


def test_runs_that_met_an_error_are_refused() -> None:
    with pytest.raises(InputError, match="some runs are missing or met an error"):
        read_runs(runs().assign(status="error"), ["none", "all"], np.ones(2), 100.0)


def test_quantiles_are_of_the_weight() -> None:
    found = weighted_quantiles(np.array([3.0, 1.0, 2.0]), np.array([0.1, 0.6, 0.3]))
    assert (found["p5"], found["median"], found["p75"], found["p95"]) == (1.0, 1.0, 2.0, 3.0)
