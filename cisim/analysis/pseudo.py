"""Pseudo-observations: one value per run whose mean is the estimate, so that censored runs can be paired."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cisim.analysis.counts import COMPETING, EVENT, EventCounts, count_events

#: Counts of how many numbers are held at once while leaving spells out (4 million floats, 32 MB an array).
CELLS = 4_000_000


def pseudo_observations(
    duration: ArrayLike, ending: ArrayLike, statistic: Callable[[EventCounts], NDArray[np.float64]]
) -> NDArray[np.float64]:
    """Jackknife values n theta - (n - 1) theta without i, one per spell.

    Parameters
    ----------
    duration : array_like, shape (n,)
        Length of each spell (months), finite and not negative.
    ending : array_like, shape (n,)
        0 or False censored, 1 or True ended by the event of interest, 2 ended otherwise.
    statistic : callable
        From counts with any leading axes to the estimate, such as ``lambda counts: time_free(counts, tau)``.

    Returns
    -------
    ndarray, shape (n,)
        In the statistic's unit. Where nothing is censored before the end of the window these are the observed
        values themselves.

    References
    ----------
    Andersen, Klein & Rosthoj 2003, Biometrika 90:15; for restricted means Andersen, Hansen & Klein 2004,
    Lifetime Data Anal. 10:335.

    Notes
    -----
    Spells alike in duration and ending give the same value, so only distinct ones are left out in turn: at
    most three per month.
    """
    counts = count_events(duration, ending)
    spells = np.stack([np.asarray(duration, dtype=np.float64), np.asarray(ending, dtype=np.float64)])
    distinct, which = np.unique(spells, axis=1, return_inverse=True)
    n = spells.shape[1]
    if n == 1:
        return np.atleast_1d(statistic(counts))
    step = max(1, CELLS // counts.time.size)
    blocks = [distinct[:, i : i + step] for i in range(0, distinct.shape[1], step)]
    without = np.concatenate([statistic(_leave_out(counts, *block)) for block in blocks])
    values: NDArray[np.float64] = n * statistic(counts) - (n - 1) * without
    return values[which.reshape(-1)]


def _leave_out(counts: EventCounts, duration: NDArray[np.float64], ending: NDArray[np.float64]) -> EventCounts:
    """Count without one spell, a slice for each of the spells given: shape (n_spells, n_times)."""
    here = counts.time == duration[:, None]
    return EventCounts(
        counts.time,
        counts.at_risk - (counts.time <= duration[:, None]),
        counts.events - (here & (ending[:, None] == EVENT)),
        counts.competing - (here & (ending[:, None] == COMPETING)),
    )
