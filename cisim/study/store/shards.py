"""Shards: what each batch gave, until the tables are put together.

The ``runs`` file of a shard is written last. Its own metadata say which plan it belongs to and the digest of each of
its tables; which runs it holds is read from its rows. Names of files and counters decide nothing.
"""

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cisim.errors import CisimError
from cisim.reading.table_files import IDENTITY, read_identity, read_whole, table_digest, write_whole
from cisim.study.cells import Cells

Ints = NDArray[np.int64]


class DamagedShardError(Exception):
    """A shard that was sound is no longer; its number is the argument."""


@dataclass(frozen=True, eq=False)
class Shard:
    """A sound shard.

    Attributes
    ----------
    number : int
        Number in the names of its files.
    points, replicates : ndarray of int64, shape (n,)
        Its runs, in the order of its rows.
    n_raised : int
        How many of them raised.
    digests : mapping of str to str
        Digest of each of its tables by name.
    """

    number: int
    points: Ints
    replicates: Ints
    n_raised: int
    digests: Mapping[str, str]


class Shards:
    """The shards of one result.

    Parameters
    ----------
    folder : Path
        Folder of their own; made when there is one to write.
    tables : sequence of str
        Names of the tables that each of them has, ``runs`` among them.
    plan : str
        Identity of the plan that they belong to.
    """

    def __init__(self, folder: Path, tables: Sequence[str], plan: str) -> None:
        self.folder, self.tables, self.plan = folder, tuple(tables), plan
        self.held: list[Shard] = []

    def find(self) -> int:
        """Find the sound shards of this plan; remove everything else that lies in the folder, and return how many.

        A shard is sound if all its tables can be read and have their digests, and none of its runs is held already.
        """
        self.held = list(self.sound())
        kept = {self._path(shard.number, name) for shard in self.held for name in self.tables}
        others = [path for path in self.folder.glob("*") if path not in kept] if self.folder.is_dir() else []
        for path in others:
            _remove(path)
        return len({path.name.partition(".")[0] for path in others})

    def sound(self) -> Iterator[Shard]:
        """Yield the sound shards of this plan, in order of their numbers; nothing is changed."""
        known = np.zeros(0, dtype=np.int64)
        for number in self._numbers():
            shard = self._inspect(number)
            both = known if shard is None else np.union1d(known, _keys(shard))
            if shard is not None and len(both) == len(known) + len(shard.points):
                yield shard
                known = both

    def write(self, found: Mapping[str, pa.Table]) -> None:
        """Write one shard; OSError leaves the others as they are."""
        self.folder.mkdir(exist_ok=True)
        number = max((shard.number for shard in self.held), default=-1) + 1
        digests = {name: table_digest(found[name]) for name in self.tables}
        identity = {IDENTITY: json.dumps({"plan": self.plan, "digests": digests}).encode()}
        for name in sorted(self.tables, key="runs".__eq__):
            metadata = identity if name == "runs" else None
            write_whole([found[name]], found[name].schema, self._path(number, name), metadata)
        self.held.append(_shard_of(number, found["runs"], digests))

    def read(self, shard: Shard, table: str = "runs", columns: list[str] | None = None) -> pa.Table:
        """Read a table of a shard, or some columns of it; DamagedShardError if it is not what was written."""
        try:
            found = read_whole(self._path(shard.number, table)).replace_schema_metadata(None)
        except (OSError, pa.ArrowException) as problem:
            raise DamagedShardError(shard.number) from problem
        if table_digest(found) != shard.digests[table]:
            raise DamagedShardError(shard.number)
        return found if columns is None else found.select(columns)

    def each(self, columns: list[str]) -> Iterator[pa.Table]:
        """Yield columns of ``runs`` of every shard."""
        for shard in self.held:
            yield self.read(shard, "runs", columns)

    def runs(self) -> tuple[Ints, Ints]:
        """Return point and replicate of every run that is held."""
        empty = np.zeros(0, dtype=np.int64)
        points, replicates = ([empty, *(getattr(s, name) for s in self.held)] for name in ("points", "replicates"))
        return np.concatenate(points), np.concatenate(replicates)

    @property
    def n_raised(self) -> int:
        """Number of runs held that raised."""
        return sum(shard.n_raised for shard in self.held)

    def clear(self) -> None:
        """Remove all of them with their folder."""
        self.held = []
        for path in self.folder.glob("*") if self.folder.is_dir() else ():
            _remove(path)
        if self.folder.is_dir():
            self.folder.rmdir()

    def _numbers(self) -> list[int]:
        """Return the numbers of all files of runs, in order."""
        stems = (path.name.partition(".")[0] for path in self.folder.glob("*.runs.parquet"))
        return sorted(int(stem) for stem in stems if stem.isdecimal())

    def _inspect(self, number: int) -> Shard | None:
        """Return a shard if it is sound and of this plan."""
        path = self._path(number, "runs")
        try:
            identity = read_identity(path)
            shard = _shard_of(number, read_whole(path), identity["digests"])
            if identity["plan"] != self.plan or set(shard.digests) != set(self.tables):
                return None
            for name in self.tables:
                self.read(shard, name)
        except (OSError, pa.ArrowException, ValueError, TypeError, KeyError, DamagedShardError):
            return None
        return shard

    def _path(self, number: int, table: str) -> Path:
        return self.folder / f"{number:07d}.{table}.parquet"


def plan_of(path: Path) -> str | None:
    """Return the identity of the plan that a file of runs says it belongs to; None if it says nothing."""
    try:
        return str(read_identity(path)["plan"])
    except (OSError, pa.ArrowException, ValueError, TypeError, KeyError):
        return None


def _remove(path: Path) -> None:
    """Remove a file, or a folder that has no business here."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def tables_of(path: Path) -> list[str]:
    """Return the names of the tables of a shard, whose file of runs says that it belongs to a plan."""
    return list(read_identity(path)["digests"])


def _shard_of(number: int, runs: pa.Table, digests: Mapping[str, str]) -> Shard:
    points, replicates = (runs[name].to_numpy() for name in ("point", "replicate"))
    return Shard(number, points, replicates, n_raised(runs), digests)


def _keys(shard: Shard) -> Ints:
    """Return one number for each run of a shard."""
    keys: Ints = (shard.points << 32) | shard.replicates
    return keys


def n_raised(runs: pa.Table) -> int:
    """Count the rows of runs that raised."""
    return int(pc.sum(pc.equal(runs["status"], "error")).as_py() or 0)


#: Runs in a window of design points, about; a window has one point at least.
WINDOW = 16_384


def merged(shards: Shards, table: str, cells: Cells, n_points: int) -> Iterator[pa.Table]:
    """Yield the rows of a table by point and replicate; rows of a run keep their order.

    Parameters
    ----------
    shards : Shards
        They hold every run of `cells`, in any order.
    table : str
        Name of the table.
    cells : Cells
        Runs of the study.
    n_points : int
        Design points of the study.

    Raises
    ------
    CisimError
        If ``runs`` does not hold each run of `cells` exactly once.
    DamagedShardError
        If a shard cannot be read.
    """
    step = max(1, n_points * WINDOW // max(cells.n_runs, 1))
    windows = _Windows(shards, table)
    done = 0
    for first in range(0, n_points, step):
        rows = windows.rows(first, first + step)
        if table == "runs":
            done = _proved(rows, cells, done)
        if rows.num_rows:
            yield rows
    if table == "runs" and done != cells.n_runs:
        raise _incomplete(done, cells)


def _proved(rows: pa.Table, cells: Cells, done: int) -> int:
    """Return how many runs have been merged with these rows; CisimError unless they are the next ones of `cells`."""
    points, replicates = cells.listed(done, done + rows.num_rows)
    if not (
        np.array_equal(rows["point"].to_numpy(), points) and np.array_equal(rows["replicate"].to_numpy(), replicates)
    ):
        raise _incomplete(done, cells)
    merged_now: int = done + rows.num_rows
    return merged_now


def _incomplete(done: int, cells: Cells) -> CisimError:
    return CisimError(
        f"the shards do not hold every run exactly once (after {done:,} of {cells.n_runs:,} runs); give the same "
        "command again, which does what is missing"
    )


def by_run(table: pa.Table) -> pa.Table:
    """Sort by point and replicate; rows of a run keep their order."""
    point, replicate = (table[name].to_numpy() for name in ("point", "replicate"))
    following = (np.diff(point) > 0) | ((np.diff(point) == 0) & (np.diff(replicate) >= 0))
    return table if following.all() else table.take(np.lexsort((replicate, point)))  # a stable sort


class _Windows:
    """Rows of a table by windows of design points, each shard read once where it fits into memory."""

    def __init__(self, shards: Shards, table: str) -> None:
        self._shards, self._table = shards, table
        spans = [(int(s.points.min()), int(s.points.max()), s) for s in shards.held if len(s.points)]
        self._waiting = sorted(spans, key=lambda span: (span[0], span[2].number), reverse=True)
        self._open: list[tuple[int, pa.Table]] = []
        self._empty = shards.read(shards.held[0], table).slice(0, 0) if shards.held else pa.table({})

    def rows(self, first: int, stop: int) -> pa.Table:
        """Return the rows of the points from `first` to below `stop`; windows are asked for in order."""
        while self._waiting and self._waiting[-1][0] < stop:
            _, last, shard = self._waiting.pop()
            self._open.append((last, self._read(shard)))
        parts = [_between(table, first, stop) for _, table in self._open]
        self._open = [(last, table) for last, table in self._open if last >= stop]
        parts = [part for part in parts if part.num_rows]
        return by_run(pa.concat_tables(parts)) if parts else self._empty

    def _read(self, shard: Shard) -> pa.Table:
        return self._shards.read(shard, self._table)


def _between(table: pa.Table, first: int, stop: int) -> pa.Table:
    """Return the rows of the points from `first` to below `stop`."""
    point = table["point"].to_numpy()
    inside = (point >= first) & (point < stop)
    return table if inside.all() else table.filter(pa.array(inside))
