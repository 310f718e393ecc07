"""Commands and Python in README.md and docs/ run as they stand, in a folder of their own, with few replicates."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import NamedTuple

import pytest

from cisim.cli.main import main
from cisim.config.options import OPTIONS

CHECKOUT = Path(__file__).resolve().parents[2]
PAGES = [CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").glob("*.md"))]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

#: Beginnings of command lines that other tests run: test_start.py, test_extensions.py here, tests/cli/test_fit.py.
RUN_ELSEWHERE = (
    "python3 start.py ",
    "python experiments/extensions.py",
    "cisim fit docs/data/invented-coalitions.csv duration=months event=ended with=",
)


class Block(NamedTuple):
    """A fenced block: page and line where it begins, language, text."""

    place: str
    language: str
    text: str


def blocks() -> Iterator[Block]:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for found in FENCE.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            yield Block(f"{page.name}:{line}", found[1], found[2])


def commands() -> Iterator[tuple[str, list[str]]]:
    """Yield place and words of every command line, without comments, prompts and redirections."""
    for block in blocks():
        if block.language in ("console", "bash", "sh"):
            for number, line in enumerate(block.text.splitlines(), start=1):
                words = shlex.split(line.removeprefix("$ ").partition(" > ")[0], comments=True)
                if words and not line.startswith(RUN_ELSEWHERE):
                    yield f"{block.place}+{number}", words


COMMANDS = dict(commands())
PYTHON = {block.place: block.text for block in blocks() if block.language == "python"}


@pytest.mark.parametrize("place", COMMANDS)
def test_a_command_in_the_documents_runs(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program, verb, *words = COMMANDS[place]
    assert program == "cisim"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").symlink_to(CHECKOUT / "docs")
    monkeypatch.setattr("cisim.analysis.figures.registry.write_figures", lambda *_: [])  # slow, and tested elsewhere
    small = [option for option in ("replicates=3", "workers=1") if takes(verb, option.partition("=")[0])]
    assert main([verb, *words, *small]) == 0


def takes(verb: str, option: str) -> bool:
    return verb in OPTIONS and option in {item.name for item in fields(OPTIONS[verb])}


@pytest.mark.parametrize("place", PYTHON)
def test_python_in_the_documents_runs(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    small = re.sub(r"\breplicates=\d+", "replicates=2", PYTHON[place])
    exec(compile(small, place, "exec"), {"__name__": "documents"})


def test_there_are_commands_and_python_to_run() -> None:
    assert any(place.startswith("README.md") for place in COMMANDS)
    assert any(place.startswith("README.md") for place in PYTHON)
