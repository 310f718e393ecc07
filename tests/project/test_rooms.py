"""Rooms that can be told apart: names that occur once, and no circle of files but that of the model and its agents."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

#: Names of files that every folder of a question may have.
FIXED = {"__init__.py", "plan.py", "compute.py", "tables.py", "figures.py", "verb.py"}


def test_no_file_name_occurs_twice_but_those_of_questions_and_of_twins(checkout: Path) -> None:
    places = defaultdict(set)
    for path in sorted((checkout / "cisim").rglob("*.py")):
        places[path.name].add(path.parent.relative_to(checkout / "cisim").as_posix())
    twins = {"agents", "core/kernel"}
    assert [name for name, at in places.items() if len(at) > 1 and name not in FIXED and at != twins] == []
    elsewhere = [at for name in FIXED - {"__init__.py"} for at in places[name] if not at.startswith("questions/")]
    assert elsewhere == ["report"]  # its verb


def test_no_public_name_is_defined_in_two_files(checkout: Path) -> None:
    places = defaultdict(set)
    for module, tree in modules(checkout):
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].add(module)
    assert {name: sorted(at) for name, at in places.items() if len(at) > 1} == {}


def test_files_import_one_another_in_one_direction_but_in_the_mesa_engine(checkout: Path) -> None:
    trees = dict(modules(checkout))
    imports = {module: imported(tree, set(trees)) for module, tree in trees.items()}
    in_circles = {module for module in imports if module in reached(imports, module)}
    assert [module for module in sorted(in_circles) if not module.startswith("cisim.agents.")] == []


def modules(checkout: Path) -> Iterator[tuple[str, ast.Module]]:
    """Yield the dotted name and the syntax tree of every file of the package."""
    for path in sorted((checkout / "cisim").rglob("*.py")):
        name = ".".join(path.relative_to(checkout).with_suffix("").parts).removesuffix(".__init__")
        yield name, ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module, known: set[str]) -> set[str]:
    """Return the files of the package that a file imports, for its types alone even."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in known:
            names |= {name if (name := f"{node.module}.{alias.name}") in known else node.module for alias in node.names}
    return names


def reached(imports: dict[str, set[str]], start: str) -> set[str]:
    """Return every file that a file imports, itself or through others."""
    found: set[str] = set()
    queue = list(imports[start])
    while queue:
        module = queue.pop()
        if module not in found:
            found.add(module)
            queue += imports[module]
    return found
