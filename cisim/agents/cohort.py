"""The social enterprises that a programme nurtures, and their unsupported twins (S1 §1, §3)."""

from typing import TYPE_CHECKING

import numpy as np

from cisim.core import kinds, purposes
from cisim.core.draws import uniform
from cisim.core.nurture import Nurture, cohort_totals, nurture_month
from cisim.core.rules import enterprises as rules
from cisim.core.rules.common import hazard_threshold, is_new_year

if TYPE_CHECKING:
    from cisim.agents.coalition import Coalition


class Cohort:
    """All enterprises ever taken in; row 0 of `alive` and `revenue` is supported, row 1 the twin."""

    def __init__(self, coalition: "Coalition") -> None:
        self.coalition = coalition
        self.p = coalition.params.cohort
        self.entity = np.empty(0, dtype=np.int64)
        self.entry = np.empty(0, dtype=np.int64)
        self.alive = np.empty((2, 0), dtype=np.bool_)
        self.revenue = np.empty((2, 0))
        self.support = np.empty((2, 0))
        self.patience = np.empty((2, 0))
        self.rate = np.empty((2, 0))

    def grow(self, month: int) -> None:
        """One month: yearly intake, support, growth, jobs, closures."""
        if is_new_year(month) and self.p.intake > 0.0:
            self._take_in(month)
        if self.entity.size:
            p, c = self.p, self.coalition
            constants = Nurture(
                growth=p.growth,
                growth_support=p.growth_support,
                support_memory=p.support_memory,
                growth_sd=p.growth_sd,
                exit_rate=p.exit_rate,
                exit_support=p.exit_support,
            )
            nurture_month(
                c.model.world,
                month,
                c.social,
                c.economic,
                self.entity.size,
                self.entity,
                self.entry,
                self.alive,
                self.revenue,
                self.support,
                self.patience,
                self.rate,
                np.empty(self.entity.size),
                constants,
            )

    def _take_in(self, month: int) -> None:
        treasury = self.coalition.backbone.treasury
        capacity = rules.programme_capacity(treasury.staffing, self.coalition.joint)
        u = uniform(*self.coalition.model.world, kinds.COALITION, month, purposes.INTAKE)
        n = rules.intake_number(self.p.intake, capacity, u)
        first = month * kinds.PLACES
        self.entity = np.concatenate([self.entity, np.arange(first, first + n)])
        self.entry = np.concatenate([self.entry, np.full(n, month)])
        self.alive = np.hstack([self.alive, np.ones((2, n), dtype=np.bool_)])
        self.revenue = np.hstack([self.revenue, np.zeros((2, n))])
        self.support = np.hstack([self.support, np.zeros((2, n))])
        self.rate = np.hstack([self.rate, np.zeros((2, n))])
        world = self.coalition.model.world
        borne = [hazard_threshold(uniform(*world, first + i, month, purposes.ENTERPRISE)) for i in range(n)]
        self.patience = np.hstack([self.patience, np.array([borne, borne]).reshape(2, n)])

    def totals(self) -> dict[str, float]:
        """Enterprises taken in and alive, jobs, and mean revenue growth (share); twins' jobs and survivors."""
        p = self.p
        none = np.zeros_like(self.support[0])
        alive, jobs, growth = cohort_totals(
            self.alive[0], self.revenue[0], self.support[0], p.start_jobs, p.jobs_elasticity, p.jobs_support
        )
        twins, twin_jobs, twin_growth = cohort_totals(
            self.alive[1], self.revenue[1], none, p.start_jobs, p.jobs_elasticity, p.jobs_support
        )
        return {
            "enterprises_supported": float(self.entity.size),
            "enterprises_alive": alive,
            "jobs": jobs,
            "revenue_growth": growth,
            "twins_alive": twins,
            "twin_jobs": twin_jobs,
            "twin_revenue_growth": twin_growth,
        }
