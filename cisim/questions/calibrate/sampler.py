"""Sequential Monte Carlo for approximate Bayesian computation: from the prior to the targets, tolerance by tolerance.

The scheme is that of Del Moral, Doucet & Jasra (2012): tolerances from the population itself, resampling, and moves by
Markov chains that leave the prior restricted to the tolerance invariant (Marjoram et al. 2003). Population Monte Carlo
(Toni et al. 2009; Beaumont et al. 2009) weighs each particle by prior over proposal, and these weights degenerate in
more than some ten dimensions; there are above a hundred here. Moves here are reversible with respect to the prior, so a
proposal is accepted where it is near enough, and all particles keep the same weight in any number of dimensions: a
move draws some parameters anew from their priors, or takes a step of all in normal scores (preconditioned
Crank-Nicolson, Cotter et al. 2013).

References
----------
Beaumont, Cornuet, Marin & Robert 2009, Biometrika 96:983. Cotter, Roberts, Stuart & White 2013, Stat. Sci. 28:424.
Del Moral, Doucet & Jasra 2012, Stat. Comput. 22:1009. Marjoram, Molitor, Plagnol & Tavare 2003, PNAS 100:15324. Toni,
Welch, Strelkowa, Ipsen & Stumpf 2009, J. R. Soc. Interface 6:187. Sherlock, Thiery, Roberts & Rosenthal 2015, Ann.
Stat. 43:238.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri
from scipy.stats import qmc

from cisim.errors import CisimError, InputError
from cisim.questions.calibrate.particles import Particles, StepStore, as_frame, from_frame

Floats = NDArray[np.float64]

#: Share of the moves that should be accepted, and how fast moves are made longer or shorter to get there. Statistics
#: are simulated, so shorter moves do not raise the share much; Sherlock et al. (2015) find 0.07 best for such chains.
ACCEPTED, PACE = 0.07, 0.3

#: Strides are at least and at most so long, and parameters whose length times the stride is above 1 are drawn anew.
SHORTEST, LONGEST = 0.05, 8.0

#: Shares of a prior nearer to 0 or 1 than this are not proposed.
EDGE = 1e-9

#: Misses beyond this do not tell how statistics depend on parameters near the targets.
MISS = 4.0

#: How many more moves the last tolerance is to see than the others, and how many more sweeps it may take.
LAST, PATIENCE = 2, 10

#: A sampler gives up if a tolerance is more than this share of the one before, and above 1.
STUCK = 0.99


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Sizes of the sampler: particles, replicates and limits.

    Attributes
    ----------
    particles : int
        Size of the population, at least 10.
    draws : int
        Parameter sets drawn from the prior at first, at least `particles`.
    replicates : int
        Runs of a parameter set in each move, at least 4; the draws from the prior get a quarter.
    keep : float
        Share of the particles within the next tolerance, in (0, 1).
    moves : float
        Accepted moves for each particle, on average, at each tolerance; `LAST` times as many at the last one. An
        accepted move changes nearly all that the statistics do not depend on.
    most_sweeps : int
        Most moves proposed to each particle at a tolerance, `PATIENCE` times as many at the last one.
    seed : int
        Of everything random.
    """

    particles: int
    draws: int
    replicates: int
    keep: float = 0.4
    moves: float = 0.7
    most_sweeps: int = 8
    seed: int = 1

    def __post_init__(self) -> None:
        if self.particles < 10:
            raise InputError(f"particles={self.particles} is too few; give 10 or more")
        if self.draws < self.particles:
            raise InputError(f"draws={self.draws} is below particles={self.particles}; give as many or more")
        if self.replicates < 4:
            raise InputError(f"replicates={self.replicates} is too few for a calibration; give 4 or more")


@dataclass(frozen=True)
class Problem:
    """Statistics of parameter sets, their misses and their distance to the targets.

    Attributes
    ----------
    dimensions : int
        Number of parameters.
    simulate : callable
        ``simulate(shares, replicates, seed)`` gives the statistics, shape (n, n_targets), of parameter sets of shape
        (n, dimensions), as a pure function.
    misses : callable
        ``misses(statistics)``, of the same shape: how far each is from its target, in units in which 1 is near.
    distance : callable
        ``distance(statistics, luck)``, shape (n,): 1 or less is near enough.
    is_possible : callable
        ``is_possible(shares)``, shape (n,), bool: where the prior is not 0.
    """

    dimensions: int
    simulate: Callable[[Floats, int, int], Floats]
    misses: Callable[[Floats], Floats]
    distance: Callable[[Floats, Floats], Floats]
    is_possible: Callable[[Floats], NDArray[np.bool_]]


def populations(problem: Problem, settings: Settings, kept: StepStore | None = None) -> Iterator[Particles]:
    """Yield the population after each sweep; the last one is within the targets, or the sampler was stuck.

    Every sweep is a function of the one before and of the seed, and is kept, so that a sampler that was killed goes on
    with the same numbers.
    """
    steps = kept or StepStore()
    drawn = from_frame(steps.do("draws", lambda: as_frame(_first(problem, settings))))
    length = lengths(drawn, problem.misses)
    here = _nearest(drawn, settings)
    yield here
    while not here.is_over:
        name = f"sweep-{here.number + 1:04d}"
        here = from_frame(steps.do(name, lambda now=here: as_frame(_advance(problem, settings, now, length))))  # type: ignore[misc]
        yield here


def lengths(drawn: Particles, misses: Callable[[Floats], Floats]) -> Floats:
    """How far a move goes in each parameter, shape (dimensions,): 1, a new draw, where the statistics ignore it.

    The misses of the nearest quarter of the draws are regressed on the normal scores of all parameters together, and
    the square of each slope (mean over the targets) is taken down by its noise. Lengths are so that all parameters that
    matter change the misses by as much, and all parameters together by 1. They depend on the draws and on no particle,
    so moves stay reversible.
    """
    near = drawn.take(np.argsort(drawn.distance, kind="stable")[: len(drawn.distance) // 4])
    n, d = near.shares.shape
    if n < 4 * d:
        return np.ones(d)
    scores = np.column_stack([np.ones(n), ndtri(near.shares)])
    wanted = np.clip(misses(near.statistics), -MISS, MISS)
    slopes, *_ = np.linalg.lstsq(scores, wanted, rcond=None)
    rest = ((wanted - scores @ slopes) ** 2).sum(axis=0) / (n - d - 1)
    noise = np.diag(np.linalg.inv(scores.T @ scores))[1:] * rest.mean()
    squares = np.maximum((slopes[1:] ** 2).mean(axis=1) - noise, 0.0)
    length = np.minimum(1.0, np.sqrt(_level(squares) / np.maximum(squares, 1e-300)))
    return np.asarray(np.maximum(length.round(2), 0.01), dtype=np.float64)  # last digits differ between machines


def _level(squares: Floats) -> float:
    """Level at which numbers have to be cut off for a sum of 1; the largest of them if they have less."""
    ranked = np.sort(squares)
    below = np.concatenate([[0.0], np.cumsum(ranked)[:-1]])
    levels = (1.0 - below) / np.arange(len(ranked), 0, -1)
    reached = np.flatnonzero(levels <= ranked)
    return float(levels[reached[0]]) if reached.size else float(ranked[-1])


def seed_of(settings: Settings, number: int) -> int:
    """Seed of the worlds of a sweep, which all its particles share; another one for each sweep."""
    return int(np.random.SeedSequence([settings.seed, number]).generate_state(1, np.uint64)[0] >> np.uint64(1))


def _generator(settings: Settings, number: int) -> np.random.Generator:
    return np.random.Generator(np.random.Philox(np.random.SeedSequence([settings.seed, number, 1])))


def _first(problem: Problem, settings: Settings) -> Particles:
    """Draw from the prior."""
    random = _generator(settings, 0)
    shares = _draw(problem, settings.draws, random)
    replicates = max(4, settings.replicates // 4)
    found, luck = problem.simulate(shares, replicates, seed_of(settings, 0)), 1.0 - random.random(len(shares))
    distance = problem.distance(found, luck)
    if not np.isfinite(distance).any():
        raise CisimError(f"none of {len(shares)} draws from the prior has the statistics that are aimed at; draw more")
    return Particles(
        shares=shares,
        statistics=found,
        luck=luck,
        distance=distance,
        moves=np.zeros(len(shares), dtype=np.int64),
        number=0,
        generation=0,
        tolerance=np.inf,
        redraw=0.5,
        stride=1.0,
        accepted=1.0,
        runs=len(shares) * replicates,
    )


def _nearest(drawn: Particles, settings: Settings) -> Particles:
    """As many of the nearest draws as there are particles."""
    places = np.argsort(drawn.distance, kind="stable")[: settings.particles]
    return drawn.take(places, tolerance=max(1.0, float(drawn.distance[places[-1]])))


def _draw(problem: Problem, n: int, random: np.random.Generator) -> Floats:
    """Points of a scrambled Sobol sequence that are possible, shape (n, dimensions)."""
    sequence = qmc.Sobol(problem.dimensions, scramble=True, rng=random)
    found = np.zeros((0, problem.dimensions))
    while len(found) < n:
        more = np.clip(sequence.random_base2(max(1, int(np.ceil(np.log2(n))))), EDGE, 1 - EDGE)
        found = np.concatenate([found, more[problem.is_possible(more)]])
    return found[:n]


def _advance(problem: Problem, settings: Settings, now: Particles, length: Floats) -> Particles:
    """Lower the tolerance if the population has moved enough, and move every particle once."""
    random = _generator(settings, now.number + 1)
    start = now if now.generation and not _has_moved(settings, now) else _next_tolerance(settings, now, random)
    is_stuck = start is not now and start.tolerance > max(1.0, STUCK * now.tolerance)
    swept = _sweep(problem, settings, start, length, random)
    is_there = swept.tolerance <= 1.0 and _has_moved(settings, swept)
    return replace(swept, is_over=bool(is_stuck or is_there))


def _has_moved(settings: Settings, now: Particles) -> bool:
    """Whether the population has moved enough at its tolerance, or will not."""
    is_last = now.tolerance <= 1.0
    sweeps = now.number - now.generation + 1  # a generation is numbered by its first sweep
    enough = settings.moves * (LAST if is_last else 1)
    return bool(now.moves.mean() >= enough or sweeps >= settings.most_sweeps * (PATIENCE if is_last else 1))


def _next_tolerance(settings: Settings, now: Particles, random: np.random.Generator) -> Particles:
    """Lower the tolerance so that some particles stay within it, and put copies of these in the place of the others."""
    n = settings.particles
    ranked = np.sort(now.distance)
    tolerance = max(1.0, float(ranked[max(1, int(settings.keep * n)) - 1]))
    alive = np.flatnonzero(now.distance <= tolerance)
    copies = random.permutation(np.resize(random.permutation(alive), n - len(alive)))
    places = np.concatenate([alive, copies]).astype(np.int64)
    return now.take(
        places, tolerance=tolerance, moves=np.zeros(n, dtype=np.int64), generation=now.number + 1, is_over=False
    )


def _sweep(
    problem: Problem, settings: Settings, now: Particles, length: Floats, random: np.random.Generator
) -> Particles:
    """Propose one move to every particle."""
    number, n = now.number + 1, settings.particles
    draws_anew = number % 2 == 0
    shares = _redrawn(now, length, random) if draws_anew else _stepped(now, length, random)
    luck = 1.0 - random.random(n)
    places = np.flatnonzero(problem.is_possible(shares))
    statistics, distance = now.statistics.copy(), np.full(n, np.inf)
    if len(places):
        statistics[places] = problem.simulate(shares[places], settings.replicates, seed_of(settings, number))
        distance[places] = problem.distance(statistics[places], luck[places])
    near = distance <= now.tolerance
    share = float(near.mean())
    faster = float(np.exp(PACE * np.clip((share - ACCEPTED) / ACCEPTED, -1.0, 2.0)))
    return Particles(
        shares=np.where(near[:, None], shares, now.shares),
        statistics=np.where(near[:, None], statistics, now.statistics),
        luck=np.where(near, luck, now.luck),
        distance=np.where(near, distance, now.distance),
        moves=now.moves + near,
        number=number,
        generation=now.generation,
        tolerance=now.tolerance,
        redraw=float(np.clip(now.redraw * faster, SHORTEST, LONGEST)) if draws_anew else now.redraw,
        stride=now.stride if draws_anew else float(np.clip(now.stride * faster, SHORTEST, LONGEST)),
        accepted=share,
        runs=now.runs + len(places) * settings.replicates,
    )


def _redrawn(now: Particles, length: Floats, random: np.random.Generator) -> Floats:
    """Draw each parameter anew from its prior with a probability of `redraw` times its length, one at least."""
    chosen = random.random(now.shares.shape) < now.redraw * length
    first = random.integers(now.shares.shape[1], size=len(chosen))
    chosen[np.arange(len(chosen)), first] = True
    return np.where(chosen, np.clip(random.random(now.shares.shape), EDGE, 1 - EDGE), now.shares)


def _stepped(now: Particles, length: Floats, random: np.random.Generator) -> Floats:
    """Step in normal scores, partly back to the middle and partly anywhere, so that the prior stays as it is."""
    stride = np.minimum(now.stride * length, 1.0)
    step = random.standard_normal(now.shares.shape)
    scores = np.sqrt(1.0 - stride**2) * ndtri(now.shares) + stride * step
    return np.asarray(np.clip(ndtr(scores), EDGE, 1 - EDGE), dtype=np.float64)
