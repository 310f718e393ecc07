"""Both engines agree, event for event and bit for bit, on configurations from anywhere in the registry."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings

from cisim.core.kinds import LEADS
from cisim.core.records import RunRecord
from cisim.parameters import REGISTRY, Value
from tests.docking.census import EVERYTHING, census
from tests.docking.engines import docked
from tests.docking.strategies import ALONE, COUNTS, Configuration, configurations


class Seen(NamedTuple):
    """A configuration that both engines agree on, and what came out."""

    configuration: Configuration
    record: RunRecord


def generated(examples: int, test: Callable[[Configuration], None]) -> None:
    """Call `test` with that many configurations; the first that fails is made small."""
    derive = settings(
        max_examples=examples, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    derive(given(configurations())(test))()


def dock_generated(examples: int) -> list[Seen]:
    """Dock that many configurations."""
    seen: list[Seen] = []

    def agree(configuration: Configuration) -> None:
        record = docked(configuration.params, seed=configuration.seed, replicate=configuration.replicate)
        seen.append(Seen(configuration, record))

    generated(examples, agree)
    return seen


def test_both_engines_agree_on_generated_configurations() -> None:
    seen = dock_generated(100)
    assert len(seen) >= 100
    assert {run.configuration.params.backbone.lead for run in seen} == set(LEADS)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_both_engines_agree_on_hundreds_of_generated_configurations() -> None:
    seen = dock_generated(2000)
    assert len(seen) >= 2000
    occurred = set().union(*(census(run.configuration.params, run.record) for run in seen))
    assert EVERYTHING - occurred <= {"failed dependence", "failed hypocrisy"}  # rare; test_cases.py has them all


def test_every_parameter_is_drawn_alone_or_together_with_those_that_bind_it() -> None:
    def hold_all(configuration: Configuration) -> None:
        assert set(configuration.drawn) | set(ALONE) == set(REGISTRY)

    generated(5, hold_all)


def test_generated_configurations_reach_both_ends_of_every_range_and_between() -> None:
    drawn: dict[str, set[Value]] = {name: set() for name in REGISTRY}

    def note(configuration: Configuration) -> None:
        for name, value in configuration.drawn.items():
            drawn[name].add(value)

    generated(300, note)
    assert {name for name, values in drawn.items() if len(values) < 3} == set()
    bounded = [p for p in REGISTRY.values() if not p.choices and p.name not in (*COUNTS, "observation.horizon")]
    # Hypothesis draws other examples in another company of modules: a few of some 370 ends may be missed
    assert [p.name for p in bounded if not {p.low, p.high} & drawn[p.name]] == []
    assert sum(not {p.low, p.high} <= drawn[p.name] for p in bounded) <= len(bounded) // 20


def test_generated_coalitions_have_3_to_60_members_and_up_to_240_months() -> None:
    members: list[int] = []
    months: list[int] = []

    def note(configuration: Configuration) -> None:
        members.append(sum(int(configuration.drawn[name]) for name in COUNTS))
        months.append(int(configuration.drawn["observation.horizon"]))

    generated(100, note)
    assert (min(members), max(members)) == (3, 60)
    assert (min(months), max(months)) == (1, 240)
