"""What one run of the compiled engine works on: a bundle of arrays, made once for each thread and used again."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cisim.core.layout import EVENT, MEMBER, STATE, TIE, Record
from cisim.core.series import SERIES


class Sim(NamedTuple):
    """Parameters, state and scratch space of a run.

    Attributes
    ----------
    p : record of `layout.PARAMETERS`
    s : record of `layout.STATE`
    members : records of `layout.MEMBER`, shape (slots,)
        Everybody who ever took part; founders first, then entrants by month.
    active : ndarray of int64, shape (slots,)
        Slots of the present members, in order; the first ``s.n_members`` count.
    ties : records of `layout.TIE`, shape (pairs,)
        The first ``s.n_ties`` count, in the order in which they were made.
    partners : ndarray of uint64, shape (slots, words)
        Bit j of row i is set while i and j have a tie.
    provider, means_from : ndarrays of int64 and float64, shape (slots, slots)
        Providers of each member and the share of its means that each gives.
    series : ndarray of float64, shape (months, len(SERIES))
    entity, entry : ndarray of int64, shape (enterprises,)
    alive, revenue, support, patience, rate : ndarrays, shape (2, enterprises)
        The cohort, see `core.nurture`.
    nothing : ndarray of float64, shape (enterprises,)
        Zeros: the support of the twins.
    events : records of `layout.EVENT`, shape (events,)
    leavers, reasons : ndarrays of int64, shape (slots,)
        Who leaves this month, and why.
    a, b : ndarrays of float64, shape (slots,)
        Scratch space for sums over members.
    """

    p: Any
    s: Any
    members: Any
    active: NDArray[np.int64]
    ties: Any
    partners: NDArray[np.uint64]
    provider: NDArray[np.int64]
    means_from: NDArray[np.float64]
    series: NDArray[np.float64]
    entity: NDArray[np.int64]
    entry: NDArray[np.int64]
    alive: NDArray[np.bool_]
    revenue: NDArray[np.float64]
    support: NDArray[np.float64]
    patience: NDArray[np.float64]
    rate: NDArray[np.float64]
    nothing: NDArray[np.float64]
    events: Any
    leavers: NDArray[np.int64]
    reasons: NDArray[np.int64]
    a: NDArray[np.float64]
    b: NDArray[np.float64]


def make_sim(p: Record, n_founding: int, months: int, n_events: int) -> Sim:
    """Space for runs of up to `months` with `n_founding` founders, the intake of `p`, and `n_events` of log."""
    slots = n_founding + months
    words = (slots + 63) // 64
    enterprises = (int(1.2 * p["cohort_intake"]) + 2) * (months // 12 + 1) if p["cohort_intake"] > 0.0 else 0
    return Sim(
        p=p,
        s=np.zeros(1, dtype=STATE)[0],
        members=np.zeros(slots, dtype=MEMBER),
        active=np.zeros(slots, dtype=np.int64),
        ties=np.zeros(slots * (slots - 1) // 2, dtype=TIE),
        partners=np.zeros((slots, words), dtype=np.uint64),
        provider=np.zeros((slots, slots), dtype=np.int64),
        means_from=np.zeros((slots, slots)),
        series=np.zeros((months, len(SERIES))),
        entity=np.zeros(enterprises, dtype=np.int64),
        entry=np.zeros(enterprises, dtype=np.int64),
        alive=np.zeros((2, enterprises), dtype=np.bool_),
        revenue=np.zeros((2, enterprises)),
        support=np.zeros((2, enterprises)),
        patience=np.zeros((2, enterprises)),
        rate=np.zeros((2, enterprises)),
        nothing=np.zeros(enterprises),
        events=np.zeros(n_events, dtype=EVENT),
        leavers=np.zeros(max(slots, 4), dtype=np.int64),
        reasons=np.zeros(max(slots, 4), dtype=np.int64),
        a=np.zeros(slots),
        b=np.zeros(slots),
    )
