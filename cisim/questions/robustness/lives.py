"""Durations of all runs as arrays: setting, parameter set, world."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cisim.errors import InputError
from cisim.questions.robustness.layout import Floats


@dataclass(frozen=True)
class Lives:
    """How long every coalition lasted.

    Attributes
    ----------
    duration : ndarray, shape (n_settings, n_members, n_worlds)
        Months; NaN where the run met an error.
    free : ndarray, of the same shape
        Months of the first `tau` free of failure.
    failed : ndarray, of the same shape
        1 where it failed by `tau`, else 0.
    """

    duration: Floats
    free: Floats
    failed: Floats


def read_lives(runs: pd.DataFrame, n_settings: int, n_members: int, tau: float) -> Lives:
    """Lay out runs.

    Parameters
    ----------
    runs : DataFrame
        Columns point, replicate, duration, ending and status; points are all members at the first setting, all at the
        second, and so on.
    n_settings, n_members : int
        How many.
    tau : float
        End of the window (months), to which every run was followed.

    Raises
    ------
    InputError
        If no run is free of error, or a point has no place.
    """
    ok = runs[runs["status"] == "ok"]
    if ok.empty:
        raise InputError("no run ended without error: run the study again with retry=errors")
    if int(runs["point"].max()) >= n_settings * n_members:
        raise InputError(f"the runs have {int(runs['point'].max()) + 1} points, not {n_settings * n_members}")
    shape = (n_settings, n_members, int(runs["replicate"].max()) + 1)
    months = ok["duration"].to_numpy(dtype=np.float64)
    failed = (ok["ending"] == "failed").to_numpy() & (months <= tau)
    columns = (months, np.where(failed, months, float(tau)), failed.astype(np.float64))
    at = (*np.divmod(ok["point"].to_numpy(), n_members), ok["replicate"].to_numpy())
    found = []
    for values in columns:
        array = np.full(shape, np.nan)
        array[at] = values
        found.append(array)
    return Lives(*found)
