"""The one decorator of the core, with a compilation cache that sees every edit.

numba's own cache notices a change in the file of a function, not in the files of the functions that it calls. The
cache therefore lives in a folder named after a hash of all core sources and of the numba version.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numba


def _sources_hash() -> str:
    """Hash of the numba version and of every source file of the core."""
    digest = hashlib.sha256(numba.__version__.encode())
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _cache_folder() -> Path:
    """Folder for compiled code: NUMBA_CACHE_DIR, else the user's cache, else a temporary one."""
    given = os.environ.get("NUMBA_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME")
    base = Path(given) if given else Path.home() / ".cache"
    folder = base / "cisim" / _sources_hash()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return Path(tempfile.gettempdir()) / "cisim" / _sources_hash()


P = ParamSpec("P")
R = TypeVar("R")

setattr(numba.config, "CACHE_DIR", str(_cache_folder()))  # noqa: B010 - numba does not declare it


#: How everything is compiled: cached, without the GIL, strict IEEE arithmetic (no fastmath), and without reference
#: counts, which would cost more than the arithmetic; compiled functions therefore allocate no arrays.
OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy", "_nrt": False}


def rule(function: Callable[P, R]) -> Callable[P, R]:
    """Compile `function` by `OPTIONS`; it may take scalars, records and arrays, and must not allocate arrays."""
    compiled: Callable[P, R] = numba.njit(**OPTIONS)(function)
    return compiled
