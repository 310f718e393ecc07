"""Kaplan-Meier survival of coalitions, with intervals and median. Any ending counts, good or bad."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cisim.errors import InputError
from cisim.survival.counts import count_events
from cisim.survival.curves import ROUNDING, Curve, curve_with_interval, effective_number
from cisim.survival.intervals import Estimate


def survival_curve(
    duration: ArrayLike,
    event_observed: ArrayLike,
    *,
    entry: ArrayLike | None = None,
    grid: ArrayLike = (),
    confidence: float = 0.95,
) -> Curve:
    """Product-limit estimate with log-log ("exponential Greenwood") intervals.

    Parameters
    ----------
    duration : array_like, shape (n,)
        Length of each spell (months), finite and not negative.
    event_observed : array_like of bool, shape (n,)
        Whether the spell ended; False = censored.
    entry : array_like, shape (n,), optional
        Age at which each spell came under observation (see :func:`cisim.survival.counts.count_events`); the
        estimate then speaks of those that last until the earliest entry.
    grid : array_like, optional
        Times wanted besides the distinct durations, such as every month.
    confidence : float
        Coverage of each pointwise interval, in (0, 1).

    Returns
    -------
    Curve
        Probability of lasting longer than each time.

    Raises
    ------
    InputError
        If there is no spell, or a duration is missing, infinite or negative.

    References
    ----------
    Kaplan & Meier 1958, J. Am. Stat. Assoc. 53:457; Greenwood 1926; Kalbfleisch & Prentice 2002, section 1.4.
    """
    counts = count_events(duration, np.asarray(event_observed, dtype=bool), grid, entry)
    survival = counts.survival
    variance = survival**2 * np.cumsum(counts.greenwood)
    return curve_with_interval(
        counts, survival, variance, worth=effective_number(counts), start=1.0, confidence=confidence
    )


def median_survival(curve: Curve) -> Estimate:
    """First time at which survival is at most 0.5, with its interval: :func:`survival_quantile` at 0.5."""
    return survival_quantile(curve, 0.5)


def survival_quantile(curve: Curve, level: float) -> Estimate:
    """First time at which survival is at most ``level``, with its interval.

    Parameters
    ----------
    curve : Curve
        From :func:`survival_curve`.
    level : float
        Share still there, in (0, 1): 0.75 is the time by which a quarter has ended.

    Returns
    -------
    Estimate
        In the unit of time; NaN = not reached, as a limit too; no standard error.

    Raises
    ------
    InputError
        If the level does not lie between 0 and 1.

    Notes
    -----
    The interval inverts the pointwise one: it runs between the first times at which the lower and the upper
    limit are at most ``level`` (Brookmeyer & Crowley 1982, Biometrics 38:29).
    """
    if not 0.0 < level < 1.0:
        raise InputError(f"level is {level}: it must lie between 0 and 1, for instance 0.5 for the median")

    def crossing(limit: NDArray[np.float64]) -> float:
        below = np.flatnonzero(limit <= level + ROUNDING)
        return float(curve.time[below[0]]) if below.size else np.nan

    return Estimate(crossing(curve.probability), np.nan, crossing(curve.lower), crossing(curve.upper))
