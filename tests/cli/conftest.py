"""The command line for the tests: in this process, in an empty folder, on stand-in engines where none is needed."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from cisim.cli.main import main
from cisim.study.engines import ENGINES


class Done(NamedTuple):
    """Result of a command: exit code and output."""

    code: int
    out: str
    err: str

    @property
    def complaints(self) -> list[str]:
        """Lines on stderr that are errors, and not progress."""
        return [line for line in self.err.splitlines() if line.startswith("cisim: ")]


Command = Callable[..., Done]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def cisim(folder: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Return a function that runs a command in an empty folder."""

    def run(*words: str) -> Done:
        code = main(words)
        captured = capsys.readouterr()
        return Done(code, captured.out, captured.err)

    return run


@pytest.fixture
def use_engine(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that puts an engine of `tests.study.engines` in the place of every one."""

    def use(name: str) -> None:
        for engine in ENGINES:
            monkeypatch.setitem(ENGINES, engine, f"tests.study.engines:{name}")

    return use
