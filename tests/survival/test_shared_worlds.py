"""What each spell adds to the score of a regression, and the errors that are made of it."""

import numpy as np
import pandas as pd
import pytest
from lifelines import CoxPHFitter, LogLogisticAFTFitter, LogNormalAFTFitter, WeibullAFTFitter

from cisim.survival.shared_worlds import aft_scores, clustered_variance, cox_scores


def random_trial(ties: bool) -> tuple[pd.DataFrame, np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    x = pd.DataFrame({"b": rng.normal(size=300), "a": rng.integers(0, 2, 300).astype(float)})
    wish, followed = rng.exponential(20 * np.exp(-0.5 * x["b"].to_numpy())), rng.uniform(5, 60, 300)
    months = np.minimum(wish, followed)
    return x, np.ceil(months) if ties else months, wish <= followed, np.arange(300) % 40


def test_clustered_errors_are_those_of_lifelines_where_nothing_is_tied() -> None:
    x, months, ended, cluster = random_trial(ties=False)
    table = x.assign(T=months, E=ended)
    plain = CoxPHFitter().fit(table, "T", "E")
    reference = CoxPHFitter().fit(table.assign(g=cluster), "T", "E", cluster_col="g").standard_errors_
    scores = cox_scores(x.to_numpy(), np.asarray(months), ended, plain.params_.to_numpy())
    variance = clustered_variance(plain.variance_matrix_.to_numpy(), scores, cluster)
    assert np.sqrt(np.diag(variance) * 39 / 40) == pytest.approx(reference.to_numpy(), rel=1e-6)


def test_scores_with_ties_add_up_to_nothing_at_the_estimate() -> None:
    x, months, ended, _ = random_trial(ties=True)
    fit = CoxPHFitter().fit(x.assign(T=months, E=ended), "T", "E")
    scores = cox_scores(x.to_numpy(), np.asarray(months), ended, fit.params_.to_numpy())
    np.testing.assert_allclose(scores.sum(axis=0), 0, atol=1e-3)
    assert np.abs(scores).sum() > 100


def test_scores_with_two_tied_ends_worked_by_hand() -> None:
    """Values 1, 2, 4 with coefficient 0, the first two end together: means 7/3 and, with half of both out, 5.5/2."""
    scores = cox_scores(np.array([[1.0], [2.0], [4.0]]), np.ones(3), np.array([True, True, False]), np.zeros(1))
    middle = (7 / 3 + 5.5 / 2) / 2
    due = [(x - 7 / 3) / 3 * 1 + (x - 5.5 / 2) / 2 * left for x, left in ((1, 0.5), (2, 0.5), (4, 1.0))]
    assert scores[:, 0] == pytest.approx([1 - middle - due[0], 2 - middle - due[1], -due[2]])


@pytest.mark.parametrize(
    ("family", "fitter", "sign"),
    [
        ("weibull", WeibullAFTFitter, -1),
        ("log-normal", LogNormalAFTFitter, 1),
        ("log-logistic", LogLogisticAFTFitter, -1),
    ],
)
def test_robust_errors_of_accelerated_failure_times_are_those_of_lifelines(family: str, fitter, sign: int) -> None:
    x, months, ended, _ = random_trial(ties=True)
    x = x[["a", "b"]]
    fit = fitter().fit(x.assign(T=months, E=ended), "T", "E", robust=True)
    design, values = x.assign(Intercept=1.0).to_numpy(), fit.params_.to_numpy()
    scores = aft_scores(family, design @ values[:-1], sign * values[-1], design, np.asarray(months), ended)
    scores[:, -1] *= sign
    bread = fit.variance_matrix_.to_numpy()
    variance = bread @ scores.T @ scores @ bread
    assert np.sqrt(np.diag(variance)) == pytest.approx(fit.standard_errors_.to_numpy(), rel=1e-6)
