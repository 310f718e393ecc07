"""Functions with known indices, run through designs, runs table and analysis as the model is."""

import numpy as np
import pytest
from scipy import stats

from cisim.questions.sensitivity import indices
from tests.sensitivity.toys import (
    LINEAR,
    TOYS,
    Toy,
    analysed,
    holds,
    noisy,
    of,
    plan,
    shares_of,
    spells_of,
    sure,
    tables_of,
)

#: Designs that are large enough to tell something, and quick.
SIZES = {"sobol": 256, "rbd_fast": 512, "fast": 1024}

#: How far extended FAST is off by the harmonics that it leaves out, which no interval knows of.
TRUNCATION = 0.03


@pytest.fixture
def only_the_whole_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indices, "NESTED", (1,))


def spread_of(toy: Toy) -> float:
    return float(toy.function(np.random.default_rng(0).random((20_000, toy.k))).std())


@pytest.mark.parametrize("name", TOYS)
@pytest.mark.parametrize("method", SIZES)
def test_indices_of_a_deterministic_function_lie_in_their_intervals(method: str, name: str) -> None:
    toy = TOYS[name]
    tables = analysed(method, sure(toy.function), toy.k, SIZES[method])
    slack = TRUNCATION if method == "fast" else 1e-9
    for index, truth in (("S1", toy.first), ("ST", toy.total)):
        found = of(tables, index)
        if len(found):
            found = found.assign(lower=found["lower"] - slack, upper=found["upper"] + slack)
            assert holds(found, np.array(truth)).all(), found


@pytest.mark.parametrize("method", SIZES)
def test_with_noise_as_large_as_the_function_the_indices_lie_in_their_intervals(method: str) -> None:
    """Nine of ten intervals hold the truth, and none is further from it than its own width; a dummy has none."""
    held = []
    for toy in TOYS.values():
        sd = spread_of(toy)
        tables = analysed(method, noisy(toy.function, 8, sd, sd), toy.k, SIZES[method])
        for index, truth in (("S1", toy.first), ("ST", toy.total)):
            found = of(tables, index)
            if len(found):
                held.append(holds(found, np.array(truth)))
                assert (np.abs(found["value"] - truth) < found["upper"] - found["lower"]).all(), found
        dummy = tables["sensitivity_indices"].query("parameter == 'dummy' and of == 'mean'")
        assert ((dummy["lower"] <= TRUNCATION) & (dummy["upper"] >= -TRUNCATION)).all()
    assert np.concatenate(held).mean() >= 0.9


@pytest.mark.parametrize("name", TOYS)
def test_indices_of_pairs_lie_in_their_intervals(name: str) -> None:
    toy = TOYS[name]
    tables = analysed("sobol", sure(toy.function), toy.k, 256, second_order=True)
    found = of(tables, "S2")
    pairs = list(zip(*np.triu_indices(toy.k, 1), strict=True))
    assert len(found) == len(pairs)
    assert holds(found, np.array([toy.pairs.get(pair, 0.0) for pair in pairs])).all(), found


def test_elementary_effects_of_a_linear_function_are_its_coefficients() -> None:
    tables = analysed("morris", sure(TOYS["linear"].function), 4, 10)
    for index, truth in (("mu", LINEAR), ("mu_star", LINEAR), ("sigma", 0 * LINEAR)):
        np.testing.assert_allclose(of(tables, index)["value"], truth, atol=1e-12)
    noise = analysed("morris", noisy(TOYS["linear"].function, 20, 0.5), 4, 20)
    found = of(noise, "mu")
    assert holds(found, LINEAR).all()
    assert found["is_distinct"].tolist() == [True, True, True, False]


def test_distances_between_distributions_are_those_worked_out_by_hand(only_the_whole_sample: None) -> None:
    """Y = X1: slices of PAWN lie at most max(s, 9 - s) / 10 from Y, median 0.7; Y = X1 + X2: delta 1/3, KS 1/2."""
    alone = analysed("pawn", sure(lambda x: x[:, 0]), 2, 1024)
    assert of(alone, "PAWN")["value"][0] == pytest.approx(0.7, abs=0.01)
    both = {method: analysed(method, sure(lambda x: x[:, 0] + x[:, 1]), 2, 512) for method in ("delta", "regional")}
    np.testing.assert_allclose(of(both["delta"], "delta")["value"], 1 / 3, atol=0.08)  # smoothing makes it smaller
    assert holds(of(both["regional"], "KS"), np.full(2, 0.5)).all()


@pytest.mark.parametrize("method", ["pawn", "delta", "regional", "rbd_fast", "sobol", "morris"])
def test_a_parameter_without_effect_does_not_differ_from_the_dummy_and_a_strong_one_does(method: str) -> None:
    def one(x: np.ndarray) -> np.ndarray:
        return 3 * x[:, 0] ** 2

    samples = {"sobol": 128, "morris": 20, "delta": 128}.get(method, 256)
    tables = analysed(method, noisy(one, 8, 0.5), 2, samples)
    verdict = tables["sensitivity_verdicts"].query("of == 'mean'").iloc[0]
    assert verdict["distinct"].split() == [plan("morris", 2, 4)[0].names[0]]


RATES = (0.05, 2.5, 1.0)
TAU = 60.0


def restricted(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Mean time free of failure within tau at a rate that depends on two shares."""
    rate = RATES[0] * np.exp(-RATES[1] * a - RATES[2] * b)
    return (1 - np.exp(-rate * TAU)) / rate


def survival_indices() -> tuple[np.ndarray, np.ndarray]:
    """Indices of the restricted mean, by Gauss-Legendre quadrature of its formula; a third parameter has none."""
    nodes, weights = np.polynomial.legendre.leggauss(40)
    x, w = (nodes + 1) / 2, weights / 2
    y = restricted(x[:, None], x[None])
    mean = w @ y @ w
    of_a, of_b = w @ (y @ w - mean) ** 2, w @ (w @ y - mean) ** 2
    whole = w @ (y - mean) ** 2 @ w
    return np.array([of_a, of_b, 0.0]) / whole, np.array([whole - of_b, whole - of_a, 0.0]) / whole


@pytest.mark.parametrize("method", ["sobol", "rbd_fast"])
def test_restricted_means_of_censored_spells_have_the_indices_of_their_formula(method: str) -> None:
    """Spells fail at a constant rate and are followed for tau months; a world gives all points the same quantile."""
    sampling, design = plan(method, 3, SIZES[method], outcomes=("time_free_of_failure", "share_failed"), tau=int(TAU))
    x = shares_of(design)
    rate = RATES[0] * np.exp(-RATES[1] * x[:, 0] - RATES[2] * x[:, 1])
    quantile = np.random.default_rng(3).permutation((np.arange(40) + 0.5) / 40)
    spell = stats.expon.isf(quantile[None], scale=1 / rate[:, None])
    runs = spells_of(spell, TAU)
    assert 0.1 < (runs["ending"] == "censored").mean() < 0.9
    tables = tables_of(sampling, runs)
    for index, truth in zip(("S1", "ST"), survival_indices(), strict=True):
        table = of(tables, index).query("outcome == 'time_free_of_failure'")
        if len(table):
            assert holds(table, truth).all(), table


def test_indices_of_dispersion_name_the_parameter_that_sets_the_spread() -> None:
    """Noise of variance (1 + 2 x2) ** 2: x1 moves the mean alone, x2 the dispersion alone."""

    def values(x: np.ndarray) -> np.ndarray:
        noise = np.random.default_rng(5).normal(size=(len(x), 40))
        return 5 * x[:, :1] + (1 + 2 * x[:, 1:2]) * noise

    tables = analysed("sobol", values, 2, 256)
    assert holds(of(tables, "ST"), np.array([1.0, 0.0])).all()
    dispersion = of(tables, "ST", "dispersion")
    assert holds(dispersion, np.array([0.0, 1.0])).all()
    assert dispersion["is_distinct"].tolist() == [False, True]


def coverage(method: str, samples: int, repetitions: int, name: str, sd: float) -> np.ndarray:
    """Share of intervals that hold the truth, by index and parameter, over designs and noise of other seeds."""
    toy, held = TOYS[name], []
    for seed in range(repetitions):
        function = noisy(toy.function, 8, sd * spread_of(toy), seed=1000 + seed) if sd else sure(toy.function)
        tables = analysed(method, function, toy.k, samples, seed=seed)
        pairs = (("S1", toy.first), ("ST", toy.total))
        held.append(
            np.concatenate(
                [holds(of(tables, index), np.array(truth)) for index, truth in pairs if len(of(tables, index))]
            )
        )
    return np.mean(held, axis=0)


@pytest.mark.parametrize("method", ["sobol", "rbd_fast"])
def test_intervals_cover_in_a_few_repetitions(method: str, only_the_whole_sample: None) -> None:
    assert coverage(method, 256, 6, "ishigami", 0.5).mean() > 0.85


@pytest.mark.slow
@pytest.mark.parametrize("sd", [0.0, 1.0])
@pytest.mark.parametrize("name", TOYS)
@pytest.mark.parametrize("method", ["sobol", "rbd_fast"])
def test_intervals_cover_in_many_repetitions(method: str, name: str, sd: float, only_the_whole_sample: None) -> None:
    found = coverage(method, 512, 100, name, sd)
    assert found.min() >= 0.85
    assert found.mean() >= 0.94
