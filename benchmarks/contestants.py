"""What is timed against each other: the Mesa engine, Mesa's own runner, the compiled engine. All return durations."""

from collections.abc import Sequence

import mesa
import numpy as np
from mesa.batchrunner import batch_run
from numpy.typing import NDArray

from benchmarks.cases import SEED
from cisim.agents.engine import simulate_mesa
from cisim.agents.model import PartnershipModel
from cisim.core.kernel.block import simulate_block
from cisim.core.population import World
from cisim.parameters import Parameters

Durations = NDArray[np.int64]


def with_mesa(params: Parameters, replicates: Sequence[int]) -> Durations:
    """Months that each replicate lasts in the Mesa engine."""
    records = [simulate_mesa(params, seed=SEED, replicate=replicate) for replicate in replicates]
    return np.array([record.spell["duration"] for record in records])


def with_compiled(params: Parameters, replicates: Sequence[int]) -> Durations:
    """Months that each replicate lasts in the compiled engine, one thread."""
    return simulate_block(params, seed=SEED, replicates=replicates).runs["duration"]


class OwnRunnerModel(PartnershipModel):
    """The same model for Mesa's own runner.

    That runner repeats a fixed seed, so it varies the replicate as a parameter; and in Mesa 3.3 it goes on for one step
    after `max_steps`, so the model stops itself.

    Parameters
    ----------
    params : Parameters
        Validated parameters.
    replicate : int
        Number of the replicate.
    **_ : object
        What newer versions of the runner add, such as a generator: nothing here decides by it.
    """

    def __init__(self, params: Parameters, replicate: int, **_: object) -> None:
        super().__init__(params, World(SEED, replicate))
        self.datacollector = mesa.DataCollector(model_reporters={"duration": _duration})

    def step(self) -> None:
        """One month; in the last one, collect what came out and let the model go."""
        super().step()
        self.datacollector.collect(self)
        if self.end is not None:
            getattr(mesa.Agent, "_ids", {}).pop(self, None)  # Mesa 3.3 would keep every model in memory


def _duration(model: PartnershipModel) -> int:
    return model.end.month if model.end is not None else 0


def with_own_runner(params: Parameters, replicates: Sequence[int]) -> Durations:
    """Months that each replicate lasts when `mesa.batch_run` drives the model, in this process."""
    rows = batch_run(
        OwnRunnerModel,
        {"params": params, "replicate": list(replicates)},
        number_processes=1,
        max_steps=2 * params.observation.horizon,
        display_progress=False,
    )
    return np.array([row["duration"] for row in rows])
