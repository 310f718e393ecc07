"""A result folder: begun or continued, never written over."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import yaml
from filelock import FileLock, Timeout

from cisim.errors import CisimError, InputError
from cisim.study.store.comparison import differences
from cisim.study.store.status import COMPLETE, RUNNING, Status, read_status
from cisim.study.study import Study

#: What a result folder has before any run.
CONFIG, SHARDS = "config.yaml", "shards"

#: File whose lock a process holds while it writes to the folder.
LOCK = ".lock"


@dataclass(frozen=True)
class ResultPlace:
    """Where the results of a study go.

    Attributes
    ----------
    folder : Path
        Result folder.
    status : Status or None
        How far it is already; None if it is new.
    """

    folder: Path
    status: Status | None

    @property
    def is_complete(self) -> bool:
        """Whether all its runs are there."""
        return self.status is not None and self.status.state == COMPLETE


def find_place(study: Study, model: str, now: datetime) -> ResultPlace:
    """Find where the results of `study` go: ``out/verb/name``, begun already or not.

    Without a name, an unfinished result of the same configuration is continued; else the name is time and short hash.

    Parameters
    ----------
    study : Study
        What is to be run.
    model : str
        Hash of the model's sources.
    now : datetime
        Time for the name.

    Raises
    ------
    InputError
        If the folder holds something else, or results of another configuration or model.
    """
    parent = Path(study.out) / study.verb
    if study.name is None:
        for folder in sorted(parent.glob("*")) if parent.is_dir() else ():
            status = read_status(folder)
            if status is not None and status.state != COMPLETE and _is_same(status, study, model):
                return ResultPlace(folder, status)
    name = study.name or f"{now:%Y%m%d-%H%M%S}-{study.fingerprint()[:8]}"
    return place_at(parent / name, study, model)


def place_at(folder: Path, study: Study, model: str, apart: str = "") -> ResultPlace:
    """Take a folder for the results of `study`; InputError if it holds anything else, but for what is named `apart`."""
    if not _is_taken(folder, apart):
        return ResultPlace(folder, None)
    status = read_status(folder)
    if status is None:
        raise InputError(f"{folder} exists already and is not overwritten; give another name=, or remove it")
    if not _is_same(status, study, model):
        raise InputError(
            f"{folder} holds other results ({_what_differs(folder, status, study, model)}) and is not overwritten; "
            "give another name="
        )
    return ResultPlace(folder, status)


def find_inner(study: Study, model: str, now: datetime, inner: str) -> ResultPlace:
    """Find where the first of two studies goes: into a folder `inner` of that which the second will have.

    As `find_place`; without a name, the first result is taken up in which the second study is not complete.
    """
    parent = Path(study.out) / study.verb
    name = study.name or f"{now:%Y%m%d-%H%M%S}-{study.fingerprint()[:8]}"
    for folder in sorted(parent.glob("*")) if study.name is None and parent.is_dir() else ():
        first, second = read_status(folder / inner), read_status(folder)
        if first is not None and _is_same(first, study, model) and (second is None or second.state != COMPLETE):
            name = folder.name
    if _is_taken(parent / name, inner) and read_status(parent / name / inner) is None:
        raise InputError(f"{parent / name} exists already and is not overwritten; give another name=, or remove it")
    return place_at(parent / name / inner, study, model)


def _is_taken(folder: Path, apart: str = "") -> bool:
    """Tell whether `folder` is a file, or holds anything but one named `apart`."""
    try:
        return folder.exists() and (not folder.is_dir() or any(path.name != apart for path in folder.iterdir()))
    except OSError as problem:
        raise InputError(f"cannot read {folder}: {problem.strerror}; give another folder with out=") from problem


def _is_same(status: Status, study: Study, model: str) -> bool:
    return (status.configuration, status.model) == (study.fingerprint(), model)


def _what_differs(folder: Path, status: Status, study: Study, model: str) -> str:
    """Say what keeps these results from being those of `study`."""
    try:
        kept = yaml.safe_load((folder / CONFIG).read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError):
        return "their configuration cannot be read"
    found = differences(kept, study.resolved())
    if not found and status.model != model:
        return "made by another version of the model"
    shown = ", ".join(str(difference) for difference in found[:3])
    return f"{shown} and {len(found) - 3} more differences" if len(found) > 3 else shown


@contextmanager
def opened(place: ResultPlace) -> Iterator[None]:
    """Make the folder if need be and hold its lock; if nothing was begun in it in the end, it goes away again.

    Raises
    ------
    InputError
        If nothing can be written there, or another process writes there.
    """
    folder, is_new = place.folder, not place.folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / LOCK).touch()
    except OSError as problem:
        raise InputError(f"cannot write to {folder}: {problem.strerror}; give another folder with out=") from problem
    try:
        with locked(folder):
            yield
    finally:
        if is_new and not any((folder / SHARDS).glob("*.runs.parquet")) and not (folder / "runs.parquet").exists():
            _remove(folder)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of `folder`, which goes with its process, also when that is killed; InputError if it is taken."""
    lock = FileLock(folder / LOCK, blocking=False)
    try:
        lock.acquire()
    except Timeout:
        raise InputError(f"{folder} is being written by another process; wait for it, or give another name=") from None
    try:
        yield
        with suppress(OSError):  # Windows removes it with the lock
            (folder / LOCK).unlink()
    finally:
        lock.release()


def _remove(folder: Path) -> None:
    """Remove a folder in which nothing came to pass."""
    for path in (*(folder / SHARDS).glob("*"), *folder.glob("*"), *folder.glob(".*")):
        if path.is_file():
            path.unlink(missing_ok=True)
    for path in (folder / SHARDS, folder):
        if path.is_dir():
            path.rmdir()


def begin(study: Study, model: str, batch: int) -> Status:
    """Return the status of a result that begins."""
    return Status(state=RUNNING, configuration=study.fingerprint(), model=model, batch=batch)


def disk_problem(folder: Path, problem: OSError) -> CisimError:
    """Say what went wrong with the disk and how to go on."""
    return CisimError(
        f"cannot write to {folder}: {problem.strerror or problem}; the runs so far are safe: make room, and give the "
        "same command again to go on"
    )
