"""Whole numbers in range, and sizes held against the memory and the disk that are there before anything is made."""

import os
import shutil
import sys
from pathlib import Path

from cisim.errors import CisimError, InputError

#: Largest of all counts: numbers of points and of replicates make one whole number of 64 bits.
LARGEST_COUNT = 2**31 - 1
LARGEST_SEED = 2**63 - 1

#: Bytes of memory that are taken to be there where the system does not say.
USUAL_MEMORY = 8 * 2**30


def check_whole(name: str, value: object, low: int, high: int = LARGEST_COUNT) -> None:
    """Raise InputError unless `value` is a whole number from `low` to `high`."""
    span = f"of {low} or more, at most {high}" if high == LARGEST_COUNT else f"from {low} to {high}"
    if isinstance(value, bool) or not isinstance(value, int):
        raise InputError(f"{name}={value!r} is not a whole number; give one {span}")
    if not low <= value <= high:
        raise InputError(f"{name}={in_short(value)} is out of range; give a whole number {span}")


def in_short(number: int) -> str:
    """Return a whole number, as a power of ten if it is long."""
    return str(number) if abs(number) < 10**21 else f"about {'-' if number < 0 else ''}10^{_digits(number) - 1}"


def _digits(number: int) -> int:
    return int(abs(number).bit_length() * 0.30103) + 1  # Python refuses to write thousands of digits


def check_memory(asked: str, number: int, each: float, remedy: str) -> None:
    """Raise InputError if there is no memory for `number` of what `asked` names, of `each` bytes."""
    there = memory_there()
    if number * each > there:
        raise InputError(f"{_compared('memory', there, asked, number, each)}; {remedy}")


def check_disk(asked: str, number: int, each: float, folder: Path) -> None:
    """Raise CisimError if the disk of `folder` has no room for `number` of what `asked` names, of `each` bytes."""
    there = disk_there(folder)
    if number * each > there:
        remedy = "give fewer, make room, or give another folder with out="
        raise CisimError(f"{_compared('disk', there, asked, number, each)}; {remedy}")


def _compared(of: str, there: int, asked: str, number: int, each: float) -> str:
    """Return what is asked for beside what fits."""
    need = f"{asked} take about {number * each / 1e9:.3g} GB of {of}"
    return f"{need}, and {there / 1e9:.2g} GB are there, enough for {int(there / each):,}"


def disk_there(folder: Path) -> int:
    """Return the free bytes of the disk that `folder` is, or will be, on."""
    existing = next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
    return shutil.disk_usage(existing).free


def memory_there() -> int:
    """Return the bytes that this process may still take: what the system has, below the limits set to the process."""
    return max(0, min(_free(), _in_container(), _below_limit()))


def _free() -> int:
    """Return the memory that the system can hand out; half of all where it does not say how much is in use."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        return next(1024 * int(line.split()[1]) for line in lines if line.startswith("MemAvailable:"))
    except (OSError, ValueError, StopIteration):
        pass
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    except (OSError, ValueError, AttributeError):  # Windows
        return USUAL_MEMORY


def _in_container() -> int:
    """Return the limit of the container that this process runs in, if it is in one."""
    try:
        return int(Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii"))
    except (OSError, ValueError):  # none, or "max"
        return sys.maxsize


def _below_limit() -> int:
    """Return what this process may still take below its limit of addresses."""
    if sys.platform == "win32":
        return sys.maxsize
    import resource

    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    return sys.maxsize if limit == resource.RLIM_INFINITY else limit - _addresses()


def _addresses() -> int:
    """Return the bytes of addresses in use; 0 where the system does not say."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return 0
