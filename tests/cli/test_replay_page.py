"""The log of a run on the terminal: whole where there is room, through a pager where there is not, plain elsewhere."""

import io

import pandas as pd
import pytest
from rich.console import Console

from cisim.questions.replay import verb as replay_page

LOG = pd.DataFrame({"month": [0, 13, 13, 24], "text": ["founding: funder 1", "a left", "b left", "[the] end"]})


def shown(monkeypatch: pytest.MonkeyPatch, *, is_terminal: bool, height: int = 25) -> list[str]:
    console = Console(file=io.StringIO(), force_terminal=is_terminal, no_color=True, width=80, height=height)
    monkeypatch.setattr(replay_page, "screen", lambda: console)
    replay_page.show_log(LOG)
    return console.file.getvalue().splitlines()


def test_a_line_for_each_event_where_it_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, is_terminal=False) == [
        *("    0  founding: funder 1", "   13  a left", "   13  b left", "   24  [the] end"),
    ]


def test_months_are_headings_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [line.replace("\x1b[1m", "").replace("\x1b[0m", "") for line in shown(monkeypatch, is_terminal=True)]
    assert lines == [
        *("founding", "  founding: funder 1", "month 13 (year 2)", "  a left", "  b left"),
        *("month 24 (year 2)", "  [the] end"),
    ]


def test_a_log_longer_than_the_terminal_goes_through_a_pager(monkeypatch: pytest.MonkeyPatch) -> None:
    paged: list[str] = []
    monkeypatch.setattr("rich.pager.SystemPager.show", lambda _, content: paged.append(content))
    assert shown(monkeypatch, is_terminal=True, height=6) == []
    assert paged[0].splitlines()[2:5] == ["month 13 (year 2)", "  a left", "  b left"]


def test_a_trajectory_is_rounded(monkeypatch: pytest.MonkeyPatch) -> None:
    console = Console(file=io.StringIO(), width=80)
    monkeypatch.setattr(replay_page, "screen", lambda: console)
    steps = pd.DataFrame({"month": [1, 12], "trust": [0.126, float("nan")], "social_outcome": [3.0, 123.4]})
    replay_page.show_trajectory(steps)
    lines = [line.split() for line in console.file.getvalue().splitlines()]
    assert lines == [["social"], ["month", "trust", "outcome"], ["1", "0.13", "3"], ["12", "123"]]
