"""The events of a run in words and in a figure."""

import numpy as np
import pandas as pd
import pytest

from cisim.figures.style import DOUBLE, SINGLE
from cisim.questions.replay.figures import replay_figure
from cisim.questions.replay.tables import narrate, yearly

KINDS = {0: "corporation", 1: "corporation", 3000: "social_enterprise"}


def log(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["month", "event", "organisation", "other", "detail"])


EVENTS = log(
    (0, "joined", 0, -1, ""),
    (0, "joined", 1, -1, ""),
    (0, "joined", 3000, -1, ""),
    (5, "shock", 0, 3000, "breach"),
    (7, "shock", 1, -1, "goal_shift"),
    (9, "left", 1, -1, "conflict"),
    (9, "role_vacated", 1, -1, "plan"),
    (10, "role_changed", 3000, -1, "plan"),
    (11, "joined", 5011, -1, ""),
    (12, "shock", -1, -1, "downturn"),
    (12, "grant_won", -1, -1, "36 months"),
    (13, "renewed", -1, -1, ""),
    (14, "moved_house", 0, -1, "far_away"),
    (25, "ended", -1, -1, "failed funding"),
)


def test_every_event_is_put_into_words() -> None:
    assert narrate(EVENTS, KINDS).to_numpy().tolist() == [
        [0, "founding: corporation 0, 1"],
        [0, "founding: social enterprise 3000"],
        [5, "shock: trust between corporation 0 and social enterprise 3000 is breached"],
        [7, "shock: the goals of corporation 1 shift"],
        [9, "corporation 1 left: conflict"],
        [9, "corporation 1 gave up the role plan"],
        [10, "social enterprise 3000 took over the role plan"],
        [11, "organisation 5011 joined"],
        [12, "shock: downturn of the economy"],
        [12, "a grant was won for 36 months"],
        [13, "the contract was renewed"],
        [14, "moved house corporation 0 far away"],
        [25, "the coalition ended: failed from funding"],
    ]


def test_every_event_of_the_model_has_words() -> None:
    from cisim.core.kernel import log as kernel_log
    from cisim.questions.replay.tables import SENTENCES, SHOCKS

    assert set(SENTENCES) == set(kernel_log.EVENTS)
    assert set(SHOCKS) == set(kernel_log.SHOCKS)


def test_a_negotiation_is_listed_before_the_founding_and_one_that_failed_ends_it() -> None:
    rows = [(-6, "introduced"), (0, "formed"), (0, "joined"), (12, "renewed")]
    events = pd.DataFrame(
        [
            {"month": m, "event": e, "organisation": 0 if e == "joined" else -1, "other": -1, "detail": ""}
            for m, e in rows
        ]
    )
    chronicle = narrate(events, {0: "corporation"})
    assert chronicle["month"].tolist() == [-6, 0, 0, 12]
    assert chronicle["text"].tolist()[1:3] == ["both signed", "founding: corporation 0"]
    ended = events.iloc[[0]].assign(month=0, event="ended", detail="failed not_formed")
    assert narrate(ended, {})["text"].tolist() == ["the coalition ended: it was not formed"]


def test_a_trajectory_is_shown_at_the_start_every_year_and_at_the_end() -> None:
    table = pd.DataFrame({"month": np.arange(1, 31), "trust": 0.5, "other": 1.0})
    steps = yearly(table)
    assert steps["month"].tolist() == [1, 12, 24, 30]
    assert list(steps) == ["month", "trust"]


@pytest.mark.parametrize("width", [SINGLE, DOUBLE])
def test_the_figure_shows_every_event_after_the_founding_and_every_measure(width: float) -> None:
    months = np.arange(1, 26)
    trajectory = pd.DataFrame({"month": months, "members": 3.0, "trust": months / 30, "conflict": np.nan})
    figure = replay_figure(trajectory, EVENTS, width)
    timeline, members, trust = figure.get_axes()
    rows = dict(zip((text.get_text() for text in timeline.get_yticklabels()), timeline.collections, strict=False))
    ticks = {name: [path.vertices[0, 0] for path in marks.get_paths()] for name, marks in rows.items()}
    assert ticks == {
        "joined": [11],
        "left: conflict": [9],
        "role given up": [9],
        "role taken over": [10],
        "shock: breach": [5],
        "shock: downturn": [12],
        "shock: goal shift": [7],
        "contract renewed": [13],
        "grant won": [12],
        "ended: failed funding": [25],
        "moved house": [14],
    }
    assert [axes.get_title() for axes in (members, trust)] == ["Members", "Trust"]
    curve = trust.get_lines()[-2]
    np.testing.assert_array_equal(curve.get_ydata(), months / 30)
    assert sorted(line.get_xdata()[0] for line in trust.get_lines()[:-2]) == [12, 12, 13]
    assert [text.get_text() for text in figure.legends[0].get_texts()] == [
        *("contract renewed", "grant won", "external shock"),
    ]


def test_a_run_without_events_after_its_founding_is_drawn() -> None:
    trajectory = pd.DataFrame({"month": [1, 2], "trust": [0.1, 0.2]})
    figure = replay_figure(trajectory, EVENTS[:3])
    figure.draw_without_rendering()
    assert figure.legends == []
