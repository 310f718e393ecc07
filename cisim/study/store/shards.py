"""Shards: what each batch gave, in files that are whole or not there; ``runs`` is written last and means done."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from cisim.reading.table_files import is_sound, read_whole, write_whole

#: Stages of a study that give shards: runs taken over from elsewhere, the first replicates, further ones.
TAKEN, FIRST, FURTHER = STAGES = ("taken", "first", "further")

_NAME = re.compile(rf"({'|'.join(STAGES)})-(\d+)\.runs\.parquet")


class Shards:
    """The shards of one result.

    Parameters
    ----------
    folder : Path
        Folder of their own; made when there is one to write.
    tables : sequence of str
        Names of the tables that each of them has, ``runs`` among them.
    """

    def __init__(self, folder: Path, tables: Sequence[str]) -> None:
        self.folder, self.tables = folder, tuple(tables)

    def write(self, stage: str, number: int, found: Mapping[str, pa.Table]) -> None:
        """Write one shard; OSError leaves the others as they are."""
        self.folder.mkdir(exist_ok=True)
        for name in sorted(self.tables, key="runs".__eq__):
            write_whole([found[name]], found[name].schema, self._path(stage, number, name))

    def numbers(self, stage: str) -> list[int]:
        """Return the numbers of the finished shards of a stage, in order."""
        names = (_NAME.fullmatch(path.name) for path in self.folder.glob(f"{stage}-*.runs.parquet"))
        return sorted(int(name[2]) for name in names if name)

    def read(self, stage: str, number: int, table: str = "runs", columns: list[str] | None = None) -> pa.Table:
        """Read a table of a shard."""
        return read_whole(self._path(stage, number, table), columns)

    def each(self, stage: str, table: str = "runs", columns: list[str] | None = None) -> Iterator[pa.Table]:
        """Yield a table of every finished shard of a stage, in order."""
        for number in self.numbers(stage):
            yield self.read(stage, number, table, columns)

    def count(self, stage: str) -> tuple[int, int]:
        """Return how many runs a stage has, and how many of them raised."""
        tables = list(self.each(stage, "runs", ["status"]))
        return sum(map(len, tables)), sum(map(n_raised, tables))

    def drop_damaged(self) -> int:
        """Remove every shard that cannot be read to the end, so that it is done again; return how many."""
        dropped = 0
        for stage in STAGES:
            for number in self.numbers(stage):
                if not all(is_sound(self._path(stage, number, name)) for name in self.tables):
                    self._path(stage, number, "runs").unlink()
                    dropped += 1
        return dropped

    def clear(self, stage: str | None = None) -> None:
        """Remove the shards of a stage, or all of them with their folder."""
        for path in self.folder.glob(f"{stage}-*" if stage else "*") if self.folder.is_dir() else ():
            path.unlink()
        if stage is None and self.folder.is_dir():
            self.folder.rmdir()

    def _path(self, stage: str, number: int, table: str) -> Path:
        return self.folder / f"{stage}-{number:07d}.{table}.parquet"


def n_raised(runs: pa.Table) -> int:
    """Count the rows of runs that raised."""
    return int(pc.sum(pc.equal(runs["status"], "error")).as_py() or 0)
