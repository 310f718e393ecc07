"""A strategy is defined by its class: every effect of gazing, abstracting and spacing can be changed in a subclass."""

import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cisim.agents.engine import simulate_mesa
from cisim.agents.organisations import BASES
from cisim.agents.strategies import Abstracting, Attention, Gazing, Spacing
from cisim.core.records import RunRecord
from cisim.parameters import Parameters
from tests.agents.settings import small

STRATEGIES: dict[str, type] = {"gazing": Gazing, "abstracting": Abstracting, "spacing": Spacing}

#: A coalition with all strategies, whose community searches, and which applies for a grant.
PARAMS: Parameters = small(
    {f"backbone.{name}": 0.5 for name in STRATEGIES},
    {"practice.mode": "scratch", "practice.search_rate": 0.3, "funding.grant_months": 12, "exit.base_rate": 0.01},
    {"funding.win_base": 0.0},
    months=36,
)


def effects() -> Iterator[tuple[str, str]]:
    """Yield the name of every strategy with that of every effect: the public methods of its class."""
    for strategy, cls in STRATEGIES.items():
        yield from ((strategy, name) for name, value in vars(cls).items() if callable(value) and name[0] != "_")


def moved(value: Any) -> Any:
    """Return an effect with a shift that no rounding can hide."""
    return Attention(0.5 * value.level, value.since_switch) if isinstance(value, Attention) else 1.4 * value + 0.3


def changed(strategy: str, effect: str) -> type:
    """Return a user's subclass in which one effect is another."""
    own: Callable[..., Any] = getattr(STRATEGIES[strategy], effect)
    method = {effect: lambda self, *arguments: moved(own(self, *arguments))}
    return type("Own", (STRATEGIES[strategy],), method)


def lived(**extensions: type) -> list[dict[str, list[float]]]:
    """Return the monthly series of a few coalitions."""
    runs: list[RunRecord] = [
        simulate_mesa(PARAMS, seed=1, replicate=i, trajectory=True, extensions=extensions) for i in range(3)
    ]
    return [{name: values.tolist() for name, values in (run.trajectory or {}).items()} for run in runs]


@pytest.fixture(scope="module")
def usual() -> list[dict[str, list[float]]]:
    return lived()


def test_every_strategy_that_can_be_extended_is_tried() -> None:
    assert STRATEGIES.items() <= BASES.items()
    assert len(list(effects())) >= 3 + 6 + 11


@pytest.mark.parametrize(("strategy", "effect"), list(effects()))
def test_a_subclass_that_changes_an_effect_changes_what_happens(
    strategy: str, effect: str, usual: list[dict[str, list[float]]]
) -> None:
    assert lived(**{strategy: changed(strategy, effect)}) != usual


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_nothing_but_its_class_reads_the_intensity_of_a_strategy(
    strategy: str, usual: list[dict[str, list[float]]]
) -> None:
    readers = set()

    class Watched(STRATEGIES[strategy]):  # type: ignore[misc]
        @property
        def intensity(self) -> float:
            readers.add(sys._getframe(1).f_globals["__name__"])
            return self.own_intensity

        @intensity.setter
        def intensity(self, value: float) -> None:
            self.own_intensity = value

    assert lived(**{strategy: Watched}) == usual
    assert readers == {"cisim.agents.strategies"}
