"""Functions with known indices in the place of the model: the same designs, runs table and analysis."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from SALib.test_functions import Ishigami, Sobol_G

from cisim.parameters import REGISTRY
from cisim.questions.sensitivity.compute import sensitivity_tables
from cisim.questions.sensitivity.plan import Sampling, draw_sampling
from cisim.questions.sensitivity.units_and_worlds import UnitLayout
from cisim.study.design import Design, Factor

#: Parameters of the registry that stand for the inputs of a toy: uniform, of any range.
NAMES = [name for name, declared in REGISTRY.items() if declared.distribution == "uniform"]

#: From shares, shape (n, k), to outcomes, shape (n,).
Function = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Toy:
    """A function of shares, with its indices: first and total order, and those of pairs that are not 0."""

    function: Function
    first: tuple[float, ...]
    total: tuple[float, ...]
    pairs: dict[tuple[int, int], float]

    @property
    def k(self) -> int:
        return len(self.first)


def _ishigami() -> Toy:
    """Ishigami & Homma 1990 with a = 7, b = 0.1; variances in Saltelli et al. 2000, Sensitivity Analysis, ch. 2."""
    a, b, pi = 7.0, 0.1, np.pi
    one, two, both = 0.5 * (1 + b * pi**4 / 5) ** 2, a**2 / 8, b**2 * pi**8 * (1 / 18 - 1 / 50)
    v = one + two + both
    return Toy(
        lambda x: Ishigami.evaluate((2 * x - 1) * pi),
        (one / v, two / v, 0.0),
        ((one + both) / v, two / v, both / v),
        {(0, 2): both / v},
    )


def _sobol_g() -> Toy:
    """Sobol's g (Saltelli & Sobol 1995): variances 1 / (3 (1 + a) ** 2), and products of them."""
    a = np.array([0.0, 1.0, 4.5, 9.0])
    parts = 1 / (3 * (1 + a) ** 2)
    v = np.prod(1 + parts) - 1
    pairs = {(i, j): parts[i] * parts[j] / v for i in range(4) for j in range(i + 1, 4)}
    total = tuple(part * np.prod(1 + np.delete(parts, i)) / v for i, part in enumerate(parts))
    return Toy(lambda x: Sobol_G.evaluate(x, a=a), tuple(parts / v), total, pairs)


LINEAR = np.array([4.0, 2.0, 1.0, 0.0])


def _linear() -> Toy:
    shares = tuple(LINEAR**2 / (LINEAR**2).sum())
    return Toy(lambda x: x @ LINEAR, shares, shares, {})


TOYS = {"ishigami": _ishigami(), "sobol_g": _sobol_g(), "linear": _linear()}


def plan(method: str, k: int, samples: int, *, seed: int = 1, **options: object) -> tuple[Sampling, Design]:
    """Draw a plan over the first k uniform parameters of the registry."""
    factors = [Factor(name=name, low=REGISTRY[name].low, high=REGISTRY[name].high) for name in NAMES[:k]]
    given = {"outcomes": ("social_outcome",), "tau": 120, "precision": 0.1, **options}
    return draw_sampling(method, factors, samples=samples, seed=seed, **given)


def shares_of(design: Design) -> np.ndarray:
    """Shares of the registry's ranges at which the points of a design lie, shape (n_points, k)."""
    return np.column_stack(
        [
            (column - REGISTRY[name].low) / (REGISTRY[name].high - REGISTRY[name].low)
            for name, column in design.columns.items()
        ]
    )


def runs_of(n_points: int, values: np.ndarray, column: str = "social_outcome") -> pd.DataFrame:
    """Runs that give these values, shape (n_points, n_worlds), in one column; none of them ends."""
    n_worlds = values.shape[1]
    runs = pd.DataFrame(
        {
            "point": np.repeat(np.arange(n_points), n_worlds),
            "replicate": np.tile(np.arange(n_worlds), n_points),
            "duration": 120.0,
            "ending": "censored",
            "cause": "",
            "status": "ok",
        }
    )
    return runs.assign(**{column: values.ravel()})


def spells_of(months: np.ndarray, tau: float) -> pd.DataFrame:
    """Runs that fail after these months, shape (n_points, n_worlds), and are censored at tau."""
    runs = runs_of(len(months), np.minimum(months, tau), "duration")
    failed = months.ravel() < tau
    return runs.assign(ending=np.where(failed, "failed", "censored"), cause=np.where(failed, "conflict", ""))


def analysed(
    method: str, function: Callable[[np.ndarray], np.ndarray], k: int, samples: int, **options: object
) -> dict[str, pd.DataFrame]:
    """Tables of an analysis of a function from shares to values, shape (n_points, n_worlds)."""
    sampling, design = plan(method, k, samples, **options)
    return tables_of(sampling, runs_of(design.n_points, function(shares_of(design))))


def lasting(
    method: str, months: Callable[[np.ndarray], np.ndarray], k: int, samples: int, tau: int = 120, **options: object
) -> dict[str, pd.DataFrame]:
    """Tables of an analysis of spells, from shares to months until they fail, shape (n_points, n_worlds)."""
    sampling, design = plan(method, k, samples, tau=tau, **options)
    return tables_of(sampling, spells_of(months(shares_of(design)), tau))


def tables_of(sampling: Sampling, runs: pd.DataFrame) -> dict[str, pd.DataFrame]:
    layout = UnitLayout(**sampling.layout)
    return sensitivity_tables(
        runs, layout, sampling.place, sampling.outcomes, float(sampling.tau), precision=sampling.precision
    )


def noisy(function: Function, n_worlds: int, sd: float, common: float = 0.0, seed: int = 1) -> Function:
    """Function with noise of its own in every run, and a part that a world gives to all points alike."""

    def values(x: np.ndarray) -> np.ndarray:
        rng = np.random.default_rng(seed)
        worlds = rng.normal(0, common, n_worlds)
        return function(x)[:, None] + worlds + rng.normal(0, sd, (len(x), n_worlds))

    return values


def sure(function: Function) -> Function:
    """Function as the outcome of a single world."""
    return lambda x: function(x)[:, None]


def of(tables: dict[str, pd.DataFrame], index: str, aspect: str = "mean") -> pd.DataFrame:
    """Rows of one index at the whole sample, by parameter, without the dummy."""
    table = tables["sensitivity_indices"]
    part = table[(table["index"] == index) & (table["of"] == aspect) & (table["parameter"] != "dummy")]
    return part.reset_index(drop=True)


def holds(table: pd.DataFrame, truth: np.ndarray) -> np.ndarray:
    """Whether the interval of each row holds the truth."""
    return ((table["lower"] <= truth) & (truth <= table["upper"])).to_numpy()
