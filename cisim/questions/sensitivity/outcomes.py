"""Outcomes of runs as numbers, laid out by design point and world; runs that raised are left out."""

import re
from collections.abc import Callable, Collection, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cisim.core.records import CAUSES
from cisim.errors import InputError
from cisim.questions.sensitivity.units_and_worlds import FEWEST_FOR_MEDIAN, Floats, Ints
from cisim.study.table_schemas import FIRST_OUTCOMES

Flags = NDArray[np.bool_]

#: Outcomes that have a name of their own; besides ``survival_MONTH`` and ``failed_CAUSE``.
FREE, FAILED, COMPLETED, MEDIAN = "time_free_of_failure", "share_failed", "share_completed", "median"
#: Stands for ``survival_12``, ``survival_24`` and so on, which are analysed together.
SURVIVAL = "survival"
#: Outcomes of the whole window: of when and how a run ended, and columns of ``runs.parquet`` as they stand.
ANY_TIME = (FREE, MEDIAN, FAILED, COMPLETED, *FIRST_OUTCOMES)
#: Outcomes that ``causes`` stands for.
FAILED_BY_CAUSE = tuple(f"failed_{cause}" for cause in CAUSES)

#: Fewest replicates that give two medians apart, and month of the first share of survival through time.
FEWEST_REPLICATES, FIRST_YEAR = 2 * FEWEST_FOR_MEDIAN, 12

#: How the names of shares that neither failed nor completed by a month begin.
BY_MONTH = "survival_"
_SURVIVAL, _CAUSE = re.compile(r"survival_(\d+)"), re.compile(r"failed_(\w+)")

#: What is read of a run.
NEEDED = ("point", "replicate", "duration", "ending", "cause", "status")

#: Largest part of a design that may be left out because runs raised.
MOST_LOST = 0.1


def outcome_values(runs: pd.DataFrame, name: str, tau: float) -> Floats:
    """Return one outcome of every run, shape (n_points, n_replicates); NaN where a run raised.

    Parameters
    ----------
    runs : DataFrame
        Columns point, replicate, duration (months), ending, cause and status, and those of
        `FIRST_OUTCOMES` that are asked for, as in ``runs.parquet``; the same replicates at every point.
    name : str
        ``time_free_of_failure`` (months of the first tau), ``share_failed`` or ``share_completed`` (by tau),
        ``failed_CAUSE``, ``survival_MONTH`` (neither failed nor completed by then), ``median`` (of a run: its months
        until it failed or completed, at most tau), or a name of `FIRST_OUTCOMES`.
    tau : float
        End of the window (months).

    Raises
    ------
    InputError
        If the outcome is not known, or runs were not followed until it is.
    """
    return _by_point(runs, lambda ordered, ok: _of_runs(ordered, name, tau, ok))


def months_to_end(runs: pd.DataFrame, tau: float) -> Floats:
    """Return months until each run failed or completed, shape (n_points, n_replicates).

    Parameters
    ----------
    runs, tau
        As for `outcome_values`.

    Returns
    -------
    ndarray
        Infinite where a run was still there after tau months, NaN where it raised: one is there after t months if this
        is above t.

    Raises
    ------
    InputError
        If runs were not followed for tau months.
    """
    return _by_point(runs, lambda ordered, ok: _to_end(ordered, tau, ok))


def _by_point(runs: pd.DataFrame, of_runs: Callable[[pd.DataFrame, Flags], Floats]) -> Floats:
    ordered = runs.sort_values(["point", "replicate"], kind="stable")
    ok = (ordered["status"] == "ok").to_numpy()
    values = np.where(ok, of_runs(ordered, ok), np.nan)
    return values.reshape(ordered["point"].nunique(), -1)


def _to_end(runs: pd.DataFrame, until: float, ok: Flags) -> Floats:
    duration, ending = runs["duration"].to_numpy(dtype=np.float64), runs["ending"].to_numpy()
    _check_followed(duration[ok & (ending == "censored")], until)
    return np.where((ending != "censored") & (duration <= until), duration, np.inf)


def _of_runs(runs: pd.DataFrame, name: str, tau: float, ok: Flags) -> Floats:
    if name in FIRST_OUTCOMES:
        return runs[name].to_numpy(dtype=np.float64)
    alive = _SURVIVAL.fullmatch(name)
    until = float(alive[1]) if alive else tau
    months, ending = _to_end(runs, until, ok), runs["ending"].to_numpy()
    ended = np.isfinite(months)
    failed = ended & (ending == "failed")
    if alive:
        return np.asarray(~ended, dtype=np.float64)
    if name == MEDIAN:
        return np.minimum(months, tau)
    if name == FREE:
        return np.where(failed, months, tau)
    cause = _CAUSE.fullmatch(name)
    if cause:
        return np.asarray(failed & (runs["cause"] == cause[1]).to_numpy(), dtype=np.float64)
    if name in (FAILED, COMPLETED):
        return np.asarray(failed if name == FAILED else ended & (ending == "completed"), dtype=np.float64)
    raise InputError(
        f"outcome {name} is not known; use {FREE}, {MEDIAN}, {FAILED}, {COMPLETED}, survival_MONTH, failed_CAUSE, "
        f"{', '.join(FIRST_OUTCOMES)}"
    )


def _check_followed(censored: Floats, until: float) -> None:
    if censored.size and censored.min() < until:
        raise InputError(
            f"some runs were followed for {censored.min():g} months only, and {until:g} are asked for; "
            f"give {censored.min():g} months or less"
        )


def rows_laid_out(values: Floats, place: Ints, shape: tuple[int, int]) -> tuple[Floats, Ints, str]:
    """Return the outcomes of every row of a design, without what runs that raised have spoilt.

    Parameters
    ----------
    values : ndarray, shape (n_points, n_worlds)
        Outcomes; NaN where a run raised.
    place : ndarray of int, shape (n_units * n_rows,)
        Point of each row.
    shape : tuple of int
        n_units, n_rows.

    Returns
    -------
    values : ndarray, shape (n_units_left, n_rows, n_worlds_left)
        Without a gap.
    units : ndarray of int
        Places of the units left.
    statement : str
        What was left out; empty if nothing.

    Raises
    ------
    InputError
        If more than a tenth would be left out either way, by whole units or by whole worlds.
    """
    rows = values[place].reshape(*shape, -1)
    bad = np.isnan(rows)
    units, worlds = bad.any(axis=(1, 2)), bad.any(axis=(0, 1))
    if not bad.any():
        return rows, np.arange(shape[0]), ""
    by_unit = units.mean() <= worlds.mean()
    lost = float(units.mean() if by_unit else worlds.mean())
    n_errors = int(np.isnan(values).sum())
    if lost > MOST_LOST:
        raise InputError(
            f"{n_errors} of {values.size} runs raised an error, in {units.mean():.0%} of the units of the design and "
            f"{worlds.mean():.0%} of the worlds: too many to leave out; run again with retry=errors"
        )
    if by_unit:
        left_out = f"{int(units.sum())} of {shape[0]} units of the design are left out"
        return rows[~units], np.flatnonzero(~units), _statement(n_errors, left_out)
    left_out = f"{int(worlds.sum())} of {values.shape[1]} worlds are left out at every point"
    return rows[..., ~worlds], np.arange(shape[0]), _statement(n_errors, left_out)


def _statement(n_errors: int, left_out: str) -> str:
    return f"{n_errors} runs raised an error; {left_out}, so that the design stays whole"


def columns_of_runs(names: Sequence[str]) -> list[str]:
    """Return the columns of ``runs.parquet`` that outcomes need."""
    return [*NEEDED, *(name for name in FIRST_OUTCOMES if name in names)]


def check_outcomes(wanted: Sequence[str], horizon: int) -> tuple[str, ...]:
    """Return the names of outcomes, each once; ``causes`` stands for the probability of each cause of failure.

    Raises
    ------
    InputError
        For a name that there is not, a month after the end of the window, or ``survival`` in less than a year.
    """
    named = [name for text in wanted for name in (FAILED_BY_CAUSE if text == "causes" else (text,))]
    if not named:
        raise InputError("outcomes=[] names none; give for instance outcomes=[time_free_of_failure,share_failed]")
    for name in named:
        month = name.removeprefix(BY_MONTH)
        if name.startswith(BY_MONTH) and month.isdecimal():
            if not 1 <= int(month) <= horizon:
                raise InputError(f"outcome {name} is not followed; give a month from 1 to {horizon}")
        elif name == SURVIVAL:
            if horizon < FIRST_YEAR:
                raise InputError(f"outcome {name} is taken year by year; give tau={FIRST_YEAR} or more")
        elif name not in (*ANY_TIME, *FAILED_BY_CAUSE):
            raise InputError(
                f"outcome {name} is not known; choose among {', '.join(ANY_TIME)}, survival, survival_MONTH, causes, "
                f"{', '.join(FAILED_BY_CAUSE)}"
            )
    return tuple(dict.fromkeys(named))


def check_worlds(wanted: Collection[str], replicates: int) -> None:
    """Raise InputError if a median is asked for and there are too few worlds to separate it from chance."""
    if MEDIAN in wanted and replicates < FEWEST_REPLICATES:
        raise InputError(
            f"outcome {MEDIAN} is compared between groups of worlds, and replicates={replicates} are too few; give "
            f"replicates={FEWEST_REPLICATES} or more"
        )
