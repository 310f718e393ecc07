"""Result tables in memory."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import pandas as pd
import pyarrow as pa

from cisim.study.store.merge import by_run
from cisim.study.store.shards import FURTHER, Shards, n_raised
from cisim.study.store.status import Reporter


@dataclass(frozen=True)
class Tables:
    """Results of a study as tables; the columns are those of the files of the same name.

    Attributes
    ----------
    runs : DataFrame
        One row per coalition spell; a run that raised has status "error", its error text, duration 0
        and NaN outcomes.
    members : DataFrame or None
        One row per membership spell, if kept.
    trajectories : DataFrame or None
        One row per month of each run, if asked for.
    events : DataFrame or None
        The timed event log, if asked for.
    communities : DataFrame or None
        One row per coalition spell of every community, if a run has several; the other tables are then about the
        first community of each run.
    """

    runs: pd.DataFrame
    members: pd.DataFrame | None = None
    trajectories: pd.DataFrame | None = None
    events: pd.DataFrame | None = None
    communities: pd.DataFrame | None = None

    @property
    def errors(self) -> pd.Series:
        """Error texts of the runs that raised."""
        return self.runs.loc[self.runs["status"] == "error", "error"]

    def present(self) -> dict[str, pd.DataFrame]:
        """Return the tables that there are, by name."""
        return {name: table for name, table in vars(self).items() if table is not None}


def as_tables(found: Mapping[str, pa.Table]) -> Tables:
    """Turn Arrow tables into those of pandas."""
    return Tables(**{name: table.to_pandas() for name, table in found.items()})


class Sink(Protocol):
    """Takes what batches give, in any order, and knows what it has."""

    def finished(self, stage: str) -> set[int]:
        """Return numbers of the batches of a stage that it has."""

    def add(self, stage: str, number: int, found: Mapping[str, pa.Table]) -> None:
        """Take the tables of a batch."""

    def each(self, stage: str, columns: list[str]) -> Iterator[pa.Table]:
        """Yield columns of ``runs`` of every batch of a stage that it has, in order."""

    def expect(self, runs: int) -> None:
        """Learn how many runs there are in all."""


class MemorySink:
    """Keeps everything in memory."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int], Mapping[str, pa.Table]] = {}

    def finished(self, stage: str) -> set[int]:
        """Return numbers of the batches of a stage that are there."""
        return {number for at, number in self._found if at == stage}

    def add(self, stage: str, number: int, found: Mapping[str, pa.Table]) -> None:
        """Keep the tables of a batch."""
        self._found[stage, number] = found

    def each(self, stage: str, columns: list[str]) -> Iterator[pa.Table]:
        """Yield columns of ``runs`` of every batch of a stage, in order."""
        for number in sorted(self.finished(stage)):
            yield self._found[stage, number]["runs"].select(columns)

    def expect(self, runs: int) -> None:
        """Take no notice."""

    def tables(self) -> Tables:
        """Return all tables in the order of the design."""
        batches: Sequence[Mapping[str, pa.Table]] = [self._found[key] for key in sorted(self._found)]
        joined = {name: pa.concat_tables([batch[name] for batch in batches]) for name in batches[0]}
        if self.finished(FURTHER):
            joined = {name: by_run(table) for name, table in joined.items()}
        return as_tables(joined)


class ShardSink:
    """Writes every batch as a shard of a result folder and keeps its status."""

    def __init__(self, shards: Shards, reporter: Reporter) -> None:
        self._shards, self._reporter = shards, reporter

    def finished(self, stage: str) -> set[int]:
        """Return numbers of the batches of a stage that are on the disk."""
        return set(self._shards.numbers(stage))

    def add(self, stage: str, number: int, found: Mapping[str, pa.Table]) -> None:
        """Write a shard; OSError if the disk refuses."""
        self._shards.write(stage, number, found)
        status, runs = self._reporter.status, found["runs"]
        self._reporter.change(runs_done=status.runs_done + len(runs), runs_failed=status.runs_failed + n_raised(runs))

    def each(self, stage: str, columns: list[str]) -> Iterator[pa.Table]:
        """Yield columns of ``runs`` of every shard of a stage, in order."""
        return self._shards.each(stage, "runs", columns)

    def expect(self, runs: int) -> None:
        """Note how many runs there are in all."""
        self._reporter.change(runs_total=runs)
