"""Who is in a coalition at chosen months, in which role, and which ties the event log gives away."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cisim.errors import InputError

#: Shares of the longest spell at which a coalition is looked at, unless months are given.
MOMENTS = (0.0, 1 / 3, 2 / 3, 1.0)
COLUMNS = ["strategies", "replicate", "month", "ended", "organisation", "other", "kind", "founder", "present", "roles"]


def typical_replicate(runs: pd.DataFrame) -> int:
    """Replicate whose run has the (lower) median duration, the first of these; runs of one arm without errors."""
    middle = np.sort(runs["duration"])[(len(runs) - 1) // 2]
    return int(runs.loc[runs["duration"] == middle, "replicate"].min())


def network_table(members: pd.DataFrame, events: pd.DataFrame, *, months: Sequence[int] | None = None) -> pd.DataFrame:
    """Members and known ties of one replicate's coalition in each arm, at chosen months.

    Parameters
    ----------
    members : DataFrame
        Membership spells of one replicate: strategies, replicate, organisation, kind, founder, entry, duration,
        event_observed.
    events : DataFrame
        Its event log: strategies, month, event, organisation, other, detail.
    months : sequence of int, optional
        By default the founding, the end of the longest spell, and a third and two thirds of the way.

    Returns
    -------
    DataFrame
        Columns strategies, replicate, month, ended (month in which the coalition ended, -1 if it had not), then
        one row per organisation that ever was a member (``other`` is -1: kind, founder, present, roles held as
        far as the log tells) and one row per pair (organisation, other) of members whose tie the log has named by
        that month, by a breach of trust along it. Ties that no event names are in no record.

    Raises
    ------
    InputError
        If the log is empty or holds several replicates.
    """
    if events.empty or members.empty or len(set(members["replicate"])) > 1:
        raise InputError("a network is drawn from the log of one replicate: give its members and events")
    ends = events[events["event"] == "ended"].set_index("strategies")
    last = int(ends["month"].max())
    chosen = [round(share * last) for share in MOMENTS] if months is None else list(months)
    rows: list[dict[str, object]] = []
    for label, log in events.groupby("strategies", sort=False):
        own = members[members["strategies"] == label]
        end = ends.loc[label]
        ended = -1 if end["detail"] == "censored" else int(end["month"])
        for month in sorted(set(chosen)):
            key = {"strategies": label, "replicate": own["replicate"].iloc[0], "month": month, "ended": ended}
            rows += [key | row for row in _at(own, log, month, ended)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _at(members: pd.DataFrame, log: pd.DataFrame, month: int, ended: int) -> list[dict[str, object]]:
    """Organisations and known ties of one arm in one month; nobody is present from the month of the end on."""
    over = 0 <= ended <= month
    leaves = members["entry"] + members["duration"]
    present = (members["entry"] <= month) & ((leaves > month) | ~members["event_observed"]) & (not over)
    roles = _holders(log, month)
    blank = {"other": -1, "kind": "", "founder": False, "present": True, "roles": ""}
    rows = [
        blank
        | {"organisation": row["organisation"], "kind": row["kind"], "founder": row["founder"], "present": bool(here)}
        | {"roles": " ".join(roles.get(row["organisation"], [])) if here else ""}
        for row, here in zip(members.to_dict("records"), present, strict=True)
        if row["entry"] <= month
    ]
    inside = set(members.loc[present, "organisation"])
    named = log[(log["month"] <= month) & (log["other"] >= 0)]
    pairs = {(min(a, b), max(a, b)) for a, b in zip(named["organisation"], named["other"], strict=True)}
    ties = sorted(pair for pair in pairs if set(pair) <= inside)
    return rows + [blank | {"organisation": first, "other": second} for first, second in ties]


def _holders(log: pd.DataFrame, month: int) -> dict[int, list[str]]:
    """Roles by the organisation that holds them in a month; a role that never changes hands is in no record."""
    found: dict[int, list[str]] = {}
    changes = log[log["event"].isin(("role_vacated", "role_changed"))]
    for role, part in changes.groupby("detail", sort=True):
        past, first = part[part["month"] <= month], part.iloc[0]
        if len(past) and past.iloc[-1]["event"] == "role_changed":
            found.setdefault(int(past.iloc[-1]["organisation"]), []).append(str(role))
        elif past.empty and first["event"] == "role_vacated":
            found.setdefault(int(first["organisation"]), []).append(str(role))
    return found
