"""A month runs through its phases in the order of MODEL 3, and nobody acts on half a phase."""

from collections.abc import Callable
from itertools import groupby

import pytest

from cisim.agents.backbone import Backbone, Conditions
from cisim.agents.coalition import Coalition
from cisim.agents.cohort import Cohort
from cisim.agents.endings import Endings
from cisim.agents.environment import Environment, Shocks
from cisim.agents.model import PartnershipModel
from cisim.agents.network import Network, Tie
from cisim.agents.observer import Observer
from cisim.agents.organisation import Organisation
from cisim.agents.treasury import Treasury
from tests.agents.settings import found, small

#: Phase of MODEL 3 and what is done in it, in order; a step that members take is taken by all before the next begins.
SCHEDULE: list[tuple[int, type, str]] = [
    (1, Environment, "change"),
    (1, Organisation, "change_budget"),
    (1, Shocks, "strike"),
    (2, Coalition, "set_agenda"),
    (3, Organisation, "frame"),
    (4, Organisation, "contribute"),
    (5, Coalition, "produce"),
    (6, Cohort, "grow"),
    (7, Coalition, "assess"),
    (8, Organisation, "appraise"),
    (9, Coalition, "interact"),
    (9, Organisation, "clash"),
    (9, Tie, "live"),
    (9, Network, "introduce"),
    (9, Organisation, "meet"),
    (10, Organisation, "depend"),
    (11, Organisation, "commit"),
    (11, Organisation, "decide"),
    (11, Coalition, "part"),
    (11, Organisation, "renew"),
    (12, PartnershipModel, "_admit"),
    (13, Backbone, "fill"),
    (13, Treasury, "settle"),
    (13, Conditions, "develop"),
    (14, Observer, "watch"),
    (13, Endings, "find"),
]


def spied(cls: type, name: str, seen: list[tuple[str, object]], patch: pytest.MonkeyPatch) -> None:
    """Note every call of a method before it is made."""
    original: Callable[..., object] = getattr(cls, name)

    def method(self: object, *arguments: object, **named: object) -> object:
        seen.append((f"{cls.__name__}.{name}", self))
        return original(self, *arguments, **named)

    patch.setattr(cls, name, method)


@pytest.fixture
def month(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, object]]:
    """Return what happens in month 12, at the end of a contract of a year, with nobody leaving or joining."""
    model = found(small({"backbone.contract_months": 12, "exit.base_rate": 0.0, "entry.rate": 0.0}))
    for _ in range(11):
        model.step()
    seen: list[tuple[str, object]] = []
    for _, cls, name in SCHEDULE:
        spied(cls, name, seen, monkeypatch)
    model.step()
    return seen


def test_the_phases_follow_one_another_as_written(month: list[tuple[str, object]]) -> None:
    names = [name for name, _ in groupby(name for name, _ in month)]
    assert names == [f"{cls.__name__}.{name}" for _, cls, name in SCHEDULE]


def test_every_member_takes_every_step_of_members_once(month: list[tuple[str, object]]) -> None:
    steps = [f"Organisation.{name}" for _, cls, name in SCHEDULE if cls is Organisation]
    for step in steps:
        actors = [actor for name, actor in month if name == step]
        assert len(actors) == len(set(actors)) == 9


def test_what_happens_once_a_month_happens_once(month: list[tuple[str, object]]) -> None:
    once = [f"{cls.__name__}.{name}" for _, cls, name in SCHEDULE if cls not in (Organisation, Tie)]
    assert {name: sum(seen == name for seen, _ in month) for name in once} == dict.fromkeys(once, 1)


def test_third_parties_introduce_once_a_year(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, object]] = []
    spied(Network, "introduce", seen, monkeypatch)
    model = found(small())
    months = []
    for _ in range(24):
        before = len(seen)
        model.step()
        months += [model.month] * (len(seen) - before)
    assert months == [12, 24]


def test_the_model_runs_until_it_ends_and_no_further() -> None:
    model = found(small(months=24))
    end = model.run()
    assert model.end == end
    assert model.running is False
    assert model.month == end.month == 24
