"""Runs in blocks, in blocks of any size and in several threads at a time, are the runs one by one."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from cisim.core.kernel.block import simulate_block
from cisim.core.kernel.engine import simulate
from cisim.core.records import RunRecord
from cisim.parameters import Parameters, replace
from cisim.study.differences import first_difference
from cisim.study.docking import block_records
from tests.docking.cases import CASES
from tests.docking.strategies import LARGEST_KEY, Configuration, configurations, each

#: A case whose runs differ in length, with newcomers, shocks and a cohort.
PARAMS = replace(Parameters(), CASES["newcomers and shocks"])
REPLICATES = range(30)


def single(params: Parameters, seed: int, replicates: range | list[int]) -> list[RunRecord]:
    return [simulate(params, seed=seed, replicate=replicate, trajectory=True) for replicate in replicates]


def in_blocks(size: int, threads: int) -> list[RunRecord]:
    """Return the records of all replicates, run in blocks of `size`, `threads` at a time."""
    chunks = [REPLICATES[first : first + size] for first in range(0, len(REPLICATES), size)]
    with ThreadPoolExecutor(threads) as pool:
        blocks = pool.map(lambda chunk: simulate_block(PARAMS, seed=1, replicates=chunk, trajectories=True), chunks)
        return [record for block in blocks for record in block_records(block)]


def partings(first: list[RunRecord], second: list[RunRecord]) -> list[str]:
    pairs = zip(first, second, strict=True)
    return [found.between("one by one", "in a block") for pair in pairs if (found := first_difference(*pair))]


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
