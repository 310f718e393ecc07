"""Small files and small functions: what outgrows a page is split, or has a reason."""

import ast
from collections.abc import Iterator
from pathlib import Path

FILE_LINES = 300
FUNCTION_LINES = 60
CODE_LINES = 40

# Functions with more than CODE_LINES of code besides the docstring: each with the reason why it stays whole.
LONG_FOR_A_REASON: dict[str, str] = {}


def test_no_file_is_longer_than_three_hundred_lines(checkout: Path) -> None:
    lengths = [(str(path.relative_to(checkout)), len(read(path).splitlines())) for path in sources(checkout)]
    assert [(path, lines) for path, lines in lengths if lines > FILE_LINES] == []


def test_no_function_is_longer_than_sixty_lines(checkout: Path) -> None:
    lengths = [(name, lines(node)) for name, node in functions(checkout)]
    assert [(name, length) for name, length in lengths if length > FUNCTION_LINES] == []


def test_a_function_with_more_than_forty_lines_of_code_has_a_reason(checkout: Path) -> None:
    lengths = [(name, lines(node) - docstring_lines(node)) for name, node in functions(checkout)]
    assert {name for name, length in lengths if length > CODE_LINES} == set(LONG_FOR_A_REASON)


def sources(checkout: Path) -> Iterator[Path]:
    """Yield every Python file of the project."""
    yield checkout / "start.py"
    for folder in ("cisim", "benchmarks", "experiments", "tests"):
        yield from sorted((checkout / folder).rglob("*.py"))


def functions(checkout: Path) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield ``path::function`` and the syntax tree of every function."""
    for path in sources(checkout):
        for node in ast.walk(ast.parse(read(path))):
            if isinstance(node, ast.FunctionDef):
                yield f"{path.relative_to(checkout)}::{node.name}", node


def lines(node: ast.stmt) -> int:
    """Return the number of lines of a statement, from its first to its last."""
    return node.end_lineno - node.lineno + 1


def docstring_lines(node: ast.FunctionDef) -> int:
    return lines(node.body[0]) if ast.get_docstring(node) else 0


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
