"""Digests of files and tables: by them a reader knows that they are what was written."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from cisim.reading.table_files import read_whole, write_whole

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
