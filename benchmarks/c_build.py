"""The C version of the inner loops, built with the compiler at hand, on the very arrays of the kernel."""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from cisim.core import kinds, purposes
from cisim.core.kernel.state import Sim
from cisim.core.layout import AHEAD, PARAMETERS, PRESENT, STATE, TIES

SOURCES = Path(__file__).parent / "c"

#: As fast as IEEE arithmetic allows: nothing fused or reordered, no errno from the mathematics library.
FLAGS = ("-std=c11", "-O3", "-march=native", "-ffp-contract=off", "-fno-fast-math", "-fno-math-errno")

_TYPES = {"f8": "double", "i8": "int64_t", "u4": "uint32_t"}
_RECORDS = {"Parameters": PARAMETERS, "State": STATE, "Present": PRESENT, "Ties": TIES}
_CODES = {
    "COALITION": kinds.COALITION,
    "PAIR": kinds.pair_id(0, 0),
    "NEGLIGIBLE": kinds.NEGLIGIBLE,
    "CANDIDATE": kinds.CANDIDATE,
    "AHEAD": AHEAD,
    "CLIMATE": purposes.CLIMATE,
    "RIVALS": purposes.RIVALS,
    "OUTPUT": purposes.OUTPUT,
    "TIE_TRUST": purposes.TIE_TRUST,
    "RELATIONAL": purposes.RELATIONAL,
    "INTRODUCTION": purposes.INTRODUCTION,
    "ARRIVAL": purposes.ARRIVAL,
    "NEED_ENDS": purposes.NEED_ENDS,
    "IMPOSED": purposes.IMPOSED,
}


class _Arrays(ctypes.Structure):
    """The C struct `Sim` of world.h."""

    _fields_ = (
        *((name, ctypes.c_void_p) for name in ("p", "s", "m", "ties", "partners", "provider", "means_from")),
        *((name, ctypes.c_void_p) for name in ("strangers", "couples", "odds", "likely")),
        ("places", ctypes.c_int64),
        ("words", ctypes.c_int64),
    )


def compiler() -> str | None:
    """Path of a C compiler: the one that CC names, else cc, gcc or clang; None if there is none."""
    names = (os.environ.get("CC", ""), "cc", "gcc", "clang")
    return next((found for name in names if name and (found := shutil.which(name))), None)


def layout() -> str:
    """Text of layout.h: the records of `cisim.core.layout` as structs, and the codes that draws are keyed by."""
    codes = "\n".join(f"#define {name} {value!r}" for name, value in _CODES.items())
    return "\n".join(["#include <stdint.h>", codes, *(_struct(name, dtype) for name, dtype in _RECORDS.items())])


def _struct(name: str, dtype: np.dtype[Any]) -> str:
    """Declare one record; the size is checked by the compiler."""
    fields = [(field, dtype[field].base.str[1:], dtype[field].shape) for field in dtype.names or ()]
    lines = [f"    {_TYPES[base]} {field}{''.join(f'[{n}]' for n in shape)};" for field, base, shape in fields]
    check = f'_Static_assert(sizeof({name}) == {dtype.itemsize}, "layout of {name}");'
    return "\n".join(["typedef struct {", *lines, f"}} {name};", check])


def build(folder: Path) -> Callable[[Sim], Callable[[int], None]]:
    """Compile the C version into `folder`; return what binds it to a simulation: a function that lives some months."""
    (folder / "layout.h").write_text(layout(), encoding="utf-8")
    library = folder / "month.so"
    files = [f"-I{folder}", str(SOURCES / "month.c"), "-o", str(library), "-lm"]
    command = [str(compiler()), *FLAGS, "-fPIC", "-shared", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"the C version does not compile; is it behind the layout of the kernel?\n{done.stderr}")
    live = ctypes.CDLL(str(library)).live
    live.argtypes, live.restype = [ctypes.POINTER(_Arrays), ctypes.c_int64], None

    def bind(sim: Sim) -> Callable[[int], None]:
        arrays = _arrays(sim)
        return lambda months: live(arrays, months)

    return bind


def _arrays(sim: Sim) -> _Arrays:
    """Addresses of the arrays of `sim`, which must outlive the call."""
    places, words = sim.partners.shape
    addresses = {name: _address(getattr(sim, name)) for name, kind in _Arrays._fields_ if kind is ctypes.c_void_p}
    return _Arrays(**addresses, places=places, words=words)


def _address(array: Any) -> int:
    address: int = array.__array_interface__["data"][0]
    return address
