"""What one run of the compiled engine works on: a bundle of arrays, made once for each thread and used again."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cisim.core.layout import EVENT, MEMBER, PRESENT, STATE, TIES, Record
from cisim.core.series import SERIES
from cisim.parameters.checks import LARGEST


class Sim(NamedTuple):
    """Parameters, state and scratch space of a run.

    Attributes
    ----------
    p : record of `layout.PARAMETERS`
    s : record of `layout.STATE`
    members : records of `layout.MEMBER`, shape (slots,)
        Spells of everybody who ever took part; founders first, then entrants by month.
    m : record of `layout.PRESENT`
        The present members in columns, in the order of their entities; the first ``s.n_members`` count.
    columns : ndarray of int64, shape (columns, LARGEST)
        The memory of `m`.
    ties : record of `layout.TIES`
        The first ``s.n_ties`` count, in the order in which they were made.
    partners : ndarray of uint64, shape (places, words)
        Bit j of row i is set while the members in places i and j have a tie.
    provider, means_from : ndarrays of int64 and float64, shape (places, places)
        Places of each member's providers (-1: gone) and the share of its means that each gives.
    series : ndarray of float64, shape (months, len(SERIES))
    entity, entry : ndarray of int64, shape (enterprises,)
    alive, revenue, support, patience, rate : ndarrays, shape (2, enterprises)
        The cohort, see `core.nurture`.
    luck, nothing : ndarray of float64, shape (enterprises,)
        Scratch space of the cohort; zeros: the support of the twins.
    events : records of `layout.EVENT`, shape (events,)
    strangers, couples : ndarrays of int64, shape (pairs,)
    odds, likely : ndarrays of float64, shape (pairs,)
        Pairs that third parties may introduce: numbers for draws, places, draws, and probabilities.
    """

    p: Any
    s: Any
    members: Any
    m: Any
    columns: NDArray[np.int64]
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
    luck: NDArray[np.float64]
    nothing: NDArray[np.float64]
    events: Any
    strangers: NDArray[np.int64]
    couples: NDArray[np.int64]
    odds: NDArray[np.float64]
    likely: NDArray[np.float64]


def make_sim(p: Record, n_founding: int, months: int, n_events: int) -> Sim:
    """Space for runs of up to `months` with `n_founding` founders, the intake of `p`, and `n_events` of log."""
    slots = n_founding + 1 + months  # a third party may found too
    places = min(slots, LARGEST)
    pairs = places * (places - 1) // 2
    enterprises = (int(1.2 * p["cohort_intake"]) + 2) * (months // 12 + 1) if p["cohort_intake"] > 0.0 else 0
    columns = np.zeros((PRESENT.itemsize // (8 * LARGEST), LARGEST), dtype=np.int64)
    return Sim(
        p=p,
        s=np.zeros(1, dtype=STATE)[0],
        members=np.zeros(slots, dtype=MEMBER),
        m=columns.reshape(1, -1).view(PRESENT)[0, 0],
        columns=columns,
        ties=np.zeros(1, dtype=TIES)[0],
        partners=np.zeros((places, (places + 63) // 64), dtype=np.uint64),
        provider=np.zeros((places, places), dtype=np.int64),
        means_from=np.zeros((places, places)),
        series=np.zeros((months, len(SERIES))),
        entity=np.zeros(enterprises, dtype=np.int64),
        entry=np.zeros(enterprises, dtype=np.int64),
        alive=np.zeros((2, enterprises), dtype=np.bool_),
        revenue=np.zeros((2, enterprises)),
        support=np.zeros((2, enterprises)),
        patience=np.zeros((2, enterprises)),
        rate=np.zeros((2, enterprises)),
        luck=np.zeros(enterprises),
        nothing=np.zeros(enterprises),
        events=np.zeros(n_events, dtype=EVENT),
        strangers=np.zeros(pairs, dtype=np.int64),
        couples=np.zeros(pairs, dtype=np.int64),
        odds=np.zeros(pairs),
        likely=np.zeros(pairs),
    )
