"""A result folder: locked first, then looked at; begun or continued, never written over; how far it is."""

import json
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from filelock import FileLock, Timeout

from cisim.errors import CisimError, InputError
from cisim.reading.seal import CONFIG, SEAL, check_sealed, read_seal, write_json
from cisim.study.store.comparison import differences
from cisim.study.store.shards import plan_of
from cisim.study.study import Study

#: States of a result.
RUNNING, INTERRUPTED, FAILED, COMPLETE = "running", "interrupted", "failed", "complete"

#: Seconds between two writings while runs come in.
EVERY = 0.5


@dataclass(frozen=True, kw_only=True)
class Status:
    """How far a study is.

    Attributes
    ----------
    state : str
        ``running``, ``interrupted``, ``failed`` (it can go on from all of these) or ``complete``.
    runs_done, runs_total, runs_failed : int
        Runs that are safe, runs in all as far as known, runs that raised.
    seconds : float
        Seconds of work so far, in this session.
    updated : str
        When this was written.
    """

    state: str
    runs_done: int = 0
    runs_total: int = 0
    runs_failed: int = 0
    seconds: float = 0.0
    updated: str = ""


class Reporter:
    """Keeps ``status.json`` up to date.

    Parameters
    ----------
    folder : Path
        Result folder.
    status : Status
        As it is when this session begins.
    """

    def __init__(self, folder: Path, status: Status) -> None:
        self._path, self.status = folder / "status.json", status
        self._begin, self._before, self._written = time.monotonic(), status.seconds, 0.0

    def change(self, **values: Any) -> None:
        """Note what has changed; written at most every `EVERY` seconds, a change of state at once."""
        changed_state = values.get("state", self.status.state) != self.status.state
        now = time.monotonic()
        self.status = replace(self.status, **values, seconds=round(self._before + now - self._begin, 3))
        if changed_state or now - self._written > EVERY:
            self.write()

    def write(self) -> None:
        """Write the status now."""
        self._written = time.monotonic()
        self.status = replace(self.status, updated=datetime.now(UTC).isoformat(timespec="seconds"))
        write_json(asdict(self.status), self._path)


#: Folder of what each batch gave.
SHARDS = "shards"

#: File whose lock a process holds while it writes to the folder.
LOCK = ".lock"

#: What a folder holds: nothing, a result that can go on, a finished one.
EMPTY, UNFINISHED, FINISHED = "empty", "unfinished", "finished"

#: Files and folders that an unfinished result may have.
OWN = (
    *(CONFIG, SHARDS, "manifest.json", "status.json", "points.parquet", "tables", "figures", "traceback.txt"),
    *(f"{table}.parquet" for table in ("runs", "members", "trajectories", "events", "communities", "ensemble")),
    *("steps", "central.yaml"),
)


def folder_for(study: Study, model: str, now: datetime, inner: str = "") -> Path:
    """Return the folder that the results of `study` go to: ``out/verb/name``.

    Without a name, an unfinished result of the same study is continued; else the name is time and short hash.

    Parameters
    ----------
    study : Study
        What is to be run.
    model : str
        Hash of the model's sources.
    now : datetime
        Time for the name.
    inner : str, optional
        Folder, inside that of a second study, for a first one: the name is that of the whole.
    """
    parent = Path(study.out) / study.verb
    if study.name is not None:
        return parent / study.name / inner
    for folder in sorted(parent.glob("*")) if parent.is_dir() else ():
        if (folder / inner / CONFIG).is_file() and _can_go_on(folder, folder / inner, study, model):
            return folder / inner
    return parent / f"{now:%Y%m%d-%H%M%S}-{study.fingerprint()[:8]}" / inner


def _can_go_on(whole: Path, folder: Path, study: Study, model: str) -> bool:
    """Whether a folder holds this study, and the whole of it is not finished."""
    try:
        return read_seal(whole) is None and examine(folder, study, model) != EMPTY
    except CisimError:
        return False


def examine(folder: Path, study: Study, model: str, apart: str = "") -> str:
    """Return what a folder holds: `EMPTY`, `UNFINISHED` or `FINISHED` results of `study`.

    Parameters
    ----------
    folder : Path
        Existing folder, best under its lock.
    study, model
        As for `folder_for`.
    apart : str, optional
        Name of something in it that does not count.

    Raises
    ------
    InputError
        If it holds anything else, or a finished result of which a file is not what was written.
    """
    names = _names(folder) - {LOCK, apart}
    if not names:
        return EMPTY
    seal = read_seal(folder)
    if seal is not None:
        if (seal.configuration, seal.model) != (study.fingerprint(), model):
            raise _other(folder, study, is_other_model=seal.model != model)
        check_sealed(folder, seal)
        return FINISHED
    if not _is_begun(folder, study, plan_identity(study, model)) and any(_is_foreign(folder / name) for name in names):
        raise InputError(f"{folder} exists already and is not overwritten; give another name=, or remove it")
    return UNFINISHED


def _is_foreign(path: Path) -> bool:
    """Whether something in a folder is nothing that a study begins with."""
    is_own = path.name in OWN or path.name.endswith(".partial")
    return not is_own or (path.suffix == ".parquet" and path.is_dir())


def plan_identity(study: Study, model: str) -> str:
    """Identity of what decides the runs of a study: its configuration and the model's sources."""
    return f"{study.fingerprint()}-{model}"


def _names(folder: Path) -> set[str]:
    try:
        return {path.name for path in folder.iterdir()}
    except OSError as problem:
        raise InputError(f"cannot read {folder}: {problem.strerror}; give another folder with out=") from problem


def _is_begun(folder: Path, study: Study, plan: str) -> bool:
    """Whether configuration or shards are those of this study; InputError if they are those of another."""
    kept = _configuration(folder)
    if kept is not None and differences(kept, as_kept(study)):
        raise _other(folder, study)
    plans = {plan_of(path) for path in (folder / SHARDS).glob("*.runs.parquet")} - {None}
    if plans and plan not in plans:
        raise _other(folder, study, is_other_model=kept is not None)
    return kept is not None or bool(plans)


def configuration_text(study: Study) -> str:
    """Return what ``config.yaml`` of a study holds."""
    plain = json.loads(json.dumps(study.resolved()))
    text: str = yaml.safe_dump(plain, sort_keys=False, allow_unicode=True)
    return text


def as_kept(study: Study) -> Mapping[str, Any]:
    """Return the configuration of a study as it is when read back."""
    found: Mapping[str, Any] = yaml.safe_load(configuration_text(study))
    return found


def _configuration(folder: Path) -> Mapping[str, Any] | None:
    """Return the configuration of a folder, None if it has none that can be read."""
    try:
        found = yaml.safe_load((folder / CONFIG).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError, yaml.YAMLError):
        return None
    return found if isinstance(found, Mapping) else None


def _other(folder: Path, study: Study, *, is_other_model: bool = False) -> InputError:
    """Error for a folder that holds results of another study, with what differs."""
    kept = _configuration(folder)
    found = [] if kept is None else differences(kept, as_kept(study))
    if found:
        shown = ", ".join(str(difference) for difference in found[:3])
        what = f"{shown} and {len(found) - 3} more differences" if len(found) > 3 else shown
    else:
        what = "made by another version of the model" if is_other_model else "their configuration cannot be read"
    return InputError(f"{folder} holds other results ({what}) and is not overwritten; give another name=")


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Make a folder if need be and hold its lock; if nothing was begun in it in the end, it goes away again.

    Raises
    ------
    InputError
        If nothing can be written there, or another process writes there.
    """
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / LOCK).touch()
    except OSError as problem:
        raise InputError(f"cannot write to {folder}: {problem.strerror}; give another folder with out=") from problem
    with locked(folder):
        is_new = not _names(folder) - {LOCK}
        try:
            yield
        finally:
            if is_new and not _has_work(folder):
                shutil.rmtree(folder, ignore_errors=True)
                with suppress(OSError):  # others may have begun beside it
                    for path in made[1:]:
                        path.rmdir()


def check_around(inner: Path) -> None:
    """Raise InputError if something lies around the folder of a first study that was not begun with it."""
    outer = inner.parent
    if outer.is_dir() and not (inner / CONFIG).is_file() and _names(outer) - {LOCK, inner.name}:
        raise InputError(f"{outer} exists already and is not overwritten; give another name=, or remove it")


def _has_work(folder: Path) -> bool:
    """Whether there is anything in a folder that took time to make."""
    return any(any(folder.glob(pattern)) for pattern in ("*/*.parquet", "runs.parquet", SEAL))


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
    finally:
        with suppress(OSError):  # Windows removes it with the lock
            (folder / LOCK).unlink()
        lock.release()


def disk_problem(folder: Path, problem: OSError) -> CisimError:
    """Error for a disk that refuses, with how to go on."""
    return CisimError(
        f"cannot write to {folder}: {problem.strerror or problem}; the runs so far are safe: make room, and give the "
        "same command again to go on"
    )
