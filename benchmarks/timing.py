"""Fair timing on a machine that is never quite quiet: contestants take turns, and turns are compared pairwise."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

Clock = Callable[[], float]

#: Shares of the turns that the spread leaves out below and above.
LOW, HIGH = 0.1, 0.9


@dataclass(frozen=True)
class Spread:
    """Median of some turns, and the range that holds the middle 80 % of them."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """Summarise at least one value."""
        low, median, high = np.quantile(values, (LOW, 0.5, HIGH))
        return cls(float(median), float(low), float(high))

    def named(self, name: str) -> dict[str, float]:
        """Columns of a table: `name`, `name`_low and `name`_high."""
        return {name: self.median, f"{name}_low": self.low, f"{name}_high": self.high}


def seconds(call: Callable[[], object], clock: Clock = time.process_time) -> float:
    """Seconds that one call takes by `clock`."""
    begin = clock()
    call()
    return clock() - begin


def take_turns(
    contestants: Mapping[str, Callable[[], object]], repeats: int, clock: Clock = time.process_time
) -> dict[str, list[float]]:
    """Time contestants in turns (A B C A B C ...), after one turn of each that does not count.

    Parameters
    ----------
    contestants : mapping of str to callable
        What to time, by name.
    repeats : int
        Turns of each, at least 1.
    clock : callable
        The processor's time of this process, which other programs disturb least; or `time.perf_counter`, where several
        threads work for us.

    Returns
    -------
    dict of str to list of float
        Seconds of each turn.
    """
    for call in contestants.values():
        call()
    turns: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(repeats):
        for name, call in contestants.items():
            turns[name].append(seconds(call, clock))
    return turns


def ratio(dividend: Sequence[float], divisor: Sequence[float]) -> Spread:
    """Ratio of two contestants, turn by turn: what slows the machine for a while slows both."""
    return Spread.of([a / b for a, b in zip(dividend, divisor, strict=True)])


def fastest(call: Callable[[], object], at_least: float, turns: int = 3) -> float:
    """Processor seconds of the fastest of some calls: `turns` of them, and more until they took `at_least` seconds."""
    taken = [seconds(call) for _ in range(turns)]
    while sum(taken) < at_least:
        taken.append(seconds(call))
    return min(taken)
