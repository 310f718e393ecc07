"""One run of the Mesa engine, from parameters to a record."""

from collections.abc import Mapping

import mesa

from cisim.agents.model import PartnershipModel
from cisim.core.population import World
from cisim.core.records import RunRecord
from cisim.parameters.registry import Parameters


def simulate(
    params: Parameters,
    *,
    seed: int,
    replicate: int,
    extensions: Mapping[str, type] | None = None,
    trajectory: bool = False,
    events: bool = False,
) -> RunRecord:
    """Simulate one coalition from its founding to its end.

    Parameters
    ----------
    params : Parameters
        Validated parameters.
    seed, replicate : int
        Keys of all draws; the same pair is the same world under any parameters.
    extensions : mapping of str to type, optional
        Own agent classes by kind and strategy classes by name.
    trajectory, events : bool
        Whether to keep the monthly series and the timed log.

    Returns
    -------
    RunRecord
    """
    model = PartnershipModel(params, World(seed, replicate), extensions)
    try:
        return model.observer.record(model.run(), trajectory=trajectory, events=events)
    finally:
        getattr(mesa.Agent, "_ids", {}).pop(model, None)  # Mesa 3.3 keeps every model alive through this attribute
