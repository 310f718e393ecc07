"""The row of outcomes of one coalition spell, from its monthly series."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from cisim.core.aggregate import mean
from cisim.core.records import CENSORED, FAILED
from cisim.core.series import AT_MILESTONE, COHORT, LAST, MEANS

Value = int | float | bool | str


def spell_row(
    month: int, ending: str, cause: str, series: Mapping[str, NDArray[np.float64]], milestone: int
) -> dict[str, Value]:
    """Row of ``runs.parquet`` as far as the model knows it.

    Parameters
    ----------
    month : int
        Duration of the spell.
    ending, cause : str
        How it ended.
    series : mapping of str to ndarray of float64, shape (at least month,)
        Monthly series by name (`cisim.core.series.SERIES`).
    milestone : int
        Month at which the ``*_milestone`` outcomes are read; NaN if the spell ended before.
    """
    reached = month >= milestone
    return {
        "duration": month,
        "event_observed": ending != CENSORED,
        "ending": ending,
        "cause": cause if ending == FAILED else "",
        **{name: float(series[name][month - 1]) for name in LAST},
        **{outcome: mean(series[name][:month]) for outcome, name in MEANS.items()},
        **{name: float(series[name][month - 1]) for name in COHORT},
        **{f"{name}_milestone": float(series[name][milestone - 1]) if reached else np.nan for name in AT_MILESTONE},
    }
