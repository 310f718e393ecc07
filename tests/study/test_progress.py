"""Progress is a live line on a terminal, and two plain lines elsewhere."""

import io

import pytest
from rich.console import Console

from cisim.study.progress import show_progress


def plain() -> Console:
    """Return a console that is no terminal."""
    return Console(file=io.StringIO(), force_terminal=False, width=200)


def test_where_there_is_no_terminal_a_line_is_printed_at_the_start_and_at_the_end() -> None:
    console = plain()
    with show_progress("run test", 3, console) as watch:
        watch(2)
        watch(1)
    lines = console.file.getvalue().splitlines()
    assert lines[0] == "run test: 3 runs"
    assert lines[1].startswith("run test: 3 runs done in ")
    assert len(lines) == 2


def test_what_breaks_off_is_not_called_done() -> None:
    console = plain()
    with pytest.raises(KeyboardInterrupt), show_progress("run test", 3, console):
        raise KeyboardInterrupt
    assert "done" not in console.file.getvalue()


def test_a_terminal_shows_what_is_done_and_what_is_left() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=100, _environ={"TERM": "xterm"})
    with show_progress("run test", 3, console) as watch:
        watch(3)
    shown = console.file.getvalue()
    assert "3/3" in shown
    assert "left" in shown
