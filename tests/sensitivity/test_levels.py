"""One parameter at a time, components of one and two parameters, and the use of further runs that a verdict names."""

import numpy as np
import pandas as pd
import pytest

from cisim.parameters import REGISTRY, Parameters, get
from cisim.questions.sensitivity import indices
from cisim.questions.sensitivity.indices import judge_convergence
from cisim.questions.sensitivity.plan import draw_sampling
from cisim.questions.sensitivity.units_and_worlds import error_parts, standard_errors
from cisim.study.design import Factor
from tests.sensitivity.test_parts import verdict_table
from tests.sensitivity.toys import LINEAR, NAMES, TOYS, analysed, holds, noisy, of, plan, sure

ASKED = {"outcomes": ("social_outcome",), "tau": 120, "precision": 0.1}


@pytest.fixture
def only_the_whole_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indices, "NESTED", (1,))


def test_levels_one_at_a_time_lie_on_both_sides_of_the_case() -> None:
    months = Factor(name="backbone.contract_months", values=(12, 24, 60))
    lead = Factor(name="backbone.lead", values=("public", "shared"))
    sampling, design = draw_sampling("oat", (months, lead), samples=5, seed=1, **ASKED)
    centre = {name: get(Parameters(), name) for name in design.columns}
    rows = design.frame()
    assert rows.iloc[0].to_dict() == centre
    assert ((rows != pd.Series(centre)).sum(axis=1)[1:] == 1).all()
    moved = ~np.isnan(sampling.shares[0])
    assert moved.sum(axis=1).tolist() == [0, *[1] * (design.n_points - 1)]
    for row in range(1, design.n_points):
        name = list(design.columns)[moved[row].argmax()]
        assert sampling.levels[row] == str(rows[name][row])


def test_effects_of_a_linear_function_one_at_a_time_are_its_slopes() -> None:
    """Without noise exact, with noise common to all points too; a swing over the whole range is the coefficient."""
    case = [
        (get(Parameters(), name) - REGISTRY[name].low) / (REGISTRY[name].high - REGISTRY[name].low)
        for name in NAMES[:4]
    ]
    for values in (sure(TOYS["linear"].function), noisy(TOYS["linear"].function, 6, 0.0, 3.0)):
        tables = analysed("oat", values, 4, 5)
        for index, truth in (("swing", LINEAR), ("low", -LINEAR * case), ("high", LINEAR * (1 - np.array(case)))):
            np.testing.assert_allclose(of(tables, index)["value"], truth, atol=1e-12)
    levels = tables["sensitivity_levels"]
    np.testing.assert_allclose(
        levels["effect"],
        LINEAR[levels.groupby("parameter", sort=False).ngroup()]
        * (levels["share"] - np.repeat(case, levels.groupby("parameter", sort=False).size())),
        atol=1e-12,
    )
    assert tables["sensitivity_variance"].empty


def test_effects_one_at_a_time_are_paired_and_their_intervals_hold_the_truth() -> None:
    tables = analysed("oat", noisy(TOYS["linear"].function, 20, 0.3, 5.0), 4, 3)
    found = of(tables, "swing")
    assert found["is_distinct"].tolist() == [True, True, True, False]
    assert (found["upper"] - found["lower"] < 1.0).all()  # of a world alone it would be some 10
    assert holds(found[:3], LINEAR[:3]).all()
    levels = tables["sensitivity_levels"]
    ends = levels[levels["share"].isin([0.0, 1.0])].groupby("parameter", sort=False)["effect"].agg(np.ptp)
    np.testing.assert_allclose(ends, LINEAR, atol=0.5)
    verdicts = tables["sensitivity_verdicts"]
    assert verdicts["statement"].str.contains("all of them more replicates").any()


def test_one_at_a_time_in_a_single_world_has_effects_and_no_intervals() -> None:
    tables = analysed("oat", sure(TOYS["linear"].function), 4, 3)
    assert tables["sensitivity_indices"]["lower"].isna().all()
    assert tables["sensitivity_levels"]["lower"].isna().all()
    assert not tables["sensitivity_indices"]["is_distinct"].any()


@pytest.mark.parametrize("name", TOYS)
def test_components_of_one_parameter_have_the_known_indices(name: str, only_the_whole_sample: None) -> None:
    toy = TOYS[name]
    tables = analysed("hdmr", sure(toy.function), toy.k, 1024)
    found = of(tables, "S1")
    slack = found.assign(lower=found["lower"] - 0.005, upper=found["upper"] + 0.005)  # by ridge and splines
    assert holds(slack, np.array(toy.first)).all(), found
    assert of(tables, "ST").empty


def test_components_of_two_parameters_have_the_known_indices(only_the_whole_sample: None) -> None:
    """The 49 coefficients of each pair fit what others leave over too: totals come out too large, here by 0.03."""
    toy = TOYS["ishigami"]
    tables = analysed("hdmr", sure(toy.function), toy.k, 1024, second_order=True)
    np.testing.assert_allclose(of(tables, "ST")["value"], toy.total, atol=0.05)
    pairs = of(tables, "S2").set_index(["parameter", "other"])["value"]
    np.testing.assert_allclose(pairs, [0.0, toy.pairs[0, 2], 0.0], atol=0.03)


def test_chance_adds_nothing_to_components(only_the_whole_sample: None) -> None:
    toy = TOYS["linear"]
    tables = analysed("hdmr", noisy(toy.function, 8, 1.5, 1.0), toy.k, 1024)
    assert holds(of(tables, "S1"), np.array(toy.first)).all()


def test_a_standard_error_is_made_of_units_and_of_worlds() -> None:
    """Mean of a two-way layout, by hand: variances 4 / 100 over units and 9 / 50 over worlds."""
    rng = np.random.default_rng(1)
    values = 2 * rng.normal(size=(100, 1)) + 3 * rng.normal(size=50)

    def estimate(units: np.ndarray, worlds: np.ndarray) -> np.ndarray:
        return np.asarray([values[units][:, worlds].mean()])

    of_units, of_worlds = error_parts(estimate, 100, 50, 2000)
    assert of_units[0] == pytest.approx(values.mean(axis=1).var(ddof=1) / 100, rel=0.1)
    assert of_worlds[0] == pytest.approx(values.mean(axis=0).var(ddof=1) / 50, rel=0.1)
    assert standard_errors(estimate, 100, 50, 2000)[0] ** 2 == pytest.approx(of_units[0] + of_worlds[0])


def test_a_verdict_knows_how_much_of_the_widest_interval_is_chance() -> None:
    table = verdict_table([0.3, 0.05], [True, False]).assign(from_chance=[0.8, 0.1])
    assert judge_convergence(table, "sobol", 0.1).from_chance == 0.8


def test_where_chance_makes_the_interval_the_verdict_asks_for_replicates() -> None:
    """Slopes that differ between worlds: more points do not narrow the interval of their mean."""

    def values(x: np.ndarray) -> np.ndarray:
        slopes = 1 + np.random.default_rng(1).normal(0, 0.7, (2, 8))
        return x[:, :2] @ slopes

    tables = analysed("sobol", values, 2, 256)
    statement = tables["sensitivity_verdicts"].query("of == 'mean'")["statement"].iloc[0]
    assert "twice the replicates shorten it more than twice the points" in statement
    tables = analysed("sobol", noisy(TOYS["linear"].function, 8, 0.1), 4, 16)
    statement = tables["sensitivity_verdicts"].query("of == 'mean'")["statement"].iloc[0]
    assert "not converged" in statement
    assert "replicates" not in statement


def test_a_plan_one_at_a_time_needs_no_draw() -> None:
    assert np.array_equal(plan("oat", 3, 5, seed=1)[0].shares, plan("oat", 3, 5, seed=2)[0].shares, equal_nan=True)
