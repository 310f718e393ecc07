"""The reason that one draw picks: E70."""

from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cisim.core.records import ALL_CAUSES, CAUSES, NOT_FORMED
from cisim.core.rules.leaving import cause_of_leaving
from tests.core.tables import LN2, Case, quick

#: Reasons that add up to log 2, so that half of the draws are external; quarters of the rest.
QUARTERS = dict.fromkeys(("conflict", "disappointment", "dependence", "hypocrisy"), LN2 / 4.0)
NO_REASONS = dict.fromkeys(QUARTERS, 0.0)

TABLE: list[Case] = [
    (cause_of_leaving, QUARTERS | {"u": 0.01}, 4),
    (cause_of_leaving, QUARTERS | {"u": 0.49}, 4),
    (cause_of_leaving, QUARTERS | {"u": 0.51}, 0),
    (cause_of_leaving, QUARTERS | {"u": 0.62}, 0),
    (cause_of_leaving, QUARTERS | {"u": 0.63}, 1),
    (cause_of_leaving, QUARTERS | {"u": 0.74}, 1),
    (cause_of_leaving, QUARTERS | {"u": 0.76}, 2),
    (cause_of_leaving, QUARTERS | {"u": 0.87}, 2),
    (cause_of_leaving, QUARTERS | {"u": 0.88}, 3),
    (cause_of_leaving, QUARTERS | {"u": 0.99}, 3),
    (cause_of_leaving, NO_REASONS | {"u": 1e-9}, 4),
    (cause_of_leaving, NO_REASONS | {"u": 1.0 - 1e-9}, 4),
    (cause_of_leaving, NO_REASONS | {"hypocrisy": 3.0, "u": 0.9}, 3),
    (cause_of_leaving, NO_REASONS | {"conflict": 0.05, "u": 0.99}, 0),
]


@pytest.mark.parametrize(("rule", "arguments", "result"), TABLE)
def test_a_draw_picks_the_cause_of_its_stretch(rule: object, arguments: dict[str, float], result: int) -> None:
    assert cause_of_leaving(**arguments) == result


@quick
@given(reasons=st.lists(st.floats(0.0, 2.0), min_size=4, max_size=4))
def test_causes_share_the_draws_in_proportion_to_the_reasons(reasons: list[float]) -> None:
    n = 4000
    picked = [cause_of_leaving(*reasons, (i + 0.5) / n) for i in range(n)]
    shares = np.bincount(picked, minlength=5) / n
    total = sum(reasons)
    external = exp(-total)
    expected = [(1.0 - external) * reason / total if total > 0.0 else 0.0 for reason in reasons] + [external]
    # each stretch is exact up to the two cells that its ends cut
    assert shares == pytest.approx(expected, abs=2.0 / n)


@quick
@given(reasons=st.lists(st.floats(0.0, 2.0), min_size=4, max_size=4), u=st.floats(0.0, 1.0, exclude_max=True))
def test_no_cause_is_picked_without_its_reason(reasons: list[float], u: float) -> None:
    cause = cause_of_leaving(*reasons, u)
    assert cause == 4 or reasons[cause] > 0.0


def test_the_numbers_of_causes_are_those_of_the_records() -> None:
    assert CAUSES[:5] == ("conflict", "disappointment", "dependence", "hypocrisy", "external")


def test_members_leave_by_what_the_rule_can_pick_and_only_what_never_began_has_not_lived() -> None:
    assert [cause.is_of_members for cause in ALL_CAUSES] == [True] * 5 + [False] * 2
    assert [cause.name for cause in ALL_CAUSES if not cause.has_lived] == [NOT_FORMED]


def test_every_cause_has_words_of_its_own_that_can_follow_failed_by() -> None:
    words = [cause.words for cause in ALL_CAUSES]
    assert len(set(words)) == len(CAUSES)
    assert not any(word[0].isupper() or word.endswith(".") or "_" in word for word in words)
