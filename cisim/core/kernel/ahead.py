"""Draws that depend on nothing but the month, made for many months at once.

A draw alone takes the time of its chain of multiplications; a loop that does nothing but draw takes a fifth of that for
each, since the next one need not wait for it.
"""

import numpy as np
from numpy.typing import NDArray

from cisim.core import kinds, purposes
from cisim.core.draws import inverse_normal, second_uniform, uniform
from cisim.core.jit import inlined, seldom
from cisim.core.kernel.sim import Sim
from cisim.core.layout import AHEAD, Record

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
