"""The arms of a comparison: the runs of each strategies label, checked, without those that met an error."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cisim.core import records
from cisim.errors import InputError
from cisim.survival.counts import CENSORED, COMPETING, EVENT, checked_durations, count_events
from cisim.survival.words import LABELS, NO_STRATEGY

COLUMNS = ("strategies", "replicate", "duration", "event_observed", "ending", "cause", "status")
ENDINGS = (records.FAILED, records.COMPLETED, records.CENSORED)


@dataclass(frozen=True)
class Arm:
    """Runs of one strategies label that ended without error, one row per replicate, in order of replicate."""

    label: str
    runs: pd.DataFrame
    n_dropped: int
    """Runs left out because they ended in an error."""

    @property
    def duration(self) -> NDArray[np.float64]:
        """Months that each coalition lasted or was followed, shape (n,)."""
        return self.runs["duration"].to_numpy(dtype=np.float64)

    @property
    def event_observed(self) -> NDArray[np.bool_]:
        """Whether each coalition ended, well or badly, shape (n,)."""
        return self.runs["event_observed"].to_numpy(dtype=bool)

    def ending(self, kind: str, cause: str | None = None) -> NDArray[np.int64]:
        """How each run ended, seen from one kind of ending, coded as in :mod:`cisim.survival.counts`.

        Parameters
        ----------
        kind : {"failed", "completed"}
            The event of interest.
        cause : str, optional
            Only failures of this cause are the event.

        Returns
        -------
        ndarray of int, shape (n,)
        """
        chosen = self.runs["ending"] == kind
        if cause is not None:
            chosen &= self.runs["cause"] == cause
        return np.where(~self.event_observed, CENSORED, np.where(chosen, EVENT, COMPETING))

    @property
    def reach(self) -> float:
        """Last month for which the arm has data; infinite once every run has ended."""
        return count_events(self.duration, self.event_observed).reach


#: What tables of arms are made from: a table of runs, or the arms that were read from one.
Runs = pd.DataFrame | Sequence[Arm]


def as_arms(runs: Runs) -> list[Arm]:
    """Return the arms given, or those of a table of runs, so that several tables share one reading.

    Parameters
    ----------
    runs : DataFrame or sequence of Arm
        A table of runs as :func:`read_arms` takes it, or the arms that were read from one.
    """
    return read_arms(runs) if isinstance(runs, pd.DataFrame) else list(runs)


def arms_with_runs(runs: Runs) -> list[Arm]:
    """Return the arms of :func:`as_arms` in which at least one run ended without error."""
    return [arm for arm in as_arms(runs) if len(arm.runs)]


def read_arms(runs: pd.DataFrame) -> list[Arm]:
    """Split a table of runs by strategies label.

    Parameters
    ----------
    runs : DataFrame
        Columns strategies, replicate, duration (months), event_observed, ending, cause and status, as in
        ``runs.parquet``. One run per label and replicate.

    Returns
    -------
    list of Arm
        In the order of ``LABELS``, other labels after these in order of appearance. An arm whose runs all
        failed to run is there without rows.

    Raises
    ------
    InputError
        If a column is missing, no run is free of error, a duration cannot be used, an ending is unknown or at
        odds with event_observed, or a replicate comes twice under one label.
    """
    missing = [name for name in COLUMNS if name not in runs]
    if missing:
        raise InputError(f"the table of runs lacks {', '.join(missing)}: it needs the columns {', '.join(COLUMNS)}")
    ok = runs[runs["status"] == "ok"]
    checked_durations(pd.to_numeric(ok["duration"], errors="coerce"))
    _check_endings(ok)
    _check_replicates(ok)
    total = runs["strategies"].value_counts()
    parts = {str(label): part for label, part in ok.groupby("strategies", sort=False)}
    arms = []
    for label in ordered_labels(runs["strategies"].unique()):
        part = parts.get(label, ok.iloc[:0]).sort_values("replicate").reset_index(drop=True)
        arms.append(Arm(label, part, int(total[label]) - len(part)))
    return arms


def ordered_labels(labels: Iterable[str]) -> list[str]:
    """Labels in the order of ``LABELS``, unknown ones last in the order given."""
    given = list(dict.fromkeys(str(label) for label in labels))
    return [label for label in LABELS if label in given] + [label for label in given if label not in LABELS]


def choose_baseline(labels: Sequence[str], baseline: str | None = None) -> str:
    """Return the label that the others are compared with: the one asked for, else "none", else the first.

    Raises
    ------
    InputError
        If the label asked for is not among ``labels``.
    """
    if baseline is None:
        return NO_STRATEGY if NO_STRATEGY in labels else labels[0]
    if baseline not in labels:
        raise InputError(f"baseline is {baseline!r}: choose one of the labels compared, {', '.join(labels)}")
    return baseline


def common_tau(arms: Sequence[Arm]) -> float:
    """Longest window (months) for which every arm has data: the horizon, or the last ending if all ended."""
    filled = [arm for arm in arms if len(arm.runs)]
    reach = min(arm.reach for arm in filled)
    return reach if np.isfinite(reach) else max(float(arm.duration.max()) for arm in filled)


def _check_endings(ok: pd.DataFrame) -> None:
    unknown = sorted(set(ok["ending"].astype(str)) - set(ENDINGS))
    if unknown:
        raise InputError(f"ending is {unknown[0]!r}: it must be one of {', '.join(ENDINGS)}")
    odd = (ok["ending"] == "censored") == ok["event_observed"].astype(bool)
    if odd.any():
        raise InputError(
            f"{int(odd.sum())} runs contradict themselves: ending must be 'censored' "
            "exactly where event_observed is false"
        )


def _check_replicates(ok: pd.DataFrame) -> None:
    twice = ok.duplicated(["strategies", "replicate"])
    if twice.any():
        row = ok[twice].iloc[0]
        raise InputError(
            f"replicate {row['replicate']} comes twice under strategies {row['strategies']!r}: "
            "compare one design point and one scenario at a time"
        )
