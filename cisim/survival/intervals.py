"""Confidence intervals that the estimators share: probabilities on the log-log scale, means on their own."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from cisim.errors import InputError


class Estimate(NamedTuple):
    """A number with its standard error and the limits of its interval, all in the same unit."""

    value: float
    standard_error: float
    lower: float
    upper: float

    def columns(self, name: str) -> dict[str, float]:
        """Value and limits as three columns of a table: ``name``, ``name_lower`` and ``name_upper``."""
        return {name: self.value, f"{name}_lower": self.lower, f"{name}_upper": self.upper}


#: What stands where the data allow no estimate.
NO_ESTIMATE = Estimate(np.nan, np.nan, np.nan, np.nan)
#: A standard error below this share of the range is rounding.
ROUNDING_SHARE = 1e-12


def upper_level(confidence: float) -> float:
    """Probability below the upper limit of a two-sided interval: 0.975 at a confidence of 0.95."""
    if not 0.0 < confidence < 1.0:
        raise InputError(f"confidence is {confidence}: it must lie between 0 and 1, for instance 0.95")
    return 0.5 + confidence / 2.0


def normal_quantile(confidence: float) -> float:
    """Half-width of a two-sided normal interval in standard errors: 1.96 at 0.95."""
    return float(special.ndtri(upper_level(confidence)))


def t_quantile(degrees: ArrayLike, confidence: float) -> NDArray[np.float64]:
    """Half-width of a two-sided Student t interval in standard errors; NaN below one degree of freedom."""
    df = np.asarray(degrees, dtype=np.float64)
    return np.where(df >= 1, special.stdtrit(np.maximum(df, 1.0), upper_level(confidence)), np.nan)


def log_log_interval(
    probability: NDArray[np.float64],
    standard_error: NDArray[np.float64],
    n_effective: NDArray[np.float64],
    confidence: float,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Pointwise interval of a probability, symmetric on the scale log(-log p).

    Parameters
    ----------
    probability, standard_error : ndarray
        Estimate in [0, 1] and its standard error.
    n_effective : ndarray
        Number of spells that the estimate is worth; used only where the estimate is exactly 0 or 1.
    confidence : float
        Coverage aimed at, in (0, 1).

    Returns
    -------
    lower, upper : ndarray
        Limits in [0, 1].

    Notes
    -----
    p ** exp(+-z se / (p log p)), the "exponential Greenwood" interval (Kalbfleisch & Prentice 2002, eq. 1.12;
    for a cumulative incidence Marubini & Valsecchi 1995, ch. 10). Where the estimate is 0 or 1 its standard
    error is 0 and says nothing; there the limit is the exact binomial one, (alpha / 2) ** (1 / n) away from
    the border (Clopper & Pearson 1934), with the effective number of Dorey & Korn 1987. No events in 100 runs
    thus read 1.000 (0.964 to 1.000), not "certain".
    """
    z = normal_quantile(confidence)
    inside = (probability > 0) & (probability < 1)
    p = np.where(inside, probability, 0.5)
    shift = z * np.where(inside, standard_error, 0.0) / (p * np.log(p))
    border = (1.0 - upper_level(confidence)) ** (1.0 / np.maximum(n_effective, 1.0))
    lower = np.where(inside, p ** np.exp(-shift), np.where(probability == 1, border, 0.0))
    upper = np.where(inside, p ** np.exp(shift), np.where(probability == 0, 1.0 - border, 1.0))
    unknown = np.isnan(probability)
    return np.where(unknown, np.nan, lower), np.where(unknown, np.nan, upper)


def mean_interval(values: ArrayLike, confidence: float, low: float, high: float) -> Estimate:
    """Mean of independent values in [low, high] with its Student t interval; missing values are left out."""
    x = np.asarray(values, dtype=np.float64)
    x = x[~np.isnan(x)]
    if x.size == 0:
        return NO_ESTIMATE
    mean = float(x.mean())
    error = float(x.std(ddof=1)) / x.size**0.5 if x.size > 1 else np.nan
    if not has_spread(error, high - low):
        return unseen_interval(mean, error, x.size, confidence, low, high)
    half = float(t_quantile(x.size - 1, confidence)) * error
    return Estimate(mean, error, max(low, mean - half), min(high, mean + half))


def has_spread(error: float, width: float) -> bool:
    """Whether a standard error is more than rounding on a range of this width; none at all (NaN) is not."""
    return error > ROUNDING_SHARE * width


def unseen_interval(value: float, error: float, n: float, confidence: float, low: float, high: float) -> Estimate:
    """Interval of a mean of ``n`` values in [low, high] that are all alike.

    A standard error of 0, or none, says nothing about values not seen. The interval holds every mean possible if
    a share of up to 1 - (alpha / 2) ** (1 / n) of all values (the exact binomial limit, as for probabilities) lay at
    an end of the range.
    """
    unseen = 1.0 - (1.0 - upper_level(confidence)) ** (1.0 / max(n, 1.0))
    return Estimate(value, error, value - unseen * (value - low), value + unseen * (high - value))
