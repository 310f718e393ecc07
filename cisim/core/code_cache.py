"""Where compiled code is kept between processes, and how it is known to be what was compiled here.

Compiled code is executed as it is found. Its folder therefore belongs to the user alone, and every file in it begins
with a digest of the rest: a file that was cut short or changed counts as not there, and is compiled again.
"""

import atexit
import contextlib
import hashlib
import os
import pickle
import shutil
import stat
import tempfile
from pathlib import Path
from typing import Any

from numba.core.caching import IndexDataCacheFile

#: Variable by which a user names a folder for compiled code, and worker processes learn of a private one.
VARIABLE = "NUMBA_CACHE_DIR"

_DIGEST = hashlib.sha256().digest_size


def code_folder(sources: str) -> Path:
    """Return the folder for code compiled from sources with this hash.

    It lies in NUMBA_CACHE_DIR, XDG_CACHE_HOME (if it is absolute) or ``.cache`` of the user's home, belongs to the user
    and cannot be entered by others. Where there can be no such folder, a private one is made for this process and its
    workers.
    """
    for base in _bases():
        folder = base / "cisim" / sources
        if _is_private(base / "cisim") and _is_private(folder) and not _is_open(base):
            return folder
    private = Path(tempfile.mkdtemp(prefix="cisim-"))
    os.environ[VARIABLE] = str(private)
    atexit.register(shutil.rmtree, private, ignore_errors=True)
    for folder in (private / "cisim", private / "cisim" / sources):
        folder.mkdir(mode=0o700)
    return folder


def _bases() -> list[Path]:
    """Return the folders in which compiled code may lie, best first."""
    given = [os.environ.get(VARIABLE, ""), os.environ.get("XDG_CACHE_HOME", "")]
    with contextlib.suppress(RuntimeError):  # nobody knows where the user is at home
        given.append(str(Path.home() / ".cache") if Path.home().parts[1:] else "")
    return [Path(text) for text in given if text and Path(text).is_absolute()]


def _is_private(folder: Path) -> bool:
    """Whether a folder, made now if need be, belongs to this user alone and takes files."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
        if os.name != "nt":
            if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o022:
                return False
            folder.chmod(0o700)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _is_open(base: Path) -> bool:
    """Whether others may put a folder of theirs in the place of one that lies in `base`."""
    found = base.stat()
    if os.name == "nt":
        return False
    return found.st_uid not in (0, os.geteuid()) or found.st_mode & (stat.S_IWOTH | stat.S_ISVTX) == stat.S_IWOTH


class CheckedCacheFile(IndexDataCacheFile):
    """Index and data of numba's cache of one function, each file with a digest of its content."""

    def _load_index(self) -> dict[Any, str]:
        try:
            version, stamp, overloads = _read(self._index_path)
        except (OSError, ValueError):
            return {}
        return overloads if (version, stamp) == (self._version, self._source_stamp) else {}

    def _save_index(self, overloads: dict[Any, str]) -> None:
        self._write(self._index_path, (self._version, self._source_stamp, overloads))

    def _load_data(self, name: str) -> Any:
        return _read(self._data_path(name))

    def _save_data(self, name: str, data: Any) -> None:
        self._write(self._data_path(name), data)

    def _write(self, path: str, content: Any) -> None:
        plain = self._dump(content)
        with self._open_for_write(path) as file:
            file.write(hashlib.sha256(plain).digest() + plain)


def check_cache_of(compiled: Any) -> None:
    """Keep the code of a function of numba's in files that are checked when they are read."""
    cache = getattr(compiled._cache, "_cache_file", None)
    if type(cache) is IndexDataCacheFile:
        cache.__class__ = CheckedCacheFile


def _read(path: str) -> Any:
    """Return what a file holds; OSError if it is not what was written."""
    content = Path(path).read_bytes()
    if hashlib.sha256(content[_DIGEST:]).digest() != content[:_DIGEST]:
        raise OSError(f"{path} is damaged")
    return pickle.loads(content[_DIGEST:])
