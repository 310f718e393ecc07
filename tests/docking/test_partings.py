"""Docking can fail: a hair in one engine is found, with the month and the series in which it shows first."""

from dataclasses import replace as replace_fields

import pytest

from cisim.agents.environment import Environment
from cisim.agents.log import EventLog
from cisim.agents.strategies import Spacing
from cisim.core.kernel.block import Block
from cisim.parameters import Parameters, replace
from cisim.questions.verify import compute as docking
from cisim.questions.verify.compute import Docking, dock
from tests.docking.cases import SMALL

PARAMS = replace(Parameters(), SMALL | {"observation.horizon": 24})

HAIR = 1e-9


def test_engines_that_agree_are_identical() -> None:
    found = dock(PARAMS, seed=1, replicates=3)
    assert found.is_identical
    assert (found.runs, found.parted, found.first) == (3, 0, "")
    assert 3 <= found.months <= 3 * 24
    assert found.events > found.memberships >= 3 * 9


def test_a_rule_changed_by_a_hair_parts_the_engines_in_the_month_and_series_it_shows_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    exact = Spacing.correct
    monkeypatch.setattr(Spacing, "correct", lambda self, practice: exact(self, practice) + HAIR)
    found = dock(PARAMS, seed=1, replicates=2)
    assert not found.is_identical
    assert found.parted == 2
    assert found.first.startswith("replicate 0, month 1, practice: ")
    assert found.first.endswith("(compiled engine)")


def test_a_hair_in_one_month_is_found_in_that_month(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = Environment.change

    def change(self: Environment, month: int) -> None:
        exact(self, month)
        self.climate += HAIR * (month == 7)

    monkeypatch.setattr(Environment, "change", change)
    assert dock(PARAMS, seed=1, replicates=1).first.startswith("replicate 0, month 7, ")


def test_another_word_in_the_log_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = EventLog.add

    def add(self: EventLog, month: int, event: str, *further, **keywords) -> None:
        exact(self, month, "parted" if event == "left" else event, *further, **keywords)

    monkeypatch.setattr(EventLog, "add", add)
    first = dock(PARAMS, seed=1, replicates=5).first
    assert ", event: " in first
    assert "event=parted" in first


def test_a_parameter_changed_for_one_engine_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = docking.simulate_compiled
    shock = {"shocks.scheduled_class": "external", "shocks.scheduled_month": 5}
    monkeypatch.setattr(docking, "simulate_compiled", lambda params, **keys: exact(replace(params, shock), **keys))
    assert dock(PARAMS, seed=1, replicates=1).first.startswith("replicate 0, month 5, ")


@pytest.mark.parametrize(
    ("kept", "name"), [(True, "compiled engine in a block"), (False, "compiled engine without trajectories")]
)
def test_a_block_that_parts_is_found_where_single_runs_agree(
    monkeypatch: pytest.MonkeyPatch, kept: bool, name: str
) -> None:
    exact = docking.simulate_block

    def simulate_block(params: Parameters, *, trajectories: bool, **keys) -> Block:
        block = exact(params, trajectories=trajectories, **keys)
        if trajectories != kept:
            return block
        jobs = block.runs["jobs"].copy()
        jobs[1] += HAIR
        return replace_fields(block, runs=block.runs | {"jobs": jobs})

    monkeypatch.setattr(docking, "simulate_block", simulate_block)
    found = dock(PARAMS, seed=1, replicates=3)
    assert found.parted == 1
    assert found.first.startswith("replicate 1, month ")
    assert f"jobs: 0.0 (Mesa engine) and 1e-09 ({name})" in found.first


def test_all_runs_are_docked_and_counted_also_where_they_fill_several_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docking, "BLOCK_SIZE", 2)
    done: list[int] = []
    found = dock(replace(PARAMS, {"observation.horizon": 3}), seed=1, replicates=5, watch=done.append)
    assert isinstance(found, Docking)
    assert (found.runs, done) == (5, [1] * 5)
