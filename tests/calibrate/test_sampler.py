"""The sampler on problems whose posterior is known: it finds it, covers the truth, and goes on where it was."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from scipy import stats

from cisim.questions.calibrate.particles import Particles, StepStore, as_frame
from cisim.questions.calibrate.sampler import Problem, Settings, lengths, populations
from cisim.questions.calibrate.targets import HALF_WIDTH, Target, Targets, deviations, distances

Floats = NDArray[np.float64]


def normal_mean(observed: float, error: float, dimensions: int) -> Problem:
    """Observe one number with a normal error; its mean is 10 u - 5, u the first of `dimensions` uniform shares."""
    span = HALF_WIDTH * error
    target = Target(
        name="mean", statistic="survival", month=1, value=observed, low=observed - span, high=observed + span, source=""
    )
    return of_targets(Targets((target,), "normal"), dimensions, lambda shares, _r, _s: 10 * shares[:, :1] - 5)


def of_targets(targets: Targets, dimensions: int, simulate: object) -> Problem:
    return Problem(
        dimensions=dimensions,
        simulate=simulate,  # type: ignore[arg-type]
        misses=lambda found: deviations(found, targets),
        distance=lambda found, luck: distances(found, luck, targets),
        is_possible=lambda shares: np.ones(len(shares), dtype=bool),
    )


def settings(**changes: int) -> Settings:
    return Settings(**{"particles": 600, "draws": 600, "replicates": 4, "seed": 1, **changes})  # type: ignore[arg-type]


def last(problem: Problem, chosen: Settings, kept: StepStore | None = None) -> Particles:
    return list(populations(problem, chosen, kept))[-1]


@pytest.mark.parametrize("dimensions", [1, 40])
def test_a_normal_mean_has_its_known_posterior_in_one_and_in_forty_dimensions(dimensions: int) -> None:
    found = last(normal_mean(1.0, 0.5, dimensions), settings(draws=1200))
    assert found.tolerance == 1.0
    mean = 10 * found.shares[:, 0] - 5
    assert stats.kstest(mean, stats.norm(1.0, 0.5).cdf).statistic < 0.07
    assert mean.std() == pytest.approx(0.5, rel=0.08)


def test_what_the_target_says_nothing_of_keeps_its_prior() -> None:
    found = last(normal_mean(1.0, 0.5, 40), settings(draws=1200))
    for free in found.shares.T[1:]:
        assert stats.kstest(free, "uniform").statistic < 0.1


def binomial(successes: int, trials: int) -> Problem:
    """Observe successes; accept where the same number of trials gives the same number, which is exact."""
    target = Target(
        name="n", statistic="survival", month=1, value=successes, low=successes - 0.5, high=successes + 0.5, source=""
    )

    def simulate(shares: Floats, replicates: int, seed: int) -> Floats:
        return np.random.default_rng(seed).binomial(trials, shares[:, :1]).astype(np.float64)

    return of_targets(Targets((target,), "interval"), 2, simulate)


def test_a_binomial_share_has_its_known_posterior() -> None:
    found = last(binomial(6, 20), settings())
    assert stats.kstest(found.shares[:, 0], stats.beta(7, 15).cdf).statistic < 0.08


@pytest.mark.parametrize("trials", [30, pytest.param(400, marks=pytest.mark.slow)])
def test_intervals_cover_the_truth_at_their_nominal_rate(trials: int) -> None:
    """With truths drawn from the prior, 80 % intervals of the exact posterior hold them 80 % of the time."""
    random = np.random.default_rng(5)
    held = 0
    for trial in range(trials):
        truth = random.random()
        problem = binomial(int(random.binomial(20, truth)), 20)
        found = last(problem, settings(particles=150, draws=300, seed=trial)).shares[:, 0]
        low, high = np.quantile(found, [0.1, 0.9])
        held += bool(low <= truth <= high)
    assert stats.binomtest(held, trials, 0.8).pvalue > 0.01


def test_the_same_seed_gives_the_same_bits_and_another_one_others() -> None:
    first, again, other = (last(normal_mean(1.0, 0.5, 3), settings(seed=seed)).shares for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


class KilledError(Exception):
    """Stands for the end of a process."""


def test_work_that_was_killed_goes_on_with_the_same_numbers(tmp_path: Path) -> None:
    problem, chosen = normal_mean(1.0, 0.5, 3), settings()
    whole = as_frame(last(problem, chosen))
    calls = 0

    def dies(shares: Floats, replicates: int, seed: int) -> Floats:
        nonlocal calls
        calls += 1
        if calls == 4:
            raise KilledError
        return problem.simulate(shares, replicates, seed)

    broken = Problem(3, dies, problem.misses, problem.distance, problem.is_possible)
    with pytest.raises(KilledError):
        last(broken, chosen, StepStore(tmp_path))
    assert len(list(tmp_path.glob("sweep-*.parquet"))) == 2
    pd.testing.assert_frame_equal(as_frame(last(problem, chosen, StepStore(tmp_path))), whole, check_exact=True)


def test_targets_that_cannot_be_met_end_the_work_short_of_them() -> None:
    problem = normal_mean(40.0, 0.1, 2)
    found = list(populations(problem, settings(particles=50, draws=50)))
    assert found[-1].tolerance > 1.0
    assert found[-1].is_over


def test_moves_go_far_where_nothing_depends_on_it_and_not_far_elsewhere() -> None:
    problem = normal_mean(1.0, 0.5, 5)
    drawn = next(iter(populations(problem, settings(particles=4000, draws=4000))))
    length = lengths(drawn, problem.misses)
    assert length[0] < 0.5
    assert length[1:].min() > 0.9
