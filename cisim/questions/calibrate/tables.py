"""Tables of a calibration: whether the ensemble meets the patterns, and how far they identify each parameter."""

from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from cisim.survival.ensembles import weighted_quantiles
from cisim.survival.logrank import holm

Floats = NDArray[np.float64]

#: Standard deviation of a uniform share.
UNIFORM_SD = 1 / np.sqrt(12)


def calibration_tables(ensemble: pd.DataFrame, targets: pd.DataFrame, prior: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Every table of a calibration by its name: ``predictive`` and ``identifiability``.

    Parameters
    ----------
    ensemble : DataFrame
        As in ``ensemble.parquet``.
    targets, prior : DataFrame
        As for :func:`predictive_table` and :func:`identifiability_table`.
    """
    return {
        "predictive": predictive_table(ensemble, targets),
        "identifiability": identifiability_table(ensemble, prior),
    }


def predictive_table(ensemble: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """Posterior-predictive check: statistics of the members against each pattern.

    Parameters
    ----------
    ensemble : DataFrame
        Columns weight and one for each target, as in ``ensemble.parquet``.
    targets : DataFrame
        Columns name, value, low, high, weight and source.

    Returns
    -------
    DataFrame
        One row for each target: value, low, high, then mean, quantiles, lowest and highest value over the ensemble, the
        share of it inside the interval, and whether the pattern was fitted or only checked.
    """
    weight = ensemble["weight"].to_numpy()
    rows = []
    for target in targets.to_dict("records"):
        values = ensemble[target["name"]].to_numpy()
        inside = (values >= target["low"]) & (values <= target["high"])
        rows.append(
            {
                "pattern": target["name"],
                **{name: target[name] for name in ("value", "low", "high")},
                "mean": float(weight @ values),
                **weighted_quantiles(values, weight),
                "lowest": float(values.min()),
                "highest": float(values.max()),
                "share_inside": float(weight @ inside),
                "is_fitted": bool(target["weight"] > 0),
                "source": target["source"],
            }
        )
    return pd.DataFrame(rows)


def identifiability_table(ensemble: pd.DataFrame, prior: pd.DataFrame) -> pd.DataFrame:
    """Compare prior and posterior of every parameter.

    Parameters
    ----------
    ensemble : DataFrame
        Columns weight and one for each parameter.
    prior : DataFrame
        Columns parameter, low, high, distribution and case (the value before the calibration).

    Returns
    -------
    DataFrame
        The most informed parameter first: the prior, weighted mean and quantiles of the posterior, the same as shares
        of the prior (``share_``), ``sd_ratio`` (posterior over prior standard deviation, of shares: 1 is nothing
        learnt), ``ks`` (largest distance between the two distribution functions), its p value for as many independent
        members, and that value by Holm's step-down over all parameters; ``is_informed`` below 0.05.
    """
    weight = ensemble["weight"].to_numpy()
    rows = [
        _parameter(row, ensemble[row["parameter"]].to_numpy(dtype=np.float64), weight)
        for row in prior.to_dict("records")
    ]
    table = pd.DataFrame(rows).sort_values(["ks", "parameter"], ascending=[False, True], ignore_index=True)
    table["p_holm"] = holm(table["p"])
    return table.assign(is_informed=table["p_holm"] < 0.05)


def _parameter(prior: dict[Hashable, Any], values: Floats, weight: Floats) -> dict[str, Any]:
    low, high = float(prior["low"]), float(prior["high"])
    shares = _shares(values, low, high, str(prior["distribution"]))
    ks = _distance_to_uniform(shares, weight)
    n = 1.0 / float(np.sum(weight**2))
    mean = float(weight @ shares)
    return {
        **{str(name): value for name, value in prior.items()},
        "mean": float(weight @ values),
        **weighted_quantiles(values, weight),
        "share_mean": mean,
        **{f"share_{name}": value for name, value in weighted_quantiles(shares, weight).items()},
        "sd_ratio": float(np.sqrt(weight @ (shares - mean) ** 2) / UNIFORM_SD),
        "ks": ks,
        "p": float(stats.kstwo.sf(ks, max(1, round(n)))),
    }


def _shares(values: Floats, low: float, high: float, distribution: str) -> Floats:
    """Shares of the prior below each value."""
    if distribution == "loguniform":
        return np.asarray(np.log(values / low) / np.log(high / low), dtype=np.float64)
    if distribution == "integers":
        return np.asarray((values - low + 0.5) / (high - low + 1.0), dtype=np.float64)
    return np.asarray((values - low) / (high - low), dtype=np.float64)


def _distance_to_uniform(shares: Floats, weight: Floats) -> float:
    """Kolmogorov's distance between weighted shares and the uniform distribution."""
    order = np.argsort(shares, kind="stable")
    above = np.cumsum(weight[order])
    below = np.concatenate([[0.0], above[:-1]])
    return float(max((above - shares[order]).max(), (shares[order] - below).max()))
