"""Two records are identical, or they part in a month, in something."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from cisim.core.records import RunRecord
from cisim.questions.verify.compute import first_difference

RECORD = RunRecord(
    spell={
        "duration": 3,
        "event_observed": True,
        "ending": "failed",
        "social_outcome": 0.0,
        "jobs_milestone": math.nan,
    },
    members=[
        {"organisation": 7, "entry": 0, "duration": 3, "cause": ""},
        {"organisation": 8, "entry": 1, "duration": 1, "cause": "conflict"},
    ],
    events=[{"month": 0, "event": "joined", "detail": ""}, {"month": 2, "event": "left", "detail": "conflict"}],
    trajectory={"trust": np.array([0.5, 0.0, math.nan]), "members": np.array([2.0, 1.0, 1.0])},
)


def with_series(name: str, *values: float) -> RunRecord:
    return replace(RECORD, trajectory=(RECORD.trajectory or {}) | {name: np.array(values)})


def with_outcome(name: str, value: Any) -> RunRecord:
    return replace(RECORD, spell=RECORD.spell | {name: value})


OTHERS = {
    "a last bit": (with_series("trust", 0.5, math.ulp(0.0), math.nan), 2, "trust", (0.0, 5e-324)),
    "the sign of zero": (with_series("trust", 0.5, -0.0, math.nan), 2, "trust", (0.0, -0.0)),
    "a number for none": (with_series("members", 2.0, 1.0, math.nan), 3, "members", (1.0, math.nan)),
    "a month less": (with_series("members", 2.0, 1.0), 3, "members", (1.0, None)),
    "a series more": (with_series("climate", 0.1, 0.2, 0.3), 1, "climate", (None, 0.1)),
    "no series": (replace(RECORD, trajectory=None), 1, "trust", (0.5, None)),
    "another event": (
        replace(RECORD, events=[RECORD.events[0], {"month": 1, "event": "renewed", "detail": ""}]),
        1,
        "event",
        (RECORD.events[1], {"month": 1, "event": "renewed", "detail": ""}),
    ),
    "an event less": (replace(RECORD, events=RECORD.events[:1]), 2, "event", (RECORD.events[1], None)),
    "a membership more": (
        replace(RECORD, members=[*RECORD.members, RECORD.members[0]]),
        3,
        "membership",
        (None, RECORD.members[0]),
    ),
    "another outcome": (with_outcome("social_outcome", -0.0), 3, "social_outcome", (0.0, -0.0)),
    "an outcome of another type": (with_outcome("event_observed", 1), 3, "event_observed", (True, 1)),
    "an outcome more": (with_outcome("jobs", 1.0), 3, "jobs", (None, 1.0)),
    "a shorter spell": (with_outcome("duration", 2), 2, "duration", (3, 2)),
    "a number where there is none": (with_outcome("jobs_milestone", 0.0), 3, "jobs_milestone", (math.nan, 0.0)),
}


@pytest.mark.parametrize(("other", "month", "what", "values"), OTHERS.values(), ids=OTHERS)
def test_a_difference_has_a_month_a_name_and_both_values(
    other: RunRecord, month: int, what: str, values: tuple[Any, Any]
) -> None:
    found = first_difference(RECORD, other)
    assert found is not None
    assert (found.month, found.what, repr(found.values)) == (month, what, repr(values))


def test_the_same_values_in_other_objects_and_any_nan_are_identical() -> None:
    copied = replace(
        RECORD,
        spell=dict(RECORD.spell),
        members=[dict(row) for row in RECORD.members],
        events=[dict(row) for row in RECORD.events],
        trajectory={"trust": np.array([0.5, 0.0, -math.nan]), "members": np.repeat([2.0, 1.0, 1.0], 2)[::2]},
    )
    assert first_difference(RECORD, copied) is None
    assert first_difference(copied, RECORD) is None


def test_the_earliest_month_counts_and_series_before_rows_and_outcomes() -> None:
    late = with_series("members", 2.0, 1.0, 0.0)
    early = replace(late, events=RECORD.events[:1])
    both = replace(
        with_series("members", 2.0, 0.0, 0.0), events=RECORD.events[:1], spell=RECORD.spell | {"duration": 2}
    )
    found = [first_difference(RECORD, other) for other in (late, early, both)]
    assert [(item.month, item.what) for item in found if item] == [(3, "members"), (2, "event"), (2, "members")]


def test_a_difference_in_words_names_both_sides() -> None:
    found = first_difference(RECORD, OTHERS["an event less"][0])
    assert found is not None
    assert found.in_words("one", "two") == "month 2, event: month=2 event=left detail=conflict (one) and nothing (two)"
