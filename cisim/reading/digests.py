"""Digests of files and tables: by them a reader knows that they are what was written."""

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa


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
