"""A finished result folder, read and checked."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import reduce
from operator import and_
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import yaml

from cisim.errors import InputError
from cisim.reading.seal import CONFIG, SEAL, Seal, check_if_sealed, check_sealed, read_seal
from cisim.reading.table_files import read_where, read_whole

#: Tables of runs that a result may keep besides ``runs``.
KEPT = ("members", "trajectories", "events", "communities")


@dataclass(frozen=True)
class StoredResult:
    """A finished result.

    Attributes
    ----------
    folder : Path
        Where it is.
    config, manifest : mapping
        What ``config.yaml`` and ``manifest.json`` hold.
    seal : Seal
        What it consists of.
    """

    folder: Path
    config: Mapping[str, Any]
    manifest: Mapping[str, Any]
    seal: Seal

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables of runs that there are."""
        return ("runs", *(name for name in KEPT if self._path(name).is_file()))

    @property
    def varied(self) -> list[str]:
        """Names of what differs between design points: parameters, and ``scenario`` where that is varied."""
        return [name for name in self.columns("points") if name not in ("point", "key")]

    def columns(self, table: str) -> list[str]:
        """Names of the columns of a table."""
        with self._reading(table) as path:
            names: list[str] = pq.read_schema(path).names
            return names

    def schema(self, table: str) -> pa.Schema:
        """Return names and types of the columns of a table."""
        with self._reading(table) as path:
            return pq.read_schema(path)

    def read(self, table: str, columns: list[str] | None = None) -> pa.Table:
        """Read a table, or some columns of it; InputError if it is damaged."""
        with self._reading(table) as path:
            return read_whole(path, columns)

    def read_where(self, table: str, **values: int) -> pa.Table:
        """Read the rows that have these `values`, in the order of the file."""
        wanted = [pc.field(name) == value for name, value in values.items()]
        with self._reading(table) as path:
            return read_where(path, reduce(and_, wanted)).combine_chunks()

    def read_row(self, row: int) -> pa.Table:
        """Read one row of ``runs``, counted from 0; InputError if there is none."""
        with self._reading("runs") as path, pq.ParquetFile(path, page_checksum_verification=True) as file:
            groups = [file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)]
            ends = np.cumsum(groups)
            if not 0 <= row < file.metadata.num_rows:
                raise InputError(
                    f"row {row} is out of range: runs.parquet of {self.folder} has the rows 0 to "
                    f"{file.metadata.num_rows - 1}"
                )
            group = int(np.searchsorted(ends, row, side="right"))
            return file.read_row_group(group).slice(row - int(ends[group]) + groups[group], 1)

    def _path(self, table: str) -> Path:
        return self.folder / f"{table}.parquet"

    @contextmanager
    def _reading(self, table: str) -> Iterator[Path]:
        path = self._path(table)
        if not path.is_file():
            raise InputError(f"{self.folder} holds no {path.name}; run the study again")
        try:
            yield path
        except (OSError, pa.ArrowException) as problem:
            raise InputError(f"{path} cannot be read ({problem}); restore it, or run the study again") from problem


def open_result(folder: Path) -> StoredResult:
    """Open a finished result after proving that each of its files is what was written.

    Raises
    ------
    InputError
        If there is no such folder, it is no result, is not finished, or a file of it is not what was written.
    """
    if not folder.is_dir():
        raise InputError(f"there is no folder {folder}; name a result folder, or its name below results/")
    seal = read_seal(folder)
    if seal is None:
        if not (folder / CONFIG).is_file():
            raise InputError(f"{folder} holds no result; name a folder that a cisim verb such as run or compare wrote")
        raise InputError(f"{folder} is not finished, it holds no {SEAL}; finish it first: {command_of(folder)}")
    check_sealed(folder, seal)
    return StoredResult(folder, read_config(folder), _read(folder / "manifest.json", json.loads), seal)


def read_config(folder: Path) -> Mapping[str, Any]:
    """Read the configuration of a result; InputError if it cannot be read."""
    return _read(folder / CONFIG, yaml.safe_load)


def command_of(folder: Path) -> str:
    """Return the command that a result was made with, as far as known."""
    with suppress(InputError, KeyError):
        return str(_read(folder / "manifest.json", json.loads)["command"])
    return "give the same command again"


def _read(path: Path, parse: Any) -> Mapping[str, Any]:
    """Read a file of named values."""
    try:
        found = parse(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as problem:
        raise InputError(f"{path} cannot be read ({problem}); restore it, or run the study again") from problem
    if not isinstance(found, Mapping):
        raise InputError(f"{path} holds no named values; restore it, or run the study again")
    return found


def read_user_table(path: Path) -> pd.DataFrame:
    """Read a CSV or Parquet table that a user names.

    Raises
    ------
    InputError
        If it lies in a finished result and is not what was written there.
    OSError, ValueError
        If it cannot be read as a table.
    """
    check_if_sealed(path)
    if path.suffix.lower() == ".parquet":
        found: pd.DataFrame = read_whole(path).to_pandas(split_blocks=True, self_destruct=True)
        return found
    return pd.read_csv(path, encoding="utf-8-sig")
