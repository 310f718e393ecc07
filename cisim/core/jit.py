"""The one decorator of the core, with a compilation cache that sees every edit.

numba's own cache notices a change in the file of a function, not in the files of the functions that it calls. The
cache therefore lives in a folder named after a hash of all core sources and of the numba version.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numba

from cisim.core.code_cache import check_cache_of, code_folder


def _sources_hash() -> str:
    """Hash of the numba version and of every source file of the core."""
    digest = hashlib.sha256(numba.__version__.encode())
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


P = ParamSpec("P")
R = TypeVar("R")

_config: Any = numba.config  # numba does not declare what is in it
_config.CACHE_DIR = str(code_folder(_sources_hash()))


#: How everything is compiled: cached, without the GIL, strict IEEE arithmetic (no fastmath), without an entry for C,
#: and without reference counts, which would cost more than the arithmetic; compiled functions thus allocate no arrays.
OPTIONS: dict[str, Any] = {
    "cache": True,
    "nogil": True,
    "error_model": "numpy",
    "_nrt": False,
    "no_cfunc_wrapper": True,
}


def is_warm() -> bool:
    """Whether compiled code of these sources is kept, so that the compiled engine starts at once.

    Returns
    -------
    bool
        False before the first run after an installation: that run compiles the model, which takes half a minute.
    """
    return bool(_config.DISABLE_JIT) or any(Path(_config.CACHE_DIR).rglob("block._run_block-*.nbi"))


def _compile(function: Callable[P, R], options: dict[str, Any]) -> Callable[P, R]:
    compiled: Callable[P, R] = numba.njit(**options)(function)
    if not _config.DISABLE_JIT:
        check_cache_of(compiled)
    return compiled


def rule(function: Callable[P, R]) -> Callable[P, R]:
    """Compile `function` by `OPTIONS`; it may take scalars, records and arrays, and must not allocate arrays."""
    return _compile(function, OPTIONS)


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """Compile `function`, which only compiled code calls, into the code of its callers.

    A call would pass every array of a run, which costs more than what most phases of a month do; and an entry for
    Python would take longer to compile than the phase itself.
    """
    return _compile(function, OPTIONS | {"no_cpython_wrapper": True, "forceinline": True})


def seldom(function: Callable[P, R]) -> Callable[P, R]:
    """Compile `function`, which only compiled code calls, and not every month: not inlined, which keeps code short."""
    return _compile(function, OPTIONS | {"no_cpython_wrapper": True})


def expanded(function: Callable[P, R]) -> Callable[P, R]:
    """Inline `function` into its one caller before that is compiled; alone it is compiled for calls from Python only.

    For what holds the whole month or run: compiled by itself as well, all of its code would be made once more.
    """
    return _compile(function, OPTIONS | {"inline": "always"})
