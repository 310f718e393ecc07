"""The style and the types, checked by the tools that pyproject.toml configures."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project.test_size import read, sources

#: First words of a docstring that do not say what the thing is or returns.
FIRST_WORDS = re.compile(r"(Tell|Say|Give|Let|Take|Put|Know)s?\b")
#: Words that no docstring and no message has.
DIALECT = re.compile(r"(?i)\bsitting\b|\bwhat is amiss\b")


def texts(checkout: Path) -> Iterator[tuple[str, str, bool]]:
    """Yield place, text and whether it is a docstring, for every string of the project but those of this file."""
    for path in sources(checkout):
        place = path.relative_to(checkout).as_posix()
        if path.name == Path(__file__).name:
            continue
        nodes = list(ast.walk(ast.parse(read(path))))
        owners = [node for node in nodes if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)]
        docstrings = {ast.get_docstring(node, clean=False) for node in owners}
        for node in nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield f"{place}:{node.lineno}", node.value, node.value in docstrings


def check(checkout: Path, *command: str) -> None:
    """Run a tool on the checkout; fail with its output when it finds something."""
    done = subprocess.run([sys.executable, "-m", *command], cwd=checkout, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_code_follows_the_rules_of_style(checkout: Path) -> None:
    check(checkout, "ruff", "check")


def test_the_code_is_formatted(checkout: Path) -> None:
    check(checkout, "ruff", "format", "--check")


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="newer NumPy comes with other types: the oldest Python decides")
def test_the_types_hold(checkout: Path) -> None:
    check(checkout, "mypy")


def test_docstrings_say_what_a_thing_is_or_returns(checkout: Path) -> None:
    found = [(place, text.splitlines()[0]) for place, text, is_docstring in texts(checkout) if is_docstring]
    assert len(found) > 2000
    assert [(place, line) for place, line in found if FIRST_WORDS.match(line)] == []


def test_docstrings_and_messages_are_in_plain_words(checkout: Path) -> None:
    assert [(place, text) for place, text, _ in texts(checkout) if DIALECT.search(text)] == []
