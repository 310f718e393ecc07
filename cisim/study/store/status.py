"""``status.json``: a report of how far a study is, for people and other programs; cisim itself never reads it."""

import time
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cisim.reading.seal import write_json

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
