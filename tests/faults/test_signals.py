"""Whatever signal ends a study, in whatever phase, the same command ends with the bytes of the undisturbed one."""

import os
import random
import shutil
import signal
import time
from pathlib import Path

import pytest

from cisim.cli.main import main
from tests.faults.conftest import Start
from tests.faults.test_kill import wait_for
from tests.faults.tiny_studies import STUDIES, contents, prepare_folder, result_of, words_of

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are others there")

#: Signals in the order of their sending.
ENDS = {
    "KILL": ("SIGKILL",),
    "TERM": ("SIGTERM",),
    "INT twice": ("SIGINT", "SIGINT"),
    "HUP": ("SIGHUP",),
}
ENGINES = ("compiled", "mesa")


def end_and_go_on(study: str, engine: str, end: str, number: int, start: Start, folder: Path) -> bool:
    """Do a study, send signals to it at a random moment, do it again; return whether it was ended in its midst."""
    chance = random.Random(number)
    result = result_of(study)
    words = [*(word for word in words_of(study) if not word.startswith("workers=")), f"engine={engine}"]
    workers = ["workers=2", "executor=processes"] if number % 2 else ["workers=1"]
    assert main([*words, "workers=1"]) in (0, 1)
    wanted = contents(result)
    shutil.rmtree("results")
    running = start(*words, *workers, engine="unhurried", start_new_session=True)
    assert wait_for(lambda: running.poll() is not None or result.is_dir(), 60.0)
    time.sleep(chance.uniform(0.0, 1.5))
    for name in ENDS[end]:
        if running.poll() is None:
            running.send_signal(getattr(signal, name))
            time.sleep(0.05)
    running.communicate(timeout=60)
    assert wait_for(lambda: not members_of(running.pid), 20.0), "workers outlive their parent"
    was_ended = running.returncode not in (0, 1)
    assert main([*words, "workers=1"]) in (0, 1)
    assert contents(result) == wanted, (study, engine, end, number)
    assert not (result / "shards").exists()
    return was_ended


def members_of(group: int) -> list[str]:
    """Return the living processes of a session."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, process_group = path.read_text(encoding="utf-8").rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if process_group == str(group) and state != "Z":
            found.append(path.parent.name)
    return found


@pytest.mark.parametrize(
    ("study", "engine", "end", "number"),
    [
        ("sweep", "compiled", "KILL", 1),
        ("target", "mesa", "TERM", 3),
        ("sweep", "mesa", "INT twice", 5),
        ("calibrate", "compiled", "HUP", 2),
        ("claims", "compiled", "KILL", 4),
        ("auto", "compiled", "TERM", 6),
    ],
)
def test_a_study_that_a_signal_ends_goes_on(
    study: str, engine: str, end: str, number: int, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare_folder(tmp_path, monkeypatch)
    end_and_go_on(study, engine, end, number, start, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("study", list(STUDIES))
def test_every_study_goes_on_after_every_signal(
    study: str, engine: str, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare_folder(tmp_path, monkeypatch)
    numbers = range(100, 112)
    for number in numbers:
        shutil.rmtree("results", ignore_errors=True)
        end_and_go_on(study, engine, list(ENDS)[number % len(ENDS)], number, start, tmp_path)
