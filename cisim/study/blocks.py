"""Blocks of runs as tables: the columns of `cisim.study.records`, without a Python object for each row."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from cisim.study.batches import Done
from cisim.study.points import Point
from cisim.study.records import EVENT, KEY, MEMBER, SPELL, Tables, dtype_of
from cisim.study.study import Study


def tabulate_blocks(study: Study, points: Sequence[Point], blocks: Sequence[Done]) -> Tables:
    """Turn blocks of `study` into tables, in their order; there must be at least one."""
    members = [_columns(points[done.point], done.block.members, MEMBER) for done in blocks]
    series = [
        _columns(points[done.point], found, tuple(name for name in found if name != "replicate"))
        for done in blocks
        if (found := done.block.trajectories) is not None
    ]
    return Tables(
        runs=pd.concat([_runs(study, points[done.point], done) for done in blocks], ignore_index=True),
        members=pd.concat(members, ignore_index=True),
        trajectories=pd.concat(series, ignore_index=True) if study.trajectories else None,
        events=_frame({name: [] for name in (*KEY, *EVENT)}, 0) if study.events else None,
    )


def _runs(study: Study, point: Point, done: Done) -> pd.DataFrame:
    found = done.block.runs
    further = [name for name in found if name not in SPELL and name != "replicate"]
    columns = {
        "point": point.index,
        "strategies": point.label,
        "scenario": study.scenario,
        "replicate": found["replicate"],
        "seed": study.seed,
        **point.setting,
        **{name: found[name] for name in (*SPELL, *further)},
        "status": "ok",
        "error": "",
    }
    return _frame(columns, len(found["replicate"]))


def _columns(point: Point, found: dict[str, Any], names: Sequence[str]) -> pd.DataFrame:
    """Rows of one block with the key of their run."""
    key = {"point": point.index, "strategies": point.label, "replicate": found["replicate"]}
    return _frame({**key, **{name: found[name] for name in names}}, len(found["replicate"]))


def _frame(columns: dict[str, Any], n: int) -> pd.DataFrame:
    """Table of `n` rows, each column of its own dtype; one value stands for all rows."""
    return pd.DataFrame({name: _column(name, values, n) for name, values in columns.items()})


def _column(name: str, values: Any, n: int) -> "np.ndarray[Any, Any]":  # noqa: ANN401
    return values.astype(dtype_of(name)) if isinstance(values, np.ndarray) else np.full(n, values, dtype_of(name))
