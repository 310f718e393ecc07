"""The inner loops of a month: the kernel's own phases against the same in C, on the same arrays, bit for bit."""

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import c_build
from benchmarks.cases import SCENARIOS, SEED, parameters
from benchmarks.effort import Effort
from benchmarks.timing import Spread, ratio, take_turns
from cisim.core.jit import rule
from cisim.core.kernel import ahead
from cisim.core.kernel.coalition import assess, interact, produce, set_agenda
from cisim.core.kernel.decision import commit, face_hazards
from cisim.core.kernel.dependence import depend
from cisim.core.kernel.engine import months_needed
from cisim.core.kernel.founding import found, reset
from cisim.core.kernel.organisation import appraise, contribute, frame
from cisim.core.kernel.state import Sim, make_sim
from cisim.core.layout import AHEAD, encode
from cisim.core.rules import surroundings

#: Months that a coalition lives in one go; then it begins anew, so that its network stays as in a run.
_SPELL = 120

Ints = NDArray[np.int64]
Row = dict[str, Any]
#: For a simulation, a function that lives some months of it.
Bind = Callable[[Sim], Callable[[int], None]]


@rule
def begin(sim: Sim, composition: Ints, seed: int) -> None:
    """Found a coalition that nobody will leave."""
    reset(sim, seed, 0, 0)
    found(sim, composition)
    for k in range(sim.s.n_members):
        sim.m.leave_threshold[k] = np.inf


@rule
def live(sim: Sim, months: int) -> None:
    """Live some months of a coalition, without shocks, arrivals, departures, money, cohort and records."""
    p, s = sim.p, sim.s
    persistence = p.environment_climate_persistence
    for _ in range(months):
        s.month += 1
        if s.month % AHEAD == 1:
            ahead.look_ahead(sim)
        luck, rivalry = ahead.drawn(sim, ahead.CLIMATE), ahead.drawn(sim, ahead.RIVALS)
        s.climate = surroundings.climate(s.climate, persistence, p.environment_climate_sd, luck)
        s.crowding = surroundings.climate(s.crowding, persistence, p.environment_rivals_sd, rivalry)
        set_agenda(sim)
        frame(sim, 0)
        contribute(sim, p.backbone_spacing)
        produce(sim)
        assess(sim)
        appraise(sim)
        interact(sim)
        depend(sim)
        commit(sim)
        face_hazards(sim)


def missing() -> str:
    """Why the C version cannot be built here; empty if it can."""
    return "" if c_build.compiler() else "there is no C compiler here (cc, gcc, clang or $CC): no comparison with C"


def measure(effort: Effort) -> list[Row]:
    """Time the kernel's inner loops and the C version on each scenario, after a check that both give the same bits."""
    with tempfile.TemporaryDirectory() as folder:
        in_c = c_build.build(Path(folder))
        return [_measure(scenario, in_c, effort) for scenario in SCENARIOS]


def _measure(scenario: str, in_c: Bind, effort: Effort) -> Row:
    params = parameters(scenario)
    record = encode(params)
    one, other = (make_sim(record, sum(params.population.counts), months_needed(record), 0) for _ in range(2))
    founders = np.array(params.population.counts)
    lives = {"kernel": (one, partial(live, one)), "c": (other, in_c(other))}
    n_spells, spell = max(1, effort.loop_months // _SPELL), min(_SPELL, effort.loop_months)
    turns = take_turns(
        {
            f"{name} {months}": partial(_live_spells, sim, founders, lived, n_spells, months)
            for months in (0, spell)
            for name, (sim, lived) in lives.items()
        },
        effort.repeats,
    )
    kernel, c = (np.subtract(turns[f"{name} {spell}"], turns[f"{name} 0"]) / (n_spells * spell) * 1e9 for name in lives)
    return {
        "scenario": scenario,
        "members": int(one.s["n_members"]),
        "ties": int(one.s["n_ties"]),
        "months": n_spells * spell,
        "same_bits": same_bits(one, other),
        **Spread.of(kernel).named("kernel_ns_a_month"),
        **Spread.of(c).named("c_ns_a_month"),
        **ratio(c, kernel).named("share_of_c"),
    }


def _live_spells(sim: Sim, founders: Ints, lived: Callable[[int], None], n_spells: int, months: int) -> None:
    """Found a coalition and live some months of it, several times; with no months, only what comes around that."""
    for seed in range(SEED, SEED + n_spells):
        begin(sim, founders, seed)
        lived(months)


def same_bits(one: Sim, other: Sim) -> bool:
    """Whether the coalition, its members, its ties and their dependence are the same to the last bit."""
    members, ties = slice(int(one.s["n_members"])), slice(int(one.s["n_ties"]))
    pairs = [
        (one.s, other.s),
        (one.columns[:, members], other.columns[:, members]),
        *((one.ties[name][ties], other.ties[name][ties]) for name in one.ties.dtype.names),
        (one.partners[members], other.partners[members]),
        (one.means_from[members], other.means_from[members]),
    ]
    return all(a.tobytes() == b.tobytes() for a, b in pairs)
