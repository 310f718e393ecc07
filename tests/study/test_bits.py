"""Tables and runs compared by their bits."""

import numpy as np
import pyarrow as pa

from cisim.questions.diff.compute import Overlap, overlap
from cisim.study.store.comparison import partings, unequal


def test_floats_differ_by_bits_and_nan_equals_nan() -> None:
    one = np.array([0.0, np.nan, 1.0, np.nan, 0.3])
    other = np.array([-0.0, -np.nan, 1.0, 2.0, 0.1 + 0.2])  # a NaN of other bits
    assert unequal(one, other).tolist() == [True, False, False, True, True]


def test_words_and_numbers_differ_by_value() -> None:
    assert unequal(np.array(["a", ""], dtype=object), np.array(["a", "b"], dtype=object)).tolist() == [False, True]
    assert unequal(np.array([1, 2]), np.array([1, 3])).tolist() == [False, True]


def test_what_differs_between_tables_is_reported_column_by_column() -> None:
    kept = {
        "events": pa.table({"month": [1, 2, 3], "detail": ["a", "b", "c"], "old": [1, 1, 1], "traceback": ["x"] * 3})
    }
    found = {
        "events": pa.table({"month": [1, 2], "detail": ["a", "d"], "new": [1, 1], "traceback": ["y"] * 2}),
        "more": None,
    }
    assert list(partings(kept, found)) == [
        "events has 3 rows in the result and 2 now",
        "events.detail is 'b' in the result and 'd' now in 1 rows, first in month 2",
        "events.old is there in the result only",
        "events.new is there now only",
    ]
    assert list(partings(kept, kept)) == []


def runs(points: list[int], replicates: list[int], durations: list[int], seed: int = 1) -> pa.Table:
    n = len(points)
    return pa.table(
        {"point": points, "strategies": ["all"] * n, "seed": [seed] * n, "replicate": replicates, "duration": durations,
         "status": ["ok"] * n}
    )  # fmt: skip


def test_runs_are_matched_by_setting_seed_and_replicate() -> None:
    first = runs([0, 0, 1, 1, 2], [0, 1, 0, 1, 0], [5, 6, 7, 8, 9])
    second = runs([0, 0, 0, 4], [1, 0, 2, 0], [8, 7, 1, 9])
    assert overlap(first, second, {1: 0, 2: 4}) == Overlap(3, 2, 1, 3, "")
    changed = runs([0, 0, 0, 4], [1, 0, 2, 0], [0, 7, 1, 0])
    parting = "point=1 strategies=all replicate=1: duration 8 and 0"
    assert overlap(first, changed, {1: 0, 2: 4}) == Overlap(3, 2, 1, 1, parting)
    assert overlap(first, runs([0], [0], [7], seed=2), {1: 0}) == Overlap(0, 5, 1, 0, "")
    assert overlap(first, second, {}) == Overlap(0, 5, 4, 0, "")
