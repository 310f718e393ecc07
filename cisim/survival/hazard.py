"""Hazard by age: how likely a coalition that is still there is to end in a month, smoothed and by period."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from cisim.errors import InputError
from cisim.survival.counts import count_events, share
from cisim.survival.intervals import upper_level

#: Months on either side that the smoothed hazard looks at.
BANDWIDTH = 12.0


@dataclass(frozen=True)
class Hazard:
    """A rate per month with its interval; arrays of shape (n_times,)."""

    start: NDArray[np.float64]
    end: NDArray[np.float64]
    """Ages (months) between which each value holds; equal where it is smoothed at one age."""
    at_risk: NDArray[np.float64]
    """Spells under observation just after the start of the period, or at the age."""
    events: NDArray[np.float64]
    """Events within the period, or within the bandwidth of the age."""
    rate: NDArray[np.float64]
    """Events per spell and month; NaN where nobody was at risk."""
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]


def smoothed_hazard(
    duration: ArrayLike,
    ending: ArrayLike,
    *,
    entry: ArrayLike | None = None,
    bandwidth: float = BANDWIDTH,
    confidence: float = 0.95,
) -> Hazard:
    """Smooth the monthly hazard over neighbouring months.

    Parameters
    ----------
    duration, ending, entry : array_like, shape (n,)
        As for :func:`cisim.survival.counts.count_events`.
    bandwidth : float
        Months on either side of an age that are averaged, at least 1.
    confidence : float
        Coverage of each pointwise interval, in (0, 1).

    Returns
    -------
    Hazard
        At every month from 1 to the last at which a spell was at risk.

    Raises
    ------
    InputError
        If a duration or entry cannot be used, or the bandwidth is below 1.

    Notes
    -----
    Nelson-Aalen increments of each month, averaged with Epanechnikov's kernel; at the two borders, where months
    lie on one side only, the weights are those of a local straight line, so that a hazard that is constant or rises
    evenly is met without bias there too. A smoothed hazard spreads what happens in one month over the bandwidth:
    look at :func:`hazard_rates` for a month in which contracts end. The limits are those of a weighted sum of Poisson
    counts: above 0 where no event lies within the bandwidth, and rather too wide than too narrow where few do.

    References
    ----------
    Ramlau-Hansen 1983, Ann. Stat. 11:453; variance of an increment Aalen 1978, d / Y^2; borders by local lines on
    monthly counts Wang, Muller & Capra 1998, Ann. Stat. 26:126; limits Fay & Feuer 1997, Stat. Med. 16:791.
    """
    if not bandwidth >= 1:
        raise InputError(f"bandwidth is {bandwidth} months: it must be at least 1")
    counts = count_events(duration, ending, (), entry)
    month = np.arange(1.0, max(1.0, np.ceil(counts.time[-1])) + 1.0)
    at_risk = _at_risk(duration, entry, month)
    weights, near = _local_linear_weights(month.size, bandwidth)
    rate = np.maximum(np.sum(weights * _by_month(counts.time, counts.hazard, month.size)[near], axis=1), 0.0)
    squares = _by_month(counts.time, share(counts.hazard, counts.at_risk), month.size)
    variance = np.sum(weights**2 * squares[near], axis=1)
    heaviest = np.max(share(np.maximum(weights, 0.0), at_risk[near]), axis=1)
    events = np.sum((weights != 0) * _by_month(counts.time, counts.events, month.size)[near], axis=1)
    lower, upper = _gamma_limits(rate, variance, heaviest, confidence)
    return Hazard(month, month, at_risk, events, rate, lower, upper)


def hazard_rates(
    duration: ArrayLike,
    ending: ArrayLike,
    breaks: ArrayLike,
    *,
    entry: ArrayLike | None = None,
    confidence: float = 0.95,
) -> Hazard:
    """Events over months lived through, period by period.

    Parameters
    ----------
    duration, ending, entry, confidence
        As for :func:`smoothed_hazard`.
    breaks : array_like, shape (n_periods + 1,)
        Ages (months) in rising order, 0 or more; a period holds what happens after its first age up to and
        including its last. An event at age 0 belongs to a period that starts there.

    Returns
    -------
    Hazard
        One value per period; NaN where nobody was at risk.

    Raises
    ------
    InputError
        If a duration or entry cannot be used, or the breaks do not rise from 0 or more.

    Notes
    -----
    Limits are exact for counts of events that are few among those at risk, and err to the wide side otherwise.

    References
    ----------
    Occurrence/exposure rates: Hoem 1976; Andersen et al. 1993, section VI.1. Limits: Garwood 1936, Biometrika 28:437.
    """
    edges = np.asarray(breaks, dtype=np.float64)
    if edges.size < 2 or not (np.diff(edges) > 0).all() or edges[0] < 0 or not np.isfinite(edges).all():
        raise InputError(f"breaks are {edges.tolist()}: they must be two or more ages in rising order, from 0 or more")
    counts = count_events(duration, ending, (), entry)
    place = np.searchsorted(edges, counts.time) - 1
    place[counts.time == edges[0]] = 0 if edges[0] == 0 else -1
    inside = (place >= 0) & (place < edges.size - 1)
    events = np.bincount(place[inside], counts.events[inside], edges.size - 1).astype(np.float64)
    exposure = _exposure(duration, entry, edges)
    low, high = _poisson_limits(events, exposure, confidence)
    rate = np.where(exposure > 0, share(events, exposure), np.nan)
    at_risk = _at_risk(duration, entry, np.nextafter(edges[:-1], np.inf))
    return Hazard(edges[:-1], edges[1:], at_risk, events, rate, low, high)


def _by_month(time: NDArray[np.float64], values: NDArray[np.float64], n_months: int) -> NDArray[np.float64]:
    """Sum values over the times that lie in each month, shape (n_months,); time 0 belongs to the first."""
    place = np.maximum(np.ceil(time).astype(np.int64), 1) - 1
    return np.bincount(place, values, n_months).astype(np.float64)


def _local_linear_weights(n_months: int, bandwidth: float) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Weights (each row sums to 1) by which a local line reads the months around each month, and these months.

    Both have the shape (n_months, months within the bandwidth); months that there are not have the weight 0.
    """
    reach = min(int(np.ceil(bandwidth)) - 1, n_months - 1)
    away = np.arange(-reach, reach + 1)
    near = np.arange(n_months)[:, None] + away
    kernel = np.where((near >= 0) & (near < n_months), 1.0 - (away / bandwidth) ** 2, 0.0)
    first, second = (kernel * away).sum(1, keepdims=True), (kernel * away**2).sum(1, keepdims=True)
    weights = kernel * (second - away * first) if reach else kernel
    return weights / weights.sum(1, keepdims=True), np.clip(near, 0, n_months - 1)


def _exposure(duration: ArrayLike, entry: ArrayLike | None, edges: NDArray[np.float64]) -> NDArray[np.float64]:
    """Months lived under observation between each pair of ages, shape (n_edges - 1,)."""

    def lived(ages: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum over spells of the part of each age that lies before an edge, shape (n_edges,)."""
        ordered = np.sort(ages)
        before = np.searchsorted(ordered, edges)
        sums = np.concatenate([[0.0], np.cumsum(ordered)])
        whole: NDArray[np.float64] = sums[before] + edges * (ages.size - before)
        return whole

    months = lived(np.asarray(duration, dtype=np.float64))
    if entry is not None:
        months = months - lived(np.asarray(entry, dtype=np.float64))
    return np.diff(months)


def _at_risk(duration: ArrayLike, entry: ArrayLike | None, age: NDArray[np.float64]) -> NDArray[np.float64]:
    """Spells under observation at each age, shape (n_ages,)."""
    ends = np.sort(np.asarray(duration, dtype=np.float64))
    late = np.sort(np.asarray(entry, dtype=np.float64)) if entry is not None else np.zeros(ends.size)
    entered = np.searchsorted(late, age)
    return (entered - np.searchsorted(ends, age)).astype(np.float64)


def _gamma_limits(
    rate: NDArray[np.float64], variance: NDArray[np.float64], heaviest: NDArray[np.float64], confidence: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Limits of a weighted sum of Poisson counts; ``heaviest`` is the largest weight of a single event."""
    level = upper_level(confidence)
    known = (rate > 0) & (variance > 0)
    sure = np.where(known, rate, 1.0) ** 2 / np.where(known, variance, 1.0)
    lower = np.where(known, rate / sure * special.gammaincinv(sure, 1.0 - level), 0.0)
    more, spread = rate + heaviest, variance + heaviest**2
    upper = spread / more * special.gammaincinv(more**2 / spread, level)
    return lower, upper


def _poisson_limits(
    events: NDArray[np.float64], exposure: NDArray[np.float64], confidence: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Exact limits of the rate of a Poisson count; NaN where there was no exposure."""
    level = upper_level(confidence)
    lower = np.where(events > 0, special.gammaincinv(np.maximum(events, 1.0), 1.0 - level), 0.0)
    upper = special.gammaincinv(events + 1.0, level)
    known = exposure > 0
    months = np.where(known, exposure, 1.0)
    return np.where(known, lower / months, np.nan), np.where(known, upper / months, np.nan)
