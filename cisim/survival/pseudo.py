"""Pseudo-observations: one value per run whose mean is the estimate, so that censored runs can be paired."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cisim.survival.counts import COMPETING, EVENT, EventCounts, count_events, place_durations

#: How many numbers an array holds while spells are left out (32 MB).
CELLS = 4_000_000
#: How many codes of endings there are.
CODES = 3


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

    Notes
    -----
    Spells alike in duration and ending give the same value, so only distinct ones are left out in turn: at
    most three per month.

    References
    ----------
    Andersen, Klein & Rosthoj 2003, Biometrika 90:15; for restricted means Andersen, Hansen & Klein 2004,
    Lifetime Data Anal. 10:335.
    """
    counts = count_events(duration, ending)
    n = int(counts.at_risk[0])
    if n == 1:
        return np.atleast_1d(statistic(counts))
    position = place_durations(np.asarray(duration, dtype=np.float64))[1]
    code = position * CODES + np.asarray(ending, dtype=np.int64)
    there = np.bincount(code) > 0
    kinds, kind = np.flatnonzero(there), (np.cumsum(there) - 1)[code]
    step = max(1, CELLS // counts.time.size)
    blocks = [kinds[i : i + step] for i in range(0, kinds.size, step)]
    without = np.concatenate([statistic(_leave_out(counts, *np.divmod(block, CODES))) for block in blocks])
    values: NDArray[np.float64] = (n * statistic(counts) - (n - 1) * without)[kind]
    return values


def _leave_out(counts: EventCounts, position: NDArray[np.int64], ending: NDArray[np.int64]) -> EventCounts:
    """Count without one spell that ended at the time of that position: shape (n_spells, n_times)."""
    place = np.arange(counts.time.size)
    here = place == position[:, None]
    return EventCounts(
        counts.time,
        counts.at_risk - (place <= position[:, None]),
        counts.events - (here & (ending[:, None] == EVENT)),
        counts.competing - (here & (ending[:, None] == COMPETING)),
    )
