"""Results of a batch as Arrow tables, with the columns of `cisim.study.table_schemas`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cisim.core.records import RunRecord
from cisim.core.series import SERIES
from cisim.study.batches import Batch
from cisim.study.table_schemas import ENDING, EVENT, MEMBER, RESULTS, schemas
from cisim.study.task import series_of

if TYPE_CHECKING:
    from cisim.core.kernel.block import Block

#: Tables of a batch by name, with the columns of the files of the same name.
Found = dict[str, pa.Table]
Places = NDArray[np.int64]

#: What stands for the outcomes of a run that raised.
_NO_SPELL = {"duration": 0, "event_observed": False, "ending": "", "cause": ""}


@dataclass(frozen=True)
class Run:
    """Result of one run: its record, or the error that ended it.

    Attributes
    ----------
    point : int
        Place of its design point in the batch.
    replicate : int
        Number of the replicate.
    record : RunRecord or None
        None if the run raised.
    error, traceback : str
        The error in one line, and where it came from.
    """

    point: int
    replicate: int
    record: RunRecord | None
    error: str = ""
    traceback: str = ""


def of_block(batch: Batch, block: "Block") -> Found:
    """Turn the arrays of a block into tables; only ``communities`` has those after the first of a run."""
    first = block.communities == 0
    spells = {**_at(block.runs, first), "status": "ok", "error": "", "traceback": ""}
    found = {"runs": _runs(batch, block.points[first], spells)}
    if batch.setting.members:
        own = first[block.member_runs]
        found["members"] = _rows(batch, "members", block.points[block.member_runs[own]], _at(block.members, own))
    if block.trajectories is not None:
        months, lived = (np.repeat(values, block.runs["duration"]) for values in (block.points, first))
        found["trajectories"] = _monthly(batch, months[lived], _at(block.trajectories, lived))
    if batch.setting.communities > 1:
        found["communities"] = _rows(batch, "communities", block.points, {**block.runs, "community": block.communities})
    return found


def _at(columns: Mapping[str, Any], chosen: NDArray[np.bool_]) -> dict[str, Any]:
    """Rows that are chosen; the same arrays where all are."""
    return dict(columns) if chosen.all() else {name: column[chosen] for name, column in columns.items()}


def of_runs(batch: Batch, runs: Sequence[Run]) -> Found:
    """Turn single runs into tables."""
    points = np.array([run.point for run in runs], dtype=np.int64)
    found = {"runs": _runs(batch, points, _spells(runs))}
    done = [(run, run.record) for run in runs if run.record is not None]
    if batch.setting.members:
        found["members"] = _from_rows(batch, "members", MEMBER, [(run, record.members) for run, record in done])
    if batch.setting.trajectories:
        found["trajectories"] = _trajectories(batch, done)
    if batch.setting.events:
        found["events"] = _from_rows(batch, "events", EVENT, [(run, record.events) for run, record in done])
    if batch.setting.communities > 1:
        spells = [(run, [spell.spell | {"community": spell.community} for spell in r.communities]) for run, r in done]
        found["communities"] = _from_rows(batch, "communities", ("community", *ENDING, *RESULTS), spells)
    return found


def _spells(runs: Sequence[Run]) -> dict[str, Any]:
    spells: list[Mapping[str, Any]] = [_NO_SPELL if run.record is None else run.record.spell for run in runs]
    return {
        "replicate": np.array([run.replicate for run in runs], dtype=np.int64),
        **{name: [spell[name] for spell in spells] for name in ENDING},
        **{name: [float(spell.get(name, np.nan)) for spell in spells] for name in RESULTS},
        "status": ["error" if run.error else "ok" for run in runs],
        "error": [run.error for run in runs],
        "traceback": [run.traceback for run in runs],
    }


def _runs(batch: Batch, points: Places, found: Mapping[str, Any]) -> pa.Table:
    """Table of coalition spells, with the setting of each run's design point."""
    design = batch.design.columns
    setting = {"scenario": batch.setting.scenario, **{name: column[points] for name, column in design.items()}}
    return _rows(batch, "runs", points, {"seed": batch.setting.seed, **setting, **found})


def _from_rows(
    batch: Batch, table: str, names: Sequence[str], runs: Iterable[tuple[Run, Sequence[Mapping[str, Any]]]]
) -> pa.Table:
    """Table out of the rows of single runs."""
    rows = [(run, row) for run, rows in runs for row in rows]
    columns: dict[str, Any] = {name: [row[name] for _, row in rows] for name in names}
    columns["replicate"] = [run.replicate for run, _ in rows]
    return _rows(batch, table, np.array([run.point for run, _ in rows], dtype=np.int64), columns)


def _trajectories(batch: Batch, done: Sequence[tuple[Run, RunRecord]]) -> pa.Table:
    """Monthly series of single runs below one another; month 1 is the first."""
    series = [record.trajectory or {} for _, record in done]
    months = [int(record.spell["duration"]) for _, record in done]
    columns: dict[str, Any] = {
        "replicate": np.repeat(np.array([run.replicate for run, _ in done], dtype=np.int64), months),
        "month": np.array([month for n in months for month in range(1, n + 1)], dtype=np.int64),
    }
    for name in SERIES:
        parts = [found.get(name, np.full(n, np.nan)) for found, n in zip(series, months, strict=True)]
        columns[name] = np.concatenate(parts) if parts else []
    return _monthly(batch, np.repeat(np.array([run.point for run, _ in done], dtype=np.int64), months), columns)


def _monthly(batch: Batch, points: Places, columns: Mapping[str, Any]) -> pa.Table:
    """Table of monthly series, as far as they are kept."""
    if batch.trajectory_filter is not None:
        points, columns = batch.trajectory_filter.cut(points, columns)
    return _rows(batch, "trajectories", points, columns)


def _rows(batch: Batch, table: str, points: Places, found: Mapping[str, Any]) -> pa.Table:
    """Table of `len(points)` rows in the order of its schema; one value stands for all rows."""
    series = series_of(batch.trajectory_filter)
    everything = dict.fromkeys(("members", "trajectories", "events", "communities"), True)
    wanted = schemas(batch.design.told, **everything, series=series)[table]
    given = {**found, "point": batch.numbers[points], "strategies": batch.labels[points]}
    return pa.Table.from_arrays(
        [_column(given[field.name], field.type, len(points)) for field in wanted], schema=wanted
    )


def _column(values: Any, kind: pa.DataType, n: int) -> pa.Array:
    if isinstance(values, (str, int, float)):
        return pa.repeat(pa.scalar(values, kind), n)
    return pa.array(values, kind)
