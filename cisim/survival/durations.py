"""How spells are spread over the years: the share of coalitions that end in each, and how."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from cisim.errors import InputError
from cisim.survival.arms import Arm, Runs, arms_with_runs

#: Months that a class of the histogram may span; the narrowest that gives few enough classes is taken.
SPANS = (1, 2, 3, 6, 12, 24, 60, 120, 600)
MOST_CLASSES = 24


def durations_table(runs: Runs, *, confidence: float = 0.95) -> pd.DataFrame:
    """Share of the runs of every arm that ended in each class of months, by ending.

    Parameters
    ----------
    runs : DataFrame or sequence of Arm
        As :func:`cisim.survival.arms.as_arms` takes it.
    confidence : float
        Coverage of each interval, in (0, 1).

    Returns
    -------
    DataFrame
        Columns strategies, ending (failed, completed, ended = either, censored), start and end (months: after
        start, up to and with end; for censored the whole range), n, share (of all runs of the arm), lower, upper
        (Clopper & Pearson 1934, Biometrika 26:404).

    Raises
    ------
    InputError
        If the table cannot be used.
    """
    arms = arms_with_runs(runs)
    edges = class_edges(max(float(arm.duration.max()) for arm in arms))
    return pd.concat([_arm_rows(arm, edges, confidence) for arm in arms], ignore_index=True)


def class_edges(longest: float) -> NDArray[np.float64]:
    """Return the ends of the classes in months: 0 and multiples of one span, past the longest spell."""
    span = next((span for span in SPANS if longest <= span * MOST_CLASSES), None)
    if span is None:
        raise InputError(f"the longest duration is {longest:g}: a histogram in months goes up to {SPANS[-1] * 24}")
    return span * np.arange(np.ceil(max(longest, 1.0) / span) + 1.0)


def _arm_rows(arm: Arm, edges: NDArray[np.float64], confidence: float) -> pd.DataFrame:
    """Rows of one arm: every class of each way to end, then what had not ended."""
    endings = arm.runs["ending"].to_numpy()
    place = np.maximum(np.searchsorted(edges, arm.duration, side="left") - 1, 0)
    chosen = {kind: endings == kind for kind in ("failed", "completed")} | {"ended": arm.event_observed}
    counts = {kind: np.bincount(place[mask], minlength=len(edges) - 1) for kind, mask in chosen.items()}
    parts = [_shares(kind, edges[:-1], edges[1:], n, len(endings), confidence) for kind, n in counts.items()]
    running = np.array([np.count_nonzero(~arm.event_observed)])
    parts.append(_shares("censored", edges[:1], edges[-1:], running, len(endings), confidence))
    return pd.concat(parts, ignore_index=True).assign(strategies=arm.label)[["strategies", *parts[0].columns]]


def _shares(
    ending: str,
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    counts: NDArray[np.int64],
    n: int,
    confidence: float,
) -> pd.DataFrame:
    """Rows of counts with their shares of `n` and exact binomial limits."""
    limits = [stats.binomtest(int(k), n).proportion_ci(confidence, method="exact") for k in counts]
    lower, upper = np.array([(low, high) for low, high in limits]).T
    table = {"ending": ending, "start": start, "end": end, "n": counts, "share": counts / n}
    return pd.DataFrame(table | {"lower": lower, "upper": upper})
