"""Options ranked by expected persistence, by the worst tenth, and by regret, with the certainty of the ranking.

Persistence is months free of failure, shape (n_options, n_states, n_worlds): every option lives through the same worlds
at the same states of the world. Worlds are the independent units; states are those drawn.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from cisim.analysis.intervals import mean_interval
from cisim.errors import InputError

Floats = NDArray[np.float64]

#: Share of the coalitions that "the worst tenth" speaks of.
TENTH = 0.1
#: Draws of worlds with replacement.
DRAWS = 400
#: Fewest worlds: regret needs two in each half.
FEWEST = 4


@dataclass(frozen=True)
class Criterion:
    """What options are ranked by.

    Attributes
    ----------
    name : str
        Column.
    is_loss : bool
        Whether less is better.
    values : callable
        From persistence, weights of states and number of times that each world counts, shape (n_worlds,), to one value
        for each option.
    """

    name: str
    is_loss: bool
    values: Callable[[Floats, Floats, Floats], Floats]


def expected(free: Floats, weights: Floats, times: Floats) -> Floats:
    """Mean over states and worlds, shape (n_options,)."""
    found: Floats = (free @ times) @ weights / times.sum()
    return found


def worst_tenth(free: Floats, weights: Floats, times: Floats) -> Floats:
    """Mean of the tenth of all coalitions, over states and worlds, that stays free of failure shortest."""
    mass = np.outer(weights, times).ravel() / times.sum()
    found = np.empty(len(free))
    for place, values in enumerate(free.reshape(len(free), -1)):
        order = np.argsort(values, kind="stable")
        before = np.cumsum(mass[order]) - mass[order]
        part = np.clip(TENTH - before, 0.0, mass[order])
        found[place] = values[order] @ part / part.sum()
    return found


def mean_regret(free: Floats, weights: Floats, times: Floats) -> Floats:
    """Mean over states of what an option falls short of the best one for the state."""
    return _over_halves(free, times, lambda regret, _: regret @ weights)


def max_regret(free: Floats, weights: Floats, times: Floats) -> Floats:  # noqa: ARG001
    """Regret of each option in the state where it is largest (Savage 1951, J. Am. Stat. Assoc. 46:55)."""

    def at_worst(regret: Floats, chosen_by: Floats) -> Floats:
        worst = np.argmax(chosen_by, axis=1)
        found: Floats = regret[np.arange(len(regret)), worst]
        return found

    return _over_halves(free, times, at_worst)


def _over_halves(free: Floats, times: Floats, summed: Callable[[Floats, Floats], Floats]) -> Floats:
    """Regret with the best option of a state found in one half of the worlds and compared in the other, both ways.

    The largest of several noisy means is too large, so regret against it would be too; the best option and the worst
    state are therefore picked in worlds other than those in which regret is measured. What is left is regret against
    the option that these worlds would pick, at most that against the truly best one.
    """
    halves = [np.arange(len(times)) % 2 == half for half in (0, 1)]
    means = [free[:, :, half] @ times[half] / times[half].sum() for half in halves]
    parts = []
    for own, other in ((0, 1), (1, 0)):
        best = np.argmax(means[own], axis=0)
        regret = means[other][best, np.arange(means[other].shape[1])] - means[other]
        parts.append(summed(regret, means[own].max(axis=0) - means[own]))
    found: Floats = np.mean(parts, axis=0)
    return found


#: In the order of columns.
CRITERIA = (
    Criterion("expected", False, expected),
    Criterion("worst_tenth", False, worst_tenth),
    Criterion("mean_regret", True, mean_regret),
    Criterion("max_regret", True, max_regret),
)


def rank_options(free: Floats, weights: Floats, tau: float, *, confidence: float = 0.95) -> pd.DataFrame:
    """Rank options by every criterion.

    Parameters
    ----------
    free : ndarray, shape (n_options, n_states, n_worlds)
        Months of the first `tau` free of failure.
    weights : ndarray, shape (n_states,)
        Weights of the states.
    tau : float
        End of the window (months).
    confidence : float
        Coverage of intervals, and of the set of options that may be best, in (0, 1).

    Returns
    -------
    DataFrame
        One row for each option: for each criterion its value, ``_lower``, ``_upper`` and ``_p_best``, the share of
        draws of worlds in which it ranks first; the interval of ``expected`` is Student's over worlds, the others are
        percentiles of the draws (Efron & Tibshirani 1993, chapter 13). ``behind``, with its interval: months that the
        option falls short of the first by ``expected``, paired by world. ``may_be_best``: whether it belongs to the
        options among which the one with the longest expected persistence is, at that confidence.

    Raises
    ------
    InputError
        If there are fewer than four worlds.

    Notes
    -----
    An option is out if any other is surely longer by a one-sided paired t test at (1 - confidence) / (n_options - 1):
    the best one is out with a probability of at most 1 - confidence (Bonferroni; Gupta 1965, Technometrics 7:225).
    """
    n, n_worlds = len(free), free.shape[2]
    if n_worlds < FEWEST:
        raise InputError(f"replicates={n_worlds} is too few to rank options; give {FEWEST} or more")
    whole = np.ones(n_worlds)
    rng = np.random.default_rng(0)
    draws = [_counts(rng, n_worlds) for _ in range(DRAWS)]
    table: dict[str, Floats | NDArray[np.bool_]] = {}
    for criterion in CRITERIA:
        drawn = np.array([criterion.values(free, weights, times) for times in draws])
        tail = 100.0 * (1.0 - confidence) / 2.0
        lower, upper = np.percentile(drawn, [tail, 100.0 - tail], axis=0)
        first = np.argmin(drawn, axis=1) if criterion.is_loss else np.argmax(drawn, axis=1)
        name = criterion.name
        table |= {name: criterion.values(free, weights, whole), f"{name}_lower": lower, f"{name}_upper": upper}
        table[f"{name}_p_best"] = np.bincount(first, minlength=n) / DRAWS
    by_world = np.einsum("osw,s->ow", free, weights)
    own = [mean_interval(values, confidence, 0.0, tau) for values in by_world]
    best = int(np.argmax(table["expected"]))
    behind = [mean_interval(by_world[best] - values, confidence, -tau, tau) for values in by_world]
    table |= {"expected_lower": np.array([e.lower for e in own]), "expected_upper": np.array([e.upper for e in own])}
    table |= {"behind": np.array([e.value for e in behind])}
    table |= {"behind_lower": np.array([0.0 if i == best else e.lower for i, e in enumerate(behind)])}
    table |= {"behind_upper": np.array([0.0 if i == best else e.upper for i, e in enumerate(behind)])}
    table["may_be_best"] = may_be_best(by_world, confidence)
    return pd.DataFrame(table)


def may_be_best(by_world: Floats, confidence: float) -> NDArray[np.bool_]:
    """Tell which options no other surely beats, from means by world, shape (n_options, n_worlds)."""
    n, n_worlds = by_world.shape
    if n < 2:
        return np.ones(n, dtype=bool)
    limit = stats.t.isf((1.0 - confidence) / (n - 1), n_worlds - 1)
    kept = np.ones(n, dtype=bool)
    for place in range(n):
        ahead = by_world - by_world[place]
        error = ahead.std(axis=1, ddof=1) / np.sqrt(n_worlds)
        kept[place] = not (ahead.mean(axis=1) > np.maximum(limit * error, 1e-9)).any()
    return kept


def _counts(rng: np.random.Generator, n_worlds: int) -> Floats:
    """How often each world is drawn, each half of the worlds by itself."""
    times = np.zeros(n_worlds)
    for half in (0, 1):
        places = np.flatnonzero(np.arange(n_worlds) % 2 == half)
        times[places] = rng.multinomial(len(places), np.full(len(places), 1.0 / len(places)))
    return times
