"""YAML files, read as plain values whoever wrote them."""

from pathlib import Path
from typing import Any

import yaml

from cisim.errors import InputError


def read_yaml(path: Path, option: str = "") -> Any:
    """Return the plain values of a YAML file: numbers, text, lists and mappings.

    Parameters
    ----------
    path : Path
        The file.
    option : str, optional
        What names it on the command line, for complaints: ``files=``.

    Raises
    ------
    InputError
        If there is no such file, it is no YAML in UTF-8, or a tag asks for more than a plain value.
    """
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.MarkedYAMLError as problem:
        line = 0 if problem.problem_mark is None else problem.problem_mark.line + 1
        raise InputError(
            f"cannot read {option}{path}, line {line}: {_words(problem.problem)}; correct the file"
        ) from problem
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as problem:
        raise InputError(f"cannot read {option}{path}: {_words(problem)}; give a YAML file") from problem


def _words(problem: object) -> str:
    """Return what is wrong, in one line."""
    return " ".join(str(problem or "not YAML").split())
