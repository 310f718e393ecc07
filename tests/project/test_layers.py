"""The arrows between the layers, and what must not be loaded before it is needed."""

import subprocess
import sys
from pathlib import Path

import pytest

SLOW_TO_IMPORT = {"SALib", "hydra", "lifelines", "matplotlib", "mesa", "numba", "pandas", "pyarrow", "scipy", "sklearn"}


def test_lower_layers_never_import_higher_ones(checkout: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))",
        ],
        cwd=checkout,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("module", ["cisim", "cisim.cli.main"])
def test_importing_the_package_or_its_command_loads_nothing_slow(module: str, checkout: Path) -> None:
    code = f"import sys, {module}; print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], cwd=checkout, capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded & SLOW_TO_IMPORT == set()
