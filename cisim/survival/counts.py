"""Spells counted by month: how many were at risk, how many met the event, how many met a competing one.

Every estimator of this package starts from these counts. Many spells end in the same month, so ties are the
rule; counting them is exact, and no time is ever moved to break a tie, as lifelines does for cumulative incidence:
that is why these estimators are our own.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cisim.errors import InputError

#: Codes of how a spell ended, seen from one event of interest.
CENSORED, EVENT, COMPETING = 0, 1, 2
#: Whole durations up to this many months are counted by month and not sorted, which is faster.
MOST_MONTHS = 100_000


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
    def incidence(self) -> NDArray[np.float64]:
        """Probability of having met the event of interest by each time (Aalen-Johansen)."""
        return np.cumsum(self.survival_before * self.hazard, axis=-1, dtype=np.float64)

    @property
    def greenwood(self) -> NDArray[np.float64]:
        """Terms d / (Y (Y - d)) of Greenwood's sum, d events of any kind; 0 where all who were left ended."""
        ended = self.events + self.competing
        return share(ended, self.at_risk * (self.at_risk - ended))

    @property
    def unknown(self) -> NDArray[np.bool_]:
        """Times past the last spell while some had not ended, where nothing can be estimated."""
        followed = np.maximum.accumulate((self.at_risk > 0)[..., ::-1], axis=-1)[..., ::-1]
        unknown: NDArray[np.bool_] = ~followed & (self.survival > 0)
        return unknown

    @property
    def reach(self) -> float:
        """Last time for which one sample has data: its longest spell, or infinity once every spell has ended."""
        return np.inf if self.survival[-1] == 0 else float(self.time[self.at_risk > 0][-1])


def share(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    """Quotient of a part and the whole, 0 where the whole is 0."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def count_events(
    duration: ArrayLike, ending: ArrayLike, grid: ArrayLike = (), entry: ArrayLike | None = None
) -> EventCounts:
    """Count spells by time.

    Parameters
    ----------
    duration : array_like, shape (n,)
        Length of each spell, finite and not negative; months in this project.
    ending : array_like, shape (n,)
        ``CENSORED`` (0), ``EVENT`` (1) or ``COMPETING`` (2). A boolean "event observed" serves as well.
    grid : array_like, optional
        Further times at which the counts are wanted, such as every month.
    entry : array_like, shape (n,), optional
        Age at which each spell came under observation, 0 or more and below its duration: it is at risk from
        then on and not before (left truncation). By default every spell is followed from its start.

    Returns
    -------
    EventCounts
        Counts at 0, at the grid and at every distinct duration. A spell censored at a time counts as at risk
        at that time.

    Raises
    ------
    InputError
        If there is no spell, a duration is missing, infinite or negative, an entry does not come before its end,
        or late entries leave an age at which nobody is followed or nobody survives.

    References
    ----------
    Risk sets under left truncation: Klein & Moeschberger 2003, section 4.6.
    """
    spells = checked_durations(duration)
    codes = np.asarray(ending, dtype=np.int64)
    time, position = place_durations(spells, grid)

    def tally(chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.bincount(position[chosen], minlength=time.size).astype(np.float64)

    left = tally(np.ones(spells.size, dtype=bool))
    at_risk = spells.size - np.cumsum(left) + left
    if entry is None:
        return EventCounts(time, at_risk, tally(codes == EVENT), tally(codes == COMPETING))
    entries = checked_entries(entry, spells)
    waiting = spells.size - np.searchsorted(np.sort(entries), time)  # those whose entry is not yet past
    at_risk -= np.where(time > 0, waiting, np.count_nonzero(entries > 0))
    counts = EventCounts(time, at_risk, tally(codes == EVENT), tally(codes == COMPETING))
    _check_risk_sets(counts, entries, spells)
    return counts


def place_durations(spells: NDArray[np.float64], grid: ArrayLike = ()) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Distinct times (0, the grid and the durations) in rising order, and the position of each spell among them."""
    wanted = np.concatenate([[0.0], np.asarray(grid, dtype=np.float64)])
    if spells.max() > MOST_MONTHS or (np.floor(spells) != spells).any():
        time = np.unique(np.concatenate([wanted, spells]))
        return time, np.searchsorted(time, spells)
    months = spells.astype(np.int64)
    time = np.unique(np.concatenate([wanted, np.flatnonzero(np.bincount(months))]))
    return time, np.searchsorted(time, np.arange(months.max() + 1.0))[months]


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
            "a duration is a finite number, 0 or more; remove or correct these rows"
        )
    return spells


def checked_entries(entry: ArrayLike, spells: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ages at entry as floats, shape (n,); InputError unless each is 0 or more and below the spell's duration."""
    entries = np.asarray(entry, dtype=np.float64)
    wrong = ~((entries >= 0) & ((entries < spells) | (entries == 0)))
    if wrong.any():
        first = int(np.flatnonzero(wrong)[0])
        raise InputError(
            f"{int(wrong.sum())} of {spells.size} entries are not usable (row {first}: entry {entries[first]:g}, "
            f"duration {spells[first]:g}): an entry is the age at which following began, 0 or more and below it"
        )
    return entries


def _check_risk_sets(counts: EventCounts, entries: NDArray[np.float64], spells: NDArray[np.float64]) -> None:
    """Refuse late entries after a gap in which nobody was followed, or after all who were followed had ended."""
    order = np.argsort(entries, kind="stable")
    last = np.maximum.accumulate(spells[order])[:-1]
    gaps = np.flatnonzero(entries[order][1:] > last)
    if gaps.size:
        start, end = last[gaps[0]], entries[order][gaps[0] + 1]
        raise InputError(
            f"nobody was followed between ages {start:g} and {end:g}: the late entries leave a gap that no estimate "
            "crosses; leave out the spells on one side of it"
        )
    gone = np.flatnonzero((counts.hazard_any == 1) & (counts.time < spells.max()))
    if gone.size:
        raise InputError(
            f"all who were followed at age {counts.time[gone[0]]:g} ended then, and others entered later: survival "
            "would be 0 from there on; leave out the spells that ended by that age"
        )
