"""Simulated and observed persistence side by side: one set of spells, one set of tables."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cisim.errors import InputError
from cisim.questions.fit.compute import (
    causes_table,
    common_window,
    curves_table,
    difference_table,
    family_tables,
    periods_table,
    summary_table,
)
from cisim.survival.arms import arms_with_runs
from cisim.survival.spells import EVERYONE, Spells
from cisim.survival.variation import read_variation

#: What the group of all observed spells is called beside simulated ones.
OBSERVED, SIMULATED = "observed", "simulated"


def read_simulated(runs: pd.DataFrame) -> Spells:
    """Spells of a result, one group per strategies label, named ``simulated`` or ``simulated, LABEL``.

    Parameters
    ----------
    runs : DataFrame or sequence of Arm
        As :func:`cisim.survival.arms.as_arms` takes it: of ``cisim run`` or ``cisim compare``.

    Raises
    ------
    InputError
        If the table cannot be used, or holds more than one design point.
    """
    varied = read_variation(runs).varied if "strategies" in runs else ()
    if varied:
        raise InputError(f"the result varies {', '.join(varied)}: compare with one of cisim run or cisim compare")
    arms = arms_with_runs(runs)
    names = [SIMULATED if len(arms) == 1 else f"{SIMULATED}, {arm.label}" for arm in arms]
    return Spells(
        np.concatenate([arm.duration for arm in arms]),
        np.concatenate([arm.event_observed for arm in arms]),
        None,
        np.concatenate([arm.runs["cause"].fillna("").to_numpy(dtype=np.str_) for arm in arms]),
        np.repeat(names, [len(arm.runs) for arm in arms]),
    )


def put_together(observed: Spells, simulated: Spells) -> tuple[Spells, list[str]]:
    """Observed and simulated spells in one, each group by its name.

    Where no observed spell was followed from its start, simulated ones count from the same age: those that ended by
    then are left out, with a sentence on it.
    """
    start = 0.0 if observed.entry is None else float(observed.entry.min())
    kept = simulated.where(simulated.duration > start) if start > 0 else simulated
    named = np.where(observed.group == EVERYONE, OBSERVED, observed.group)
    entry = None
    if observed.entry is not None:
        entry = np.concatenate([observed.entry, np.full(kept.duration.size, start)])
    both = Spells(
        np.concatenate([observed.duration, kept.duration]),
        np.concatenate([observed.event_observed, kept.event_observed]),
        entry,
        np.concatenate([observed.cause, kept.cause]),
        np.concatenate([named, kept.group]),
    )
    left = simulated.duration.size - kept.duration.size
    sentence = (
        f"{left} simulated coalitions that ended by month {start:g} are left out: no observed one was followed so early"
    )
    return both, [sentence] if left else []


def observed_groups(observed: Spells, simulated: Spells | None = None) -> list[str]:
    """Labels of the observed groups in the tables: all spells are ``observed`` where simulated ones stand beside."""
    return [OBSERVED if simulated is not None and label == EVERYONE else label for label in observed.groups]


def persistence_tables(
    observed: Spells,
    simulated: Spells | None = None,
    *,
    breaks: Sequence[float] = (),
    tau: float | None = None,
    confidence: float = 0.95,
) -> tuple[dict[str, pd.DataFrame], list[str]]:
    """Every table on observed durations, and beside simulated ones where these are given.

    Parameters
    ----------
    observed : Spells
        From :func:`cisim.survival.spells.read_spells`.
    simulated : Spells, optional
        From :func:`read_simulated`.
    breaks : sequence of float
        As for :func:`cisim.survival.families.fit_families`; the periods of the rates end there too.
    tau : float, optional
        End of the window of the restricted means (months); by default the longest that every group speaks of.
    confidence : float
        Coverage of every interval, in (0, 1).

    Returns
    -------
    dict of str to DataFrame, list of str
        summary, survival, rates, families, parameters, family_curves; incidence where causes are known; differences
        where there are two groups or more. Then the limits of the data and what was left out, one sentence each.

    Raises
    ------
    InputError
        If tau or the breaks cannot be used.
    """
    spells, left_out = (observed, []) if simulated is None else put_together(observed, simulated)
    window = common_window(spells, tau)
    seen = spells.where(np.isin(spells.group, spells.groups[: len(observed.groups)]))
    fitted, doubts = family_tables(seen, breaks, window, float(spells.duration.max()), confidence=confidence)
    tables = {
        "summary": summary_table(spells, window, confidence=confidence),
        "survival": curves_table(spells, confidence=confidence),
        "rates": periods_table(spells, breaks, confidence=confidence),
    }
    if observed.causes:
        tables["incidence"] = causes_table(observed, confidence=confidence)
    pairs = _pairs(spells.groups, len(observed.groups))
    if pairs:
        tables["differences"] = difference_table(spells, pairs, window, confidence=confidence)
    tables |= fitted
    return tables, [*observed.statements, *left_out, *doubts]


def _pairs(groups: Sequence[str], n_observed: int) -> list[tuple[str, str]]:
    """Observed groups with the first of them, then simulated groups with every observed one."""
    seen, made = groups[:n_observed], groups[n_observed:]
    return [(label, seen[0]) for label in seen[1:]] + [(label, base) for label in made for base in seen]
