"""Time to recover: months until a state is back near that of the coalition's twin in the same world."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from cisim.questions.robustness.compute import Floats
from cisim.questions.robustness.exposures import ONCE, Stress
from cisim.reading.table_files import read_where

#: Months in a row that a state has to be back for, so that one good month is no recovery.
HOLD = 3


def months_to_recover(state: Floats, twin: Floats, completed: NDArray[np.bool_], band: float) -> tuple[Floats, Floats]:
    """Months from a shock until a state is back within a band of its twin's.

    Parameters
    ----------
    state, twin : ndarray, shape (n, n_months)
        With and without the shock, from its month on; NaN once the coalition has ended.
    completed : ndarray of bool, shape (n,)
        Whether the coalition with the shock ended because its job was done.
    band : float
        Share of the twin's level by which the state may lie below it.

    Returns
    -------
    struck : ndarray, shape (n,)
        1 where the state fell below the band in any month, else 0.
    months : ndarray, shape (n,)
        Months from the shock to the first of `HOLD` months in a row back inside; 0 where it was never below, n_months
        where it did not come back: it stayed below, or the coalition failed first.

    Notes
    -----
    Where the twin has ended there is nothing left to fall behind, so the state counts as back; a completed coalition
    too. Recovery as return to the undisturbed course, not to the level before, since states have trends of their own
    (Hosseini, Barker & Ramirez-Marquez 2016, Reliab. Eng. Syst. Saf. 145:47).
    """
    ended = np.isnan(state)
    with np.errstate(invalid="ignore"):
        inside = np.where(ended, completed[:, None], state >= twin - band * np.abs(twin)) | np.isnan(twin)
    n, length = inside.shape
    struck = (~inside).any(axis=1)
    first = np.argmin(inside, axis=1)
    padded = np.concatenate([inside, np.broadcast_to(inside[:, -1:], (n, HOLD - 1))], axis=1)
    held = np.lib.stride_tricks.sliding_window_view(padded, HOLD, axis=1).all(axis=2)
    back = held & (np.arange(length) > first[:, None])
    months = np.where(back.any(axis=1), np.argmax(back, axis=1), length) * struck
    return np.asarray(struck, dtype=np.float64), np.asarray(months, dtype=np.float64)


def read_recoveries(
    file: Path, stress: Stress, completed: NDArray[np.bool_]
) -> dict[tuple[int, int, str], tuple[Floats, Floats]]:
    """Recovery of every state from every shock that comes once, read two design points at a time.

    Parameters
    ----------
    file : Path
        ``trajectories.parquet``: point, replicate, month and the states, sorted by point.
    stress : Stress
        Plan, without an ensemble.
    completed : ndarray of bool, shape (n_settings, n_worlds)
        Whether each run completed.

    Returns
    -------
    dict
        By arm, exposure and state, struck and months, each of shape (n_worlds,).
    """
    n_worlds = completed.shape[1]
    once = [(place, exposure) for place, exposure in enumerate(stress.exposures) if exposure.kind == ONCE]
    found = {}
    for arm in range(len(stress.labels)):
        twins: dict[int, Floats] = {}
        for place, exposure in once:
            setting, twin = stress.setting(arm, place), stress.setting(arm, exposure.twin)
            if twin not in twins:
                twins = {twin: _read(file, twin, stress.states, n_worlds, stress.tau)}
            months = slice(exposure.month - 1, exposure.month - 1 + stress.within)
            shocked = _read(file, setting, stress.states, n_worlds, stress.tau)[:, :, months]
            for i, name in enumerate(stress.states):
                pair = shocked[i], twins[twin][i, :, months]
                found[arm, place, name] = months_to_recover(*pair, completed[setting], stress.band)
    return found


def _read(file: Path, point: int, states: Sequence[str], n_worlds: int, n_months: int) -> Floats:
    """Read the states of a design point, shape (n_states, n_worlds, n_months); NaN where there is no row."""
    columns = ["replicate", "month", *states]
    table = read_where(file, pc.field("point") == point, columns)
    at = table["replicate"].to_numpy(), table["month"].to_numpy() - 1
    found = np.full((len(states), n_worlds, n_months), np.nan)
    for i, name in enumerate(states):
        found[i][at] = table[name].to_numpy()
    return found
