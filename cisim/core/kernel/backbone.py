"""Roles of the backbone: the phases of `agents.backbone`."""

from cisim.core import purposes
from cisim.core.jit import expanded, inlined, seldom
from cisim.core.kernel import log
from cisim.core.kernel.keys import u
from cisim.core.kernel.network import serve
from cisim.core.kernel.sim import Sim
from cisim.core.rules import entry, production

_TAKEOVER = purposes.TAKEOVER


@seldom
def vacate(sim: Sim, place: int) -> None:
    """Vacate all roles of a member that has left."""
    for role in range(4):
        if sim.m.roles[place] & (1 << role):
            sim.s.holders[role] = -1
            log.write_event(sim, log.ROLE_VACATED, place, log.NOBODY, role)
    sim.m.roles[place] = 0


@seldom
def _best_volunteer(sim: Sim, role: int) -> int:
    """Place of the most suitable willing and able member who volunteers this month; -1 if there is none."""
    s, m, best, best_rank = sim.s, sim.m, -1, 0.0
    for k in range(s.n_members):
        able = m.capabilities[role, k]
        if (
            entry.is_willing_and_able(m.commitment[k], able, sim.p.backbone_takeover_bar)
            and u(s, m.entity[k], s.month, _TAKEOVER + role) < sim.p.backbone_takeover_rate
        ):
            rank = entry.suitability(m.commitment[k], able, m.magnitude[k])
            if best < 0 or rank > best_rank:
                best, best_rank = k, rank
    return best


@expanded
def fill(sim: Sim) -> None:
    """Fill vacant roles with willing and able members."""
    for role in range(4):
        if sim.s.holders[role] < 0:
            _take_over(sim, role)


@seldom
def _take_over(sim: Sim, role: int) -> None:
    heir = _best_volunteer(sim, role)
    if heir >= 0:
        sim.s.holders[role] = heir
        sim.m.roles[heir] |= 1 << role
        serve(sim, heir)
        log.write_event(sim, log.ROLE_CHANGED, heir, log.NOBODY, role)


@inlined
def leader(sim: Sim) -> float:
    """Quality of the person who leads; the mean if nobody does."""
    lead = sim.s.holders[0]
    deviate = sim.m.leader[lead] if lead >= 0 else 0.0
    return production.leader_quality(sim.p.backbone_leader_mean, sim.p.backbone_leader_sd, deviate)
