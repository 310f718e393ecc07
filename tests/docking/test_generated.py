"""Both engines agree, event for event and bit for bit, on configurations from anywhere in the registry."""

from typing import NamedTuple

import pytest

from cisim.core.kinds import LEADS
from cisim.core.records import RunRecord
from tests.docking.census import EVERYTHING, census
from tests.docking.engines import docked
from tests.docking.strategies import Configuration, configurations, each


class Seen(NamedTuple):
    """A configuration that both engines agree on, and what came out."""

    configuration: Configuration
    record: RunRecord


def dock_generated(examples: int) -> list[Seen]:
    """Dock that many configurations."""
    seen: list[Seen] = []

    def agree(configuration: Configuration) -> None:
        record = docked(configuration.params, seed=configuration.seed, replicate=configuration.replicate)
        seen.append(Seen(configuration, record))

    each(configurations(), examples, agree)
    return seen


def test_both_engines_agree_on_generated_configurations() -> None:
    seen = dock_generated(100)
    assert len(seen) >= 100
    assert {run.configuration.params.backbone.lead for run in seen} == set(LEADS)
    negotiated = [run.record.spell for run in seen if run.configuration.params.formation.mode == "negotiated"]
    assert {(spell["formed"], spell["third_party"]) for spell in negotiated} >= {(0, 0), (1, 0), (1, 1)}
    assert sum(bool(spell["formed"]) for spell in negotiated) >= 10


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_both_engines_agree_on_two_thousand_generated_configurations() -> None:
    seen = dock_generated(2000)
    assert len(seen) >= 2000
    occurred = set().union(*(census(run.configuration.params, run.record) for run in seen))
    assert EVERYTHING - occurred <= {"failed dependence", "failed hypocrisy"}  # rare; test_cases.py has them all
