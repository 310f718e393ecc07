"""A Gaussian process in the place of the model: its stated errors are true, its indices are the known ones."""

import warnings

import numpy as np
import pytest

from cisim.questions.sensitivity import indices, surrogate
from cisim.questions.sensitivity.surrogate import Surrogate, fit_process, prediction_quality
from cisim.study.design.point_sets import latin_shares
from tests.sensitivity.toys import LINEAR, TOYS, Toy, analysed, holds, noisy, of, sure


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indices, "NESTED", (1,))
    monkeypatch.setattr(surrogate, "DRAWS", 12)
    monkeypatch.setattr(surrogate, "BASE", 256)


def fitted(toy: Toy, n: int, sd: float, n_worlds: int = 8) -> Surrogate:
    x = latin_shares(n, toy.k, 1)
    found = fit_process(x, noisy(toy.function, n_worlds, sd, sd)(x) if sd else sure(toy.function)(x))
    assert found is not None
    return found


@pytest.mark.parametrize("sd", [0.0, 3.0])
def test_what_is_left_out_is_predicted_as_well_as_what_is_new(sd: float) -> None:
    toy = TOYS["ishigami"]
    found = fitted(toy, 160, sd)
    x = np.random.default_rng(7).random((2000, toy.k))
    there = found.centre + found.scale * found.covariance(x) @ found.inverse() @ found.outcome
    y = toy.function(x)
    fresh = 1 - np.var(y - there) / np.var(y)
    quality = prediction_quality(found)
    assert quality["q2_expected"] == pytest.approx(fresh, abs=0.08)
    if sd:
        assert quality["noise"] == pytest.approx(sd / np.sqrt(8), rel=0.1)
        assert quality["q2"] < quality["q2_expected"]
    else:
        assert quality["q2"] == quality["q2_expected"]


def test_errors_of_left_out_points_are_those_of_processes_without_them() -> None:
    found = fitted(TOYS["linear"], 40, 1.0)
    keep = np.arange(40) != 7
    whole = found.covariance(found.points) + found.nugget * np.eye(40)
    there = whole[7, keep] @ np.linalg.solve(whole[np.ix_(keep, keep)], found.outcome[keep])
    assert found.left_out()[7] == pytest.approx(found.scale * (found.outcome[7] - there), rel=1e-6)


def test_functions_that_are_drawn_go_through_what_is_known_and_part_where_it_is_not() -> None:
    found = fitted(TOYS["linear"], 40, 0.0)
    rng = np.random.default_rng(1)
    far = np.array([[0.0, 0.0, 0.0, 0.0], [1.0, 1.0, 1.0, 1.0]])
    places = (np.concatenate([found.points, far]) for _ in range(50))
    drawn = np.array(list(found.draws(places, rng)))
    known = found.centre + found.scale * found.outcome
    np.testing.assert_allclose(drawn[:, :40].mean(axis=0), known, atol=0.02)
    mean = found.centre + found.scale * found.covariance(far) @ found.inverse() @ found.outcome
    np.testing.assert_allclose(drawn[:, 40:].mean(axis=0), mean, atol=5 * drawn[:, 40:].std(axis=0).max() / 7)


@pytest.mark.parametrize("name", TOYS)
def test_indices_out_of_a_surrogate_lie_in_their_intervals(name: str) -> None:
    toy = TOYS[name]
    tables = analysed("surrogate", sure(toy.function), toy.k, 192)
    for index, truth in (("S1", toy.first), ("ST", toy.total)):
        found = of(tables, index)
        found["lower"] -= 1e-6  # a function that is drawn never stands quite still
        assert holds(found, np.array(truth)).all(), found
    assert tables["sensitivity_surrogate"]["is_used"].all()
    assert set(tables["sensitivity_indices"]["of"]) == {"mean"}


def test_with_noise_the_indices_are_those_of_the_expected_outcome() -> None:
    toy = TOYS["linear"]
    tables = analysed("surrogate", noisy(toy.function, 8, 1.5, 2.0), toy.k, 128)
    for index in ("S1", "ST"):
        found = of(tables, index)
        assert holds(found, np.array(toy.first)).all(), found
    quality = tables["sensitivity_surrogate"].iloc[0]
    assert quality["noise"] == pytest.approx(1.5 / np.sqrt(8), rel=0.15)
    assert "of which chance makes" in quality["statement"]


def test_main_effects_of_a_linear_function_are_its_lines() -> None:
    toy = TOYS["linear"]
    tables = analysed("surrogate", sure(toy.function), toy.k, 64)
    along = tables["sensitivity_main_effects"]
    ends = along[along["share"].isin([0.0, 1.0])].groupby("parameter", sort=False)["value"].agg(np.ptp)
    np.testing.assert_allclose(ends, [*LINEAR, 0.0], atol=0.1)
    assert (along["lower"] <= along["value"]).all()


def test_a_surrogate_that_predicts_little_gives_no_indices_and_says_why() -> None:
    def rough(x: np.ndarray) -> np.ndarray:
        return np.sin(40 * x[:, 0]) * np.sin(40 * x[:, 1])

    tables = analysed("surrogate", sure(rough), 2, 64)
    assert tables["sensitivity_indices"]["value"].isna().all()
    quality = tables["sensitivity_surrogate"].iloc[0]
    assert not quality["is_used"]
    assert "below the 70% that indices need" in quality["statement"]
    assert tables["sensitivity_main_effects"].empty
    assert tables["sensitivity_verdicts"]["statement"].tolist() == ["the surrogate predicts too little to be explained"]


def test_pure_noise_is_no_response() -> None:
    tables = analysed("surrogate", noisy(lambda x: np.zeros(len(x)), 8, 1.0), 2, 64)
    assert tables["sensitivity_indices"]["value"].isna().all()


def test_an_outcome_that_never_varies_has_no_surrogate() -> None:
    tables = analysed("surrogate", lambda x: np.ones((len(x), 4)), 2, 32)
    assert tables["sensitivity_indices"]["value"].isna().all()
    assert tables["sensitivity_surrogate"].empty


def test_a_fit_leaves_the_filters_of_warnings_alone() -> None:
    before = list(warnings.filters)
    fitted(TOYS["linear"], 40, 1.0)
    assert warnings.filters == before
