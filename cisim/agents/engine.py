"""One run of the Mesa engine, from parameters to a record."""

from collections.abc import Mapping

import mesa

from cisim.agents.field import Field
from cisim.core.population import World
from cisim.core.records import RunRecord
from cisim.parameters.registry import Parameters


def simulate_mesa(
    params: Parameters,
    *,
    seed: int,
    replicate: int,
    extensions: Mapping[str, type] | None = None,
    trajectory: bool = False,
    events: bool = False,
    community: int = 0,
) -> RunRecord:
    """Simulate one coalition, or the coalitions of a field, from their founding to their ends.

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
    community : int
        Key of the draws of the first community; the others follow it.

    Returns
    -------
    RunRecord
        Of the first community, with those of the others.
    """
    field = Field(params, World(seed, replicate, community), extensions)
    try:
        field.run()
        return field.record(trajectory=trajectory, events=events)
    finally:
        for lived in field.communities:  # Mesa 3.3 keeps every model alive through this attribute
            getattr(mesa.Agent, "_ids", {}).pop(lived.model, None)
