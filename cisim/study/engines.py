"""The engines by name, imported only where runs are made."""

import importlib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

from cisim.parameters import Parameters

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from cisim.core.kernel.block import Block
    from cisim.core.layout import Record
    from cisim.core.records import RunRecord

#: ``package.module:function`` of every engine; all give the same records.
ENGINES = {"compiled": "cisim.core.kernel.engine:simulate_compiled", "mesa": "cisim.agents.engine:simulate_mesa"}

#: Engines that also run many replicates in one call that lets other threads work, and the function that does.
BLOCKS = {ENGINES["compiled"]: "cisim.core.kernel.block:simulate_points"}

#: The engine that runs a researcher's own classes.
EXTENSIBLE = "mesa"

#: Stands for ``compiled``, or for ``mesa`` where there are extensions.
AUTO = "auto"


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


class BlockEngine(Protocol):
    """A function that runs replicates of several design points."""

    def __call__(
        self,
        records: "Sequence[Record]",
        points: "NDArray[np.int64]",
        replicates: "NDArray[np.int64]",
        *,
        seed: int,
        trajectories: bool,
        memberships: bool,
    ) -> "Block":
        """Return what came out, in the order of `points`."""


def load_blocks(engine: str) -> BlockEngine | None:
    """Import the block function of the engine with that reference; None if it has none."""
    if engine not in BLOCKS:
        return None
    module, name = BLOCKS[engine].split(":")
    return cast("BlockEngine", getattr(importlib.import_module(module), name))


def needs_compiling(engine: str) -> bool:
    """Whether the first run on the engine with that reference will compile the model."""
    if engine not in BLOCKS:
        return False
    from cisim.core.jit import is_warm

    return not is_warm()


@cache
def load_engine(reference: str) -> Engine:
    """Import the engine that `reference` (``package.module:function``) names."""
    module, name = reference.split(":")
    return cast("Engine", getattr(importlib.import_module(module), name))
