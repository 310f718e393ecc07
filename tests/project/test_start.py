"""start.py refuses and installs when it should. Nothing here installs or downloads."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest


class Steps(list[list[str]]):
    """The commands that start.py would have run."""

    def __call__(self, command: list[object], **settings: object) -> None:
        self.append([str(word) for word in command])
        if command[1:3] == ["-m", "venv"]:
            Path(str(command[-1])).mkdir(parents=True)


@pytest.fixture
def start(checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return start.py as a module whose checkout is an empty folder with three locks."""
    spec = importlib.util.spec_from_file_location("start", checkout / "start.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for lock in (module.BUILD, module.RUN, module.DEVELOP):
        (tmp_path / lock).write_text(lock)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    return module


@pytest.fixture
def steps(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Steps:
    """Return the list of the installation's steps, which are not run."""
    steps = Steps()
    monkeypatch.setattr(start, "quietly", steps)
    return steps


def hide(monkeypatch: pytest.MonkeyPatch, *hidden: str) -> None:
    """Make modules or programs unavailable to this Python."""
    find, which = importlib.util.find_spec, shutil.which
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name in hidden else find(name))
    monkeypatch.setattr(shutil, "which", lambda name: None if name in hidden else which(name))


def test_an_old_python_is_refused_in_one_line(start: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        start.refuse_old_python((3, 10, 13))
    assert left.value.code == 2
    assert capsys.readouterr().err.splitlines() == [
        "cisim: Python 3.10 is too old, 3.11 is the oldest: try python3.12 start.py"
    ]


def test_python_3_11_and_later_are_welcome(start: ModuleType) -> None:
    start.refuse_old_python((3, 11, 0))
    start.refuse_old_python((4, 0, 0))


def test_the_first_start_installs_and_the_second_does_not(start: ModuleType, steps: Steps) -> None:
    python = start.prepare(start.RUN)
    assert [step[-1] for step in steps[1:]] == [
        str(start.ROOT / start.BUILD),
        str(start.ROOT / start.RUN),
        str(start.ROOT),
    ]
    steps.clear()
    assert start.prepare(start.RUN) == python
    assert steps == []


def test_everything_but_the_checkout_is_checked_by_hash_and_built_with_locked_tools(
    start: ModuleType, steps: Steps
) -> None:
    start.prepare(start.RUN)
    _, build, locked, checkout = steps
    assert "--require-hashes" in build
    assert {"--require-hashes", "--no-build-isolation"} <= set(locked)
    assert {"--no-deps", "--no-build-isolation"} <= set(checkout)


def test_the_tests_come_on_top_of_a_finished_environment(start: ModuleType, steps: Steps) -> None:
    start.prepare(start.RUN)
    steps.clear()
    start.prepare(start.DEVELOP)
    assert "venv" not in steps[0]
    steps.clear()
    start.prepare(start.RUN)
    assert steps == []


@pytest.mark.parametrize("lock", ["BUILD", "RUN", "DEVELOP"])
def test_a_changed_lock_makes_the_environment_anew(lock: str, start: ModuleType, steps: Steps) -> None:
    start.prepare(start.RUN)
    steps.clear()
    (start.ROOT / getattr(start, lock)).write_text("other versions")
    start.prepare(start.RUN)
    assert steps[0][1:3] == ["-m", "venv"]


def test_another_python_makes_the_environment_anew(
    start: ModuleType, steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    start.prepare(start.RUN)
    steps.clear()
    monkeypatch.setattr(start.sys, "base_prefix", "elsewhere")
    start.prepare(start.RUN)
    assert steps[0][1:3] == ["-m", "venv"]


@pytest.mark.parametrize("finished", [[], ["requirements.lock"]], ids=["at first", "on top of another"])
def test_an_interrupted_installation_is_done_again_from_the_start(
    finished: list[str], start: ModuleType, steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(command: list[object]) -> None:
        steps(command)
        if command[-1] == start.ROOT / start.DEVELOP:
            raise KeyboardInterrupt

    for lock in finished:
        start.prepare(lock)
    monkeypatch.setattr(start, "quietly", interrupted)
    with pytest.raises(KeyboardInterrupt):
        start.prepare(start.DEVELOP)
    monkeypatch.setattr(start, "quietly", steps)
    steps.clear()
    start.prepare(start.DEVELOP)
    assert steps[0][1:3] == ["-m", "venv"]
    assert len(steps) == 4


def test_without_ensurepip_the_outer_pip_installs(
    start: ModuleType, steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    hide(monkeypatch, "ensurepip")
    python = start.prepare(start.RUN)
    assert "--without-pip" in steps[0]
    assert steps[1][:6] == [sys.executable, "-m", "pip", "--python", str(python), "install"]


def test_without_any_pip_uv_installs(start: ModuleType, steps: Steps, monkeypatch: pytest.MonkeyPatch) -> None:
    hide(monkeypatch, "ensurepip", "pip")
    monkeypatch.setattr(shutil, "which", {"uv": "uv"}.get)
    python = start.prepare(start.RUN)
    assert steps[1][:5] == ["uv", "pip", "install", "--python", str(python)]


def test_without_any_installer_one_line_names_the_remedy(
    start: ModuleType, steps: Steps, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hide(monkeypatch, "ensurepip", "pip", "uv")
    with pytest.raises(SystemExit) as left:
        start.prepare(start.RUN)
    assert left.value.code == 2
    [line] = capsys.readouterr().err.splitlines()
    assert "python3-venv" in line
    assert steps == []


def test_a_place_that_cannot_be_written_ends_in_one_line(start: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    (start.ROOT / ".venv").write_text("in the way")
    with pytest.raises(SystemExit) as left:
        start.prepare(start.RUN)
    assert left.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_failed_step_shows_its_output(start: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        start.quietly([sys.executable, "-c", "print('no such version'); raise SystemExit(1)"])
    assert left.value.code == 2
    assert "no such version" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        (["compare", "seed=1"], ["cisim", "compare", "seed=1"]),
        (["test", "-x"], ["python", "-m", "pytest", "-n", "auto", "--dist", "loadfile", "-x"]),
    ],
)
def test_the_arguments_and_the_exit_code_pass_through(
    arguments: list[str], command: list[str], start: ModuleType, steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = Steps()
    popen = SimpleNamespace(wait=lambda: 3)
    monkeypatch.setattr(subprocess, "Popen", lambda words, cwd: started(words, cwd=cwd) or popen)
    assert start.main(arguments) == 3
    [words] = started
    assert [Path(words[0]).stem, *words[1:]] == command
