"""Draws of one run: the keys of the run are in its state."""

import numpy as np
from numpy.typing import NDArray

from cisim.core import kinds, purposes
from cisim.core.draws import inverse_normal, normal, second_uniform, uniform
from cisim.core.jit import inlined, rule, seldom
from cisim.core.kernel.state import Sim
from cisim.core.kinds import pair_id as _pair_id
from cisim.core.layout import AHEAD, Record
from cisim.core.rules.common import hazard_threshold

pair_id = rule(_pair_id)


@inlined
def u(s: Record, entity: int, month: int, purpose: int) -> float:
    """Draw a uniform number of this run."""
    return uniform(s.seed, s.replicate, s.community, entity, month, purpose)


@inlined
def shared_u(s: Record, month: int, purpose: int) -> float:
    """Draw a uniform number of the world that all communities share."""
    return uniform(s.seed, s.replicate, kinds.SHARED, kinds.COALITION, month, purpose)


@inlined
def shared_z(s: Record, month: int, purpose: int) -> float:
    """Draw a normal number of the world that all communities share."""
    return normal(s.seed, s.replicate, kinds.SHARED, kinds.COALITION, month, purpose)


@inlined
def z(s: Record, entity: int, month: int, purpose: int) -> float:
    """Draw a normal number of this run."""
    return normal(s.seed, s.replicate, s.community, entity, month, purpose)


@inlined
def threshold(s: Record, entity: int, month: int, purpose: int) -> float:
    """Threshold of a hazard clock that starts in `month`."""
    return hazard_threshold(u(s, entity, month, purpose))


#: Rows of `STATE.ahead`: normals, then uniforms.
CLIMATE, RIVALS, OUTPUT, ARRIVAL, NEED_ENDS, IMPOSED = range(6)


@seldom
def _uniforms(row: NDArray[np.float64], s: Record, entity: int, step: int, purpose: int) -> None:
    """Draw for the months from this one on; the entity goes up by `step` a month."""
    seed, replicate, community, month = s.seed, s.replicate, s.community, s.month
    for i in range(AHEAD):
        row[i] = uniform(seed, replicate, community, entity + step * i, month + i, purpose)


@seldom
def _normals(row: NDArray[np.float64], s: Record, community: int, purpose: int) -> None:
    """Draw normals of the coalition, or of all that share a world, for the months from this one on."""
    seed, replicate, month = s.seed, s.replicate, s.month
    for i in range(AHEAD):
        row[i] = second_uniform(seed, replicate, community, kinds.COALITION, month + i, purpose)
    for i in range(AHEAD):
        row[i] = inverse_normal(row[i])


@seldom
def look_ahead(sim: Sim) -> None:
    """Draw for this month and those that follow; what cannot happen is not drawn."""
    p, s = sim.p, sim.s
    _normals(s.ahead[CLIMATE], s, kinds.SHARED, purposes.CLIMATE)
    _normals(s.ahead[RIVALS], s, s.community, purposes.RIVALS)
    _normals(s.ahead[OUTPUT], s, s.community, purposes.OUTPUT)
    _uniforms(s.ahead[ARRIVAL], s, kinds.CANDIDATE + s.month, 1, purposes.ARRIVAL)
    if s.need_ends > 0.0:
        _uniforms(s.ahead[NEED_ENDS], s, kinds.COALITION, 0, purposes.NEED_ENDS)
    if p.environment_imposed_hazard > 0.0:
        _uniforms(s.ahead[IMPOSED], s, kinds.COALITION, 0, purposes.IMPOSED)


@inlined
def drawn(sim: Sim, row: int) -> float:
    """Return what was drawn for this month."""
    return float(sim.s.ahead[row, (sim.s.month - 1) % AHEAD])
