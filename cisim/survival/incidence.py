"""Aalen-Johansen cumulative incidence: how many have ended in one way, when they could end in others."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cisim.survival.counts import EventCounts, count_events, share
from cisim.survival.curves import Curve, curve_with_interval, effective_number


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
