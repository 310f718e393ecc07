"""Draws of one run: the keys of the run are in its state."""

from cisim.core import kinds
from cisim.core.draws import normal, uniform
from cisim.core.jit import inlined, rule
from cisim.core.kinds import pair_id as _pair_id
from cisim.core.layout import Record
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
