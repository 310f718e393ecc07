"""Record every random draw of a run with its keys."""

import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

from cisim.agents import cohort
from cisim.core import draws, nurture
from cisim.core.records import RunRecord
from cisim.parameters import Parameters
from tests.agents.settings import run


class Draw(NamedTuple):
    """Keys of one draw; the uniform and the normal with the same keys are independent, so the law is a key too."""

    law: str
    seed: int
    replicate: int
    community: int
    entity: int
    month: int
    purpose: int


class Recorded(NamedTuple):
    """A run, and its draws with their values in the order in which they were made."""

    record: RunRecord
    draws: list[tuple[Draw, float]]

    @property
    def values(self) -> dict[Draw, float]:
        return dict(self.draws)


def recorded(params: Parameters, monkeypatch: pytest.MonkeyPatch, replicate: int = 0) -> Recorded:
    """Run with every draw recorded, wherever in the package it is made."""
    made: list[tuple[Draw, float]] = []
    with monkeypatch.context() as patch:
        patch.setattr(cohort, "nurture_month", getattr(nurture.nurture_month, "py_func", nurture.nurture_month))
        for law in ("uniform", "normal"):
            put_everywhere(patch, getattr(draws, law), spy(law, made))
        put_everywhere(patch, draws.uniform_and_normal, both(made))
        record = run(params, replicate)
    return Recorded(record, made)


def put_everywhere(patch: pytest.MonkeyPatch, original: Callable[..., object], spied: Callable[..., object]) -> None:
    """Replace a function in every module of the package that uses it."""
    users = [module for name, module in sys.modules.items() if name.startswith("cisim.") and module is not draws]
    for module in users:
        for name in [name for name, value in vars(module).items() if value is original]:
            patch.setattr(module, name, spied)


def spy(law: str, made: list[tuple[Draw, float]]) -> Callable[..., float]:
    original: Callable[..., float] = getattr(draws, law)

    def draw(*keys: int) -> float:
        value = original(*keys)
        made.append((Draw(law, *(int(key) for key in keys)), value))
        return value

    return draw


def both(made: list[tuple[Draw, float]]) -> Callable[..., tuple[float, float]]:
    uniform, normal = spy("uniform", made), spy("normal", made)

    def draw(*keys: int) -> tuple[float, float]:
        return uniform(*keys), normal(*keys)

    return draw
