"""One month of a cohort of nurtured enterprises: loops over arrays that call the rules E36-E39.

Each enterprise lives twice with the same luck: once supported, once as its unsupported twin.
"""

import numpy as np
from numpy.typing import NDArray

from cisim.core import purposes
from cisim.core.draws import normal
from cisim.core.jit import rule
from cisim.core.rules import cohort as rules

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

_ENTERPRISE = purposes.ENTERPRISE


@rule
def nurture_month(
    seed: int,
    replicate: int,
    community: int,
    month: int,
    social: float,
    economic: float,
    entity: Ints,
    entry: Ints,
    alive: Flags,
    revenue: Floats,
    support: Floats,
    patience: Floats,
    rate: Floats,
    p: tuple[float, float, float, float, float, float],
) -> None:
    """Advance all enterprises by one month, in place; revenue takes a step at each anniversary of the entry.

    Parameters
    ----------
    seed, replicate, community, month : int
        Keys of the draws.
    social, economic : float
        Outcomes of the month; what an enterprise in its first year receives.
    entity, entry : ndarray of int64, shape (n,)
        Entity numbers and months of entry, in order of entry.
    alive : ndarray of bool, shape (2, n)
        Supported and twin; written.
    revenue : ndarray of float64, shape (2, n)
        Log revenue over that at entry; written.
    support : ndarray of float64, shape (2, n)
        Social and economic support received; written.
    patience : ndarray of float64, shape (2, n)
        Hazard of closure that each can still bear (E93 at entry); written.
    rate : ndarray of float64, shape (2, n)
        Monthly hazard of closure, settled in the first year; written.
    p : tuple of float
        Growth, growth_support, support_memory, growth_sd, exit_rate, exit_support.
    """
    growth, growth_support, memory, sd, exit_rate, exit_support = p
    first = entity.size  # those in their first year are the last
    while first > 0 and month - entry[first - 1] < 12:
        first -= 1
        support[0, first] = rules.support_added(support[0, first], social)
        support[1, first] = rules.support_added(support[1, first], economic)
        rate[0, first] = rules.closure_rate(exit_rate, exit_support, support[0, first], support[1, first])
        rate[1, first] = rules.closure_rate(exit_rate, exit_support, 0.0, 0.0)
    for i in range(entity.size):
        age = month - entry[i]
        if age > 0 and age % 12 == 0 and (alive[0, i] or alive[1, i]):
            z = normal(seed, replicate, community, entity[i], month, _ENTERPRISE)
            for twin in range(2):
                e = 0.0 if twin == 1 else support[1, i]
                revenue[twin, i] = rules.log_revenue(
                    revenue[twin, i], growth, growth_support, e, float(age), memory, sd, z
                )
    for twin in range(2):
        for i in range(entity.size):
            patience[twin, i] -= rate[twin, i]
            alive[twin, i] = patience[twin, i] > 0.0


@rule
def cohort_totals(
    alive: Flags, revenue: Floats, social_support: Floats, start_jobs: float, elasticity: float, jobs_support: float
) -> tuple[float, float, float]:
    """Living enterprises, their jobs, and the mean growth of their revenue since entry (a share; 0 if none lives)."""
    n_alive = 0.0
    jobs = 0.0
    growth = 0.0
    for i in range(alive.size):
        if alive[i]:
            n_alive += 1.0
            jobs += rules.jobs(start_jobs, revenue[i], elasticity, jobs_support, social_support[i])
            growth += np.exp(revenue[i]) - 1.0
    return n_alive, jobs, growth / n_alive if n_alive > 0.0 else 0.0
