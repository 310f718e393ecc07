"""No result depends on the order of agents: members and ties are shuffled before and after every phase."""

from collections.abc import Callable
from random import Random

import pytest

from cisim.agents.coalition import Coalition
from cisim.agents.cohort import Cohort
from cisim.agents.model import PartnershipModel
from cisim.agents.observer import Observer
from cisim.core.records import RunRecord
from cisim.parameters import Value
from tests.agents.settings import closely, run, small

EVENTFUL: dict[str, Value] = {
    "backbone.lead": "shared",
    "backbone.contract_months": 12,
    "backbone.gazing": 0.7,
    "backbone.abstracting": 0.7,
    "backbone.spacing": 0.7,
    "backbone.takeover_rate": 0.5,
    "backbone.takeover_bar": 0.0,
    "exit.base_rate": 0.015,
    "entry.rate": 0.3,
    "shocks.internal_rate": 0.3,
    "shocks.relational_rate": 0.2,
    "population.tie_density": 0.3,
    "population.introduction_rate": 0.5,
    "cohort.intake": 5.0,
}

#: Where shuffling can happen without being in the middle of a loop over members.
PHASES: list[tuple[type, str, Callable[[object], PartnershipModel]]] = [
    (PartnershipModel, "_change_world", lambda self: self),
    (Coalition, "set_agenda", lambda self: self.model),
    (Coalition, "produce", lambda self: self.model),
    (Cohort, "grow", lambda self: self.coalition.model),
    (Coalition, "assess", lambda self: self.model),
    (Coalition, "interact", lambda self: self.model),
    (PartnershipModel, "_decide", lambda self: self),
    (PartnershipModel, "_admit", lambda self: self),
    (PartnershipModel, "_settle", lambda self: self),
    (Observer, "watch", lambda self: self.model),
]


def shuffle_around(
    cls: type, name: str, model_of: Callable[[object], PartnershipModel], chance: Random, patch: pytest.MonkeyPatch
) -> None:
    """Shuffle all members and ties before and after a method."""
    original = getattr(cls, name)

    def method(self: object, *arguments: object) -> object:
        shuffle(model_of(self), chance)
        result = original(self, *arguments)
        shuffle(model_of(self), chance)
        return result

    patch.setattr(cls, name, method)


def shuffle(model: PartnershipModel, chance: Random) -> None:
    coalition = model.coalition
    chance.shuffle(coalition.members)
    chance.shuffle(coalition.network.ties)
    for member in coalition.members:
        chance.shuffle(member.ties)
        means = list(member.means_from.items())
        chance.shuffle(means)
        member.means_from = dict(means)


def shuffled(replicate: int, patch: pytest.MonkeyPatch) -> RunRecord:
    with patch.context() as inner:
        chance = Random(replicate)
        for cls, name, model_of in PHASES:
            shuffle_around(cls, name, model_of, chance, inner)
        return run(small(EVENTFUL, months=36), replicate)


def sorted_events(record: RunRecord) -> list[tuple[object, ...]]:
    """Return the events in an order of their own; a breach of trust has no first and second partner."""
    rows = []
    for event in record.events:
        pair = (event["organisation"], event["other"])
        partners = sorted(pair) if event["detail"] == "breach" else pair
        rows.append((event["month"], event["event"], event["detail"], *partners))
    return sorted(rows)


def sorted_members(record: RunRecord) -> list[dict[str, object]]:
    return sorted(record.members, key=lambda row: row["organisation"])


@pytest.mark.parametrize("replicate", range(12))
def test_shuffling_the_agents_changes_no_result(replicate: int, monkeypatch: pytest.MonkeyPatch) -> None:
    straight, mixed = run(small(EVENTFUL, months=36), replicate), shuffled(replicate, monkeypatch)
    assert sorted_events(mixed) == sorted_events(straight)
    assert sorted_members(mixed) == sorted_members(straight)
    assert mixed.spell == closely(straight.spell)
    for name, series in straight.trajectory.items():
        assert mixed.trajectory[name] == pytest.approx(series, rel=1e-9, abs=1e-12), name


def test_the_shuffled_runs_are_eventful() -> None:
    seen = [event["event"] for replicate in range(12) for event in run(small(EVENTFUL, months=36), replicate).events]
    assert seen.count("left") > 12
    assert seen.count("joined") > 12 * 9
    assert seen.count("role_changed") > 6
    assert seen.count("shock") > 60
