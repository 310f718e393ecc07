"""Tables of every arm over time: survival and incidence month by month, hazards by month and by period."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from cisim.errors import InputError
from cisim.survival.arms import Arm, Runs, arms_with_runs, as_arms
from cisim.survival.curves import Curve, cumulative_incidence, survival_curve
from cisim.survival.hazard import BANDWIDTH, Hazard, hazard_rates, smoothed_hazard

#: Stands for failures of every cause together, and for completions.
ANY_CAUSE = "any"
#: Months of a period unless others are asked for.
YEAR = 12.0


def survival_table(runs: Runs, *, confidence: float = 0.95) -> pd.DataFrame:
    """Any-cause survival of every arm, month by month.

    Parameters
    ----------
    runs : DataFrame or sequence of Arm
        As :func:`cisim.survival.arms.as_arms` takes it.
    confidence : float
        Coverage of each pointwise interval, in (0, 1).

    Returns
    -------
    DataFrame
        Columns strategies, month (0 to the arm's last observed month), at_risk (runs still followed at that
        month), survival, lower, upper.
    """
    return pd.concat(
        [
            _curve_rows(
                arm,
                "survival",
                survival_curve(arm.duration, arm.event_observed, grid=months, confidence=confidence),
            )
            for arm, months in _with_months(as_arms(runs))
        ],
        ignore_index=True,
    )


def incidence_table(runs: Runs, *, confidence: float = 0.95) -> pd.DataFrame:
    """Cumulative incidence of failure, of failure by cause and of completion in every arm, month by month.

    Parameters
    ----------
    runs : DataFrame or sequence of Arm
        As :func:`cisim.survival.arms.as_arms` takes it.
    confidence : float
        Coverage of each pointwise interval, in (0, 1).

    Returns
    -------
    DataFrame
        Columns strategies, ending (failed or completed), cause ("any" or one cause of failure that occurs in
        the table), month, at_risk, incidence, lower, upper. The causes add up to failure of any cause.
    """
    arms = as_arms(runs)
    causes = sorted({cause for arm in arms for cause in arm.runs.loc[arm.runs["ending"] == "failed", "cause"]})
    kinds: Sequence[tuple[str, str | None]] = [
        ("failed", None),
        *(("failed", cause) for cause in causes),
        ("completed", None),
    ]
    parts = []
    for arm, months in _with_months(arms):
        for kind, cause in kinds:
            curve = cumulative_incidence(arm.duration, arm.ending(kind, cause), grid=months, confidence=confidence)
            part = _curve_rows(arm, "incidence", curve)
            part.insert(1, "ending", kind)
            part.insert(2, "cause", cause or ANY_CAUSE)
            parts.append(part)
    return pd.concat(parts, ignore_index=True)


def _with_months(arms: Sequence[Arm]) -> Iterator[tuple[Arm, NDArray[np.float64]]]:
    """Arms that have runs, each with its months from 0 to the last one observed in any arm."""
    horizon = max(arm.duration.max() for arm in arms if len(arm.runs))
    months = np.arange(0.0, horizon + 1.0)
    for arm in arms:
        if len(arm.runs):
            yield arm, months[months <= arm.reach]


def _curve_rows(arm: Arm, name: str, curve: Curve) -> pd.DataFrame:
    """Rows at whole months; a step in between shows from the next month on."""
    whole = curve.time == np.floor(curve.time)
    values = {"at_risk": curve.at_risk.astype(np.int64), name: curve.probability}
    columns = {"month": curve.time.astype(np.int64), **values, "lower": curve.lower, "upper": curve.upper}
    return pd.DataFrame({"strategies": arm.label, **{key: value[whole] for key, value in columns.items()}})


def hazard_table(
    runs: Runs,
    *,
    ending: str = "any",
    bandwidth: float = BANDWIDTH,
    contract: float | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Smoothed hazard of every arm by age.

    Parameters
    ----------
    runs : DataFrame or sequence of Arm
        As :func:`cisim.survival.arms.as_arms` takes it.
    ending : {"any", "failed", "completed"}
        What counts as the event; what else ends a coalition takes it out of risk.
    bandwidth, confidence : float
        As for :func:`cisim.survival.hazard.smoothed_hazard`.
    contract : float, optional
        Term of the contracts (months); the months in which contracts end are marked.

    Returns
    -------
    DataFrame
        Columns strategies, month, at_risk, events (within the bandwidth), hazard (share of those at risk that
        ends in a month), lower, upper, contract_end.

    Raises
    ------
    InputError
        If the table, the ending, the bandwidth or the contract cannot be used.
    """
    if contract is not None and not contract > 0:
        raise InputError(f"contract is {contract} months: it must be above 0")
    parts = []
    for arm in arms_with_runs(runs):
        found = smoothed_hazard(arm.duration, _events(arm, ending), bandwidth=bandwidth, confidence=confidence)
        part = _rows(arm, found, "hazard").drop(columns="start").rename(columns={"end": "month"})
        part["contract_end"] = False if contract is None else part["month"] % contract == 0
        parts.append(part.astype({"month": np.int64}))
    return pd.concat(parts, ignore_index=True)


def rate_table(
    runs: Runs,
    *,
    ending: str = "any",
    breaks: Sequence[float] | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Events over months lived through, of every arm and period.

    Parameters
    ----------
    runs, ending, confidence
        As for :func:`hazard_table`.
    breaks : sequence of float, optional
        Ages (months) that part the periods; by default every year up to the last month observed in any arm.

    Returns
    -------
    DataFrame
        Columns strategies, start, end, at_risk, events, rate (per month), lower, upper.

    Raises
    ------
    InputError
        If the table, the ending or the breaks cannot be used.
    """
    arms = arms_with_runs(runs)
    longest = max(arm.duration.max() for arm in arms)
    edges = np.arange(0.0, longest + YEAR, YEAR) if breaks is None else breaks
    return pd.concat(
        [
            _rows(arm, hazard_rates(arm.duration, _events(arm, ending), edges, confidence=confidence), "rate")
            for arm in arms
        ],
        ignore_index=True,
    )


def _events(arm: Arm, ending: str) -> NDArray[np.int64]:
    if ending not in ("any", "failed", "completed"):
        raise InputError(f"ending is {ending!r}: it must be one of any, failed, completed")
    return arm.event_observed.astype(np.int64) if ending == "any" else arm.ending(ending)


def _rows(arm: Arm, found: Hazard, name: str) -> pd.DataFrame:
    columns = {"strategies": arm.label, "start": found.start, "end": found.end}
    counts = {"at_risk": found.at_risk.astype(np.int64), "events": found.events.astype(np.int64)}
    return pd.DataFrame(columns | counts | {name: found.rate, "lower": found.lower, "upper": found.upper})


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
