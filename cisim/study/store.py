"""The result folder: made before the first run, filled beside its place, put in place when it is whole."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from cisim.errors import InputError
from cisim.study.records import Tables
from cisim.study.study import Study

_ARROW = {"int64": pa.int64(), "float64": pa.float64(), "bool": pa.bool_(), "object": pa.string()}


def place(study: Study, now: datetime) -> Path:
    """Folder for the results of `study`: ``out/verb/name``, or time and a short hash for the name."""
    name = study.name or f"{now:%Y%m%d-%H%M%S}-{study.fingerprint()[:8]}"
    return Path(study.out) / study.verb / name


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """Give an empty folder beside `target`, which becomes `target` at the end and vanishes on any error.

    Raises
    ------
    InputError
        If `target` holds something already, or nothing can be written there.
    """
    _refuse_taken(target)
    partial = target.with_name(f".{target.name}.partial")
    try:
        partial.mkdir(parents=True)
    except FileExistsError as problem:
        raise InputError(
            f"{target} is being written, or was when its process was killed; give another name=, or remove {partial}"
        ) from problem
    except OSError as problem:
        raise InputError(
            f"cannot write to {target.parent}: {problem.strerror}; give another folder with out="
        ) from problem
    try:
        yield partial
        _refuse_taken(target)
        if target.exists():
            target.rmdir()
        partial.rename(target)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise


def _refuse_taken(target: Path) -> None:
    """Raise InputError if `target` is a file or a folder that is not empty."""
    try:
        taken = target.exists() and (not target.is_dir() or any(target.iterdir()))
    except OSError as problem:
        raise InputError(f"cannot read {target}: {problem.strerror}; give another folder with out=") from problem
    if taken:
        raise InputError(f"{target} exists already and is not overwritten; give another name=, or remove it")


def write_tables(tables: Tables, folder: Path) -> None:
    """Write every table as Parquet into `folder`; the same tables give the same bytes."""
    for name, table in tables.present().items():
        write_parquet(table, folder / f"{name}.parquet")


def write_parquet(table: pd.DataFrame, path: Path) -> None:
    """Write `table` with its columns and dtypes, without index, pandas metadata or time of writing."""
    schema = pa.schema([(str(name), _ARROW[str(dtype)]) for name, dtype in table.dtypes.items()])
    arrow = pa.Table.from_pandas(table, schema=schema, preserve_index=False).replace_schema_metadata(None)
    pq.write_table(arrow, path, compression="zstd")
