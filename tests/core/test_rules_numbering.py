"""Every rule carries one equation number, and every number has a hand-computed case."""

import ast
import importlib
import re
from pathlib import Path

import pytest

import cisim.core.rules

FOLDER = Path(cisim.core.rules.__file__).parent
MODULES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")

#: First number of the rules of a field of communities.
FIELD = 120

#: Most numbers that a compiled function takes.
MOST = 6

#: Functions of the rules package that are no equation of their own.
SHARED = {"clip", "around", "logistic", "approach"}


def functions() -> dict[str, ast.FunctionDef]:
    """Return every function of the rules package by name."""
    trees = [ast.parse((FOLDER / f"{module}.py").read_text(encoding="utf-8")) for module in MODULES]
    return {node.name: node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def number(node: ast.FunctionDef) -> int | None:
    """Return the equation number with which a docstring begins."""
    found = re.match(r"E(\d+)\. [A-Z0-9]", ast.get_docstring(node) or "")
    return int(found.group(1)) if found else None


def tabled() -> set[str]:
    """Return the names of the rules that stand in a table of hand-computed cases."""
    files = sorted(Path(__file__).parent.glob("test_rules_*.py"))
    modules = [importlib.import_module(f"tests.core.{path.stem}") for path in files if path != Path(__file__)]
    return {rule.__name__ for module in modules for rule, _, _ in module.TABLE}


def test_every_equation_number_occurs_exactly_once_and_those_of_a_part_are_consecutive() -> None:
    numbers = sorted(number(node) for name, node in functions().items() if name not in SHARED)
    field = [n for n in numbers if n >= FIELD]
    assert field == list(range(FIELD, FIELD + len(field)))
    assert [n for n in numbers if n < FIELD] == list(range(len(numbers) - len(field)))


def test_only_shared_functions_have_no_number() -> None:
    assert {name for name, node in functions().items() if number(node) is None} == SHARED


def test_names_of_rules_are_unique_across_their_modules() -> None:
    trees = [ast.parse((FOLDER / f"{module}.py").read_text(encoding="utf-8")) for module in MODULES]
    names = [node.name for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert len(names) == len(set(names))


def test_every_rule_stands_in_a_table_of_hand_computed_cases() -> None:
    assert set(functions()) - tabled() == set()


def test_no_rule_takes_more_than_six_numbers_so_that_no_two_can_be_swapped_unseen() -> None:
    numbers = {
        name: [a.arg for a in node.args.args if a.annotation and ast.unparse(a.annotation) in ("float", "int")]
        for name, node in compiled().items()
    }
    assert len(numbers) > 200
    assert {name for name, scalars in numbers.items() if len(scalars) > MOST} == set()
    assert {name for name, node in compiled().items() if node.args.kwonlyargs or any_without_type(node)} == set()


def compiled() -> dict[str, ast.FunctionDef]:
    """Return every function of the core that is compiled, by file and name."""
    core = FOLDER.parent
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(core.rglob("*.py"))}
    return {
        f"{path.relative_to(core)}::{node.name}": node
        for path, tree in trees.items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.decorator_list
    }


def any_without_type(node: ast.FunctionDef) -> bool:
    """Whether an argument has no type, so that it is not known to be a number."""
    return any(argument.annotation is None for argument in node.args.args)


@pytest.mark.parametrize("module", MODULES)
def test_every_rule_is_compiled_and_pure(module: str) -> None:
    tree = ast.parse((FOLDER / f"{module}.py").read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            assert [ast.unparse(decorator) for decorator in node.decorator_list] == ["rule"]
            assert not any(isinstance(inner, (ast.Global, ast.Nonlocal, ast.Yield)) for inner in ast.walk(node))
