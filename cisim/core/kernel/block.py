"""Many replicates of one design point in one compiled call that holds no lock: arrays in, arrays out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cisim.core.jit import rule
from cisim.core.kernel.endings import ENDINGS, FAILED
from cisim.core.kernel.engine import months_needed
from cisim.core.kernel.run import run
from cisim.core.kernel.sim import Sim, make_sim
from cisim.core.kinds import KINDS
from cisim.core.layout import encode
from cisim.core.records import CAUSES, CENSORED
from cisim.core.series import SERIES
from cisim.core.spell import OUTCOMES, fill_outcomes
from cisim.parameters.checks import counts
from cisim.parameters.registry import Parameters

_CENSORED = ENDINGS.index(CENSORED)
_ENDING_NAMES = np.array(ENDINGS, dtype=object)
_CAUSE_NAMES = np.array(CAUSES, dtype=object)
_KIND_NAMES = np.array(KINDS, dtype=object)

#: Columns of a membership spell as whole numbers.
MEMBERSHIP = ("replicate", "organisation", "kind", "founder", "entry", "duration", "event_observed", "cause")

Columns = dict[str, NDArray[Any]]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Block:
    """What came out of a block of runs, as columns of the tables.

    Attributes
    ----------
    runs : dict of ndarray, each of shape (n,)
        ``replicate`` and the columns of ``runs.parquet`` that the model knows.
    members : dict of ndarray
        Columns of ``members.parquet`` with ``replicate``.
    trajectories : dict of ndarray or None
        Columns of ``trajectories.parquet`` with ``replicate``, if asked for.
    """

    runs: Columns
    members: Columns
    trajectories: Columns | None


@rule
def _run_block(
    sim: Sim,
    composition: Ints,
    seed: int,
    replicates: Ints,
    ends: Ints,
    outcomes: Floats,
    memberships: Ints,
    series: Floats,
) -> int:
    """Run `replicates` one after another; return the number of membership rows written."""
    n_rows = 0
    for i in range(replicates.size):
        run(sim, composition, seed, replicates[i], 0, series.shape[0] > 0)
        s = sim.s
        ends[i, 0], ends[i, 1], ends[i, 2] = s.end, s.ending, s.end_cause
        fill_outcomes(sim.series, s.end, sim.p.observation_milestone, outcomes[i])
        n_rows = _add_members(sim, memberships, n_rows)
        if series.shape[0] > 0:
            for t in range(s.end):
                for j in range(series.shape[2]):
                    series[i, t, j] = sim.series[t, j]
    return n_rows


@rule
def _add_members(sim: Sim, memberships: Ints, n_rows: int) -> int:
    """Write the membership spells of a run, cut at its end."""
    s = sim.s
    for slot in range(s.n_slots):
        m = sim.members[slot]
        if m.entry < s.end:
            has_left = 0 < m.left <= s.end
            row = memberships[n_rows]
            row[0], row[1], row[2], row[3] = s.replicate, m.entity, m.kind, m.entry == 0
            row[4], row[5] = m.entry, (m.left if has_left else s.end) - m.entry
            row[6], row[7] = has_left, m.cause
            n_rows += 1
    return n_rows


def simulate_block(params: Parameters, *, seed: int, replicates: Sequence[int], trajectories: bool = False) -> Block:
    """Run several replicates of one design point.

    Parameters
    ----------
    params : Parameters
        Validated parameters.
    seed : int
        Seed of the study.
    replicates : sequence of int
        Which replicates.
    trajectories : bool
        Whether to keep the monthly series.

    Returns
    -------
    Block
        In the order of `replicates`; the same numbers as `engine.simulate` gives one by one.
    """
    composition, numbers = np.array(counts(params)), np.array(replicates, dtype=np.int64)
    months, n = months_needed(params), len(numbers)
    sim = make_sim(encode(params), int(composition.sum()), months, 0)
    ends, outcomes = np.zeros((n, 3), dtype=np.int64), np.zeros((n, len(OUTCOMES)))
    memberships = np.zeros((n * sim.members.size, len(MEMBERSHIP)), dtype=np.int64)
    series = np.zeros((n if trajectories else 0, params.observation.horizon, len(SERIES)))
    n_rows = _run_block(sim, composition, seed, numbers, ends, outcomes, memberships, series)
    return Block(
        runs=_run_columns(numbers, ends, outcomes),
        members=_member_columns(memberships[:n_rows]),
        trajectories=_series_columns(numbers, ends[:, 0], series) if trajectories else None,
    )


def _run_columns(replicates: Ints, ends: Ints, outcomes: Floats) -> Columns:
    causes = np.where(ends[:, 1] == FAILED, _CAUSE_NAMES[ends[:, 2]], "")
    return {
        "replicate": replicates,
        "duration": ends[:, 0].copy(),
        "event_observed": ends[:, 1] != _CENSORED,
        "ending": _ENDING_NAMES[ends[:, 1]],
        "cause": causes,
        **{name: outcomes[:, i].copy() for i, name in enumerate(OUTCOMES)},
    }


def _member_columns(rows: Ints) -> Columns:
    columns: Columns = {name: rows[:, i].copy() for i, name in enumerate(MEMBERSHIP)}
    columns["founder"] = columns["founder"].astype(bool)
    columns["event_observed"] = columns["event_observed"].astype(bool)
    columns["kind"] = _KIND_NAMES[columns["kind"]]
    columns["cause"] = np.where(columns["event_observed"], _CAUSE_NAMES[columns["cause"]], "")
    return columns


def _series_columns(replicates: Ints, durations: Ints, series: Floats) -> Columns:
    lived = np.arange(series.shape[1]) < durations[:, None]
    return {
        "replicate": np.repeat(replicates, durations),
        "month": np.nonzero(lived)[1] + 1,
        **{name: series[:, :, j][lived] for j, name in enumerate(SERIES)},
    }
