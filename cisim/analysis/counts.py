"""Spells counted by month: how many were at risk, how many met the event, how many met a competing one.

Every estimator of this package starts from these counts. Many spells end in the same month, so ties are the
rule; counting them is exact, and no time is ever moved to break a tie.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cisim.errors import InputError

#: Codes of how a spell ended, seen from one event of interest.
CENSORED, EVENT, COMPETING = 0, 1, 2


@dataclass(frozen=True)
class EventCounts:
    """Spells by distinct time; the counts may carry leading axes, one slice per sample."""

    time: NDArray[np.float64]
    """Distinct times in rising order, the first is 0, shape (n_times,)."""
    at_risk: NDArray[np.float64]
    """Spells that lasted at least until this time, shape (..., n_times)."""
    events: NDArray[np.float64]
    """Spells that met the event of interest at this time, shape (..., n_times)."""
    competing: NDArray[np.float64]
    """Spells that met a competing event at this time, shape (..., n_times)."""

    @property
    def hazard(self) -> NDArray[np.float64]:
        """Share of those at risk that met the event of interest, 0 where nobody was at risk."""
        return share(self.events, self.at_risk)

    @property
    def hazard_any(self) -> NDArray[np.float64]:
        """Share of those at risk that met any event, 0 where nobody was at risk."""
        return share(self.events + self.competing, self.at_risk)

    @property
    def survival(self) -> NDArray[np.float64]:
        """Probability of no event of any kind up to and including each time (product limit)."""
        return np.cumprod(1.0 - self.hazard_any, axis=-1, dtype=np.float64)

    @property
    def survival_before(self) -> NDArray[np.float64]:
        """Probability of no event of any kind just before each time."""
        survival = self.survival
        return np.concatenate([np.ones_like(survival[..., :1]), survival[..., :-1]], axis=-1)

    @property
    def greenwood(self) -> NDArray[np.float64]:
        """Terms d / (Y (Y - d)) of Greenwood's sum, d events of any kind; 0 where all who were left ended."""
        ended = self.events + self.competing
        return share(ended, self.at_risk * (self.at_risk - ended))

    @property
    def unknown(self) -> NDArray[np.bool_]:
        """Times past the last spell while some had not ended: there the data say nothing."""
        unknown: NDArray[np.bool_] = (self.at_risk == 0) & (self.survival > 0)
        return unknown

    @property
    def reach(self) -> float:
        """Last time that one sample speaks of: its longest spell, or infinity once every spell has ended."""
        return np.inf if self.survival[-1] == 0 else float(self.time[self.at_risk > 0][-1])


def share(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    """Divide, and give 0 where the whole is 0."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def count_events(duration: ArrayLike, ending: ArrayLike, grid: ArrayLike = ()) -> EventCounts:
    """Count spells by time.

    Parameters
    ----------
    duration : array_like, shape (n,)
        Length of each spell, finite and not negative; months in this project.
    ending : array_like, shape (n,)
        ``CENSORED`` (0), ``EVENT`` (1) or ``COMPETING`` (2). A boolean "event observed" serves as well.
    grid : array_like, optional
        Further times at which the counts are wanted, such as every month.

    Returns
    -------
    EventCounts
        Counts at 0, at the grid and at every distinct duration. A spell censored at a time counts as at risk
        at that time.

    Raises
    ------
    InputError
        If there is no spell, or a duration is missing, infinite or negative.
    """
    spells = checked_durations(duration)
    codes = np.asarray(ending, dtype=np.int64)
    time = np.unique(np.concatenate([[0.0], np.asarray(grid, dtype=np.float64), spells]))
    position = np.searchsorted(time, spells)

    def tally(chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.bincount(position[chosen], minlength=time.size).astype(np.float64)

    left = tally(np.ones(spells.size, dtype=bool))
    at_risk = spells.size - np.cumsum(left) + left
    return EventCounts(time, at_risk, tally(codes == EVENT), tally(codes == COMPETING))


def checked_durations(duration: ArrayLike) -> NDArray[np.float64]:
    """Durations as floats, shape (n,); InputError where they cannot be durations."""
    spells = np.asarray(duration, dtype=np.float64)
    if spells.size == 0:
        raise InputError("no spells to analyse: the table has no row that ran without error")
    wrong = ~np.isfinite(spells) | (spells < 0)
    if wrong.any():
        first = int(np.flatnonzero(wrong)[0])
        raise InputError(
            f"{int(wrong.sum())} of {spells.size} durations are not usable (row {first}: {spells[first]}): "
            "a duration is a finite number, 0 or more; remove or mend these rows"
        )
    return spells
