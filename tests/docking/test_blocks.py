"""Runs in blocks, in blocks of any size and in several threads at a time, are the runs one by one."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from cisim.core.kernel.block import Block, simulate_block, simulate_points
from cisim.core.kernel.engine import simulate_compiled
from cisim.core.layout import encode
from cisim.core.records import RunRecord
from cisim.core.spell import OUTCOMES
from cisim.parameters import Parameters, replace
from cisim.questions.verify.compute import block_records, first_difference
from tests.docking.cases import CASES
from tests.docking.strategies import LARGEST_KEY, Configuration, configurations, each

#: A case whose runs differ in length, with newcomers, shocks and a cohort.
PARAMS = replace(Parameters(), CASES["newcomers and shocks"])
REPLICATES = range(30)


def single(params: Parameters, seed: int, replicates: range | list[int]) -> list[RunRecord]:
    return [simulate_compiled(params, seed=seed, replicate=replicate, trajectory=True) for replicate in replicates]


def in_blocks(size: int, threads: int) -> list[RunRecord]:
    """Return the records of all replicates, run in blocks of `size`, `threads` at a time."""
    chunks = [REPLICATES[first : first + size] for first in range(0, len(REPLICATES), size)]
    with ThreadPoolExecutor(threads) as pool:
        blocks = pool.map(lambda chunk: simulate_block(PARAMS, seed=1, replicates=chunk, trajectories=True), chunks)
        return [record for block in blocks for record in block_records(block)]


def partings(first: list[RunRecord], second: list[RunRecord]) -> list[str]:
    pairs = zip(first, second, strict=True)
    return [found.in_words("one by one", "in a block") for pair in pairs if (found := first_difference(*pair))]


@pytest.mark.parametrize("size", [1, 4, 30])
@pytest.mark.parametrize("threads", [1, 2])
def test_size_of_blocks_and_number_of_threads_change_nothing(size: int, threads: int) -> None:
    assert partings(single(PARAMS, 1, REPLICATES), in_blocks(size, threads)) == []


def test_a_run_in_a_block_owes_nothing_to_the_runs_before_it() -> None:
    def agree(configuration: Configuration) -> None:
        params, seed = configuration.params, configuration.seed
        replicates = [configuration.replicate // 2, configuration.replicate, LARGEST_KEY - 1]
        replicates = list(dict.fromkeys(replicates))
        block = simulate_block(params, seed=seed, replicates=replicates, trajectories=True)
        assert partings(single(params, seed, replicates), block_records(block)) == []

    each(configurations(), 100, agree)


def test_points_that_share_a_block_owe_nothing_to_one_another() -> None:
    points = [replace(Parameters(), CASES[name]) for name in CASES]
    shares = np.repeat(np.arange(len(points)), 3)
    replicates = np.tile(np.arange(3), len(points))
    mixed = simulate_points([encode(point) for point in points], shares, replicates, seed=5, trajectories=True)
    alone = [simulate_block(point, seed=5, replicates=range(3), trajectories=True) for point in points]
    months = np.repeat(shares, mixed.runs["duration"])
    for at, block in enumerate(alone):
        part = Block(
            points=shares[shares == at],
            communities=mixed.communities[shares == at],
            runs=columns(mixed.runs, shares == at),
            member_runs=mixed.member_runs[shares[mixed.member_runs] == at] - 3 * at,
            members=columns(mixed.members, shares[mixed.member_runs] == at),
            trajectories=columns(mixed.trajectories or {}, months == at),
        )
        assert [first_difference(*pair) for pair in zip(block_records(block), block_records(part), strict=True)] == [
            None
        ] * 3


def test_memberships_left_out_change_nothing_else() -> None:
    points, replicates = np.zeros(10, dtype=np.int64), np.arange(10)
    whole, bare = (
        simulate_points([encode(PARAMS)], points, replicates, seed=1, memberships=kept) for kept in (True, False)
    )
    assert len(whole.members["entry"]) > 30
    assert len(bare.members["entry"]) == 0
    assert all(np.array_equal(whole.runs[name], bare.runs[name], equal_nan=name in OUTCOMES) for name in whole.runs)


def columns(found: Mapping[str, Any], at: NDArray[np.bool_]) -> dict[str, Any]:
    return {name: column[at] for name, column in found.items()}
