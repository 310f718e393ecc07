"""One run of the compiled engine, from parameters to the same record that the Mesa engine gives."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cisim.core.kernel import log
from cisim.core.kernel.endings import ENDINGS
from cisim.core.kernel.field import run_communities
from cisim.core.kernel.negotiation import formation_outcome
from cisim.core.kernel.state import Sim, make_space, view_of
from cisim.core.kinds import KINDS, ROLES
from cisim.core.layout import Record, encode
from cisim.core.records import CAUSES, RunRecord, events_until
from cisim.core.series import SERIES
from cisim.core.spell import spell_row
from cisim.errors import InputError
from cisim.parameters.people import COUNTED
from cisim.parameters.registry import Parameters


def months_needed(p: Record) -> int:
    """Months that a run may take: the horizon, and the grace of what is open there."""
    return int(p["observation_horizon"] + max(p["backbone_grace_months"], p["ending_unfunded_months"]) + 1)


def composition_of(p: Record) -> NDArray[np.int64]:
    """Founding members by kind, in the order of `kinds.KINDS`."""
    return np.array([p[f"population_{name}"] for name in COUNTED], dtype=np.int64)


def simulate_compiled(
    params: Parameters,
    *,
    seed: int,
    replicate: int,
    extensions: Mapping[str, type] | None = None,
    trajectory: bool = False,
    events: bool = False,
    community: int = 0,
) -> RunRecord:
    """Simulate one coalition, or the coalitions of a field, to their ends; see `cisim.agents.engine.simulate_mesa`.

    Parameters
    ----------
    params : Parameters
        Validated parameters.
    seed, replicate : int
        Keys of all draws.
    extensions : mapping of str to type, optional
        Must be empty: own classes run on the Mesa engine.
    trajectory, events : bool
        Whether to keep the monthly series and the timed log.
    community : int
        Key of the draws of the first community.

    Returns
    -------
    RunRecord

    Raises
    ------
    InputError
        If there are extensions.
    """
    if extensions:
        raise InputError(f"extensions ({', '.join(extensions)}) cannot be compiled; use engine=mesa")
    p = encode(params)
    composition = composition_of(p)
    room = 4096 if events else 0
    while True:
        space = make_space(p, int(p["communities_number"]), int(composition.sum()), months_needed(p), room)
        space.sims.s["logs_events"] = int(events)
        run_communities(space, composition, seed, replicate, community, trajectory)
        if space.sims.s["n_events"].max() <= room:
            first, *others = [
                _record(view_of(space, i), params, trajectory=trajectory, community=i) for i in range(space.sims.s.size)
            ]
            return replace(first, others=tuple(others))
        room = 2 * int(space.sims.s["n_events"].max())


def _record(sim: Sim, params: Parameters, *, trajectory: bool, community: int) -> RunRecord:
    end = int(sim.s["end"])
    ending, cause = ENDINGS[sim.s["ending"]], CAUSES[sim.s["end_cause"]]
    series = dict(zip(SERIES, sim.series[:end].T, strict=True))
    return RunRecord(
        spell=spell_row(end, ending, cause, sim.series, params.observation.milestone, formation_outcome(sim.s)),
        members=member_rows(sim, end),
        events=_event_rows(sim, end),
        trajectory={name: values.copy() for name, values in series.items()} if trajectory else None,
        community=community,
    )


def member_rows(sim: Sim, end: int) -> list[dict[str, int | bool | str]]:
    """Membership spells as rows, cut at month `end` of the coalition."""
    rows: list[dict[str, int | bool | str]] = []
    for m in sim.members[: int(sim.s["n_slots"])]:
        if m["entry"] < end:
            has_left = 0 < m["left"] <= end
            rows.append(
                {
                    "organisation": int(m["entity"]),
                    "kind": KINDS[m["kind"]],
                    "founder": bool(m["entry"] == 0),
                    "entry": int(m["entry"]),
                    "duration": int((m["left"] if has_left else end) - m["entry"]),
                    "event_observed": bool(has_left),
                    "cause": CAUSES[m["cause"]] if has_left else "",
                }
            )
    return rows


def _event_rows(sim: Sim, end: int) -> list[dict[str, int | str]]:
    """Events up to month `end` of the coalition, in words."""
    rows: list[dict[str, int | str]] = [
        {
            "month": int(line["month"]) if line["event"] != log.ENDED else end,
            "event": log.EVENTS[line["event"]],
            "organisation": int(line["first"]),
            "other": int(line["second"]),
            "detail": _detail(int(line["event"]), int(line["detail"])),
        }
        for line in sim.events[: int(sim.s["n_events"])]
    ]
    return events_until(rows, end)


def _detail(event: int, code: int) -> str:
    """Words for the detail of an event."""
    words: dict[int, Any] = {
        log.LEFT: lambda: CAUSES[code],
        log.ROLE_VACATED: lambda: ROLES[code],
        log.ROLE_CHANGED: lambda: ROLES[code],
        log.GRANT_WON: lambda: f"{code} months",
        log.SHOCK: lambda: log.SHOCKS[code],
        log.ENDED: lambda: " ".join([ENDINGS[code // log.CAUSE_CODES], *CAUSES[code % log.CAUSE_CODES :][:1]]),
    }
    return words[event]() if event in words else ""
