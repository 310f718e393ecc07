"""Runs, comparisons, sweeps and fits are what they were, byte for byte, until somebody decides otherwise.

After a change that is meant, run ``python -m tests.frozen.update_frozen`` with every Python that is recorded.
"""

from pathlib import Path

import pytest

from tests.frozen.commands import COMMANDS, RUNS
from tests.frozen.recorded import check, recorded


@pytest.mark.parametrize("name", RUNS)
def test_a_command_writes_the_bytes_that_are_frozen(name: str, tmp_path: Path) -> None:
    check(name, tmp_path)


def test_every_command_is_frozen() -> None:
    assert recorded().keys() == COMMANDS.keys()
