"""Commands and Python in README.md and docs/ run as they stand, in a folder of their own, with few replicates."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from cisim.cli.main import main
from cisim.cli.verbs import VERBS, declared

CHECKOUT = Path(__file__).resolve().parents[2]
PAGES = [CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").glob("*.md"))]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

#: Beginnings of command lines that other tests run: test_start.py, test_extensions.py and test_scaling.py here, and
#: tests/cli/test_fit.py.
RUN_ELSEWHERE = (
    "python3 start.py ",
    "python experiments/extensions.py",
    "python experiments/scaling.py",
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


def commands() -> Iterator[tuple[str, list[list[str]]]]:
    """Yield place and words of the command lines of every block, without comments, prompts and redirections."""
    for block in blocks():
        if block.language in ("console", "bash", "sh"):
            lines = [line for line in block.text.splitlines() if not line.startswith(RUN_ELSEWHERE)]
            words = [shlex.split(line.removeprefix("$ ").partition(" > ")[0], comments=True) for line in lines]
            if any(words):
                yield block.place, [line for line in words if line]


COMMANDS = dict(commands())
PYTHON = {block.place: block.text for block in blocks() if block.language == "python"}


@pytest.mark.parametrize("place", COMMANDS)
def test_the_commands_of_a_block_in_the_documents_run(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").symlink_to(CHECKOUT / "docs")
    monkeypatch.setattr("cisim.figures.entries.write_figures", lambda *_: [])  # slow, and tested elsewhere
    for program, verb, *words in COMMANDS[place]:
        assert program == "cisim"
        small = [option for option in ("replicates=3", "workers=1") if takes(verb, option.partition("=")[0])]
        assert main([verb, *words, *small]) == 0


def takes(verb: str, option: str) -> bool:
    return verb in VERBS and option in declared(verb).option_names()


@pytest.mark.parametrize("place", PYTHON)
def test_python_in_the_documents_runs(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    small = re.sub(r"\breplicates=\d+", "replicates=2", PYTHON[place])
    exec(compile(small, place, "exec"), {"__name__": "documents"})


def test_there_are_commands_and_python_to_run() -> None:
    assert any(place.startswith("README.md") for place in COMMANDS)
    assert any(place.startswith("README.md") for place in PYTHON)
