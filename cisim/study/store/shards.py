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

from cisim.reading.table_files import IDENTITY, read_identity, read_whole, table_digest, write_whole

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
