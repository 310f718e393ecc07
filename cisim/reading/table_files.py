"""Tables as files: Parquet whole or not there, digests that prove it is what was written, and CSV of a result."""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
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


#: Entry of the metadata of a Parquet file that says what it is and which digest its table has.
IDENTITY = b"cisim"


def file_digest(path: Path) -> str:
    """Return the SHA-256 of the bytes of a file (64 hexadecimal digits); OSError if it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def table_digest(table: pa.Table) -> str:
    """Return a digest of what a table holds: names, types and values of its columns (32 hexadecimal digits).

    It does not depend on how the rows are cut into chunks, nor on the file that they were read from.
    """
    digest = hashlib.blake2b(str(table.num_rows).encode(), digest_size=16)
    for name, column in zip(table.column_names, table.columns, strict=True):
        digest.update(f"\0{name}\0{column.type}\0".encode())
        for part in _plain_bytes(column):
            digest.update(part)
    return digest.hexdigest()


def _plain_bytes(column: pa.ChunkedArray) -> list[Any]:
    """Return the values of a column as bytes: which are missing, lengths of texts, then the values."""
    array = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
    missing = [np.packbits(array.is_null().to_numpy(zero_copy_only=False))] if array.null_count else []
    if pa.types.is_string(array.type):
        filled = array.fill_null("") if array.null_count else array
        _, ends, text = filled.buffers()
        offsets = np.frombuffer(ends, dtype=np.int32)[filled.offset : filled.offset + len(filled) + 1]
        spelled = memoryview(text)[offsets[0] : offsets[-1]] if text is not None and len(offsets) else b""
        return [*missing, np.diff(offsets), spelled]
    filled = array.fill_null(False if pa.types.is_boolean(array.type) else 0) if array.null_count else array
    return [*missing, np.ascontiguousarray(filled.to_numpy(zero_copy_only=False))]


def write_proved(table: pa.Table, path: Path, identity: Mapping[str, str]) -> None:
    """Write a table into a file that says what it is, with the digest of the table; OSError if the disk refuses."""
    said = {**identity, "digest": table_digest(table)}
    write_whole([table], table.schema, path, {IDENTITY: json.dumps(said).encode()})


def read_identity(path: Path) -> Mapping[str, Any]:
    """Return what a file says that it is; OSError, ArrowException, ValueError, TypeError or KeyError if nothing."""
    found: dict[str, Any] = json.loads(pq.read_metadata(path).metadata[IDENTITY])
    return found


def read_proved(path: Path, identity: Mapping[str, str]) -> pa.Table | None:
    """Return the table of a file; None unless it is what the identity says, as it was written."""
    try:
        said = read_identity(path)
        found = read_whole(path).replace_schema_metadata(None)
    except (OSError, pa.ArrowException, ValueError, TypeError, KeyError):
        return None
    return found if said == {**identity, "digest": table_digest(found)} else None
