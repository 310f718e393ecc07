"""A name that some system, shell or eye takes for another is refused in one line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Command, Done, cisim, folder, use_engine

__all__ = ["cisim", "folder", "use_engine"]


@pytest.fixture
def steady(folder: Path, use_engine: Callable[[str], None]) -> Path:
    """Run no model."""
    use_engine("steady")
    return folder


def assert_refused(done: Done, *words: str) -> None:
    """Check that a command ended with one line that has the words, and wrote nothing."""
    assert (done.code, done.err.count("\n")) == (2, 1), done.err
    assert all(word in done.err for word in words), done.err
    assert not Path("results").exists()


@pytest.mark.parametrize(
    "name",
    [
        "a\nb",
        "a\rb",
        "a\tb",
        "\x1b[2J",
        " ",
        "   ",
        "",
        "-a",
        ".a",
        "..",
        "a.",
        "a ",
        " a",
        "a*",
        "a?",
        'a"',
        "a<",
        "a>",
    ]
    + ["a|", "a/b", "a\\b", "a:b", "con", "NUL.txt", "Com1", "lpt9", "a" * 101, "\u2603" * 90, "a\u202eb", "a\u2028b"],
)
def test_a_name_that_some_system_or_eye_takes_for_another_is_refused(cisim: Command, steady: Path, name: str) -> None:
    quoted = name.replace("\\", "\\\\").replace("'", "\\'")
    done = cisim("run", "scenario=minimal", "workers=1", "replicates=2", f"name='{quoted}'")
    assert_refused(done, "name=", "give letters, digits, - and _")
    durations = "durations.csv"
    Path(durations).write_text("duration\n1\n2\n", encoding="utf-8")
    if name:
        assert_refused(cisim("fit", durations, f"name={name}"), "name=", "give letters, digits, - and _")


@pytest.mark.parametrize("name", ["a", "a b", "2024-05.x", "_a", "H\u00f4pital", "\u5354\u50cd", "console", "a" * 100])
def test_a_good_name_is_taken(cisim: Command, steady: Path, name: str) -> None:
    assert cisim("run", "scenario=minimal", "workers=1", "replicates=2", f"name='{name}'").code == 0
    assert Path("results", "run", name).is_dir()


@pytest.mark.parametrize("out", ["a\nb", "a\x07", "a\u2028b"])
def test_a_folder_of_results_whose_name_has_breaks_is_refused(cisim: Command, steady: Path, out: str) -> None:
    assert_refused(cisim("run", "scenario=minimal", "workers=1", "replicates=2", f"out='{out}'"), "out=")
