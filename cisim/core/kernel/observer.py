"""Monthly series, in the order of `core.series`."""

from cisim.core.aggregate import apart, mean_of_sum, share_met
from cisim.core.jit import expanded, inlined, seldom
from cisim.core.kernel.backbone import mean_condition
from cisim.core.kernel.state import Sim
from cisim.core.nurture import cohort_totals
from cisim.core.rules import production
from cisim.core.rules.collective_impact import is_satisfied
from cisim.core.series import COHORT, SERIES

_FIRST_CONDITION = SERIES.index("common_agenda")
_AFTER_CONDITIONS = SERIES.index("conditions")
_FIRST_COHORT = SERIES.index(COHORT[0])


@expanded
def watch(sim: Sim) -> None:
    """Append the values of this month to the series, except those of the cohort."""
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
        production.practice_quality(s.practice, s.worth),
        float(s.n_members),
        s.staffing,
        s.reserve,
        s.climate,
        s.founders_retained,
        s.members_retained,
    )
    for i in range(14):
        sim.series[at, _AFTER_CONDITIONS + i] = values[i]


@inlined
def _watch_members(sim: Sim, at: int) -> None:
    """Means over members of the first nine series, and multivocality."""
    m, n, position = sim.m, sim.s.n_members, sim.s.mean_weight
    trust = conflict = commitment = satisfaction = autonomy_lost = shirked = deferred = hazard = satisfied = 0.0
    for k in range(n):  # all sums at once: each waits for its own last addition only
        trust += m.trust[k]
        conflict += m.conflict[k]
        commitment += m.commitment[k]
        satisfaction += m.satisfaction[k]
        autonomy_lost += m.autonomy_lost[k]
        shirked += m.shirked[k]
        deferred += m.deferred[k]
        hazard += m.hazard[k]
        satisfied += is_satisfied(m.satisfaction[k])
    sums = (trust, conflict, commitment, satisfaction, autonomy_lost, shirked, deferred, hazard, satisfied)
    for i in range(9):
        sim.series[at, i] = mean_of_sum(sums[i], n)
    for k in range(n):
        sim.m.a[k] = is_satisfied(m.satisfaction[k])
        sim.m.b[k] = apart(m.effective_weight[k], position)
    sim.series[at, 9] = share_met(sim.m.a, sim.m.b, n)


@seldom
def watch_cohort(sim: Sim) -> None:
    """Append the totals of the cohort in this month to the series."""
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
