"""Scenario files of a user's config folder: values alone, since others may have written them.

Hydra runs what a configuration names by ``_target_`` or hangs into ``hydra.callbacks``, and fills in variables of the
environment. A file that says any of this is refused before Hydra sees it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cisim.config.options import TRUST
from cisim.errors import InputError
from cisim.reading.yaml_files import read_yaml

#: Keys and values that one file may have, nested and repeated ones counted too.
LARGEST_FILE = 100_000

#: Longest dotted name, far longer than any that means something.
LONGEST_NAME = 1_000

_PACKAGE = re.compile(r"^\s*#\s*@package\s+(.*?)\s*$", re.MULTILINE)
_DEFAULT = re.compile(r"_self_|(/?scenario/)?[\w-]+")


def check_scenario_files(folder: Path) -> None:
    """Raise InputError for the first file in ``scenario/`` of a config folder that holds more than values."""
    for path in sorted((folder / "scenario").glob("*.yaml")):
        check_scenario_file(path)


def check_scenario_file(path: Path) -> None:
    """Raise InputError, naming file and key, if a scenario file holds more than values."""
    content = read_yaml(path)
    for package in _PACKAGE.findall(path.read_text(encoding="utf-8")):
        if package != "_global_":
            raise InputError(f"{path} goes to the package {package}; begin a scenario with # @package _global_")
    if not isinstance(content, dict):
        return
    if "hydra" in content or isinstance(content.get(TRUST), bool):
        name = "hydra" if "hydra" in content else TRUST
        raise InputError(f"{path} sets {name}, which a file may not; leave it out")
    defaults = content.get("defaults") or []
    for entry in defaults if isinstance(defaults, list) else [defaults]:
        if not isinstance(entry, str) or not _DEFAULT.fullmatch(entry):
            raise InputError(f"{path}: defaults takes {entry}; name scenarios and _self_ only")
    for number, (key, value) in enumerate(_walk("", content)):
        if number >= LARGEST_FILE or len(key) > LONGEST_NAME:
            raise InputError(
                f"{path} holds too many values ({LARGEST_FILE:,} may be, or names of {LONGEST_NAME} letters)"
            )
        _check_key(path, key)
        if isinstance(value, str) and looks_around(value):
            raise InputError(f"{path}: {key}={value} asks for more than another value; write the value itself")


def _check_key(path: Path, key: str) -> None:
    if names_target(key):
        raise InputError(f"{path}: {key} names code to be run, which a file may not; leave it out")
    if "${" in key:
        raise InputError(f"{path}: {key} is no name; write the name itself")


def names_target(key: str) -> bool:
    """Whether a dotted name is one that Hydra takes for code to be called."""
    return any(re.fullmatch(r"_\w+_", part) for part in key.split("."))


def looks_around(text: str) -> bool:
    """Whether a value is filled in from elsewhere than the same configuration: the environment, files, the clock."""
    return "${" in text and (":" in text.partition("${")[2] or "hydra" in text)


def _walk(start: str, content: Any) -> Iterator[tuple[str, Any]]:
    """Yield every value with its dotted name, however deep it lies; one that holds others comes before them."""
    waiting = [(start, content)]
    while waiting:
        key, value = waiting.pop()
        if key:
            yield key, value
        if isinstance(value, dict):
            waiting += [(f"{key}.{name}".lstrip("."), inner) for name, inner in value.items()]
        elif isinstance(value, list):
            waiting += [(key, inner) for inner in value]
