"""How a coalition ends: the logic of `agents.endings`."""

from cisim.core.jit import expanded, inlined, seldom
from cisim.core.kernel import ahead
from cisim.core.kernel.state import Sim

#: Names of endings; their place is the code, and 0 goes on.
ENDINGS = ("", "failed", "completed", "censored")
GOES_ON, FAILED, COMPLETED, CENSORED = range(4)
_EXTERNAL, _FUNDING = 4, 5


@expanded
def find_end(sim: Sim) -> bool:
    """Set the ending of the spell if this month brings one; return whether a shortfall has begun."""
    p, s = sim.p, sim.s
    horizon = p.observation_horizon
    if s.month > horizon:
        _aftermath(sim, horizon)
        return False
    begun = _watch(sim)
    if _is_done(sim):
        s.end, s.ending, s.end_cause = s.month, COMPLETED, 0
        return begun
    is_imposed = ahead.drawn(sim, ahead.IMPOSED) < p.environment_imposed_hazard
    if not _fail_lasting(sim):
        if is_imposed:
            s.end, s.ending, s.end_cause = s.month, FAILED, _EXTERNAL
        elif s.month == horizon and not s.open_since.any():
            s.end, s.ending, s.end_cause = s.month, CENSORED, 0
    return begun


@seldom
def _aftermath(sim: Sim, horizon: int) -> None:
    """End the spell by a shortfall open at the horizon, if one outlasts its grace; later ones are not followed."""
    s = sim.s
    _watch(sim)
    for i in range(4):
        if s.open_since[i] > horizon:
            s.open_since[i] = 0
    if not _fail_lasting(sim) and not s.open_since.any():
        s.end, s.ending, s.end_cause = horizon, CENSORED, 0


@expanded
def _is_done(sim: Sim) -> bool:
    """Whether a finite agenda is achieved or no longer needed."""
    s = sim.s
    if s.agenda == 0.0:
        return False
    return bool(s.agenda <= s.total_social or ahead.drawn(sim, ahead.NEED_ENDS) < s.need_ends)


@inlined
def _watch(sim: Sim) -> bool:
    """Open the shortfalls that have begun and close those that have ended; return whether any began."""
    s = sim.s
    begun = False
    for i in range(4):
        if not _is_short(sim, i):
            s.open_since[i] = 0
        elif s.open_since[i] == 0:
            s.open_since[i] = s.month
            s.open_cause[i] = _FUNDING if i == 3 else s.last_cause
            begun = True
    return begun


@inlined
def _is_short(sim: Sim, i: int) -> bool:
    """Shortfall 0 vacancy, 1 quorum, 2 sectors, 3 unfunded."""
    s = sim.s
    if i == 0:
        return bool(s.holders[0] < 0 or s.holders[1] < 0)
    if i == 1:
        return bool(s.n_members < s.quorum)
    if i == 2:
        return bool(s.has_sectors == 0)
    return bool(s.staffing < sim.p.funding_floor)


@inlined
def _fail_lasting(sim: Sim) -> bool:
    """End the spell by the earliest shortfall that has outlasted its grace period or left no member."""
    p, s = sim.p, sim.s
    first = -1
    for i in range(4):
        grace = p.ending_unfunded_months if i == 3 else p.backbone_grace_months
        is_lasting = s.open_since[i] > 0 and (s.month - s.open_since[i] >= grace or s.n_members == 0)
        if is_lasting and (first < 0 or s.open_since[i] < s.open_since[first]):
            first = i
    if first >= 0:
        s.end, s.ending, s.end_cause = s.open_since[first], FAILED, s.open_cause[first]
    return first >= 0
