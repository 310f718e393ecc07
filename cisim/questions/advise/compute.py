"""Options for a case, ranked by expected persistence, by the worst tenth, and by regret."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from cisim.errors import InputError
from cisim.study.task import Task
from cisim.survival.intervals import mean_interval
from cisim.survival.words import parse_label


@dataclass(frozen=True)
class Option:
    """One option: strategies, contract and period of gazing.

    Attributes
    ----------
    label : str
        Strategies in use.
    contract : int
        Months of a contract.
    period : int
        Months of a period of gazing; without gazing it decides nothing.
    """

    label: str
    contract: int
    period: int

    @property
    def gazes(self) -> bool:
        """Whether gazing is in use."""
        return "gazing" in parse_label(self.label)


@dataclass(frozen=True, kw_only=True)
class Advice(Task):
    """Plan of a recommendation.

    Attributes
    ----------
    choices : tuple of Option
        One for each setting of the design.
    reference : int
        Place of the option without strategies and with the case's own contract; -1 if it is not among them.
    tau : int
        End of the window (months).
    """

    choices: tuple[Option, ...]
    reference: int
    tau: int

    def summary(self) -> dict[str, Any]:
        """Return what decides the results besides the design, as plain values."""
        return {"tau": self.tau}

    def table(self) -> pd.DataFrame:
        """One row for each option: choice (in words), strategies, contract_months, gazing_period (or none)."""
        return pd.DataFrame(
            {
                "choice": [self.words(option) for option in self.choices],
                "strategies": [option.label for option in self.choices],
                "contract_months": [option.contract for option in self.choices],
                "gazing_period": pd.array([o.period if o.gazes else None for o in self.choices], dtype="Int64"),
            }
        )

    def words(self, option: Option) -> str:
        """Return an option in words, without what all options have in common."""
        parts = ["no strategy" if option.label == "none" else option.label.replace("+", " and ")]
        parts[0] = "all three strategies" if option.label == "all" else parts[0]
        if len({other.contract for other in self.choices}) > 1:
            parts.append(f"contracts of {option.contract} months")
        if option.gazes and len({other.period for other in self.choices if other.gazes}) > 1:
            parts.append(f"period {option.period}")
        return ", ".join(parts)


Floats = NDArray[np.float64]

#: Share of the coalitions that "the worst tenth" speaks of.
TENTH = 0.1
#: Draws of worlds with replacement.
DRAWS = 400
#: Fewest worlds: regret needs one in each half.
FEWEST = 2


def expected_months(free: Floats, weights: Floats, times: Floats) -> Floats:
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


def regrets(free: Floats, weights: Floats) -> dict[str, Floats]:
    """Months that an option falls short of the best one for each state of the world, by world.

    The largest of several noisy means is too large, so regret against it would be too. The best option of a state, and
    the worst state of an option, are therefore picked in one half of the worlds and regret is measured in the other,
    both ways. What is left is regret against the option that these worlds would pick, at most that against the truly
    best one, and the worlds are independent given the picks.

    Returns
    -------
    dict of str to ndarray, each of shape (n_options, n_worlds)
        ``mean_regret`` over states by weight, and ``max_regret`` in the state where it is largest (Savage 1951, J. Am.
        Stat. Assoc. 46:55).
    """
    found = {name: np.empty((len(free), free.shape[2])) for name in ("mean_regret", "max_regret")}
    states, options = np.arange(free.shape[1]), np.arange(len(free))
    for half in (0, 1):
        measured = np.arange(free.shape[2]) % 2 == half
        picking = free[:, :, ~measured].mean(axis=2)
        best, worst = np.argmax(picking, axis=0), np.argmax(picking.max(axis=0) - picking, axis=1)
        regret = free[best, states][:, measured] - free[:, :, measured]
        found["mean_regret"][:, measured] = np.einsum("osw,s->ow", regret, weights)
        found["max_regret"][:, measured] = regret[options, worst]
    return found


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
        One row for each option: expected, worst_tenth, mean_regret and max_regret with their limits; for the first two
        ``_p_best``, the share of draws of worlds in which the option ranks first. ``behind``, with its limits: months
        that the option falls short of the first by ``expected``, paired by world. ``may_be_best``: whether it belongs
        to the options among which the one with the longest expected persistence is, at that confidence.

    Raises
    ------
    InputError
        If there are fewer than two worlds.

    Notes
    -----
    Intervals are Student's over worlds, that of ``worst_tenth`` percentiles of the draws (Efron & Tibshirani 1993,
    chapter 13). An option is out if any other is surely longer by a one-sided paired t test at (1 - confidence) /
    (n_options - 1): the best one is out with a probability of at most 1 - confidence (Bonferroni; Gupta 1965,
    Technometrics 7:225).
    """
    n_worlds = free.shape[2]
    if n_worlds < FEWEST:
        raise InputError(f"replicates={n_worlds} is too few to rank options; give {FEWEST} or more")
    by_world = np.einsum("osw,s->ow", free, weights)
    best = int(np.argmax(by_world.mean(axis=1)))
    table = _limits("expected", by_world, confidence, (0.0, tau))
    table |= _drawn(free, weights, confidence)
    for name, values in regrets(free, weights).items():
        table |= _limits(name, values, confidence, (-tau, tau))
    table |= _limits("behind", by_world[best] - by_world, confidence, (-tau, tau))
    table["behind_lower"][best] = table["behind_upper"][best] = 0.0
    return pd.DataFrame(table).assign(may_be_best=may_be_best(by_world, confidence))


def _limits(name: str, values: Floats, confidence: float, limits: tuple[float, float]) -> dict[str, Floats]:
    """Mean over worlds of every option with its limits, from values of shape (n_options, n_worlds)."""
    found = [mean_interval(row, confidence, *limits) for row in values]
    columns = {"": [e.value for e in found], "_lower": [e.lower for e in found], "_upper": [e.upper for e in found]}
    return {f"{name}{end}": np.array(column) for end, column in columns.items()}


def _drawn(free: Floats, weights: Floats, confidence: float) -> dict[str, Floats]:
    """Draw worlds with replacement: how often an option comes first, and the worst tenth with its limits."""
    n, n_worlds = len(free), free.shape[2]
    rng = np.random.default_rng(0)
    draws = rng.multinomial(n_worlds, np.full(n_worlds, 1.0 / n_worlds), size=DRAWS).astype(np.float64)
    table = {"worst_tenth": worst_tenth(free, weights, np.ones(n_worlds))}
    for name, criterion in (("expected", expected_months), ("worst_tenth", worst_tenth)):
        drawn = np.array([criterion(free, weights, times) for times in draws])
        table[f"{name}_p_best"] = np.bincount(np.argmax(drawn, axis=1), minlength=n) / DRAWS
    tail = 100.0 * (1.0 - confidence) / 2.0
    table["worst_tenth_lower"], table["worst_tenth_upper"] = np.percentile(drawn, [tail, 100.0 - tail], axis=0)
    return table


def may_be_best(by_world: Floats, confidence: float) -> NDArray[np.bool_]:
    """Whether no other option surely beats each, from means by world, shape (n_options, n_worlds)."""
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
