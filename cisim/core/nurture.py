"""One month of a cohort of nurtured enterprises: loops over arrays that call the rules E36-E39.

Each enterprise lives twice with the same luck: once supported, once as its unsupported twin.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cisim.core import purposes
from cisim.core.draws import inverse_normal, second_uniform
from cisim.core.jit import rule
from cisim.core.population import World
from cisim.core.rules import enterprises as rules
from cisim.core.rules.common import is_new_year

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Nurture(NamedTuple):
    """Parameters of a programme's support of an enterprise, by their names in the group ``cohort``."""

    growth: float
    growth_support: float
    support_memory: float
    growth_sd: float
    exit_rate: float
    exit_support: float


@rule
def nurture_month(
    world: World,
    month: int,
    social: float,
    economic: float,
    n: int,
    entity: Ints,
    entry: Ints,
    alive: Flags,
    revenue: Floats,
    support: Floats,
    patience: Floats,
    rate: Floats,
    luck: Floats,
    p: Nurture,
) -> None:
    """Advance all enterprises by one month, in place; revenue takes a step at each anniversary of the entry.

    Entries are in the first months of years, all of one year together.

    Parameters
    ----------
    world : World
        Keys of the draws.
    month : int
        Month of the coalition.
    social, economic : float
        Outcomes of the month; what an enterprise in its first year receives.
    n : int
        Number of enterprises: the first `n` of each array count.
    entity, entry : ndarray of int64, shape (at least n,)
        Entity numbers and months of entry, in order of entry.
    alive : ndarray of bool, shape (2, at least n)
        Supported and twin; written.
    revenue : ndarray of float64, shape (2, at least n)
        Log revenue over that at entry; written.
    support : ndarray of float64, shape (2, at least n)
        Social and economic support received; written.
    patience : ndarray of float64, shape (2, at least n)
        Hazard of closure that each can still bear (E93 at entry); written.
    rate : ndarray of float64, shape (2, at least n)
        Monthly hazard of closure, settled in the first year; written.
    luck : ndarray of float64, shape (at least n,)
        Scratch space.
    p : Nurture
        Parameters.
    """
    _support(month, social, economic, n, entry, support, rate, p.exit_rate, p.exit_support)
    if is_new_year(month):
        _draw_luck(world, month, n, entity, luck)
        _grow(month, n, entry, alive, revenue, support, luck, p)
    for twin in range(2):
        _bear(n, patience[twin], rate[twin], alive[twin])


@rule
def _support(
    month: int,
    social: float,
    economic: float,
    n: int,
    entry: Ints,
    support: Floats,
    rate: Floats,
    exit_rate: float,
    exit_support: float,
) -> None:
    """Support the intake of the year, which is the last; all of it has received the same."""
    first = n
    while first > 0 and month - entry[first - 1] < 12:
        first -= 1
    if first < n:
        received = rules.support_added(support[0, first], social), rules.support_added(support[1, first], economic)
        supported = rules.closure_rate(exit_rate, exit_support, received[0], received[1])
        alone = rules.closure_rate(exit_rate, exit_support, 0.0, 0.0)
        for i in range(first, n):
            support[0, i], support[1, i] = received
            rate[0, i], rate[1, i] = supported, alone


@rule
def _draw_luck(world: World, month: int, n: int, entity: Ints, luck: Floats) -> None:
    """Draw for all enterprises: a loop of draws alone takes a fraction of the time."""
    seed, replicate, community = world
    for i in range(n):
        luck[i] = second_uniform(seed, replicate, community, entity[i], month, purposes.ENTERPRISE)


@rule
def _grow(
    month: int,
    n: int,
    entry: Ints,
    alive: Flags,
    revenue: Floats,
    support: Floats,
    luck: Floats,
    p: Nurture,
) -> None:
    """Apply the yearly step of revenue, intake by intake, except in the year of entry."""
    age, left = 0, 0.0
    for i in range(n):
        if month - entry[i] != age:  # the next intake
            age = month - entry[i]
            left = rules.support_left(float(age), p.support_memory)
        if age > 0 and (alive[0, i] or alive[1, i]):
            z = inverse_normal(luck[i])
            for twin in range(2):
                received = support[1, i] if twin == 0 else 0.0
                supported = rules.supported_growth(p.growth_support, received, left)
                revenue[twin, i] = rules.log_revenue(revenue[twin, i], p.growth, supported, p.growth_sd, z)


@rule
def _bear(n: int, patience: Floats, rate: Floats, alive: Flags) -> None:
    """Subtract a month of hazard from what is left of each threshold; an enterprise with none left closes."""
    for i in range(n):
        patience[i] -= rate[i]
    for i in range(n):
        alive[i] = patience[i] > 0.0


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
