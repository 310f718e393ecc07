"""One command line in this process, and whether it ended as a command may end."""

import contextlib
import io
import os
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType

from cisim.cli.main import main

#: Longest that a command may compute (s), most memory that this process may ever have taken, and what studies are told.
SECONDS, MEMORY, FREE = 60, 2 * 10**9, 10**9

#: What stands in a command's output where an exception was swallowed.
SWALLOWED = ("Traceback (most recent call last)", "their analysis failed with")


class TooLongError(BaseException):
    """A command takes longer than it may."""


def fault(words: Sequence[str], made: Path) -> str:
    """Run a command in an empty folder beside the result `made`; return what is wrong with its end, or nothing."""
    with _folder(made), _alarm():
        out, err = io.StringIO(), io.StringIO()
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                code = main(words)
        except TooLongError:
            return f"took more than {SECONDS} s"
        except BaseException:
            return traceback.format_exc()[-3000:]
    return _wrong(code, out.getvalue(), err.getvalue(), jobs=2 if "-m" in words else 1)


def _wrong(code: int, out: str, err: str, jobs: int = 1) -> str:
    """Return what is wrong with how a command of one or more jobs ended."""
    complaints = [line for line in err.splitlines() if line.startswith("cisim: ")]
    if any(text in out + err for text in SWALLOWED):
        return f"swallowed an exception: {err[-2000:]}"
    if code not in (0, 1, 2) or (code == 2 and not 1 <= len(complaints) <= jobs) or (code == 1 and not complaints):
        return f"exit code {code} with {len(complaints)} complaints: {err[-2000:]}"
    if code == 2 and jobs == 1 and err.strip().splitlines() != complaints:
        return f"exit code 2 with more than a line: {err[-2000:]}"
    used = memory()
    return f"{used / 1e9:.1f} GB of memory" if used > MEMORY else ""


def memory() -> int:
    """Return the most memory that this process has taken, in bytes; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


@contextlib.contextmanager
def _folder(made: Path) -> Iterator[None]:
    """Go to an empty folder with a result and a table of durations."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        shutil.copytree(made, folder / "made")
        (folder / "table.csv").write_text("duration,event_observed\n5,1\n9,0\n12,1\n20,1\n31,0\n", encoding="utf-8")
        with contextlib.chdir(folder):
            yield


@contextlib.contextmanager
def _alarm() -> Iterator[None]:
    """Raise `TooLongError` in time; not where there are no alarms, nor within a library that does not return."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def fault_of(job: tuple[Sequence[str], Path]) -> str:
    """As `fault`, for a pool of processes; the machine seems small."""
    import cisim.study.limits

    cisim.study.limits.memory_there = lambda: FREE
    os.environ["COLUMNS"] = "80"
    return fault(*job)
