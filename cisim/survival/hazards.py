"""Hazards of every arm in long tables: smoothed month by month, and period by period."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cisim.errors import InputError
from cisim.survival.arms import Arm, read_arms
from cisim.survival.hazard import BANDWIDTH, Hazard, hazard_rates, smoothed_hazard

#: Months of a period unless others are asked for.
YEAR = 12.0


def hazard_table(
    runs: pd.DataFrame,
    *,
    ending: str = "any",
    bandwidth: float = BANDWIDTH,
    contract: float | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Smoothed hazard of every arm by age.

    Parameters
    ----------
    runs : DataFrame
        As :func:`cisim.survival.arms.read_arms` takes it.
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
    for arm in _filled(runs):
        found = smoothed_hazard(arm.duration, _events(arm, ending), bandwidth=bandwidth, confidence=confidence)
        part = _rows(arm, found, "hazard").drop(columns="start").rename(columns={"end": "month"})
        part["contract_end"] = False if contract is None else part["month"] % contract == 0
        parts.append(part.astype({"month": np.int64}))
    return pd.concat(parts, ignore_index=True)


def rate_table(
    runs: pd.DataFrame,
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
    arms = _filled(runs)
    longest = max(arm.duration.max() for arm in arms)
    edges = np.arange(0.0, longest + YEAR, YEAR) if breaks is None else breaks
    return pd.concat(
        [
            _rows(arm, hazard_rates(arm.duration, _events(arm, ending), edges, confidence=confidence), "rate")
            for arm in arms
        ],
        ignore_index=True,
    )


def _filled(runs: pd.DataFrame) -> list[Arm]:
    return [arm for arm in read_arms(runs) if len(arm.runs)]


def _events(arm: Arm, ending: str) -> NDArray[np.int64]:
    if ending not in ("any", "failed", "completed"):
        raise InputError(f"ending is {ending!r}: it must be one of any, failed, completed")
    return arm.event_observed.astype(np.int64) if ending == "any" else arm.ending(ending)


def _rows(arm: Arm, found: Hazard, name: str) -> pd.DataFrame:
    columns = {"strategies": arm.label, "start": found.start, "end": found.end}
    counts = {"at_risk": found.at_risk.astype(np.int64), "events": found.events.astype(np.int64)}
    return pd.DataFrame(columns | counts | {name: found.rate, "lower": found.lower, "upper": found.upper})
