"""One run of the command at toy size, whose output the tests look at."""

from pathlib import Path
from typing import Any, NamedTuple

import pytest

from benchmarks import __main__ as command
from benchmarks import c_build
from benchmarks.effort import TOY

SECTIONS = ("engines", "threads", "sweeps", "growth", *(("loops",) if c_build.compiler() else ()))


class Output(NamedTuple):
    """What the command measured, and the folder that it wrote to."""

    results: dict[str, list[dict[str, Any]]]
    folder: Path


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Output:
    """Return what the command makes of all sections that need no program of their own."""
    folder = tmp_path_factory.mktemp("benchmarks")
    return Output(command.measure(SECTIONS, TOY, folder), folder)
