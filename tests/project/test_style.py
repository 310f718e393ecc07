"""The style and the types, checked by the tools that pyproject.toml configures."""

import subprocess
import sys
from pathlib import Path

import pytest


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
