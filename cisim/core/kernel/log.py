"""The timed log of the compiled engine: codes for what the Mesa engine writes in words."""

from cisim.core.jit import seldom
from cisim.core.kernel.state import Sim
from cisim.core.records import CAUSES

#: Names of events; their place is the code.
EVENTS = (
    *("joined", "left", "role_vacated", "role_changed", "renewed", "grant_won", "grant_lost", "shock", "ended"),
    *("introduced", "goals_shared", "selected", "designed", "formed", "engaged", "given_up"),
)
JOINED, LEFT, ROLE_VACATED, ROLE_CHANGED, RENEWED, GRANT_WON, GRANT_LOST, SHOCK, ENDED = range(9)
INTRODUCED, GOALS_SHARED, SELECTED, DESIGNED, FORMED, ENGAGED, GIVEN_UP = range(9, 16)

#: Details of a shock; their place is the code.
SHOCKS = ("leadership", "goal_shift", "breach", "downturn", "withdrawal", "policy_end")
LEADERSHIP, GOAL_SHIFT, BREACH, DOWNTURN, WITHDRAWAL, POLICY_END = range(6)

#: Causes in the detail of an ending: places in `cisim.core.records.CAUSES`, and one more for an ending without a cause.
NO_CAUSE = len(CAUSES)
CAUSE_CODES = NO_CAUSE + 1

#: For who is not there, and for an event without detail. Callers write `log.NOBODY`: of a name in a module the compiler
#: sees the type, of a number or a name of its own the value, and it would compile `note` for each value.
NOBODY, PLAIN = -1, 0


@seldom
def write_event(sim: Sim, event: int, first: int, second: int, detail: int) -> None:
    """Append an event of this month, if there is room; `first` and `second` are places or NOBODY."""
    s = sim.s
    if s.logs_events == 0:
        return
    if s.n_events < sim.events.size:
        line = sim.events[s.n_events]
        line.month = s.month
        line.event = event
        line.first = sim.m.entity[first] if first >= 0 else -1
        line.second = sim.m.entity[second] if second >= 0 else -1
        line.detail = detail
    s.n_events += 1
