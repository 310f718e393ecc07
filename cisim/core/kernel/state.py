"""Working arrays of one run of the compiled engine, allocated once for each thread and used again."""

import mmap
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike, NDArray

from cisim.core.jit import expanded
from cisim.core.layout import COMMUNITY, EVENT, FIELD, MEMBER, PRESENT, STATE, TIES, Record
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


class Space(NamedTuple):
    """Parameters, state and scratch space of a field.

    Attributes
    ----------
    f : record of `layout.FIELD`
        What the communities share.
    c : records of `layout.COMMUNITY`, shape (communities,)
    sims : Sim
        The arrays of every community, with an axis of communities in front; parameters and scratch space without.
    """

    f: Any
    c: Any
    sims: Sim


def view_of(space: Space, at: int) -> Sim:
    """Space of the community in place `at`; scratch space is the same for all."""
    sims = space.sims
    return Sim(
        p=sims.p,
        s=sims.s[at],
        members=sims.members[at],
        m=sims.m[at],
        columns=sims.columns[at],
        ties=sims.ties[at],
        partners=sims.partners[at],
        provider=sims.provider[at],
        means_from=sims.means_from[at],
        series=sims.series[at],
        entity=sims.entity[at],
        entry=sims.entry[at],
        alive=sims.alive[at],
        revenue=sims.revenue[at],
        support=sims.support[at],
        patience=sims.patience[at],
        rate=sims.rate[at],
        luck=sims.luck,
        nothing=sims.nothing,
        events=sims.events[at],
        strangers=sims.strangers,
        couples=sims.couples,
        odds=sims.odds,
        likely=sims.likely,
    )


view = expanded(view_of)  # compiled code can hand such a bundle on, but not back


def make_sim(p: Record, n_founding: int, months: int, n_events: int) -> Sim:
    """Space for one coalition; arguments as for `make_space`."""
    return view_of(make_space(p, 1, n_founding, months, n_events), 0)


def make_space(p: Record, n_communities: int, n_founding: int, months: int, n_events: int) -> Space:
    """Space for runs of up to `months` with `n_founding` founders, the intake of `p`, and `n_events` of log."""
    slots = n_founding + 1 + months  # a third party may found too
    places = min(slots, LARGEST)
    pairs, n = places * (places - 1) // 2, n_communities
    enterprises = (int(1.2 * p["cohort_intake"]) + 2) * (months // 12 + 1) if p["cohort_intake"] > 0.0 else 0
    columns = _zeros((n, PRESENT.itemsize // (8 * LARGEST), LARGEST), np.int64)
    sims = Sim(
        p=p,
        s=np.zeros(n, dtype=STATE),
        members=_zeros((n, slots), MEMBER),
        m=columns.reshape(n, -1).view(PRESENT)[:, 0],
        columns=columns,
        ties=_zeros((n,), TIES),
        partners=_zeros((n, places, (places + 63) // 64), np.uint64),
        provider=_zeros((n, places, places), np.int64),
        means_from=_zeros((n, places, places), np.float64),
        series=_zeros((n, months, len(SERIES)), np.float64),
        entity=_zeros((n, enterprises), np.int64),
        entry=_zeros((n, enterprises), np.int64),
        alive=_zeros((n, 2, enterprises), np.bool_),
        revenue=_zeros((n, 2, enterprises), np.float64),
        support=_zeros((n, 2, enterprises), np.float64),
        patience=_zeros((n, 2, enterprises), np.float64),
        rate=_zeros((n, 2, enterprises), np.float64),
        luck=np.zeros(enterprises),
        nothing=np.zeros(enterprises),
        events=_zeros((n, n_events), EVENT),
        strangers=np.zeros(pairs, dtype=np.int64),
        couples=np.zeros(pairs, dtype=np.int64),
        odds=np.zeros(pairs),
        likely=np.zeros(pairs),
    )
    return Space(f=np.zeros(1, dtype=FIELD)[0], c=np.zeros(n, dtype=COMMUNITY), sims=sims)


def _zeros(shape: tuple[int, ...], dtype: DTypeLike) -> Any:
    """Zeros of which, in a field, only the pages that are written to take memory.

    Columns are as long as the largest coalition needs; the large pages that NumPy asks for would bring all of that in.
    """
    size = int(np.prod(shape)) * np.dtype(dtype).itemsize
    if shape[0] == 1 or size == 0:
        return np.zeros(shape, dtype=dtype)
    memory = mmap.mmap(-1, size)
    if hasattr(mmap, "MADV_NOHUGEPAGE"):
        memory.madvise(mmap.MADV_NOHUGEPAGE)
    return np.frombuffer(memory, dtype=dtype).reshape(shape)
