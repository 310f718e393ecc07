"""The median as an outcome: a statistic of several worlds, whose indices are those of its expected value."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cisim.errors import InputError
from cisim.questions.sensitivity.outcomes import check_worlds
from cisim.questions.sensitivity.units_and_worlds import VARIANCE, VERDICTS, group_medians
from tests.sensitivity.toys import holds, lasting, of, plan, shares_of, spells_of, tables_of

#: Months at which the rate of failing is 1: spells are exponential with mean 80 exp(-2 x1 - x2).
SCALE, SLOPES = 80.0, (2.0, 1.0)


def mean_spell(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return SCALE * np.exp(-SLOPES[0] * a - SLOPES[1] * b)


def indices_of(function: Callable[[np.ndarray], np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """First and total order indices of a function of the mean spell, by Gauss-Legendre quadrature over two shares."""
    nodes, weights = np.polynomial.legendre.leggauss(40)
    x, w = (nodes + 1) / 2, weights / 2
    y = function(mean_spell(x[:, None], x[None]))
    mean = w @ y @ w
    of_a, of_b = w @ (y @ w - mean) ** 2, w @ (w @ y - mean) ** 2
    whole = w @ (y - mean) ** 2 @ w
    return np.array([of_a, of_b]) / whole, np.array([whole - of_b, whole - of_a]) / whole


def median_of_five(mean: np.ndarray, tau: float = 2000.0) -> np.ndarray:
    """Expected median of five exponential spells restricted at tau: area under the chance that at most two ended."""
    nodes, weights = np.polynomial.legendre.leggauss(200)
    t = tau * (nodes + 1) / 2
    return stats.binom.cdf(2, 5, -np.expm1(-t / np.asarray(mean)[..., None])) @ (weights * tau / 2)


def tables(samples: int, tau: float, worlds: int = 20) -> tuple[dict[str, pd.DataFrame], int]:
    sampling, design = plan("sobol", 2, samples, outcomes=("median",), tau=int(tau))
    x = shares_of(design)
    spell = np.random.default_rng(4).exponential(mean_spell(x[:, :1], x[:, 1:]), (design.n_points, worlds))
    return tables_of(sampling, spells_of(spell, tau)), int(((spell < tau).mean(axis=1) < 0.5).sum())


@pytest.mark.parametrize("tau", [1000.0, 20.0])
def test_indices_are_those_of_the_expected_median_of_a_group_of_worlds(tau: float) -> None:
    """Twenty worlds are four groups of five; at tau = 20 a quarter of the medians is not reached."""
    found, not_reached = tables(256, tau)
    for index, known in zip(("S1", "ST"), indices_of(lambda mean: median_of_five(mean, tau)), strict=True):
        rows = of(found, index)
        assert holds(rows, known).all(), (rows, known)
    remark = found[VERDICTS]["remark"].iloc[0]
    assert remark.startswith("medians are of 4 groups of 5 or more worlds")
    assert ("not reached" in remark) == (not_reached > 0)
    if not_reached:
        assert f"at {not_reached} of 1024 points the median is not reached and counts as 20" in remark


def test_a_long_tail_that_decides_the_mean_leaves_the_median_alone() -> None:
    """Of twenty spells nineteen are exponential with mean 5 + 20 x1, one lasts 100 + 600 x2: of the mean x2 has 0.71.

    Three of five last longer than t as a binomial says, of the chance that one does.
    """
    share, t = (np.arange(20) + 0.5) / 20, (np.arange(1500) + 0.5) / 2
    a, b = share[:, None, None], share[None, :, None]
    lasts = 0.95 * np.exp(-t / (5 + 20 * a)) + 0.05 * (t < 100 + 600 * b)
    y = stats.binom.sf(2, 5, lasts).sum(axis=-1) / 2
    total = 1 - y.mean(axis=0).var() / y.var(), 1 - y.mean(axis=1).var() / y.var()
    assert total[1] < 0.02

    def spells(x: np.ndarray) -> np.ndarray:
        rng = np.random.default_rng(6)
        body = rng.exponential(5 + 20 * x[:, :1], (len(x), 50))
        return np.where(rng.random(body.shape) < 0.05, 100 + 600 * x[:, 1:], body)

    found = lasting("sobol", spells, 2, 256, 750, outcomes=("median", "time_free_of_failure"))
    of_median, of_mean = (part for _, part in of(found, "ST").groupby("outcome"))
    assert holds(of_median, np.array(total)).all()
    assert of_median["upper"].iloc[1] < 0.5 < of_mean["value"].iloc[1]


def test_where_spells_differ_by_scale_alone_groups_have_the_indices_of_the_median_itself() -> None:
    """By hand: the expected median of five is 1/5 + 1/4 + 1/3 means, that of all is log 2 of them: the same shares."""
    assert median_of_five(np.array(1.0), 50.0) == pytest.approx(1 / 5 + 1 / 4 + 1 / 3)
    for five, all_of_them in zip(indices_of(median_of_five), indices_of(lambda m: np.log(2) * m), strict=True):
        np.testing.assert_allclose(five, all_of_them, rtol=1e-6)


def test_a_median_has_no_dispersion_and_no_variance_of_single_runs() -> None:
    found, _ = tables(16, 1000.0)
    assert set(found["sensitivity_indices"]["of"]) == {"mean"}
    assert VARIANCE not in found


def test_chance_alone_gives_medians_no_variance_to_explain() -> None:
    """At most one in ten of forty medians differs from 0 by chance; the expected product of two groups is 0."""
    sampling, design = plan("sobol", 2, 64, outcomes=("median",), tau=1000)
    values = []
    for seed in range(40):
        spell = np.random.default_rng(seed).exponential(50, (design.n_points, 10))
        groups = group_medians(spell)
        centred = groups - groups.mean(axis=0)
        values.append((centred[:, 0] * centred[:, 1]).mean())
    assert abs(np.mean(values)) < 3 * np.std(values) / np.sqrt(40)
    found = tables_of(sampling, spells_of(spell, 1000))
    assert not of(found, "ST")["is_distinct"].any()


def test_medians_of_groups_by_hand() -> None:
    values = np.array([[9.0, 1, 2, 3, 8, 4, 4, 4, 7, 7]])
    assert group_medians(values).tolist() == [[3, 4]]
    assert group_medians(values[:, :9]).tolist() == [[4]]
    assert group_medians(values[:, :4]).tolist() == [[2.5]]
    assert group_medians(np.tile(values, 10)).shape == (1, 10)


def test_too_few_replicates_for_a_median_are_one_line() -> None:
    check_worlds(("median",), 10)
    check_worlds(("share_failed",), 4)
    with pytest.raises(InputError, match="replicates=9 are too few; give replicates=10 or more"):
        check_worlds(("share_failed", "median"), 9)
