"""Where the tables of finished batches go: memory, or a result folder."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from cisim.study.store.folder import Reporter
from cisim.study.store.shards import Shards, by_run, n_raised

Ints = NDArray[np.int64]


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
    """Place for what batches give, in any order, that knows which runs it has."""

    def runs(self) -> tuple[Ints, Ints]:
        """Return point and replicate of every run that it has."""

    def add(self, found: Mapping[str, pa.Table]) -> None:
        """Receive the tables of a batch."""

    def each(self, columns: list[str]) -> Iterator[pa.Table]:
        """Yield columns of ``runs`` of every batch that it has."""

    def expect(self, runs: int) -> None:
        """Learn how many runs there are in all."""


class MemorySink:
    """Keeps everything in memory."""

    def __init__(self) -> None:
        self._found: list[Mapping[str, pa.Table]] = []

    def runs(self) -> tuple[Ints, Ints]:
        """Return point and replicate of every run."""
        empty = np.zeros(0, dtype=np.int64)
        point, replicate = (
            np.concatenate([empty, *(found["runs"][name].to_numpy() for found in self._found)])
            for name in ("point", "replicate")
        )
        return point, replicate

    def add(self, found: Mapping[str, pa.Table]) -> None:
        """Keep the tables of a batch."""
        self._found.append(found)

    def each(self, columns: list[str]) -> Iterator[pa.Table]:
        """Yield columns of ``runs`` of every batch."""
        for found in self._found:
            yield found["runs"].select(columns)

    def expect(self, runs: int) -> None:
        """Do nothing."""

    def tables(self) -> Tables:
        """Return all tables in the order of the design."""
        names = self._found[0]
        return as_tables({name: by_run(pa.concat_tables([found[name] for found in self._found])) for name in names})


class ShardSink:
    """Writes every batch as a shard of a result folder and reports how far it is."""

    def __init__(self, shards: Shards, reporter: Reporter) -> None:
        self._shards, self._reporter = shards, reporter

    def runs(self) -> tuple[Ints, Ints]:
        """Return point and replicate of every run on the disk."""
        return self._shards.runs()

    def add(self, found: Mapping[str, pa.Table]) -> None:
        """Write a shard; OSError if the disk refuses."""
        self._shards.write(found)
        status, runs = self._reporter.status, found["runs"]
        self._reporter.change(runs_done=status.runs_done + len(runs), runs_failed=status.runs_failed + n_raised(runs))

    def each(self, columns: list[str]) -> Iterator[pa.Table]:
        """Yield columns of ``runs`` of every shard."""
        return self._shards.each(columns)

    def expect(self, runs: int) -> None:
        """Report how many runs there are in all."""
        self._reporter.change(runs_total=runs)
