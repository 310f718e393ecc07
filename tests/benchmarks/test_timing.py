"""Contestants take turns, and are compared turn by turn."""

import pytest

from benchmarks.timing import Spread, fastest, ratio, take_turns


def test_contestants_alternate_after_a_turn_that_does_not_count() -> None:
    order: list[str] = []
    turns = take_turns({"a": lambda: order.append("a"), "b": lambda: order.append("b")}, repeats=3)
    assert order == ["a", "b"] * 4
    assert [len(taken) for taken in turns.values()] == [3, 3]


def test_a_clock_of_ones_own_says_how_long_a_turn_took() -> None:
    ticks = iter([0.0, 2.0, 10.0, 15.0])
    assert take_turns({"a": lambda: None}, repeats=2, clock=lambda: next(ticks)) == {"a": [2.0, 5.0]}


def test_a_slow_spell_that_hits_both_leaves_the_ratio_as_it_is() -> None:
    assert ratio([2.0, 2.0, 20.0], [1.0, 1.0, 10.0]) == Spread(2.0, 2.0, 2.0)


def test_the_spread_holds_the_middle_of_the_turns() -> None:
    assert Spread.of([float(i) for i in range(11)]).named("s") == pytest.approx({"s": 5.0, "s_low": 1.0, "s_high": 9.0})


def test_the_fastest_of_some_calls_counts() -> None:
    calls: list[int] = []
    assert fastest(lambda: calls.append(1), at_least=0.0) >= 0.0
    assert len(calls) == 3
