"""Runs that share worlds: whole worlds are drawn from a large table, and standard errors allow for them.

lifelines has errors by cluster for Cox's model only; the scores here serve every model in one way.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

#: Seed of the draw, so that the same table gives the same sample.
SEED = 0


def read_worlds(table: pd.DataFrame) -> NDArray[np.int64]:
    """Return the number of each row's world, shape (n,).

    Rows of the same seed and replicate share one; without a column replicate each row has its own, and counts as
    independent of the others.
    """
    if "replicate" not in table:
        return np.arange(len(table))
    return _numbers(table, ["seed", "replicate"])


def draw_rows(table: pd.DataFrame, most_rows: int) -> tuple[pd.DataFrame, list[str]]:
    """Draw whole worlds, or whole design points where these are more, so that runs stay paired.

    Parameters
    ----------
    table : DataFrame
        Runs, with the columns replicate, seed, point and strategies as far as there are.
    most_rows : int
        Rows wanted at most.

    Returns
    -------
    DataFrame, list of str
        The rows drawn, in their order, and a sentence that says so; all rows and nothing where they are few enough.
    """
    if len(table) <= most_rows:
        return table, []
    kinds = {"worlds": read_worlds(table), "design points": _numbers(table, ["point", "strategies"])}
    name, blocks = max(kinds.items(), key=lambda item: int(item[1].max()))
    sizes = np.bincount(blocks)
    order = np.random.default_rng(SEED).permutation(sizes.size)
    chosen = order[np.cumsum(sizes[order]) <= most_rows]
    sample = table[np.isin(blocks, chosen)].reset_index(drop=True)
    drawn = f"{chosen.size} of {sizes.size} {name}, drawn at random, always the same"
    return sample, [f"fitted on {len(sample)} of {len(table)} rows ({drawn})"]


def _numbers(table: pd.DataFrame, names: list[str]) -> NDArray[np.int64]:
    """Return the number of each row's combination of those columns that there are, shape (n,)."""
    keys = [name for name in names if name in table]
    if not keys:
        return np.zeros(len(table), dtype=np.int64)
    return table.groupby(keys, sort=False, dropna=False).ngroup().to_numpy().astype(np.int64)


def cox_scores(
    covariates: NDArray[np.float64],
    duration: NDArray[np.float64],
    observed: NDArray[np.bool_],
    coefficients: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Score residuals of a Cox regression with Efron's ties, shape (n, p); at the estimate they add up to 0.

    Parameters
    ----------
    covariates : ndarray, shape (n, p)
        Columns of the regression.
    duration, observed : ndarray, shape (n,)
        Length of each spell, and whether it ended.
    coefficients : ndarray, shape (p,)
        Logarithms of hazard ratios.

    Returns
    -------
    ndarray, shape (n, p)

    References
    ----------
    Lin & Wei 1989, J. Am. Stat. Assoc. 84:1074; with ties Therneau & Grambsch 2000, Modeling Survival Data, section
    4.6: of d spells that end together the k-th leaves k / d of each of them out of risk.
    """
    x, risk = covariates, np.exp(covariates @ coefficients)
    time, tied = np.unique(duration[observed], return_counts=True)
    place = np.searchsorted(time, duration, side="right")  # times of an event up to the spell's end
    at_risk, at_risk_x = (_later(_by_time(values, place, time.size)) for values in (risk, risk[:, None] * x))
    ending = place[observed] - 1
    ended = np.bincount(ending, risk[observed], time.size)
    ended_x = _by_time((risk[:, None] * x)[observed], ending + 1, time.size)[1:]
    which = np.repeat(np.arange(time.size), tied)
    out = (np.arange(which.size) - np.repeat(np.cumsum(tied) - tied, tied)) / tied[which]
    weight = 1.0 / (at_risk[which] - out * ended[which])
    mean = (at_risk_x[which] - out[:, None] * ended_x[which]) * weight[:, None]
    gain, gain_ended = (np.bincount(which, weight * part, time.size) for part in (np.ones_like(out), 1.0 - out))
    drift, drift_ended, middle = (
        _by_time(mean * part[:, None], which + 1, time.size)[1:]
        for part in (weight, weight * (1.0 - out), 1.0 / tied[which])
    )
    sum_gain = np.concatenate([[0.0], np.cumsum(gain)])
    sum_drift = np.concatenate([np.zeros((1, x.shape[1])), np.cumsum(drift, axis=0)])
    total, total_x = sum_gain[place], sum_drift[place]
    total[observed] += (gain_ended - gain)[ending]
    total_x[observed] += (drift_ended - drift)[ending]
    scores = -risk[:, None] * (x * total[:, None] - total_x)
    scores[observed] += x[observed] - middle[ending]
    return np.asarray(scores)


def _by_time(values: NDArray[np.float64], place: NDArray[np.intp], size: int) -> NDArray[np.float64]:
    """Sum values by place 0 to ``size``, shape (size + 1,) or (size + 1, p)."""
    columns = values.reshape(len(values), -1).T
    sums = np.stack([np.bincount(place, column, size + 1) for column in columns], axis=1).astype(np.float64)
    return sums if values.ndim > 1 else sums[:, 0]


def _later(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum over those whose place is later than each time: the risk sets, shape (n_times,) or (n_times, p)."""
    later: NDArray[np.float64] = np.cumsum(sums[::-1], axis=0)[::-1][1:]
    return later


def aft_scores(
    family: str,
    location: NDArray[np.float64],
    log_scale: float,
    covariates: NDArray[np.float64],
    duration: NDArray[np.float64],
    observed: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """Differentiate each spell's log-likelihood in an accelerated failure time model, shape (n, p + 1).

    Parameters
    ----------
    family : {"weibull", "log-normal", "log-logistic"}
        Law of the standardised log duration z = (log t - location) / scale.
    location : ndarray, shape (n,)
        Linear predictor of the log duration.
    log_scale : float
        Logarithm of the scale.
    covariates : ndarray, shape (n, p)
        Columns of the linear predictor, the intercept among them.
    duration, observed : ndarray, shape (n,)
        Length of each spell, above 0, and whether it ended.

    Returns
    -------
    ndarray, shape (n, p + 1)
        For the coefficients of the location, then for the logarithm of the scale.

    References
    ----------
    Kalbfleisch & Prentice 2002, section 3.6.
    """
    scale = np.exp(log_scale)
    z = (np.log(duration) - location) / scale
    slope = np.where(observed, *SLOPES[family](z))
    by_location = -slope / scale
    by_scale = -z * slope - observed
    return np.column_stack([by_location[:, None] * covariates, by_scale])


#: Derivative by z of the log density and of the log survival of each family.
SLOPES = {
    "weibull": lambda z: (1.0 - np.exp(z), -np.exp(z)),
    "log-normal": lambda z: (-z, -np.exp(-0.5 * z**2 - special.log_ndtr(-z)) / np.sqrt(2.0 * np.pi)),
    "log-logistic": lambda z: (1.0 - 2.0 * special.expit(z), -special.expit(z)),
}


def clustered_variance(
    bread: NDArray[np.float64], scores: NDArray[np.float64], cluster: NDArray[np.generic]
) -> NDArray[np.float64]:
    """Variance of estimates when spells of a cluster depend on each other, shape (p, p); NaN for a single cluster.

    Parameters
    ----------
    bread : ndarray, shape (p, p)
        Inverse of the observed information.
    scores : ndarray, shape (n, p)
        What each spell adds to the score.
    cluster : ndarray, shape (n,)
        What spells share; clusters are independent.

    Returns
    -------
    ndarray, shape (p, p)

    References
    ----------
    Lee, Wei & Amato 1992; the factor G / (G - 1) for G clusters: Cameron & Miller 2015, J. Hum. Resour. 50:317.
    """
    codes, names = pd.factorize(cluster)
    if len(names) < 2:
        return np.full_like(bread, np.nan)
    sums = np.stack([np.bincount(codes, column) for column in scores.T], axis=1)
    variance: NDArray[np.float64] = len(names) / (len(names) - 1.0) * bread @ (sums.T @ sums) @ bread
    return variance
