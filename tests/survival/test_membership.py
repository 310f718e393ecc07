"""Spells of members: intervals that know that members of one coalition are alike."""

import numpy as np
import pandas as pd
import pytest

from cisim.errors import InputError
from cisim.survival.curves import survival_curve
from cisim.survival.membership import clustered_mean, clustered_survival, members_summary, members_table
from cisim.survival.restricted import restricted_mean


@pytest.fixture
def spells() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(5)
    wish, followed = rng.integers(1, 40, 200), rng.integers(5, 60, 200)
    return np.minimum(wish, followed), wish <= followed


def test_spells_each_in_a_cluster_of_its_own_have_greenwoods_error(spells: tuple[np.ndarray, np.ndarray]) -> None:
    robust = clustered_survival(*spells, np.arange(200))
    plain = survival_curve(*spells, grid=robust.time)
    np.testing.assert_allclose(robust.probability, plain.probability, atol=1e-12)
    early = robust.time <= 30
    np.testing.assert_allclose(robust.standard_error[early], plain.standard_error[early], rtol=0.02)


def test_copies_of_a_spell_in_its_cluster_add_no_certainty(spells: tuple[np.ndarray, np.ndarray]) -> None:
    once = clustered_survival(*spells, np.arange(200))
    thrice = clustered_survival(*(np.repeat(column, 3) for column in spells), np.repeat(np.arange(200), 3))
    np.testing.assert_allclose(once.standard_error, thrice.standard_error, atol=1e-12)
    np.testing.assert_allclose(once.lower, thrice.lower, atol=1e-12)


def test_one_cluster_gives_an_estimate_and_no_interval(spells: tuple[np.ndarray, np.ndarray]) -> None:
    curve = clustered_survival(*spells, np.zeros(200))
    middle = curve.at(20)
    assert 0 < middle.value < 1
    assert np.isnan(middle.lower)


def test_members_who_share_a_mood_get_wider_intervals_than_strangers(members: pd.DataFrame) -> None:
    table = members_table(members).set_index(["strategies", "kind", "month"])
    row = table.loc[("none", "nonprofit", 60)]
    part = members.query("strategies == 'none' and kind == 'nonprofit'")
    naive = survival_curve(part["duration"], part["event_observed"]).at(60)
    assert row["survival"] == pytest.approx(naive.value)
    assert row["upper"] - row["lower"] > 1.1 * (naive.upper - naive.lower)
    assert (row["n_spells"], row["n_coalitions"]) == (len(part), 100)


def test_the_robust_interval_covers_what_the_naive_one_misses() -> None:
    """Clusters of ten spells share a frailty: 95 % must hold for the clustered interval and fail for the plain one."""
    rng = np.random.default_rng(8)
    truth = np.mean(np.exp(-20 / 30 * rng.gamma(2.0, 0.5, 400_000)))
    covered = np.zeros(2)
    for _ in range(200):
        mood = np.repeat(rng.gamma(2.0, 0.5, 60), 10)
        wish = rng.exponential(30.0, 600) / mood
        spell = np.minimum(np.ceil(wish), 40), wish <= 40
        for i, estimate in enumerate(
            (clustered_survival(*spell, np.repeat(np.arange(60), 10)).at(20), survival_curve(*spell).at(20))
        ):
            covered[i] += estimate.lower <= truth <= estimate.upper
    assert covered[0] >= 0.91 * 200
    assert covered[1] <= 0.85 * 200


def test_a_table_without_kinds_is_refused(members: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="the table of members lacks kind: it needs the columns strategies"):
        members_table(members.drop(columns="kind"))


def test_the_mean_of_spells_each_in_a_cluster_of_its_own_has_greenwoods_error(
    spells: tuple[np.ndarray, np.ndarray],
) -> None:
    robust, plain = clustered_mean(*spells, np.arange(200), 30), restricted_mean(*spells, 30)
    assert robust.value == pytest.approx(plain.value)
    assert robust.standard_error == pytest.approx(plain.standard_error, rel=0.02)


def test_without_censoring_the_mean_of_clusters_is_that_of_their_sums() -> None:
    """Ten spells in five clusters, none censored: the error is that of a ratio of sums over clusters."""
    months, cluster = np.array([3, 4, 9, 9, 1, 2, 6, 5, 8, 8]), np.repeat(np.arange(5), 2)
    found = clustered_mean(months, np.ones(10), cluster, 10)
    sums = (months - months.mean()).reshape(5, 2).sum(axis=1) / 10
    assert found.value == months.mean()
    assert found.standard_error == pytest.approx(np.sqrt(5 / 4 * np.sum(sums**2)))


def test_copies_of_a_spell_in_its_cluster_leave_the_mean_as_sure_as_it_was(
    spells: tuple[np.ndarray, np.ndarray],
) -> None:
    once = clustered_mean(*spells, np.arange(200), 30)
    thrice = clustered_mean(*(np.repeat(column, 3) for column in spells), np.repeat(np.arange(200), 3), 30)
    assert thrice == pytest.approx(once)
    assert np.isnan(clustered_mean(*spells, np.zeros(200), 30)[1:]).all()


def test_clusters_may_be_taken_a_few_at_a_time(
    spells: tuple[np.ndarray, np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = np.random.default_rng(2).permutation(200) // 4
    whole, mean = clustered_survival(*spells, cluster), clustered_mean(*spells, cluster, 30)
    monkeypatch.setattr("cisim.survival.membership.CELLS", 200)
    np.testing.assert_allclose(clustered_survival(*spells, cluster).lower, whole.lower, atol=1e-12)
    assert clustered_mean(*spells, cluster, 30) == pytest.approx(mean)


def test_every_kind_of_member_is_summed_up(members: pd.DataFrame) -> None:
    table = members_summary(members, 60).set_index(["strategies", "kind"])
    row, part = table.loc[("none", "nonprofit")], members.query("strategies == 'none' and kind == 'nonprofit'")
    assert row["months_stayed"] == pytest.approx(restricted_mean(part["duration"], part["event_observed"], 60).value)
    assert row["months_stayed_lower"] < row["months_stayed"] < row["months_stayed_upper"]
    curve = clustered_survival(part["duration"], part["event_observed"], part["replicate"])
    assert (row["stayed_60"], row["stayed_60_upper"]) == (curve.at(60).value, curve.at(60).upper)
    assert (row["n_left"], row["n_coalitions"]) == (part["event_observed"].sum(), 100)
    assert (members_summary(members)["tau"] >= 120).all()
