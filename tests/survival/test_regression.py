"""Regressions over what varies: published coefficients, robust errors, proportional hazards, unusable columns."""

import numpy as np
import pandas as pd
import pytest
from lifelines import CoxPHFitter, LogLogisticAFTFitter, WeibullAFTFitter
from lifelines.datasets import load_rossi

from cisim.errors import CisimError, InputError
from cisim.survival.regression import MODELS, sweep_effects
from tests.survival.made_up import make_runs
from tests.survival.published import PLACEBO, SIX_MP, SIX_MP_RELAPSED
from tests.survival.test_shared_worlds import random_trial

TRIAL = pd.DataFrame(
    {
        "duration": np.r_[SIX_MP, PLACEBO],
        "event_observed": np.r_[SIX_MP_RELAPSED, np.ones(21)],
        "treated": np.repeat([1, 0], 21),
    }
)


def make_sweep(points: int = 40, worlds: int = 30, seed: int = 4, horizon: int = 240) -> pd.DataFrame:
    """Weibull durations in whole months: divergence shortens, the form lengthens; worlds share a frailty."""
    rng = np.random.default_rng(seed)
    divergence, form = rng.random(points), np.array(["grant", "member"])[np.arange(points) % 2]
    row = pd.MultiIndex.from_product([range(points), range(worlds)], names=["point", "replicate"]).to_frame(index=False)
    scale = 80 * np.exp(-1.0 * divergence + 0.5 * (form == "member"))[row["point"]]
    luck = rng.exponential(1.0, len(row)) * np.exp(rng.normal(0, 0.6, worlds))[row["replicate"]]
    wish = np.maximum(1, np.ceil(scale * luck ** (1 / 1.5)))
    row["seed"], row["strategies"], row["status"] = 4, "all", "ok"
    row["population.divergence"], row["backbone.form"] = divergence[row["point"]], form[row["point"]]
    row["duration"], row["event_observed"] = np.minimum(wish, horizon), wish <= horizon
    row["ending"], row["cause"] = np.where(wish <= horizon, "failed", "censored"), ""
    return row


@pytest.fixture(scope="module")
def sweep() -> pd.DataFrame:
    return make_sweep()


def test_coefficients_of_released_prisoners_are_what_r_prints() -> None:
    """R's coxph on Rossi's data, as printed by Fox & Weisberg, appendix "Cox proportional-hazards regression"."""
    printed = {"fin": -0.3794, "age": -0.0574, "race": 0.3139, "wexp": -0.1498, "mar": -0.4337}
    printed |= {"paro": -0.0849, "prio": 0.0915}
    rossi = load_rossi().rename(columns={"week": "duration", "arrest": "event_observed"})
    found = sweep_effects(rossi, list(printed))
    per_unit = (found.effects["coefficient"] / found.effects["unit"]).to_numpy()
    assert per_unit == pytest.approx(list(printed.values()), abs=6e-5)
    assert found.summary["log_likelihood"] == pytest.approx(-658.7477, abs=1e-3)
    assert found.summary["n_worlds"] == 432


def test_the_leukaemia_trial_has_the_published_accelerated_failure_times() -> None:
    """Stata's streg, as printed by Kleinbaum & Klein 2012, chapter 7: 1.267 (Weibull), 1.265 (log-logistic)."""
    table = TRIAL.assign(treated=TRIAL["treated"].map({0: "none", 1: "yes"}))
    assert sweep_effects(table, ["treated"], model="weibull").effects["coefficient"][0] == pytest.approx(
        1.267, abs=5e-4
    )
    assert sweep_effects(table, ["treated"], model="log-logistic").effects["coefficient"][0] == pytest.approx(
        1.265, abs=5e-4
    )


@pytest.mark.parametrize("model", MODELS)
def test_effects_of_a_sweep_are_found_for_one_standard_deviation(sweep: pd.DataFrame, model: str) -> None:
    effects = sweep_effects(sweep, model=model).effects.set_index("term")
    assert effects.index.tolist() == ["population.divergence", "backbone.form=member"]
    unit = effects.loc["population.divergence", "unit"]
    assert unit == pytest.approx(sweep["population.divergence"].std(ddof=0))
    longer = {"population.divergence": -1.0 * unit, "backbone.form=member": 0.5}
    for term, effect in longer.items():
        row = effects.loc[term]
        truth = -1.2 * effect if model == "cox" else effect  # 1.2: frailty flattens a hazard ratio of shape 1.5
        assert row["coefficient"] == pytest.approx(truth, rel=0.2)
        assert row["ratio"] == pytest.approx(np.exp(row["coefficient"]))
        assert (row["lower"] < row["coefficient"] < row["upper"]) == True  # noqa: E712
    assert effects.loc["backbone.form=member", ["level", "reference"]].tolist() == ["member", "grant"]


@pytest.mark.parametrize("model", MODELS)
def test_the_order_of_the_columns_does_not_matter(sweep: pd.DataFrame, model: str) -> None:
    names = ["population.divergence", "backbone.form"]
    first, second = (
        sweep_effects(sweep, order, model=model).effects.set_index("term") for order in (names, names[::-1])
    )
    columns = ["coefficient", "standard_error"]
    pd.testing.assert_frame_equal(first[columns], second.loc[first.index, columns], rtol=1e-4)


def test_errors_of_shared_worlds_are_those_between_repetitions(runs: pd.DataFrame) -> None:
    """Effects in 60 sets of worlds spread as the clustered errors say; taking runs as independent overstates them."""
    found, alone = [], []
    for seed in range(60):
        table = make_runs(("none", "spacing"), 60, seed=seed)
        found.append(sweep_effects(table).effects.iloc[0])
        alone.append(sweep_effects(table.drop(columns="replicate"), ["strategies"]).effects["standard_error"][0])
    spread = np.std([row["coefficient"] for row in found], ddof=1)
    error = np.mean([row["standard_error"] for row in found])
    assert error == pytest.approx(spread, rel=0.2)
    assert np.mean(alone) > 1.3 * error


def test_the_same_runs_thrice_add_no_certainty(sweep: pd.DataFrame) -> None:
    once, thrice = sweep_effects(sweep, ["backbone.form"]), sweep_effects(pd.concat([sweep] * 3), ["backbone.form"])
    assert thrice.effects["standard_error"][0] == pytest.approx(once.effects["standard_error"][0], rel=0.02)


def test_strategies_are_categories_with_none_as_their_reference(runs: pd.DataFrame) -> None:
    effects = sweep_effects(runs, event="failed").effects
    assert effects["term"].tolist() == [f"strategies={name}" for name in ("gazing", "abstracting", "spacing", "all")]
    assert set(effects["reference"]) == {"none"}
    assert effects["ratio"].is_monotonic_decreasing
    assert effects["ratio"].iloc[-1] == pytest.approx(0.3, abs=0.12)


@pytest.mark.parametrize(
    ("model", "fitter", "location"),
    [("weibull", WeibullAFTFitter, "lambda_"), ("log-logistic", LogLogisticAFTFitter, "alpha_")],
)
def test_each_effect_has_the_robust_error_of_lifelines_where_every_row_is_a_world(
    model: str, fitter, location: str
) -> None:
    x, months, ended, _ = random_trial(ties=True)
    table = x.assign(duration=np.asarray(months), event_observed=ended)
    found = sweep_effects(table, ["b", "a"], model=model).effects.set_index("term")
    reference = fitter().fit(table, "duration", "event_observed", robust=True).standard_errors_
    for name in ("b", "a"):
        expected = found.loc[name, "unit"] * reference[(location, name)] * (300 / 299) ** 0.5
        assert found.loc[name, "standard_error"] == pytest.approx(expected, rel=1e-3)


def test_a_completion_censors_where_failure_is_the_event(runs: pd.DataFrame) -> None:
    two = runs[runs["strategies"].isin(["none", "all"])]
    table = pd.DataFrame({"all": two["strategies"] == "all", "T": two["duration"], "E": two["ending"] == "failed"})
    expected = CoxPHFitter().fit(table.astype(float), "T", "E").params_["all"]
    assert sweep_effects(two, event="failed").effects["coefficient"][0] == pytest.approx(expected, rel=1e-5)
    assert sweep_effects(two).effects["coefficient"][0] != pytest.approx(expected, rel=1e-3)


def test_a_hazard_ratio_that_changes_with_age_is_noticed() -> None:
    rng = np.random.default_rng(3)
    group = np.repeat([0, 1], 400)
    months = np.where(group == 0, rng.exponential(30, 800), 30 * rng.weibull(3.0, 800))
    crossing = pd.DataFrame({"duration": np.ceil(months), "event_observed": True, "x": group})
    steady = crossing.assign(duration=np.ceil(rng.exponential(30 + 20 * group)))
    noticed, quiet = (sweep_effects(table, ["x"]).effects.iloc[0] for table in (crossing, steady))
    assert noticed["ph_p_value"] < 1e-6
    assert noticed["ph_correlation"] > 0.3
    assert quiet["ph_p_value"] > 0.01
    assert abs(quiet["ph_correlation"]) < 0.1


def test_columns_that_cannot_serve_are_left_out_with_a_word(sweep: pd.DataFrame) -> None:
    table = sweep.assign(**{"a.same": 3.0, "a.twice": 2 * sweep["population.divergence"] + 1})
    found = sweep_effects(table, ["population.divergence", "a.same", "a.twice", "backbone.form"])
    assert found.effects["term"].tolist() == ["population.divergence", "backbone.form=member"]
    assert found.statements == (
        "a.same is left out: it is the same in every row",
        "a.twice is left out: it follows from population.divergence",
    )


def test_a_table_too_large_is_fitted_on_whole_points_or_worlds(sweep: pd.DataFrame) -> None:
    by_point = sweep_effects(sweep, most_rows=300)
    assert by_point.summary["n_rows"] == 300
    assert by_point.summary["n_worlds"] == 30
    assert by_point.statements[0] == (
        "fitted on 300 of 1200 rows (10 of 40 design points, drawn at random, always the same)"
    )
    by_world = sweep_effects(make_runs(replicates=200), most_rows=250)
    assert (by_world.summary["n_rows"], by_world.summary["n_worlds"]) == (250, 50)
    whole = sweep_effects(make_runs(replicates=200)).effects["coefficient"]
    assert by_world.effects["coefficient"].to_numpy() == pytest.approx(whole.to_numpy(), abs=0.5)


def test_few_worlds_and_few_events_are_reported(sweep: pd.DataFrame) -> None:
    few = sweep[sweep["replicate"] < 5]
    assert (
        "the runs share 5 worlds only: intervals that allow for that are rough below 30"
        in sweep_effects(few).statements
    )
    rare = sweep.assign(event_observed=np.arange(len(sweep)) % 80 == 0, ending="censored")
    assert "15 events for 2 effects: below 10 for each, they are shaky" in sweep_effects(rare).statements


def test_one_world_gives_effects_without_errors(sweep: pd.DataFrame) -> None:
    found = sweep_effects(sweep[sweep["replicate"] == 0])
    assert np.isfinite(found.effects["coefficient"]).all()
    assert found.effects[["standard_error", "lower", "upper", "p_value"]].isna().all(axis=None)
    assert (
        "all runs share one world: nothing tells how worlds differ, so there are no standard errors" in found.statements
    )


@pytest.mark.parametrize(
    ("change", "keywords", "message"),
    [
        ({"event_observed": False, "ending": "censored"}, {}, "none of 1200 runs met the event"),
        ({}, {"model": "logit"}, "model is 'logit': it must be one of cox, weibull, log-normal, log-logistic"),
        ({}, {"event": "won"}, "event is 'won': it must be any or failed"),
        ({}, {"columns": ["strategies"]}, "none of the columns varies"),
        ({}, {"columns": ["shocks.rate"]}, "the table lacks the column shocks.rate"),
        ({"population.divergence": np.nan}, {"columns": ["population.divergence"]}, "of 1200 of 1200 rows is empty"),
        ({"duration": 0}, {"model": "weibull"}, "a duration is 0: the weibull model needs durations above 0"),
    ],
)
def test_what_cannot_be_regressed_is_refused(sweep: pd.DataFrame, change: dict, keywords: dict, message: str) -> None:
    with pytest.raises(InputError, match=message):
        sweep_effects(sweep.assign(**change), **keywords)


def test_levels_without_events_are_left_out_with_their_rows_and_a_word(runs: pd.DataFrame) -> None:
    quiet = runs.assign(event_observed=runs["event_observed"] & ~runs["strategies"].isin(["none", "gazing"]))
    found = sweep_effects(quiet)
    assert found.statements[:2] == (
        "strategies=gazing is left out: none of its 100 rows met the event",
        "strategies=none is left out: none of its 100 rows met the event",
    )
    assert found.effects["term"].tolist() == ["strategies=spacing", "strategies=all"]
    assert found.summary["n_rows"] == 300
    expected = sweep_effects(runs[~runs["strategies"].isin(["none", "gazing"])]).effects
    pd.testing.assert_frame_equal(found.effects, expected)


@pytest.mark.parametrize("form", ["grant", "member"])
def test_two_levels_of_which_one_has_no_events_cannot_be_compared(sweep: pd.DataFrame, form: str) -> None:
    with pytest.raises(InputError, match="none of the columns varies"):
        sweep_effects(sweep.assign(event_observed=sweep["backbone.form"] != form), ["backbone.form"])


def test_a_fit_that_runs_away_is_reported_or_refused() -> None:
    """Whoever is above 5 ends and nobody else: the effect of x has no end."""
    table = pd.DataFrame({"duration": np.r_[np.arange(10, 0, -1), [20] * 10], "event_observed": [1] * 10 + [0] * 10})
    table["x"] = np.r_[np.arange(11, 21), np.arange(10)]
    try:
        doubts = " ".join(sweep_effects(table, ["x"]).statements)
    except CisimError as problem:
        doubts = str(problem)
    assert "converge" in doubts


def test_runs_that_met_an_error_are_not_used(sweep: pd.DataFrame) -> None:
    broken = sweep.assign(status=np.where(sweep["point"] == 0, "error", "ok"))
    assert sweep_effects(broken).summary["n_rows"] == 1170
