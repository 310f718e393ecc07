"""Record every random draw of a run with its keys.

A compiled function draws out of sight, so whatever draws runs as plain Python while it is recorded.
"""

import sys
from collections.abc import Callable
from types import ModuleType
from typing import NamedTuple

import numpy as np
import pytest

from cisim.core import draws
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
        for law in ("uniform", "normal"):
            put_everywhere(patch, getattr(draws, law), spy(law, made))
        put_everywhere(patch, draws.uniform_and_normal, both(made))
        for function in compiled():
            put_everywhere(patch, function, uncompiled(function))
        record = run(params, replicate)
    return Recorded(record, made)


def users() -> list[ModuleType]:
    """Return the modules that may draw: all of the package but the generator itself and the rules, which are pure."""
    named = [(name, module) for name, module in sys.modules.items() if name.startswith("cisim.")]
    return [module for name, module in named if module is not draws and not name.startswith("cisim.core.rules")]


def put_everywhere(patch: pytest.MonkeyPatch, original: Callable[..., object], spied: Callable[..., object]) -> None:
    """Replace a function in every module of the package that uses it."""
    for module in users():
        for name in [name for name, value in vars(module).items() if value is original]:
            patch.setattr(module, name, spied)


def compiled() -> list[Callable[..., object]]:
    """Return the compiled functions, other than rules, that the package uses now."""
    values = {id(value): value for module in users() for value in vars(module).values() if hasattr(value, "py_func")}
    return [
        value for value in values.values() if not value.__module__.startswith(("cisim.core.rules", "cisim.core.draws"))
    ]


def uncompiled(function: Callable[..., object]) -> Callable[..., object]:
    """Return a compiled function as plain Python; records become such that have attributes, as in compiled code."""

    def call(*arguments: object) -> object:
        return function.py_func(*(as_record(value) for value in arguments))

    return call


def as_record(value: object) -> object:
    return np.array(value).view(np.recarray)[()] if isinstance(value, np.void) else value


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
