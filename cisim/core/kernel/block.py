"""Many runs of one or several design points in compiled calls that hold no lock: arrays in, arrays out."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cisim.core.jit import rule
from cisim.core.kernel.endings import ENDINGS, FAILED
from cisim.core.kernel.engine import composition_of, months_needed
from cisim.core.kernel.field import run_communities
from cisim.core.kernel.negotiation import formation_outcome
from cisim.core.kernel.state import Sim, Space, make_space, view
from cisim.core.kinds import KINDS
from cisim.core.layout import Record, encode
from cisim.core.records import CAUSES, CENSORED
from cisim.core.series import SERIES
from cisim.core.spell import OUTCOMES, fill_outcomes
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
    """What came out of a block of runs, as columns of the tables: a row for each spell of a coalition.

    Attributes
    ----------
    points : ndarray of int64, shape (n,)
        Place of the design point of each spell.
    communities : ndarray of int64, shape (n,)
        Place of its community in the field.
    runs : dict of ndarray, each of shape (n,)
        ``replicate`` and the columns of ``runs.parquet`` that the model knows.
    member_runs : ndarray of int64
        Place in the block of the spell that each membership belongs to.
    members : dict of ndarray
        Columns of ``members.parquet`` with ``replicate``.
    trajectories : dict of ndarray or None
        Columns of ``trajectories.parquet`` with ``replicate``, if asked for.
    """

    points: Ints
    communities: Ints
    runs: Columns
    member_runs: Ints
    members: Columns
    trajectories: Columns | None


@rule
def _run_block(
    space: Space,
    composition: Ints,
    seed: int,
    replicates: Ints,
    ends: Ints,
    outcomes: Floats,
    memberships: Ints,
    counted: Ints,
    series: Floats,
) -> None:
    """Run `replicates` one after another; write their memberships, if there is room, and how many each spell has."""
    n_rows, row = 0, 0
    for replicate in replicates:
        run_communities(space, composition, seed, replicate, 0, series.shape[0] > 0)
        for community in range(space.sims.p.communities_number):
            sim = view(space, community)
            s = sim.s
            ends[row, 0], ends[row, 1], ends[row, 2] = s.end, s.ending, s.end_cause
            formation = formation_outcome(s)
            fill_outcomes(sim.series, s.end, sim.p.observation_milestone, formation, outcomes[row])
            if memberships.shape[0] > 0:
                counted[row] = _add_members(sim, memberships, n_rows) - n_rows
                n_rows += counted[row]
            if series.shape[0] > 0:
                for t in range(s.end):
                    for j in range(series.shape[2]):
                        series[row, t, j] = sim.series[t, j]
            row += 1


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
        In the order of `replicates`; the same numbers as `simulate_compiled` gives one by one.
    """
    numbers = np.array(replicates, dtype=np.int64)
    return simulate_points([encode(params)], np.zeros_like(numbers), numbers, seed=seed, trajectories=trajectories)


def simulate_points(
    records: Sequence[Record],
    points: Ints,
    replicates: Ints,
    *,
    seed: int,
    trajectories: bool = False,
    memberships: bool = True,
) -> Block:
    """Run replicates of several design points one after another, in the same working space.

    Parameters
    ----------
    records : sequence of numpy.record of `layout.PARAMETERS`
        Validated parameters at each design point.
    points, replicates : ndarray of int64, shape (n,)
        Place in `records` and replicate of each run; runs of a point stand together.
    seed : int
        Seed of the study.
    trajectories, memberships : bool
        Whether to keep the monthly series, and the membership spells.

    Returns
    -------
    Block
        In the order of `points`, then of communities; the same numbers as `simulate_compiled` gives one by one.
    """
    spaces = _working_space(records)
    numbers = np.array([int(record["communities_number"]) for record in records])
    spells = np.concatenate([[0], np.cumsum(numbers[points])]).astype(np.int64)  # before each run
    n, months = int(spells[-1]), max(int(record["observation_horizon"]) for record in records)
    ends, outcomes = np.zeros((n, 3), dtype=np.int64), np.zeros((n, len(OUTCOMES)))
    series = np.zeros((n if trajectories else 0, months, len(SERIES)))
    found, owners = [np.zeros((0, len(MEMBERSHIP)), dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    edges = [0, *(np.flatnonzero(np.diff(points)) + 1).tolist(), len(points)]
    for first, last in pairwise(edges):
        space, here = spaces[points[first]], slice(spells[first], spells[last])
        n_here = int(spells[last] - spells[first])
        room = n_here * space.sims.members.shape[1] if memberships else 0
        rows, counted = np.empty((room, len(MEMBERSHIP)), dtype=np.int64), np.zeros(n_here, dtype=np.int64)
        composition, runs = composition_of(space.sims.p), replicates[first:last]
        _run_block(space, composition, seed, runs, ends[here], outcomes[here], rows, counted, series[here])
        found.append(rows[: counted.sum()].copy())
        owners.append(np.repeat(np.arange(spells[first], spells[last]), counted))
    of_spells = np.repeat(replicates, numbers[points])
    return Block(
        points=np.repeat(points, numbers[points]),
        communities=np.arange(n) - np.repeat(spells[:-1], numbers[points]),
        runs=_run_columns(of_spells, ends, outcomes),
        member_runs=np.concatenate(owners),
        members=_member_columns(np.concatenate(found)),
        trajectories=_series_columns(of_spells, ends[:, 0], series) if trajectories else None,
    )


def _working_space(records: Sequence[Record]) -> list[Space]:
    """Return a space for each point; all share the same arrays, large enough for every point."""
    communities = max(int(record["communities_number"]) for record in records)
    founding = max(int(composition_of(record).sum()) for record in records)
    months = max(months_needed(record) for record in records)
    largest = max(records, key=lambda record: float(record["cohort_intake"]))
    space = make_space(largest, communities, founding, months, 0)
    return [space._replace(sims=space.sims._replace(p=record)) for record in records]


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
