"""The enterprises that a programme nurtures: the phases of `agents.cohort`."""

from cisim.core import kinds, purposes
from cisim.core.jit import seldom
from cisim.core.kernel.ahead import threshold, u
from cisim.core.kernel.state import Sim
from cisim.core.nurture import Nurture, nurture_month
from cisim.core.population import World
from cisim.core.rules import enterprises as cohort_rules
from cisim.core.rules.common import is_new_year


@seldom
def nurture(sim: Sim) -> None:
    """One month of the cohort, with the yearly intake."""
    p, s = sim.p, sim.s
    if is_new_year(s.month):
        capacity = cohort_rules.programme_capacity(s.staffing, s.joint)
        taken = cohort_rules.intake_number(p.cohort_intake, capacity, u(s, kinds.COALITION, s.month, purposes.INTAKE))
        for i in range(taken):
            at = s.n_enterprises + i
            sim.entity[at], sim.entry[at] = s.month * kinds.PLACES + i, s.month
            borne = threshold(s, sim.entity[at], s.month, purposes.ENTERPRISE)
            for twin in range(2):
                sim.alive[twin, at], sim.revenue[twin, at], sim.support[twin, at] = True, 0.0, 0.0
                sim.patience[twin, at] = borne
        s.n_enterprises += taken
    n = s.n_enterprises
    if n > 0:
        nurture_month(
            World(s.seed, s.replicate, s.community),
            s.month,
            s.social,
            s.economic,
            n,
            sim.entity,
            sim.entry,
            sim.alive,
            sim.revenue,
            sim.support,
            sim.patience,
            sim.rate,
            sim.luck,
            Nurture(
                growth=p.cohort_growth,
                growth_support=p.cohort_growth_support,
                support_memory=p.cohort_support_memory,
                growth_sd=p.cohort_growth_sd,
                exit_rate=p.cohort_exit_rate,
                exit_support=p.cohort_exit_support,
            ),
        )
