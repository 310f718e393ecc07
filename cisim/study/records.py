"""Records of runs as tables, with fixed columns in a fixed order; one dtype each, whatever the runs gave."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from cisim.core.records import RunRecord
from cisim.parameters import REGISTRY
from cisim.study.batches import Done, Part, Run
from cisim.study.points import Point
from cisim.study.study import Study

#: Outcomes of a coalition spell that every engine gives, and what stands for them after an error.
SPELL = {
    "duration": 0,
    "event_observed": False,
    "ending": "",
    "cause": "",
    "founders_retained": np.nan,
    "social_outcome": np.nan,
    "economic_outcome": np.nan,
}
#: One row of a table before it is one.
Row = dict[str, Any]

#: Columns that say which run a row belongs to.
KEY = ("point", "strategies", "replicate")
MEMBER = ("organisation", "kind", "founder", "entry", "duration", "event_observed", "cause")
EVENT = ("month", "event", "organisation", "other", "detail")

#: dtype of every column that is not a float; ``object`` holds text.
DTYPES = {
    **dict.fromkeys(("point", "replicate", "seed", "duration"), "int64"),
    **dict.fromkeys(("organisation", "other", "entry", "month"), "int64"),
    **dict.fromkeys(("strategies", "scenario", "ending", "cause", "kind"), "object"),
    **dict.fromkeys(("event", "detail", "status", "error"), "object"),
    **dict.fromkeys(("event_observed", "founder"), "bool"),
}


@dataclass(frozen=True)
class Tables:
    """Results of a study as tables; the columns are those of the files of the same name.

    Attributes
    ----------
    runs : DataFrame
        One row per coalition spell; a run that raised has status "error", its error text, duration 0
        and NaN outcomes.
    members : DataFrame
        One row per membership spell.
    trajectories : DataFrame or None
        One row per month of each run, if asked for.
    events : DataFrame or None
        The timed event log, if asked for.
    """

    runs: pd.DataFrame
    members: pd.DataFrame
    trajectories: pd.DataFrame | None
    events: pd.DataFrame | None

    @property
    def errors(self) -> pd.Series:
        """Error texts of the runs that raised."""
        return self.runs.loc[self.runs["status"] == "error", "error"]

    def present(self) -> dict[str, pd.DataFrame]:
        """Return the tables that there are, by name."""
        return {name: table for name, table in vars(self).items() if table is not None}


def tabulate(study: Study, points: Sequence[Point], parts: Sequence[Part]) -> Tables:
    """Turn what came out of `study` into tables.

    Parameters
    ----------
    study : Study
        What was run.
    points : sequence of Point
        Its design, by index.
    parts : sequence of Run or Done
        All of one kind, in the order wanted in the tables.
    """
    from cisim.study.blocks import tabulate_blocks  # it builds on the columns of this module

    blocks = [part for part in parts if isinstance(part, Done)]
    if blocks:
        return tabulate_blocks(study, points, blocks)
    runs = [part for part in parts if isinstance(part, Run)]
    keyed = [(_key(points[run.point], run), run) for run in runs]
    records = [(key, run.record) for key, run in keyed if run.record is not None]
    members = ({**key, **row} for key, record in records for row in record.members)
    events = ({**key, **row} for key, record in records for row in record.events)
    return Tables(
        runs=_runs(study, points, keyed),
        members=_table((*KEY, *MEMBER), members),
        trajectories=_trajectories(records) if study.trajectories else None,
        events=_table((*KEY, *EVENT), events) if study.events else None,
    )


def _key(point: Point, run: Run) -> Row:
    return {"point": point.index, "strategies": point.label, "replicate": run.replicate}


def _runs(study: Study, points: Sequence[Point], keyed: Sequence[tuple[Row, Run]]) -> pd.DataFrame:
    """One row per run; outcomes that an engine adds follow the fixed ones, in its order."""
    spells = [run.record.spell for _, run in keyed if run.record is not None]
    varied = tuple(points[0].setting)
    further = tuple(name for name in (spells[0] if spells else ()) if name not in SPELL)
    blank = {**SPELL, **dict.fromkeys(further, np.nan)}
    rows = (
        {
            **key,
            "scenario": study.scenario,
            "seed": study.seed,
            **points[run.point].setting,
            **(blank if run.record is None else run.record.spell),
            "status": "error" if run.error else "ok",
            "error": run.error,
        }
        for key, run in keyed
    )
    first = ("point", "strategies", "scenario", "replicate", "seed")
    return _table((*first, *varied, *SPELL, *further, "status", "error"), rows)


def _trajectories(records: Sequence[tuple[Row, RunRecord]]) -> pd.DataFrame:
    """Monthly series of all runs below one another; month 1 is the first."""
    series = [(key, record.trajectory) for key, record in records if record.trajectory is not None]
    names = tuple(series[0][1]) if series else ()
    months = [len(found[names[0]]) for _, found in series]
    columns: dict[str, Any] = {}
    for name in KEY:
        columns[name] = np.repeat(np.array([key[name] for key, _ in series], dtype=dtype_of(name)), months)
    columns["month"] = np.array([month for n in months for month in range(1, n + 1)], dtype="int64")
    for name in names:
        columns[name] = np.concatenate([found[name] for _, found in series]).astype("float64")
    return pd.DataFrame(columns)


def _table(columns: Sequence[str], rows: Iterable[Row]) -> pd.DataFrame:
    """Collect `rows` into a table with exactly `columns`, each of its own dtype, also without rows."""
    collected = list(rows)
    return pd.DataFrame({name: pd.Series([row[name] for row in collected], dtype=dtype_of(name)) for name in columns})


def dtype_of(column: str) -> str:
    """NumPy dtype of a column; ``object`` holds text."""
    if column in REGISTRY:
        return {int: "int64", float: "float64", str: "object"}[type(REGISTRY[column].default)]
    return DTYPES.get(column, "float64")
