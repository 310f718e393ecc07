"""Studies for the tests, on engines that need no model."""

from collections.abc import Callable

import pytest

from cisim.parameters import Parameters, replace
from cisim.study.engines import ENGINES
from cisim.study.study import Study


@pytest.fixture
def use_engine(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that puts an engine of `tests.study.engines` in the place of every one."""

    def use(name: str) -> None:
        for engine in ENGINES:
            monkeypatch.setitem(ENGINES, engine, f"tests.study.engines:{name}")

    return use


@pytest.fixture
def make_study(use_engine: Callable[[str], None]) -> Callable[..., Study]:
    """Return a function that makes a small comparison, changed by its arguments."""
    use_engine("steady")
    params = replace(Parameters(), {"backbone.gazing": 0.4, "backbone.spacing": 0.2})

    def make(**changes: object) -> Study:
        options = {"verb": "compare", "scenario": "test", "params": params, "replicates": 5, "workers": 1}
        return Study(**{**options, "strategies": ("none", "gazing"), **changes})

    return make
