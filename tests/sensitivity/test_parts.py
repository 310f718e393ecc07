"""Parts of a sensitivity analysis against SALib, against numbers worked out by hand, and at the edges."""

import warnings

import numpy as np
import pandas as pd
import pytest
from SALib.analyze import fast as salib_fast
from SALib.analyze import morris as salib_morris
from SALib.analyze import pawn as salib_pawn
from SALib.analyze import rbd_fast as salib_rbd
from SALib.analyze import sobol as salib_sobol
from SALib.test_functions import Ishigami

from cisim.errors import InputError
from cisim.questions.sensitivity import indices
from cisim.questions.sensitivity.indices import judge_convergence, nested_indices, variance_table
from cisim.questions.sensitivity.outcomes import outcome_values, rows_laid_out
from cisim.questions.sensitivity.sensitivity_methods import MAINS, METHODS
from cisim.questions.sensitivity.units_and_worlds import (
    UnitLayout,
    chance_changes,
    group_means,
    group_variances,
    over_pairs,
)
from tests.sensitivity.toys import analysed, noisy, of, plan, runs_of, shares_of, tables_of

PROBLEM = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0.0, 1.0]] * 3}


def ishigami(x: np.ndarray) -> np.ndarray:
    return Ishigami.evaluate((2 * x - 1) * np.pi)


def made(method: str, samples: int, **options: object) -> tuple[UnitLayout, np.ndarray]:
    sampling, _ = plan(method, 3, samples, **options)
    layout = UnitLayout(method, sampling.names, sampling.shares)
    return layout, ishigami(sampling.shares.reshape(-1, sampling.shares.shape[-1])[:, :3])


def test_in_a_single_world_the_indices_are_those_of_salib() -> None:
    layout, y = made("sobol", 64, second_order=True)
    found = METHODS["sobol"].estimate(layout, y.reshape(64, 8, 1))
    theirs = salib_sobol.analyze(PROBLEM, y, seed=1)
    for index in ("S1", "ST", "S2"):
        np.testing.assert_allclose(found[index], theirs[index], rtol=1e-9)
    layout, y = made("morris", 12)
    found = METHODS["morris"].estimate(layout, y.reshape(12, 4, 1))
    theirs = salib_morris.analyze(PROBLEM, layout.shares.reshape(-1, 3), y, seed=1)
    for index in ("mu", "mu_star", "sigma"):
        np.testing.assert_allclose(found[index], np.asarray(theirs[index]), rtol=1e-9)
    layout, y = made("rbd_fast", 128)
    found = METHODS["rbd_fast"].estimate(layout, y.reshape(-1, 1, 1))
    theirs = salib_rbd.analyze(PROBLEM, layout.shares[:, 0, :3], y, seed=1)
    np.testing.assert_allclose(found["S1"][:3], theirs["S1"], rtol=1e-9)


def test_figures_and_reports_rank_by_the_main_index_of_each_method() -> None:
    assert set(MAINS) == {method.main for method in METHODS.values()}


def test_pawn_is_that_of_salib_with_and_without_ties() -> None:
    layout, y = made("pawn", 200)
    for outcome in (y, np.round(y)):
        found = METHODS["pawn"].estimate(layout, outcome.reshape(-1, 1, 1))
        theirs = salib_pawn.analyze(PROBLEM, layout.shares[:, 0, :3], outcome)
        np.testing.assert_allclose(found["PAWN"][:3], theirs["median"], rtol=1e-9)


def test_one_set_of_curves_gives_the_indices_of_salib() -> None:
    layout, y = made("fast", 8 * 129)
    curves = y.reshape(8, 4, 129)
    found = METHODS["fast"].estimate(layout.part(slice(1)), curves[:1].reshape(1, -1, 1))
    theirs = [salib_fast.compute_orders(curve, 129, 4, 16) for curve in curves[0]]
    np.testing.assert_allclose(np.column_stack([found["S1"], found["ST"]]), theirs, rtol=1e-9)


def test_a_quadratic_over_pairs_of_worlds_carries_no_noise() -> None:
    """By hand, two worlds: the mean of products of different worlds."""
    values = np.array([[1.0, 3.0], [2.0, 8.0]])
    assert over_pairs(lambda y: (y**2).sum(axis=0), values) == pytest.approx(1 * 3 + 2 * 8)
    assert over_pairs(lambda y: (y**2).sum(axis=0), values[:, :1]) == pytest.approx(5)


def test_variance_is_taken_apart_as_it_was_made() -> None:
    rng = np.random.default_rng(1)
    x, w = rng.normal(0, 3, (400, 1, 1)), rng.normal(0, 2, 60)
    table = variance_table(x + w + rng.normal(0, 1, (400, 1, 60))).set_index("component")
    truth = {"parameters": x.var(ddof=1), "chance": w.var(ddof=1), "interaction": 1.0}
    for name, variance in truth.items():
        assert table.loc[name, "variance"] == pytest.approx(variance, rel=0.02)
        share = {"parameters": 9 / 14, "chance": 4 / 14, "interaction": 1 / 14}[name]
        assert table.loc[name, "lower"] < share < table.loc[name, "upper"]
    assert table["share"].sum() == pytest.approx(1)


def test_rows_of_a_unit_that_are_alike_do_not_bias_the_variance() -> None:
    rng = np.random.default_rng(2)
    found = [
        variance_table(np.repeat(rng.normal(size=(6, 1, 1)), 4, axis=1) + rng.normal(0, 0.01, (6, 4, 2)))
        for _ in range(60)
    ]
    assert np.mean([table["variance"][0] for table in found]) == pytest.approx(1.0, abs=0.2)


def test_one_world_says_nothing_of_chance() -> None:
    assert variance_table(np.ones((5, 1, 1))).empty
    assert chance_changes(np.ones((5, 1, 1)), np.random.default_rng(1)) is None
    assert group_variances(np.ones((5, 1, 3))) is None


def test_the_luck_of_the_dummy_has_the_variance_of_two_other_worlds() -> None:
    rng = np.random.default_rng(1)
    change = chance_changes(rng.normal(0, 2, (2000, 2, 5)) + rng.normal(size=5), rng)
    assert change is not None
    assert change.mean() == pytest.approx(0, abs=0.05)
    assert change.var() == pytest.approx(2 * 2**2, rel=0.05)


def test_worlds_are_averaged_in_at_most_ten_groups() -> None:
    values = np.arange(24.0).reshape(1, 24)
    assert group_means(values).shape == (1, 10)
    assert group_means(values[:, :3]).tolist() == values[:, :3].tolist()


@pytest.mark.parametrize("method", METHODS)
def test_an_analysis_leaves_numpy_and_warnings_alone_and_repeats_itself(
    method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indices, "NESTED", (1,))
    np.random.seed(11)  # noqa: NPY002
    before, shown, filters = np.random.get_state(), warnings.formatwarning, list(warnings.filters)  # noqa: NPY002
    samples = {"sobol": 16, "morris": 6, "fast": 600, "hdmr": 600, "oat": 3, "surrogate": 32}.get(method, 16)
    first, second = (
        analysed(method, noisy(lambda x: ishigami(x), 4, 1.0), 3, samples, seed=0)["sensitivity_indices"]
        for _ in range(2)
    )
    after = np.random.get_state()  # noqa: NPY002
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))
    assert warnings.formatwarning is shown
    assert warnings.filters == filters
    pd.testing.assert_frame_equal(first, second)


def test_seed_zero_is_a_seed() -> None:
    for method in (method for method in METHODS if method != "oat"):  # whose levels are not drawn
        zero, again, one = (plan(method, 3, 600, seed=seed)[0].shares for seed in (0, 0, 1))
        assert np.array_equal(zero, again)
        assert not np.array_equal(zero, one)


@pytest.mark.parametrize("method", ["sobol", "morris"])
def test_a_larger_plan_begins_with_the_smaller(method: str) -> None:
    small, large = (plan(method, 3, samples)[0].shares for samples in (8, 32))
    assert np.array_equal(small, large[:8])


def test_nested_parts_are_the_beginning_of_the_design() -> None:
    layout, y = made("sobol", 64)
    values = y.reshape(64, 5, 1)
    table = nested_indices(layout, values)
    assert table["n_units"].unique().tolist() == [8, 16, 32, 64]
    part = nested_indices(layout.part(slice(16)), values[:16])
    both = [t[t["n_units"] == 16].reset_index(drop=True) for t in (table, part)]
    pd.testing.assert_frame_equal(*both)


def verdict_table(widths: list[float], distinct: list[bool]) -> pd.DataFrame:
    half = np.array(widths) / 2
    columns = {"n_units": 100, "index": "ST", "parameter": ["a", "b"], "other": "", "value": 0.4, "from_chance": np.nan}
    return pd.DataFrame({**columns, "lower": 0.4 - half, "upper": 0.4 + half, "is_distinct": distinct})


def test_a_verdict_counts_how_many_more_units_a_shorter_interval_takes() -> None:
    """Width 0.3 for 0.1: nine times as many, 800 more."""
    found = judge_convergence(verdict_table([0.3, 0.05], [True, False]), "sobol", 0.1)
    assert found is not None
    assert (found.is_converged, found.more_units, found.distinct) == (False, 800, ("a",))
    found = judge_convergence(verdict_table([0.1, 0.05], [True, True]), "sobol", 0.11)
    assert found is not None
    assert (found.is_converged, found.more_units) == (True, 0)


def test_an_outcome_that_never_varies_has_no_index_and_says_so() -> None:
    tables = analysed("sobol", lambda x: np.ones((len(x), 4)), 2, 8)
    assert tables["sensitivity_indices"]["value"].isna().all()
    assert set(tables["sensitivity_verdicts"]["statement"]) == {"the outcome does not vary enough to be explained"}


def test_outcomes_are_read_off_runs() -> None:
    runs = pd.DataFrame(
        {
            "point": [0, 0, 1, 1],
            "replicate": [0, 1, 0, 1],
            "duration": [10.0, 50.0, 60.0, 20.0],
            "ending": ["failed", "completed", "censored", "failed"],
            "cause": ["conflict", "", "", "funding"],
            "status": ["ok", "ok", "ok", "error"],
            "founders_retained": [0.1, 0.2, 0.3, 0.4],
        }
    )
    expected = {
        "time_free_of_failure": [[10, 60], [60, np.nan]],
        "median": [[10, 50], [60, np.nan]],
        "share_failed": [[1, 0], [0, np.nan]],
        "share_completed": [[0, 1], [0, np.nan]],
        "survival_36": [[0, 1], [1, np.nan]],
        "failed_conflict": [[1, 0], [0, np.nan]],
        "founders_retained": [[0.1, 0.2], [0.3, np.nan]],
    }
    for name, values in expected.items():
        np.testing.assert_array_equal(outcome_values(runs, name, 60.0), values)
    with pytest.raises(InputError, match="followed for 60 months only"):
        outcome_values(runs, "share_failed", 61.0)
    with pytest.raises(InputError, match="outcome luck is not known"):
        outcome_values(runs, "luck", 60.0)


def test_runs_that_raised_cost_their_unit_or_their_world_and_are_reported() -> None:
    place = np.arange(40)
    values = np.random.default_rng(1).normal(size=(40, 30))
    values[5, 3] = np.nan
    rows, units, note = rows_laid_out(values, place, (20, 2))
    assert rows.shape == (20, 2, 29)
    assert note == "1 runs raised an error; 1 of 30 worlds are left out at every point, so that the design stays whole"
    rows, units, note = rows_laid_out(values[:, :6], place, (20, 2))
    assert rows.shape == (19, 2, 6)
    assert 2 not in units
    assert "1 of 20 units of the design are left out" in note
    with pytest.raises(InputError, match="too many to leave out; run again with retry=errors"):
        rows_laid_out(np.where(np.eye(40, 30, dtype=bool), np.nan, values), place, (20, 2))


def test_a_few_errors_change_little() -> None:
    sampling, design = plan("sobol", 3, 64)
    values = noisy(ishigami, 20, 1.0)(shares_of(design))
    runs = runs_of(design.n_points, values)
    whole = tables_of(sampling, runs)["sensitivity_indices"]
    runs.loc[7, ["status", "social_outcome"]] = ["error", np.nan]
    spoilt = tables_of(sampling, runs)
    assert of(spoilt, "ST")["value"].notna().all()
    assert not np.array_equal(spoilt["sensitivity_indices"]["value"], whole["value"])
    assert "1 runs raised an error" in spoilt["sensitivity_verdicts"]["left_out"][0]
