"""Log-rank tests: published numbers, other programs, and their level and power in paired worlds."""

import numpy as np
import pandas as pd
import pytest
from lifelines.datasets import load_rossi, load_waltons
from lifelines.statistics import multivariate_logrank_test
from scipy import stats
from statsmodels.duration.survfunc import survdiff
from statsmodels.stats.multitest import multipletests

from cisim.errors import InputError
from cisim.survival.logrank import ALL_ARMS, holm, logrank_table, logrank_test
from tests.survival.made_up import make_runs
from tests.survival.published import PLACEBO, SIX_MP, SIX_MP_RELAPSED

TRIAL = np.r_[SIX_MP, PLACEBO], np.r_[SIX_MP_RELAPSED, np.ones(21)], np.repeat(["6-MP", "placebo"], 21)


def test_remission_under_six_mp_differs_as_printed() -> None:
    """Kleinbaum & Klein 2012, chapter 2: chi-squared 16.79 with 19.25 and 10.75 expected (also R's survdiff)."""
    test = logrank_test(*TRIAL)
    assert test.groups == ("6-MP", "placebo")
    assert test.observed.tolist() == [9, 21]
    assert test.expected == pytest.approx([19.25, 10.75], abs=0.005)
    assert (test.statistic, test.degrees) == (pytest.approx(16.79, abs=0.005), 1)
    assert test.p_value == pytest.approx(4.17e-5, rel=1e-3)


@pytest.mark.parametrize(
    ("table", "duration", "event", "group"),
    [(load_waltons(), "T", "E", "group"), (load_rossi(), "week", "arrest", "prio")],
)
def test_the_test_is_that_of_lifelines_and_statsmodels(
    table: pd.DataFrame, duration: str, event: str, group: str
) -> None:
    columns = [table[name].to_numpy() for name in (duration, event, group)]
    test = logrank_test(*columns)
    reference = multivariate_logrank_test(columns[0], columns[2], columns[1])
    assert test.statistic == pytest.approx(reference.test_statistic, rel=1e-6)
    assert (test.statistic, test.p_value) == pytest.approx(survdiff(*columns), rel=1e-6)
    assert test.degrees == table[group].nunique() - 1


def test_late_entries_are_not_at_risk_before_they_enter() -> None:
    """Three spells a side; at 5 one A is at risk beside two B, at 8 two A beside one B, at 9 and 10 A alone."""
    test = logrank_test([5, 8, 10, 5, 8, 4], [1, 1, 1, 0, 0, 1], list("AAABBB"), entry=[0, 6, 6, 0, 0, 0])
    expected_a = 1 / 4 + 1 / 3 + 2 / 3 + 1
    assert test.expected == pytest.approx([expected_a, 4 - expected_a])


def test_the_clustered_variance_is_that_of_sums_over_pairs_straight_from_the_definition() -> None:
    """A spell's score adds, over the months at risk, (is A - share of A) (ended - hazard); pairs add theirs up."""
    rng = np.random.default_rng(2)
    duration, ended, mine = rng.integers(1, 9, 40), rng.random(40) < 0.7, np.repeat([1.0, 0.0], 20)
    scores = np.zeros(40)
    for time in range(1, 9):
        risk, ends = duration >= time, ended & (duration == time)
        if risk.any():
            scores += risk * (mine - mine[risk].mean()) * (ends - ends.sum() / risk.sum())
    by_pair = scores[:20] + scores[20:]
    test = logrank_test(duration, ended, np.where(mine == 1, "A", "B"), cluster=np.tile(np.arange(20), 2))
    assert test.statistic == pytest.approx(scores.sum() ** 2 / np.sum(by_pair**2))
    assert scores.sum() == pytest.approx(test.observed[0] - test.expected[0])


def rejections(shared: bool, effect: float, repetitions: int) -> tuple[float, float]:
    """Share of trials in which the paired and the plain test reject at 5 %, among 80 pairs that share a frailty."""
    rng = np.random.default_rng(31)
    found = np.zeros(2)
    pair = np.r_[np.arange(80), np.arange(80)]
    for _ in range(repetitions):
        frailty = np.tile(rng.gamma(1.0, 1.0, 80), 2) if shared else rng.gamma(1.0, 1.0, 160)
        wish = rng.exponential(40.0, 160) / frailty / np.repeat([1.0, effect], 80)
        spells = np.minimum(np.ceil(wish), 60), wish <= 60, np.repeat([0, 1], 80)
        found += [logrank_test(*spells, cluster=pair).p_value < 0.05, logrank_test(*spells).p_value < 0.05]
    return float(found[0] / repetitions), float(found[1] / repetitions)


def test_in_shared_worlds_the_paired_test_keeps_its_level_and_finds_more() -> None:
    """400 trials: 5 % lies within 0.02 to 0.085 with four standard errors to spare."""
    paired, plain = rejections(True, 1.0, 400)
    assert 0.02 < paired < 0.085
    assert plain < paired
    paired, plain = rejections(True, 1.4, 150)
    assert paired > plain + 0.1


def test_in_separate_worlds_both_tests_keep_their_level() -> None:
    assert rejections(False, 1.0, 400) == pytest.approx((0.05, 0.05), abs=0.035)


def test_p_values_are_adjusted_as_statsmodels_does() -> None:
    p = [0.01, 0.04, 0.03, 0.005, 0.6]
    np.testing.assert_allclose(holm(p), multipletests(p, method="holm")[1])
    assert np.isnan(holm([0.01, np.nan, 0.04])).tolist() == [False, True, False]
    assert holm([0.01, np.nan, 0.04])[0] == pytest.approx(0.02)


def test_every_arm_is_tested_against_the_baseline_and_all_at_once(runs: pd.DataFrame) -> None:
    table = logrank_table(runs)
    assert len(table) == 2 * 5
    row = table.query("strategies == 'spacing' and event == 'failed'").iloc[0]
    two = runs[runs["strategies"].isin(["none", "spacing"])]
    plain = survdiff(two["duration"], two["ending"] == "failed", two["strategies"])
    assert (row["statistic_unpaired"], row["p_unpaired"]) == pytest.approx(plain)
    assert row["p_value"] < row["p_unpaired"]
    assert row["observed"] == (two.query("strategies == 'spacing'")["ending"] == "failed").sum()
    together = table[table["strategies"] == ALL_ARMS]
    assert together["degrees"].tolist() == [4, 4]
    assert together["observed"].iloc[0] == together["expected"].iloc[0] == runs["event_observed"].sum()
    assert together["p_value"].iloc[0] == pytest.approx(stats.chi2.sf(together["statistic"].iloc[0], 4))


def test_without_an_event_there_is_no_test() -> None:
    test = logrank_test([5, 5, 6], [0, 0, 0], list("AAB"))
    assert np.isnan([test.statistic, test.p_value]).all()
    quiet = make_runs(("none", "all"), 5, horizon=240).assign(
        duration=240, event_observed=False, ending="censored", cause=""
    )
    assert logrank_table(quiet)["p_value"].isna().all()
    assert logrank_table(quiet.query("strategies == 'none'")).empty


def test_fewer_worlds_than_it_takes_are_not_tested() -> None:
    assert np.isnan(logrank_test([1, 2, 3, 4], [1] * 4, list("AABB"), cluster=[0, 0, 1, 1]).p_value)


def test_one_group_is_refused() -> None:
    with pytest.raises(InputError, match=r"only one group \(A\): a log-rank test compares two or more"):
        logrank_test([1, 2], [1, 1], ["A", "A"])
