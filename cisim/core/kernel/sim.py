"""What one run of the compiled engine works on: a bundle of arrays, made once for each thread and used again."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


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
