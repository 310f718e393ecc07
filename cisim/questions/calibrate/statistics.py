"""Statistics that targets speak of, for many parameter sets at once, from counts of endings by month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cisim.questions.calibrate.targets import Target

Floats = NDArray[np.float64]

#: Rows of `Spells.counts`.
FAILED, COMPLETED = 0, 1


@dataclass(frozen=True)
class Spells:
    """Spells of `n` parameter sets, all followed to the same month.

    Attributes
    ----------
    counts : ndarray of int64, shape (n, 2, months + 1)
        Failures and completions in each month, month 0 first.
    replicates : int
        Runs of each parameter set.
    outcomes : mapping of str to ndarray, each of shape (n, replicates)
        Further outcomes of every run; NaN where there is none.
    """

    counts: NDArray[np.int64]
    replicates: int
    outcomes: Mapping[str, Floats]

    def alive(self, month: int) -> Floats:
        """Share that has neither failed nor completed by the end of `month`, shape (n,)."""
        ended = self.counts[:, :, : month + 1].sum(axis=(1, 2))
        return np.asarray(1.0 - ended / self.replicates, dtype=np.float64)

    def completed(self, month: int) -> Floats:
        """Share of the endings up to `month` that are completions, shape (n,); NaN without any."""
        ended = self.counts[:, :, : month + 1].sum(axis=2)
        return _ratio(ended[:, COMPLETED].astype(np.float64), ended.sum(axis=1).astype(np.float64))


def statistics(spells: Spells, targets: Sequence[Target]) -> Floats:
    """Return the statistic of each target for each parameter set, shape (n, n_targets); NaN where undefined.

    ``survival`` is the share alive after `month` among those alive after `after`. ``hazard_ratio`` is the mean hazard
    (minus the change in log survival over the length) from `split` to `month` over that up to `split`.
    ``share_completed`` is the share of completions among the endings up to `month`. ``median`` is that of an outcome.
    """
    return np.stack([_STATISTICS[target.statistic](spells, target) for target in targets], axis=1)


def _survival(spells: Spells, target: Target) -> Floats:
    assert target.month is not None
    return _ratio(spells.alive(target.month), spells.alive(target.after))


def _hazard_ratio(spells: Spells, target: Target) -> Floats:
    assert target.split is not None
    assert target.month is not None
    first, last = spells.alive(target.split), spells.alive(target.month)
    usable = last > 0
    inside = -np.log(np.where(usable, first, 1.0)) / target.split
    after = np.log(np.where(usable, first, 1.0) / np.where(usable, last, 1.0)) / (target.month - target.split)
    return np.where(usable, _ratio(after, inside), np.nan)


def _share_completed(spells: Spells, target: Target) -> Floats:
    assert target.month is not None
    return spells.completed(target.month)


def _median(spells: Spells, target: Target) -> Floats:
    assert target.outcome is not None
    values = spells.outcomes[target.outcome]
    known = ~np.isnan(values).all(axis=1)
    found = np.full(len(values), np.nan)
    found[known] = np.nanmedian(values[known], axis=1)
    return found


def _ratio(part: Floats, whole: Floats) -> Floats:
    """Divide; NaN where the whole is 0."""
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)


_STATISTICS = {
    "survival": _survival,
    "hazard_ratio": _hazard_ratio,
    "share_completed": _share_completed,
    "median": _median,
}
