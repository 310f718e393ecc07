"""The engines by name, imported only where runs are made."""

import importlib
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

from cisim.parameters import Parameters

if TYPE_CHECKING:
    from cisim.core.records import RunRecord

#: ``package.module:function`` of every engine; the first is the default.
ENGINES = {"mesa": "cisim.agents.engine:simulate"}


class Engine(Protocol):
    """A function that runs one coalition to its end."""

    def __call__(
        self,
        params: Parameters,
        *,
        seed: int,
        replicate: int,
        extensions: Mapping[str, type],
        trajectory: bool,
        events: bool,
    ) -> "RunRecord":
        """Return the record of one run; the same arguments give the same record."""


@cache
def load_engine(reference: str) -> Engine:
    """Import the engine that `reference` (``package.module:function``) names."""
    module, name = reference.split(":")
    return cast("Engine", getattr(importlib.import_module(module), name))
