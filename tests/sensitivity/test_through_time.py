"""Indices through time against their formula, and at the edges: years without variance, one parameter, pairs."""

import numpy as np
import pandas as pd
import pytest

from cisim.errors import InputError
from cisim.questions.sensitivity.outcomes import check_outcomes
from cisim.questions.sensitivity.profiles import ranking, time_table
from cisim.questions.sensitivity.units_and_worlds import DUMMY, TIME, VERDICTS, UnitLayout
from tests.sensitivity.toys import holds, lasting, plan, shares_of, spells_of, tables_of

#: Hazard a month: 0.002 + 0.02 x1 + 0.006 x2; a third parameter has no part in it.
BASE, SLOPES, TAU = 0.002, np.array([0.02, 0.006, 0.0]), 120


def hazard(x: np.ndarray) -> np.ndarray:
    return BASE + x @ SLOPES[: x.shape[1]]


def truth(month: float) -> tuple[np.ndarray, np.ndarray, float]:
    """First and total order indices, and mean, of S(t) = exp(-hazard t): a product of one function of each parameter.

    With c the squared coefficient of variation of exp(-b t x), x even in [0, 1], they are c / V and
    c (V + 1) / (1 + c) / V, where V + 1 is the product of all 1 + c.
    """
    b = np.maximum(SLOPES * month, 1e-9)
    first, second = (1 - np.exp(-b)) / b, (1 - np.exp(-2 * b)) / (2 * b)
    c = second / first**2 - 1
    whole = np.prod(1 + c)
    return c / (whole - 1), c * whole / (1 + c) / (whole - 1), float(np.exp(-BASE * month) * first.prod())


def spells(x: np.ndarray) -> np.ndarray:
    return np.random.default_rng(5).exponential(1 / hazard(x)[:, None], (len(x), 20))


def analysed(method: str, samples: int, k: int = 3, **options: object) -> dict[str, pd.DataFrame]:
    return lasting(method, spells, k, samples, TAU, outcomes=("survival",), **options)


@pytest.mark.parametrize(("method", "samples"), [("sobol", 256), ("rbd_fast", 512)])
def test_indices_of_survival_at_each_year_are_those_of_the_formula(method: str, samples: int) -> None:
    table = analysed(method, samples)[TIME]
    real = table[table["parameter"] != DUMMY]
    held = []
    for month in range(12, TAU + 1, 12):
        first, total, share = truth(month)
        rows = real[real["month"] == month]
        assert rows["share"].iloc[0] == pytest.approx(share, abs=0.01)
        for index, known in (("S1", first), ("ST", total)):
            part = rows[rows["index"] == index]
            if len(part):
                held.append(holds(part, known))
                assert (np.abs(part["value"] - known) < part["upper"] - part["lower"]).all(), part
    assert len(held) == 10 * (2 if method == "sobol" else 1)
    assert np.concatenate(held).mean() >= 0.9
    assert ranking(table, "ST" if method == "sobol" else "S1")[:2] == list(real["parameter"][:2])


def test_the_strongest_parameter_changes_where_effects_cross() -> None:
    """Early a shock that x2 decides, later a hazard that x1 decides: indices change places."""
    sampling, design = plan("sobol", 2, 128, outcomes=("survival",), tau=120)
    x = shares_of(design)
    rng = np.random.default_rng(2)
    early = rng.random((len(x), 20)) < 0.8 * x[:, 1:]
    spell = np.where(early, 6.0, 12 + rng.exponential(1 / (0.001 + 0.05 * x[:, :1]), (len(x), 20)))
    table = tables_of(sampling, spells_of(spell, 120))[TIME]
    main = table[table["index"] == "ST"].pivot_table(index="month", columns="parameter", values="value")
    one, two = sampling.names
    assert main.loc[12, two] > 0.8 > 0.2 > main.loc[12, one]
    assert main.loc[108, one] > 0.7 > 0.5 > main.loc[108, two]


def test_years_in_which_nothing_ends_have_no_index_and_the_verdict_counts_them() -> None:
    sampling, design = plan("sobol", 2, 128, outcomes=("survival",), tau=60)
    x = shares_of(design)
    spell = np.repeat(np.where(x[:, :1] < 0.5, 30.0, 90.0), 2, axis=1)
    tables = tables_of(sampling, spells_of(spell, 60))
    table = tables[TIME].query("index == 'ST' and parameter != 'dummy'")
    assert table.loc[table["month"] <= 24, "value"].isna().all()
    late = table[table["month"] >= 36]
    np.testing.assert_allclose(late["value"], [1, 0] * 3, atol=0.2)
    assert set(table["variance"].round(2)) == {0.0, 0.25}
    verdict = tables[VERDICTS].iloc[0]
    assert "of 3 years (2 more vary too little)" in verdict["statement"]
    assert verdict["distinct"] == sampling.names[0]


def test_an_outcome_that_never_varies_has_a_verdict_and_no_index() -> None:
    sampling, design = plan("morris", 2, 6, outcomes=("survival",), tau=24)
    tables = tables_of(sampling, spells_of(np.full((design.n_points, 4), 99.0), 24))
    assert set(tables) == {TIME, VERDICTS}
    verdict = tables[VERDICTS].iloc[0]
    assert verdict["statement"] == "there is no year in which the share still there varies enough to be explained"
    assert not verdict["is_converged"]


@pytest.mark.parametrize("method", ["sobol", "morris", "rbd_fast", "oat"])
def test_a_single_parameter_decides_every_year(method: str) -> None:
    samples = {"sobol": 64, "morris": 8, "rbd_fast": 128, "oat": 5}[method]
    options = {"second_order": True} if method == "sobol" else {}
    table = analysed(method, samples, 1, **options)[TIME]
    assert set(table["parameter"]) - {DUMMY} == {plan("morris", 1, 4)[0].names[0]}
    assert table.loc[(table["month"] == TAU) & (table["parameter"] != DUMMY), "value"].notna().all()


def test_a_year_has_the_indices_of_the_outcome_of_its_month() -> None:
    """In whole months, so that endings in the month itself count as ended in both."""
    outcomes = ("survival", "survival_24")
    tables = lasting("sobol", lambda x: np.ceil(spells(x) / 6) * 6, 2, 64, 36, outcomes=outcomes)
    year = tables[TIME][tables[TIME]["month"] == 24].set_index(["index", "parameter"])
    month = tables["sensitivity_indices"].query("of == 'mean' and other == ''").set_index(["index", "parameter"])
    np.testing.assert_allclose(year["value"], month.loc[year.index, "value"], rtol=1e-9)


def test_rows_for_pairs_change_nothing() -> None:
    layouts = []
    for second_order in (False, True):
        sampling, _ = plan("sobol", 2, 32, second_order=second_order)
        layouts.append(UnitLayout("sobol", sampling.names, sampling.shares))
    rng = np.random.default_rng(3)
    months = rng.exponential(40, (32, 4, 6))
    with_pairs = np.concatenate([months[:, :3], rng.exponential(10, (32, 2, 6)), months[:, 3:]], axis=1)
    plain, paired = (time_table(layout, m, 36) for layout, m in zip(layouts, (months, with_pairs), strict=True))
    pd.testing.assert_frame_equal(plain, paired)


def test_survival_is_asked_for_by_name_and_in_a_window_of_a_year_or_more() -> None:
    assert check_outcomes(("survival", "median", "survival"), 12) == ("survival", "median")
    with pytest.raises(InputError, match="outcome survival is taken year by year; give tau=12 or more"):
        check_outcomes(("survival",), 11)
