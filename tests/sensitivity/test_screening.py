"""What a screening freezes, the plan in which the frozen change together, and the statement on them in the end."""

import numpy as np
import pandas as pd
import pytest

from cisim.errors import InputError
from cisim.parameters import REGISTRY, Parameters
from cisim.questions.sensitivity.compute import sensitivity_tables
from cisim.questions.sensitivity.plan import Refining, Sampling, draw_sampling, refined_study
from cisim.questions.sensitivity.samplers import SALTELLI, draw_grouped_rows, draw_plan_rows
from cisim.questions.sensitivity.screening import frozen_table, screening_table
from cisim.questions.sensitivity.units_and_worlds import UnitLayout
from cisim.study.design import Factor
from cisim.study.study import Study
from tests.sensitivity.toys import NAMES, Function, noisy, plan, runs_of, shares_of, sure

#: Sobol's g of Saltelli et al. 2008, The Primer, with two parameters that matter and six that hardly do.
A = np.array([0.0, 1.0, 9.0, 99.0, 99.0, 99.0, 99.0, 99.0])
PARTS = 1 / (3 * (1 + A) ** 2)
VARIANCE = np.prod(1 + PARTS) - 1


def g(x: np.ndarray) -> np.ndarray:
    return np.prod((np.abs(4 * x - 2) + A) / (1 + A), axis=1)


def screened(function: Function, k: int, negligible: float, trajectories: int = 20) -> pd.DataFrame:
    sampling, design = plan("morris", k, trajectories)
    runs = runs_of(design.n_points, function(shares_of(design)))
    layout = UnitLayout(**sampling.layout)
    return screening_table(runs, layout, sampling.place, sampling.outcomes, 120.0, negligible)


def both_stages(function: Function, k: int, samples: int, negligible: float = 0.05) -> tuple[pd.DataFrame, ...]:
    """Screening, indices and check of both stages, as the command makes them."""
    table = screened(function, k, negligible)
    factors = [Factor(name=name, low=REGISTRY[name].low, high=REGISTRY[name].high) for name in NAMES[:k]]
    asked = {"outcomes": ("social_outcome",), "tau": 120, "precision": 0.1}
    first, design = draw_sampling("morris", factors, samples=4, seed=1, **asked)
    then = Refining(samples=samples, second_order=False, negligible=negligible)
    study = Study(verb="sensitivity", scenario="toy", params=Parameters(), design=design, task=first)
    object.__setattr__(first, "then", then)
    second = refined_study(study, frozenset(table.loc[table["is_frozen"], "parameter"]))
    sampling = second.task_as(Sampling)
    assert second.design is not None
    runs = runs_of(second.design.n_points, function(shares_of(second.design)))
    layout = UnitLayout(**sampling.layout)
    tables = sensitivity_tables(runs, layout, sampling.place, ("social_outcome",), 120.0)
    indices = tables["sensitivity_indices"]
    return table, indices, frozen_table(indices, table, negligible)


def test_the_weakest_that_hold_little_of_the_squared_effects_are_frozen() -> None:
    """By hand: squares of 4, 2 and 1 are 16, 4 and 1 of 21, and 1 / 21 is below 5 % as 5 / 21 is not."""
    table = screened(sure(lambda x: x @ np.array([4.0, 2.0, 1.0, 0.0])), 4, 0.05)
    np.testing.assert_allclose(table["share"], np.array([16, 4, 1, 0]) / 21)
    assert table["is_frozen"].tolist() == [False, False, True, True]
    assert table["noise"].isna().all()
    table = screened(sure(lambda x: x @ np.array([4.0, 2.0, 1.0, 0.0])), 4, 0.04)
    assert table["is_frozen"].tolist() == [False, False, False, True]


def test_noise_lets_fewer_parameters_be_frozen_and_is_reported() -> None:
    coefficients = np.array([4.0, 2.0, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1])
    quiet = screened(noisy(lambda x: x @ coefficients, 8, 0.01), 8, 0.05)
    loud = screened(noisy(lambda x: x @ coefficients, 8, 3.0), 8, 0.05)
    assert quiet["is_frozen"].sum() == 6
    assert loud["is_frozen"].sum() < 4
    assert quiet["noise"].iloc[0] < 1e-4
    np.testing.assert_allclose(loud["noise"].iloc[0], loud["share"].iloc[2:].mean(), rtol=0.5)


def test_an_outcome_that_nothing_moves_leaves_one_parameter() -> None:
    table = screened(lambda x: np.ones((len(x), 4)), 3, 0.05)
    assert table["is_frozen"].sum() == 2


def test_a_parameter_that_matters_to_one_of_two_outcomes_is_kept() -> None:
    sampling, design = plan("morris", 3, 10)
    x = shares_of(design)
    runs = runs_of(design.n_points, x[:, :1]).assign(economic_outcome=x[:, 1])
    layout, outcomes = UnitLayout(**sampling.layout), ("social_outcome", "economic_outcome")
    table = screening_table(runs, layout, sampling.place, outcomes, 120.0, 0.05)
    assert table.loc[table["is_frozen"], "parameter"].unique().tolist() == [sampling.names[2]]


@pytest.mark.parametrize("second_order", [False, True])
def test_the_frozen_change_together_and_the_others_one_at_a_time(second_order: bool) -> None:
    rows = draw_grouped_rows([2, 0], 4, 8, 1, second_order=second_order)
    whole = draw_plan_rows(SALTELLI, 4, 8, 1)
    first, last = whole[:, 0], whole[:, -1]
    assert np.array_equal(rows[:, 0], first)
    assert np.array_equal(rows[:, -1], last)
    for row, columns in enumerate([[2], [0], [1, 3]], 1):
        changed = rows[0, row] != first[0]
        assert np.flatnonzero(changed).tolist() == sorted(columns)
        assert np.array_equal(rows[:, row][:, columns], last[:, columns])
        if second_order:
            assert np.array_equal(rows[:, 3 + row][:, columns], first[:, columns])
    assert rows.shape[1] == (8 if second_order else 5)


def test_both_stages_give_the_known_indices_of_g_and_confirm_what_was_frozen() -> None:
    table, indices, checked = both_stages(sure(g), 8, 512)
    assert set(table.loc[~table["is_frozen"], "parameter"]) <= set(NAMES[:3])
    assert set(NAMES[:2]) <= set(table.loc[~table["is_frozen"], "parameter"])
    total = indices.query("of == 'mean' and index == 'ST'").set_index("parameter")
    for i, name in enumerate(NAMES[:2]):
        truth = PARTS[i] * np.prod(1 + np.delete(PARTS, i)) / VARIANCE
        assert total.loc[name, "lower"] <= truth <= total.loc[name, "upper"]
    frozen = [NAMES.index(name) for name in table.loc[table["is_frozen"], "parameter"]]
    rest = np.delete(PARTS, frozen)
    truth = (np.prod(1 + PARTS[frozen]) - 1) * np.prod(1 + rest) / VARIANCE
    row = checked.iloc[0]
    assert row["lower"] <= truth <= row["upper"]
    assert row["verdict"] == "confirmed"
    assert row["n_frozen"] == len(frozen)
    assert "negligible" in row["statement"]


def test_what_was_frozen_wrongly_is_found_out() -> None:
    """A response that a trajectory on four levels never sees: a wave of period 2 / 3, its step."""

    def wave(x: np.ndarray) -> np.ndarray:
        return x[:, 0] + 2 * np.sin(3 * np.pi * x[:, 1])

    table, _, checked = both_stages(sure(wave), 3, 256)
    assert bool(table.set_index("parameter").loc[NAMES[1], "is_frozen"])
    assert checked["verdict"].tolist() == ["refuted"]
    assert checked["share"].iloc[0] > 0.9


def test_nothing_frozen_and_nothing_varying_are_reported_in_words() -> None:
    _, indices, checked = both_stages(sure(lambda x: x.sum(axis=1)), 3, 64)
    assert checked["statement"].tolist() == ["no parameter is frozen: the weakest holds more than is negligible"]
    assert "frozen" not in set(indices["parameter"])
    _, _, checked = both_stages(lambda x: np.ones((len(x), 4)), 3, 16)
    assert "is not told" in checked["statement"].iloc[0]
    assert checked["verdict"].tolist() == ["open"]


def test_a_share_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match=r"negligible=1.0 is out of range; give a share from 0 to below 1"):
        Refining(samples=64, second_order=False, negligible=1.0)
