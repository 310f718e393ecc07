"""One process at a time in a result folder; the lock goes with its process, also when that is killed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cisim.errors import InputError


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of `folder`.

    Raises
    ------
    InputError
        If another process holds it.
    """
    path = folder / ".lock"
    handle = os.open(path, os.O_RDWR | os.O_CREAT)
    try:
        if not _take(handle) or not _is_still(handle, path):
            raise InputError(f"{folder} is being written by another process; wait for it, or give another name=")
        yield
        path.unlink(missing_ok=True)
    finally:
        os.close(handle)


def _is_still(handle: int, path: Path) -> bool:
    """Tell whether the file that is open is the one in the folder, and not one that its last holder removed."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False


if os.name == "nt":
    import msvcrt

    def _take(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
