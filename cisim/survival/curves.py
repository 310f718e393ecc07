"""A probability over time with its interval: what Kaplan-Meier and Aalen-Johansen both return."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cisim.survival.counts import EventCounts, share
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
        """Probability at one time; NaN where the data do not reach."""
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
    """Put log-log intervals around an estimate made from the counts, all of shape (n_times,).

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
    """Spells that an estimate is worth: those at risk over the survival just before (Dorey & Korn 1987).

    Without censoring that is the number of spells. Where nobody is left at risk the last value is carried on.
    """
    worth = share(counts.at_risk, counts.survival_before)
    known = np.where(counts.at_risk > 0, np.arange(worth.size), 0)
    return worth[np.maximum.accumulate(known)]
