"""Runs that two results share, and whether they came out the same."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from cisim.study.store.bits import FAULT, as_shown, as_values, unequal
from cisim.study.table_schemas import ENDING, RESULTS


@dataclass(frozen=True)
class Overlap:
    """How two tables of runs overlap.

    Attributes
    ----------
    both, first_only, second_only : int
        Runs of one setting, seed and replicate in both, and those in one of them only.
    identical : int
        Runs in both with identical outcomes, bit for bit.
    parting : str
        The first run with other outcomes, and the first of its outcomes that differs; empty if there is none.
    """

    both: int
    first_only: int
    second_only: int
    identical: int
    parting: str


def overlap(first: pa.Table, second: pa.Table, points: Mapping[int, int]) -> Overlap:
    """Compare the runs of two results.

    Parameters
    ----------
    first, second : Table
        Their ``runs``.
    points : mapping of int to int
        Design point of the second result by the one of the first that is the same setting.
    """
    place = pd.Series(points, dtype=np.int64)
    point = first["point"].to_pandas().map(place)
    known = np.flatnonzero(point.notna())
    keys = [
        point.iloc[known].astype(np.int64),
        *(first[name].to_pandas().iloc[known] for name in ("seed", "replicate")),
    ]
    index = pd.MultiIndex.from_arrays([second[name].to_pandas() for name in ("point", "seed", "replicate")])
    there = index.get_indexer(pd.MultiIndex.from_arrays(keys))
    one, two = known[there >= 0], there[there >= 0]
    names = [name for name in (*FAULT, *ENDING, *RESULTS) if name in first.column_names and name in second.column_names]
    differs = {name: unequal(as_values(first[name])[one], as_values(second[name])[two]) for name in names}
    any_differs = np.logical_or.reduce(list(differs.values()))
    parting = ""
    if any_differs.any():
        at = int(any_differs.argmax())
        name = next(name for name in names if differs[name][at])
        values = [as_values(table[name])[rows[at]] for table, rows in ((first, one), (second, two))]
        row = first.slice(int(one[at]), 1).select(["point", "strategies", "replicate"]).to_pylist()[0]
        which = " ".join(f"{key}={value}" for key, value in row.items())
        parting = f"{which}: {name} {as_shown(values[0])} and {as_shown(values[1])}"
    n_both = len(one)
    return Overlap(n_both, first.num_rows - n_both, second.num_rows - n_both, n_both - int(any_differs.sum()), parting)
