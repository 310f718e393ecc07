"""Tables as files: Parquet that is whole or not there and whose damage is found, and the CSV files of a result."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

#: Rows that stand together in a file, whatever the shards were: the same tables give the same bytes.
ROW_GROUP = 2**17


def write_whole(
    tables: Iterable[pa.Table], schema: pa.Schema, path: Path, metadata: Mapping[bytes, bytes] | None = None
) -> None:
    """Write `tables` below one another into `path`, which appears when all is on the disk.

    Parameters
    ----------
    tables : iterable of Table
        Of one schema, taken one by one; memory holds a row group.
    schema : Schema
        Names and types of the columns.
    path : Path
        A file of that name is replaced.
    metadata : mapping of bytes to bytes, optional
        What the file says of itself besides.

    Raises
    ------
    OSError
        If the disk is full or refuses; `path` is then as it was.
    """
    partial = path.with_name(f".{path.name}.partial")
    try:
        with partial.open("wb") as file:
            with pq.ParquetWriter(file, schema, compression="zstd", write_page_checksum=True) as writer:
                for table in _in_groups(tables, schema):
                    writer.write_table(table, row_group_size=ROW_GROUP)
                if metadata is not None:
                    writer.add_key_value_metadata(metadata)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _in_groups(tables: Iterable[pa.Table], schema: pa.Schema) -> Iterable[pa.Table]:
    """Yield the same rows in tables of `ROW_GROUP` rows, the last one smaller."""
    held = schema.empty_table()
    for table in tables:
        held = pa.concat_tables([held, table])
        while held.num_rows >= ROW_GROUP:
            yield held.slice(0, ROW_GROUP).combine_chunks()
            held = held.slice(ROW_GROUP)
    if held.num_rows:
        yield held.combine_chunks()


def read_whole(path: Path, columns: list[str] | None = None) -> pa.Table:
    """Read a file and check it against its checksums; OSError or ArrowInvalid if it is damaged."""
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        return file.read(columns)


def read_where(path: Path, filters: Any, columns: list[str] | None = None) -> pa.Table:
    """Read the rows that meet Arrow's `filters`, and check what is read; OSError or ArrowInvalid if it is damaged."""
    return pq.read_table(path, columns=columns, filters=filters, page_checksum_verification=True)


def is_sound(path: Path, rows: int | None = None) -> bool:
    """Whether `path` can be read to the end, and has as many rows as it should."""
    try:
        found = read_whole(path).num_rows
    except (OSError, pa.ArrowException):
        return False
    return rows is None or found == rows


def write_frame(table: pd.DataFrame, path: Path) -> None:
    """Write a table in memory with its columns and types, without index or pandas metadata."""
    arrow = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)
    write_whole([arrow], arrow.schema, path)


def write_tables(tables: Mapping[str, pd.DataFrame], folder: Path) -> list[Path]:
    """Write every table as ``tables/NAME.csv`` below a result folder and return the files.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        By name; their index is left out.
    folder : Path
        Existing result folder; files of the same name are replaced.
    """
    (folder / "tables").mkdir(exist_ok=True)
    paths = [folder / "tables" / f"{name}.csv" for name in tables]
    for path, table in zip(paths, tables.values(), strict=True):
        write_csv(table, path)
    return paths


def write_csv(table: pd.DataFrame, path: Path, digits: str | None = None) -> None:
    """Write a table as CSV that a spreadsheet shows and does not compute.

    Text that begins as a formula does (``=``, ``+``, ``-``, ``@``, tab, return) gets an apostrophe before it, the names
    of columns too, and a return within becomes a line break; numbers stay as they are, those kept as text too.

    Parameters
    ----------
    table : DataFrame
        Its index is left out.
    path : Path
        A file of that name is replaced.
    digits : str, optional
        Format of the numbers with decimals, as ``%.10g``; by default all digits that they have.
    """
    plain = table.set_axis([_as_text(name) for name in table.columns], axis=1)
    for place, kind in enumerate(table.dtypes):
        if not pd.api.types.is_numeric_dtype(kind):
            column = table.iloc[:, place]
            if any(_as_text(value) is not value for value in column):
                plain.isetitem(place, [_as_text(value) for value in column])
    plain.to_csv(path, index=False, lineterminator="\n", float_format=digits)


def _as_text(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula, nor for two."""
    if not isinstance(value, str):
        return value
    plain = value.replace("\r", "\n") if "\r" in value else value  # unquoted, a return would end the row
    if not value.startswith(("=", "+", "-", "@", "\t", "\r")) or _is_number(value):
        return plain
    return f"'{plain}"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
