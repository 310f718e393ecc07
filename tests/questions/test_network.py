"""Who is present when, in which role, and which ties the log gives away: a small log read by hand."""

import pandas as pd
import pytest

from cisim.errors import InputError
from cisim.questions.run.tables import network_table, typical_replicate

MEMBERS = pd.DataFrame(
    [(0, "corporation", True, 0, 10, True), (1, "funder", True, 0, 30, False), (7, "nonprofit", False, 5, 25, False)],
    columns=["organisation", "kind", "founder", "entry", "duration", "event_observed"],
).assign(strategies="none", replicate=4)
EVENTS = pd.DataFrame(
    [
        (3, "shock", 1, 0, "breach"),
        (8, "shock", 7, 1, "breach"),
        (10, "left", 0, -1, "conflict"),
        (10, "role_vacated", 0, -1, "plan"),
        (12, "role_changed", 7, -1, "plan"),
        (20, "role_changed", 1, -1, "fund"),
        (30, "ended", -1, -1, "failed funding"),
    ],
    columns=["month", "event", "organisation", "other", "detail"],
).assign(strategies="none", replicate=4)


def at(month: int) -> tuple[dict[int, tuple[bool, str]], list[tuple[int, int]]]:
    """Presence and roles by organisation, and ties."""
    rows = network_table(MEMBERS, EVENTS, months=[month])
    nodes, ties = rows[rows["other"] < 0], rows[rows["other"] >= 0]
    held = {n: (p, r) for n, p, r in nodes[["organisation", "present", "roles"]].itertuples(index=False)}
    return held, list(ties[["organisation", "other"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("month", "held", "ties"),
    [
        (0, {0: (True, "plan"), 1: (True, "")}, []),
        (5, {0: (True, "plan"), 1: (True, ""), 7: (True, "")}, [(0, 1)]),
        (8, {0: (True, "plan"), 1: (True, ""), 7: (True, "")}, [(0, 1), (1, 7)]),
        (10, {0: (False, ""), 1: (True, ""), 7: (True, "")}, [(1, 7)]),
        (12, {0: (False, ""), 1: (True, ""), 7: (True, "plan")}, [(1, 7)]),
        (29, {0: (False, ""), 1: (True, "fund"), 7: (True, "plan")}, [(1, 7)]),
        (30, {0: (False, ""), 1: (False, ""), 7: (False, "")}, []),
    ],
)
def test_members_roles_and_ties_of_a_month(month: int, held: dict, ties: list) -> None:
    assert at(month) == (held, ties)


def test_months_are_the_founding_the_end_and_two_between() -> None:
    table = network_table(MEMBERS, EVENTS)
    assert list(table["month"].unique()) == [0, 10, 20, 30]
    assert (table["ended"] == 30).all()


def test_a_coalition_that_goes_on_keeps_its_members_in_the_last_month() -> None:
    events = EVENTS.assign(detail=EVENTS["detail"].replace("failed funding", "censored"))
    table = network_table(MEMBERS, events, months=[30])
    assert table[table["present"] & (table["other"] < 0)]["organisation"].tolist() == [1, 7]
    assert (table["ended"] == -1).all()


def test_the_typical_replicate_has_the_lower_median_duration() -> None:
    runs = pd.DataFrame({"replicate": [0, 1, 2, 3], "duration": [50, 20, 20, 90]})
    assert typical_replicate(runs) == 1


def test_several_replicates_at_once_are_refused() -> None:
    with pytest.raises(InputError, match="the log of one replicate"):
        network_table(pd.concat([MEMBERS, MEMBERS.assign(replicate=5)]), EVENTS)
