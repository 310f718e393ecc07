"""Mean trajectories are taken over the coalitions alive, with the interval of the mean and the spread of the runs."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cisim.errors import InputError
from cisim.survival.trajectories import trajectory_table


def test_means_intervals_and_quantiles_are_those_of_the_coalitions_alive(trajectories: pd.DataFrame) -> None:
    table = trajectory_table(trajectories).set_index(["strategies", "measure", "month"])
    alive = trajectories.query("strategies == 'spacing' and month == 100")["trust"]
    row = table.loc[("spacing", "trust", 100)]
    assert row["n_alive"] == len(alive) < 100
    assert row["mean"] == pytest.approx(alive.mean())
    expected = stats.t.interval(0.95, len(alive) - 1, alive.mean(), stats.sem(alive))
    assert (row["lower"], row["upper"]) == pytest.approx(expected)
    assert (row["q10"], row["q90"]) == pytest.approx(tuple(alive.quantile([0.1, 0.9])))


def test_every_measure_is_there_and_no_key_is_taken_for_one(trajectories: pd.DataFrame) -> None:
    measures = list(dict.fromkeys(trajectory_table(trajectories)["measure"]))
    assert measures == [name for name in trajectories if name not in ("point", "strategies", "replicate", "month")]


def test_labels_come_in_the_order_of_every_table(trajectories: pd.DataFrame) -> None:
    labels = list(dict.fromkeys(trajectory_table(trajectories)["strategies"]))
    assert labels == ["none", "gazing", "abstracting", "spacing", "all"]


def test_a_single_coalition_has_a_mean_and_no_interval() -> None:
    alone = pd.DataFrame({"strategies": "none", "replicate": 0, "month": [1, 2], "trust": [0.4, 0.6]})
    table = trajectory_table(alone)
    np.testing.assert_array_equal(table["mean"], [0.4, 0.6])
    assert table[["lower", "upper"]].isna().all(axis=None)
    assert (table["n_alive"] == 1).all()


def test_an_empty_table_is_refused(trajectories: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="the table of trajectories has no rows: run the study with"):
        trajectory_table(trajectories.iloc[:0])


def test_a_table_without_months_is_refused(trajectories: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="the table of trajectories lacks month"):
        trajectory_table(trajectories.drop(columns="month"))
