"""Columns of the result tables: names, order and types, the same whatever the runs return."""

from collections.abc import Sequence

import pyarrow as pa

from cisim.core.series import SERIES
from cisim.core.spell import OUTCOMES
from cisim.parameters import REGISTRY

#: Columns that say which run a row belongs to.
KEY = ("point", "strategies", "replicate")
ENDING = ("duration", "event_observed", "ending", "cause")
MEMBER = ("organisation", "kind", "founder", "entry", "duration", "event_observed", "cause")
EVENT = ("month", "event", "organisation", "other", "detail")
FAULT = ("status", "error", "traceback")

#: Outcomes of a coalition spell; those that every study reads first stand first.
FIRST_OUTCOMES = ("founders_retained", "social_outcome", "economic_outcome")
RESULTS = (*FIRST_OUTCOMES, *(name for name in OUTCOMES if name not in FIRST_OUTCOMES))

#: Columns that hold whole numbers.
INTEGERS = ("point", "replicate", "community", "seed", "duration", "organisation", "other", "entry", "month")

#: Type of every column that is not a float.
_TYPES = {
    **dict.fromkeys(INTEGERS, pa.int64()),
    **dict.fromkeys(("strategies", "scenario", "ending", "cause", "kind", "event", "detail"), pa.string()),
    **dict.fromkeys(FAULT, pa.string()),
    **dict.fromkeys(("event_observed", "founder"), pa.bool_()),
}
_OF_PARAMETERS = {int: pa.int64(), float: pa.float64(), str: pa.string()}


def type_of(column: str) -> pa.DataType:
    """Type of a column; parameters have their own, whatever is not known is a float."""
    if column in REGISTRY:
        return _OF_PARAMETERS[type(REGISTRY[column].default)]
    return _TYPES.get(column, pa.float64())


def schema(columns: Sequence[str]) -> pa.Schema:
    """Return names and types of `columns`."""
    return pa.schema([(name, type_of(name)) for name in columns])


def schemas(
    varied: Sequence[str],
    *,
    members: bool,
    trajectories: bool,
    events: bool,
    communities: bool,
    series: Sequence[str] = SERIES,
) -> dict[str, pa.Schema]:
    """Return the schema of every table that a study keeps, by name.

    Parameters
    ----------
    varied : sequence of str
        Dotted names of the parameters that differ between design points.
    members, trajectories, events, communities : bool
        Which tables are kept besides ``runs``.
    series : sequence of str
        Monthly series in ``trajectories``.
    """
    wanted = {"members": members, "trajectories": trajectories, "events": events, "communities": communities}
    columns = {
        "members": (*KEY, *MEMBER),
        "trajectories": (*KEY, "month", *series),
        "events": (*KEY, *EVENT),
        "communities": (*KEY, "community", *ENDING, *RESULTS),
    }
    runs = ("point", "strategies", "scenario", "replicate", "seed", *varied, *ENDING, *RESULTS, *FAULT)
    return {"runs": schema(runs), **{name: schema(columns[name]) for name, kept in wanted.items() if kept}}
