"""Runs of a study as stretches of replicates, cut into batches that cover each run once."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cisim.study.cells import Cells

COUNTS = st.lists(st.integers(0, 5), min_size=1, max_size=6)


def pairs(cells: Cells) -> list[tuple[int, int]]:
    points, replicates = cells.listed(0, cells.n_runs)
    return list(zip(points.tolist(), replicates.tolist(), strict=True))


def test_runs_are_listed_by_point_then_by_replicate() -> None:
    assert pairs(Cells.of([2, 0, 3], starts=[0, 0, 1])) == [(0, 0), (0, 1), (2, 1), (2, 2)]


def test_a_part_of_the_list_is_that_part() -> None:
    points, replicates = Cells.of([2, 3]).listed(1, 4)
    assert (points.tolist(), replicates.tolist()) == ([0, 1, 1], [1, 0, 1])


@settings(deadline=None)
@given(counts=COUNTS, size=st.integers(1, 7))
def test_batches_cover_every_run_once_and_in_order(counts: list[int], size: int) -> None:
    cells = Cells.of(counts)
    found = [
        (int(point), int(replicate))
        for _, points, replicates in cells.batches(size)
        for point, replicate in zip(points, replicates, strict=True)
    ]
    assert found == [(point, replicate) for point, n in enumerate(counts) for replicate in range(n)]
    assert [number for number, _, _ in cells.batches(size)] == list(range(-(-cells.n_runs // size)))


@settings(deadline=None)
@given(counts=COUNTS, taken=st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5))))
def test_what_is_taken_out_is_what_is_missing(counts: list[int], taken: set[tuple[int, int]]) -> None:
    cells = Cells.of(counts)
    points, replicates = (np.array([run[i] for run in sorted(taken)], dtype=np.int64) for i in (0, 1))
    assert pairs(cells.without(points, replicates)) == [run for run in pairs(cells) if run not in taken]
