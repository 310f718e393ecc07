"""Kaplan-Meier survival and Aalen-Johansen incidence: a probability over time with its interval."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cisim.errors import InputError
from cisim.survival.counts import EventCounts, count_events, share
from cisim.survival.intervals import NO_ESTIMATE, Estimate, log_log_interval

#: A sum of shares this near to 0, 0.5 or 1 is that number.
ROUNDING = 1e-12


@dataclass(frozen=True)
class Curve:
    """A step function of time: arrays of shape (n_times,), each value holds from its time until the next."""

    time: NDArray[np.float64]
    at_risk: NDArray[np.float64]
    """Spells that lasted at least until this time."""
    probability: NDArray[np.float64]
    """Estimate in [0, 1]; NaN past the last spell if that one was censored."""
    standard_error: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    reach: float
    """Last time that the data speak of; infinite once every spell has ended."""

    def at(self, time: float) -> Estimate:
        """Probability at one time; NaN past the last spell that is followed."""
        if time > self.reach:
            return NO_ESTIMATE
        i = int(np.searchsorted(self.time, time, side="right")) - 1
        return Estimate(*(float(a[i]) for a in (self.probability, self.standard_error, self.lower, self.upper)))


def curve_with_interval(
    counts: EventCounts,
    probability: NDArray[np.float64],
    variance: NDArray[np.float64],
    *,
    worth: NDArray[np.float64],
    start: float,
    confidence: float,
) -> Curve:
    """Curve of an estimate made from the counts, with its log-log interval; all arrays of shape (n_times,).

    ``worth`` is the number of independent spells behind each estimate, used where it is 0 or 1; at time 0 the
    estimate is ``start`` and certain unless something happens at once.
    """
    whole = np.where(np.abs(probability - np.round(probability)) < ROUNDING, np.round(probability), probability)
    known = np.where(counts.unknown, np.nan, whole)
    inside = np.where((whole == 0) | (whole == 1), 0.0, np.sqrt(np.maximum(variance, 0.0)))
    error = np.where(counts.unknown, np.nan, inside)
    lower, upper = log_log_interval(known, error, worth, confidence)
    unseen = np.cumsum(counts.at_risk) == 0  # before the earliest entry nothing is estimated
    unseen[0] = known[0] == start
    lower[unseen] = upper[unseen] = start
    return Curve(counts.time, counts.at_risk, known, error, lower, upper, counts.reach)


def effective_number(counts: EventCounts) -> NDArray[np.float64]:
    """Effective number of spells of an estimate: those at risk over the survival just before (Dorey & Korn 1987).

    Without censoring that is the number of spells. Where nobody is left at risk the last value is carried on.
    """
    worth = share(counts.at_risk, counts.survival_before)
    known = np.where(counts.at_risk > 0, np.arange(worth.size), 0)
    return worth[np.maximum.accumulate(known)]


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


def cumulative_incidence(
    duration: ArrayLike,
    ending: ArrayLike,
    *,
    entry: ArrayLike | None = None,
    grid: ArrayLike = (),
    confidence: float = 0.95,
) -> Curve:
    """Aalen-Johansen estimate of the incidence of one event among competing ones, exact with ties.

    Parameters
    ----------
    duration : array_like, shape (n,)
        Length of each spell (months), finite and not negative.
    ending : array_like of int, shape (n,)
        0 censored, 1 ended by the event of interest, 2 ended otherwise.
    entry : array_like, shape (n,), optional
        Age at which each spell came under observation, as for :func:`cisim.survival.counts.count_events`.
    grid : array_like, optional
        Times wanted besides the distinct durations, such as every month.
    confidence : float
        Coverage of each pointwise interval, in (0, 1); the interval is symmetric on the log-log scale of the
        incidence.

    Returns
    -------
    Curve
        Probability of having met the event of interest by each time.

    Raises
    ------
    InputError
        If there is no spell, or a duration is missing, infinite or negative.

    References
    ----------
    Aalen & Johansen 1978, Scand. J. Stat. 5:141. Variance by the delta method (Dinse & Larson 1986,
    Biometrika 73:379, eq. 6), which is what SAS prints as "delta" and, with a single event, is Greenwood's
    formula.
    """
    counts = count_events(duration, ending, grid, entry)
    incidence = counts.incidence
    variance = _delta_variance(counts, incidence)
    return curve_with_interval(
        counts, incidence, variance, worth=effective_number(counts), start=0.0, confidence=confidence
    )


def _delta_variance(counts: EventCounts, incidence: NDArray[np.float64]) -> NDArray[np.float64]:
    """Variance of the incidence F at each time t, shape (n_times,).

    The sum over the times j up to t of S(j-)^2 h(1 - h) / Y - 2 (F(t) - F(j)) S(j-) h / Y + (F(t) - F(j))^2 d
    / (Y (Y - d)), h the hazard of the event of interest and d all events, is expanded in powers of F(t) so
    that running sums give every t.
    """
    hazard, before, greenwood = counts.hazard, counts.survival_before, counts.greenwood
    own = before * share(hazard, counts.at_risk)
    constant = np.cumsum(before * own * (1.0 - hazard) + 2.0 * incidence * own + incidence**2 * greenwood)
    linear = np.cumsum(own + incidence * greenwood)
    variance: NDArray[np.float64] = constant - 2.0 * incidence * linear + incidence**2 * np.cumsum(greenwood)
    return variance
