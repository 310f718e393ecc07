"""Docking of the engines: the first difference between two records of one run."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from cisim.agents.engine import simulate_mesa
from cisim.core.kernel.block import Block, simulate_block
from cisim.core.kernel.engine import simulate_compiled
from cisim.core.records import RunRecord
from cisim.errors import CisimError
from cisim.parameters import Parameters
from cisim.study.progress import UNTRACKED, ProgressTracker
from cisim.study.store.comparison import unequal

#: What one record says, and what the other does.
Pair = tuple[Any, Any]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """The first thing in which two records differ.

    Attributes
    ----------
    month : int
        Month of the coalition.
    what : str
        Name of the monthly series or of the outcome; ``event`` or ``membership`` for a row.
    values : tuple of two
        Values of the first and the second record; None where one has none.
    """

    month: int
    what: str
    values: Pair

    def in_words(self, first: str, second: str) -> str:
        """Return the difference in words; `first` and `second` name the engines that made the records."""
        one, other = (_shown(value) for value in self.values)
        return f"month {self.month}, {self.what}: {one} ({first}) and {other} ({second})"


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(f"{name}={item}" for name, item in value.items())
    return "nothing" if value is None else repr(value)


def first_difference(first: RunRecord, second: RunRecord) -> Difference | None:
    """Find the earliest month in which two records differ.

    Floats are compared by their bits, except that NaN equals NaN. Of what differs in the same month, monthly series
    come first, in their order; then events, memberships, and outcomes of the spell.

    Parameters
    ----------
    first, second : RunRecord
        Two records of the same run, with the same things kept.

    Returns
    -------
    Difference or None
        None if the records are identical.
    """
    parted = [
        *_parted_series(first.trajectory or {}, second.trajectory or {}),
        *_parted_rows("event", (first.events, second.events), lambda row: int(row["month"])),
        *_parted_rows("membership", (first.members, second.members), lambda row: int(row["entry"] + row["duration"])),
        *_parted_outcomes(first.spell, second.spell),
    ]
    return min(parted, key=lambda difference: difference.month, default=None)


def _names(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys([*first, *second]))


def _parted_series(first: Mapping[str, Any], second: Mapping[str, Any]) -> Iterator[Difference]:
    """Yield the first difference in each monthly series; one that is missing differs from month 1 on."""
    for name in _names(first, second):
        one, other = (np.asarray(series.get(name, []), dtype=np.float64) for series in (first, second))
        at = _first_unequal(one, other)
        if at is not None:
            values = [float(values[at]) if at < values.size else None for values in (one, other)]
            yield Difference(month=at + 1, what=name, values=(values[0], values[1]))


def _first_unequal(one: NDArray[np.float64], other: NDArray[np.float64]) -> int | None:
    """Place of the first two floats of different bits (NaN equals NaN), or where the shorter array ends."""
    n = min(one.size, other.size)
    parted = unequal(one[:n], other[:n])
    if parted.any():
        return int(parted.argmax())
    return None if one.size == other.size else n


def _parted_rows(
    what: str, rows: tuple[Sequence[Mapping[str, Any]], ...], month: Callable[[Mapping[str, Any]], int]
) -> Iterator[Difference]:
    """Yield the first row that differs, if any."""
    first, second = rows
    for i in range(max(len(first), len(second))):
        one, other = (found[i] if i < len(found) else None for found in rows)
        if one != other:
            yield Difference(
                month=min(month(row) for row in (one, other) if row is not None), what=what, values=(one, other)
            )
            return


def _parted_outcomes(first: Mapping[str, Any], second: Mapping[str, Any]) -> Iterator[Difference]:
    """Yield every outcome that differs, in the month in which the shorter spell ends; repr tells all floats apart."""
    month = min(int(spell["duration"]) for spell in (first, second))
    for name in _names(first, second):
        one, other = first.get(name), second.get(name)
        if repr(one) != repr(other):
            yield Difference(month=month, what=name, values=(one, other))


T = TypeVar("T")

#: What is compared with the Mesa engine: the compiled engine one run at a time, and in blocks as studies use it.
SINGLE, BLOCK, QUIET_BLOCK = "compiled engine", "compiled engine in a block", "compiled engine without trajectories"
MESA = "Mesa engine"

#: Replicates in a block.
BLOCK_SIZE = 64


@dataclass(frozen=True, kw_only=True)
class Docking:
    """Result of docking.

    Attributes
    ----------
    runs, months, events, memberships : int
        How much the Mesa engine gave and the compiled engine had to match.
    parted : int
        Runs that differ.
    first : str
        Where the first of them parts, in words; empty if none does.
    """

    runs: int = 0
    months: int = 0
    values: int = 0
    events: int = 0
    memberships: int = 0
    parted: int = 0
    first: str = ""

    @property
    def is_identical(self) -> bool:
        """Whether no run differs."""
        return self.parted == 0

    def add(self, record: RunRecord, parting: str) -> "Docking":
        """Return the docking with one more run: what the Mesa engine gave, and where the compiled one parts."""
        lived = record.communities
        return Docking(
            runs=self.runs + 1,
            months=self.months + sum(int(spell.spell["duration"]) for spell in lived),
            events=self.events + sum(len(spell.events) for spell in lived),
            memberships=self.memberships + sum(len(spell.members) for spell in lived),
            parted=self.parted + bool(parting),
            first=self.first or parting,
        )


def dock(params: Parameters, *, seed: int, replicates: int, watch: ProgressTracker = UNTRACKED) -> Docking:
    """Run replicates 0 to `replicates` - 1 on both engines and compare all that they record.

    Parameters
    ----------
    params : Parameters
        Validated parameters.
    seed, replicates : int
        Seed of the study, and number of runs, at least 1.
    watch : callable, optional
        Told the number of further runs whenever some are done.

    Raises
    ------
    CisimError
        If an engine fails.
    """
    docking = Docking()
    for first in range(0, replicates, BLOCK_SIZE):
        for record, parting in dock_runs(params, seed, range(first, min(first + BLOCK_SIZE, replicates))):
            docking = docking.add(record, parting)
            watch(1)
    return docking


def dock_runs(params: Parameters, seed: int, replicates: Sequence[int]) -> Iterator[tuple[RunRecord, str]]:
    """Yield the record of the Mesa engine for each of `replicates`, and where the compiled engine parts, if it does."""
    blocks = [
        block_records(_attempt(name, simulate_block, params, seed=seed, replicates=replicates, trajectories=kept))
        for name, kept in ((BLOCK, True), (QUIET_BLOCK, False))
    ]
    for replicate, block, quiet in zip(replicates, *blocks, strict=True):
        record, single = (
            _attempt(name, simulate, params, seed=seed, replicate=replicate, trajectory=True, events=True)
            for name, simulate in ((MESA, simulate_mesa), (SINGLE, simulate_compiled))
        )
        yield record, _parting(replicate, record, {SINGLE: single, BLOCK: block, QUIET_BLOCK: quiet})


def _attempt(engine: str, simulate: Callable[..., T], params: Parameters, **keys: Any) -> T:
    try:
        return simulate(params, **keys)
    except Exception as problem:  # whatever an engine raises: the user gets one line
        which = keys["replicate"] if "replicate" in keys else f"{keys['replicates'][0]} to {keys['replicates'][-1]}"
        raise CisimError(f"the {engine} failed in replicate {which}: {type(problem).__name__}: {problem}") from problem


def _parting(replicate: int, record: RunRecord, others: Mapping[str, RunRecord]) -> str:
    """Return where the first of `others` differs from `record` in what it keeps, in words."""
    for name, other in others.items():
        for one, same in zip(record.communities, other.communities, strict=True):
            difference = first_difference(_kept_by(name, one), same)
            if difference is not None:
                place = f", community {one.community}" if record.others else ""
                return f"replicate {replicate}{place}, {difference.in_words(MESA, name)}"
    return ""


def _kept_by(name: str, record: RunRecord) -> RunRecord:
    """Return what the engine with that name keeps of `record`."""
    return replace(
        record,
        events=record.events if name == SINGLE else [],
        trajectory=record.trajectory if name != QUIET_BLOCK else None,
    )


def block_records(block: Block) -> list[RunRecord]:
    """Split a block into the records of each run, without events."""
    starts = np.concatenate([[0], np.cumsum(block.runs["duration"])])
    spells = [
        RunRecord(
            spell=spell,
            members=_rows(block.members, np.flatnonzero(block.member_runs == i)),
            events=[],
            trajectory=_series(block.trajectories, slice(starts[i], starts[i + 1])),
            community=int(block.communities[i]),
        )
        for i, spell in enumerate(_rows(block.runs, slice(None)))
    ]
    edges = [*np.flatnonzero(block.communities == 0).tolist(), len(spells)]
    return [replace(spells[first], others=tuple(spells[first + 1 : last])) for first, last in pairwise(edges)]


def _rows(columns: Mapping[str, Any], at: Any) -> list[dict[str, Any]]:
    """Rows `at` some places of columns, as plain values, without the replicate."""
    kept = {name: column[at].tolist() for name, column in columns.items() if name != "replicate"}
    return [dict(zip(kept, row, strict=True)) for row in zip(*kept.values(), strict=True)]


def _series(columns: Mapping[str, Any] | None, at: slice) -> dict[str, Any] | None:
    if columns is None:
        return None
    return {name: column[at] for name, column in columns.items() if name not in ("replicate", "month")}
