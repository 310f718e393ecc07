"""Help comes at once, and names what there is."""

import subprocess
import sys

import pytest

from cisim._version import __version__
from cisim.cli.verbs import VERBS
from tests.cli.conftest import Command

HEAVY = ("hydra", "matplotlib", "mesa", "numba", "numpy", "omegaconf", "pandas", "pyarrow", "rich", "scipy")


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--help"],
        ["run", "--help"],
        ["compare", "-h"],
        ["sweep", "-h"],
        ["verify", "-h"],
        ["params", "-h"],
        ["check", "-h"],
        ["fit", "-h"],
    ],
)
def test_help_imports_nothing_heavy(words: list[str]) -> None:
    code = (
        "import sys; from cisim.cli.main import main; "
        f"code = main({words}); print([name for name in {HEAVY} if name in sys.modules]); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = f"import cisim, sys; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_help_names_the_verbs(cisim: Command) -> None:
    for words in ([], ["--help"]):
        done = cisim(*words)
        assert done.code == 0
        assert all(f"cisim {verb} " in done.out for verb in VERBS)


def test_help_of_a_verb_names_options_defaults_and_scenarios(cisim: Command) -> None:
    text = cisim("compare", "--help").out
    assert "default hondream" in text
    assert "replicates=100" in text
    assert "strategies=default5" in text
    assert "trajectories=true" in text
    assert all(f"\n  {name} " in text for name in ("hondream", "minimal", "ordinary"))


def test_help_of_run_leaves_out_what_only_compare_takes(cisim: Command) -> None:
    text = cisim("run", "--help").out
    assert "strategies=" not in text
    assert "trajectories=false" in text


def test_help_names_scenarios_of_ones_own(cisim: Command, folder) -> None:
    (folder / "own" / "scenario").mkdir(parents=True)
    (folder / "own" / "scenario" / "mine.yaml").write_text("# @package _global_\n# Our case.\n", encoding="utf-8")
    assert "mine" in cisim("run", "--help", "--config-dir", "own").out


def test_help_fits_a_line_of_a_hundred_and_twenty(cisim: Command) -> None:
    for verb in VERBS:
        assert max(len(line) for line in cisim(verb, "--help").out.splitlines()) <= 120


def test_the_version_is_reported(cisim: Command) -> None:
    assert cisim("--version") == (0, f"cisim {__version__}\n", "")


def test_the_package_can_be_run_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "cisim", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"cisim {__version__}\n"
