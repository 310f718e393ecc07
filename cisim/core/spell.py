"""The outcomes of one coalition spell, from its monthly series; the same for every engine."""

import math

import numpy as np
from numpy.typing import NDArray

from cisim.core.jit import rule
from cisim.core.records import CENSORED, FAILED
from cisim.core.series import AT_MILESTONE, COHORT, FORMATION, LAST, MEANS, SERIES

#: Names of the outcomes, in the order in which `fill_outcomes` gives them.
OUTCOMES = (*LAST, *MEANS, *COHORT, *(f"{name}_milestone" for name in AT_MILESTONE), *FORMATION)

_LAST = np.array([SERIES.index(name) for name in LAST])
_MEANS = np.array([SERIES.index(name) for name in MEANS.values()])
_COHORT = np.array([SERIES.index(name) for name in COHORT])
_MILESTONE = np.array([SERIES.index(name) for name in AT_MILESTONE])

Value = int | float | bool | str
Floats = NDArray[np.float64]
#: Values of `cisim.core.series.FORMATION`.
Formation = tuple[float, float, float, float]


@rule
def fill_outcomes(series: Floats, month: int, milestone: int, formation: Formation, row: Floats) -> None:
    """Write the outcomes of a spell of `month` months into `row`.

    Parameters
    ----------
    series : ndarray of float64, shape (at least month, len(SERIES))
        Monthly series.
    month : int
        Duration of the spell; 0 if the coalition never began: it has achieved nothing, and its means are 0.
    milestone : int
        Month at which the ``*_milestone`` outcomes are read; NaN if the spell ended before.
    formation : tuple of float
        Outcomes of the formation.
    row : ndarray of float64, shape (len(OUTCOMES),)
        Written.
    """
    achieved, read = row.size - len(formation) - _MILESTONE.size, row.size - len(formation)
    for i in range(len(formation)):
        row[read + i] = formation[i]
    if month == 0:
        row[:achieved] = 0.0
        row[achieved:read] = math.nan
        return
    at = 0
    for i in _LAST:
        row[at] = series[month - 1, i]
        at += 1
    for i in _MEANS:
        total = 0.0
        for t in range(month):
            total += series[t, i]
        row[at] = total / month
        at += 1
    for i in _COHORT:
        row[at] = series[month - 1, i]
        at += 1
    for i in _MILESTONE:
        row[at] = series[milestone - 1, i] if month >= milestone else math.nan
        at += 1


def spell_row(
    month: int, ending: str, cause: str, series: Floats, milestone: int, formation: Formation
) -> dict[str, Value]:
    """Row of ``runs.parquet`` as far as the model knows it; arguments as for `fill_outcomes`."""
    row = np.empty(len(OUTCOMES))
    fill_outcomes(series, month, milestone, formation, row)
    return {
        "duration": month,
        "event_observed": ending != CENSORED,
        "ending": ending,
        "cause": cause if ending == FAILED else "",
        **dict(zip(OUTCOMES, row.tolist(), strict=True)),
    }
