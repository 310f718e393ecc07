"""What is written down each month: the series of `core.series`, in their order."""

from cisim.core.aggregate import apart, weighted_share
from cisim.core.jit import phase, seldom
from cisim.core.kernel.coalition import mean_condition
from cisim.core.kernel.sim import Sim
from cisim.core.nurture import cohort_totals
from cisim.core.series import COHORT, SERIES

_FIRST_CONDITION = SERIES.index("common_agenda")
_AFTER_CONDITIONS = SERIES.index("conditions")
_FIRST_COHORT = SERIES.index(COHORT[0])


@phase
def watch(sim: Sim) -> None:
    """Write down the month, apart from the cohort."""
    s, at = sim.s, sim.s.month - 1
    _watch_members(sim, at)
    for i in range(5):
        sim.series[at, _FIRST_CONDITION + i] = s.conditions[i]
    values = (
        mean_condition(sim),
        s.social,
        s.economic,
        s.total_social,
        s.total_economic,
        s.attention,
        s.credibility,
        s.practice,
        float(s.n_members),
        s.staffing,
        s.reserve,
        s.climate,
        _founders_retained(sim),
        _members_retained(sim),
    )
    for i in range(14):
        sim.series[at, _AFTER_CONDITIONS + i] = values[i]


@phase
def _watch_members(sim: Sim, at: int) -> None:
    """Means over members of the first nine series, and multivocality."""
    s, n = sim.s, sim.s.n_members
    for i in range(10):
        sim.series[at, i] = 0.0
    for k in range(n):
        m = sim.members[sim.active[k]]
        sim.series[at, 0] += m.trust
        sim.series[at, 1] += m.conflict
        sim.series[at, 2] += m.commitment
        sim.series[at, 3] += m.satisfaction
        sim.series[at, 4] += m.autonomy_lost
        sim.series[at, 5] += m.shirked
        sim.series[at, 6] += m.deferred
        sim.series[at, 7] += m.hazard
        sim.series[at, 8] += 1.0 if m.satisfaction >= 0.0 else 0.0
        sim.a[k] = 1.0 if m.satisfaction >= 0.0 else 0.0
        sim.b[k] = apart(m.effective_weight, s.mean_weight)
    if n > 0:
        for i in range(9):
            sim.series[at, i] /= n
    sim.series[at, 9] = weighted_share(sim.a[:n], sim.b[:n])


@phase
def _founders_retained(sim: Sim) -> float:
    """Share of the founding backbone organisations that are still members."""
    founding = sim.s.founding_holders
    n, stayed = 0, 0
    for role in range(4):
        is_new = True
        for earlier in range(role):
            is_new = is_new and founding[earlier] != founding[role]
        if is_new:
            n += 1
            stayed += sim.members[founding[role]].is_member
    return stayed / n


@phase
def _members_retained(sim: Sim) -> float:
    """Share of the founding members that are still members."""
    stayed = 0
    for slot in range(sim.s.n_founding):
        stayed += sim.members[slot].is_member
    return float(stayed / sim.s.n_founding)


@seldom
def watch_cohort(sim: Sim) -> None:
    """Write down what the cohort adds up to this month."""
    p, n, at = sim.p, sim.s.n_enterprises, sim.s.month - 1
    supported = cohort_totals(
        sim.alive[0, :n],
        sim.revenue[0, :n],
        sim.support[0, :n],
        p.cohort_start_jobs,
        p.cohort_jobs_elasticity,
        p.cohort_jobs_support,
    )
    twins = cohort_totals(
        sim.alive[1, :n],
        sim.revenue[1, :n],
        sim.nothing[:n],
        p.cohort_start_jobs,
        p.cohort_jobs_elasticity,
        p.cohort_jobs_support,
    )
    sim.series[at, _FIRST_COHORT] = float(n)
    for i in range(3):
        sim.series[at, _FIRST_COHORT + 1 + i] = supported[i]
        sim.series[at, _FIRST_COHORT + 4 + i] = twins[i]
