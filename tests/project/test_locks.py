"""The locks: one set of versions, checked by hash, that names no place to fetch them from."""

import re
import tomllib
from pathlib import Path

import pytest

LOCKS = ["requirements-build.lock", "requirements.lock", "requirements-dev.lock"]
REQUIREMENT = re.compile(
    r"^(?P<pin>(?P<name>[a-z0-9-]+)==[^\\]+?) \\$(?P<hashes>(\n    --hash=sha256:[0-9a-f]{64}( \\)?)*)", re.M
)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_index_and_no_place_on_a_machine(name: str, checkout: Path) -> None:
    text = (checkout / name).read_text()
    assert re.findall(r"^.*(?:http|index-url|find-links|file:|@|/opt|/work|/tmp|/home).*$", text, re.M) == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_of_a_lock_is_an_exact_version_with_a_hash(name: str, checkout: Path) -> None:
    lines = [line for line in (checkout / name).read_text().splitlines() if re.match(r"[^ #]", line)]
    found = list(REQUIREMENT.finditer((checkout / name).read_text()))
    assert len(found) == len(lines) > 0
    assert [match["name"] for match in found if not match["hashes"]] == []


@pytest.mark.parametrize("name", LOCKS[:2])
def test_the_development_lock_holds_the_other_locks_at_the_same_versions(name: str, checkout: Path) -> None:
    assert pins(checkout / name) - pins(checkout / "requirements-dev.lock") == set()


def test_the_locks_hold_every_requirement_of_the_project(checkout: Path) -> None:
    project = tomllib.loads((checkout / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    build, direct = names(groups["build"]), names(project["project"]["dependencies"])
    assert build <= locked(checkout, "requirements-build.lock")
    assert build | direct <= locked(checkout, "requirements.lock")
    extras = names(project["project"]["optional-dependencies"]["cluster"])
    tools = names(groups["test"]) | names(groups["lint"]) | extras
    assert build | direct | tools <= locked(checkout, "requirements-dev.lock")


def test_the_project_requires_nothing_twice(checkout: Path) -> None:
    project = tomllib.loads((checkout / "pyproject.toml").read_text())
    extras = project["project"]["optional-dependencies"].values()
    groups = [[text for text in group if isinstance(text, str)] for group in project["dependency-groups"].values()]
    for requirements in (project["project"]["dependencies"], *extras, *groups):
        listed = name_list(requirements)
        assert [name for name in listed if listed.count(name) > 1] == []


def pins(path: Path) -> set[str]:
    """Return ``name==version ; marker`` of every requirement in a lock."""
    return {match["pin"] for match in REQUIREMENT.finditer(path.read_text())}


def locked(checkout: Path, lock: str) -> set[str]:
    """Return the names that a lock holds."""
    return {match["name"] for match in REQUIREMENT.finditer((checkout / lock).read_text())}


def names(requirements: list[str]) -> set[str]:
    """Return the normalised project names of requirements."""
    return set(name_list(requirements))


def name_list(requirements: list[str]) -> list[str]:
    """Return the normalised project name of each requirement."""
    return [re.match(r"[\w.-]+", text)[0].lower().replace("_", "-") for text in requirements]
