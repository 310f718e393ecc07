"""Answers on sensitivity, calibration, claims, robustness, conditions and advice are what they were, byte for byte."""

from pathlib import Path

import pytest

from tests.frozen.commands import QUESTIONS
from tests.frozen.recorded import check


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_command_writes_the_bytes_that_are_frozen(name: str, tmp_path: Path) -> None:
    check(name, tmp_path)
