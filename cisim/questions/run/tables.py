"""Tables within runs: trajectories, members, one coalition's network, runs left out."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cisim.errors import InputError
from cisim.reading.finished_result import (
    MOST_ROWS,
    FinishedResult,
    NotShownError,
    ReportOptions,
    ReportTable,
    TableWithRemark,
    by_age,
)
from cisim.reading.result_files import read_replicate, read_rows
from cisim.survival.arms import choose_baseline, ordered_labels
from cisim.survival.membership import members_table
from cisim.survival.trajectories import PANELS, SHOWN, trajectory_table
from cisim.survival.words import DASH, interval

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


#: Membership spells read at most; months of trajectories are many more and cheaper.
MOST_SPELLS = 300_000
#: Columns of membership spells that are read.
MEMBERS = ("organisation", "kind", "founder", "entry", "duration", "event_observed")


def _trajectories(result: FinishedResult, options: ReportOptions) -> TableWithRemark:  # noqa: ARG001
    """Mean and spread of what is drawn of the trajectories."""
    rows, remark = read_rows(result, "trajectories", ("month", *SHOWN))
    return TableWithRemark(trajectory_table(rows), remark)


def _members(result: FinishedResult, options: ReportOptions) -> TableWithRemark:  # noqa: ARG001
    """How long members stay."""
    rows, remark = read_rows(result, "members", MEMBERS, MOST_SPELLS)
    return TableWithRemark(members_table(rows), remark)


def _network(result: FinishedResult, options: ReportOptions) -> TableWithRemark:
    """One coalition at chosen months, in the baseline and the last other arm."""
    arms = result.arm_runs()
    labels = ordered_labels(arms["strategies"].unique())
    shown = list(dict.fromkeys([choose_baseline(labels, options.baseline), labels[-1]]))
    first = arms[(arms["strategies"] == shown[0]) & (arms["status"] == "ok")]
    if first.empty:
        raise NotShownError(f"no run of {shown[0]} ended without error")
    replicate = typical_replicate(first)
    found = [read_replicate(result, name, replicate) for name in ("members", "events")]
    return TableWithRemark(network_table(*(table[table["strategies"].isin(shown)] for table in found)))


def _errors(result: FinishedResult, options: ReportOptions) -> TableWithRemark:  # noqa: ARG001
    """Return the number of runs left out, by what went wrong."""
    left_out = result.runs[result.runs["status"] != "ok"]
    if left_out.empty:
        raise NotShownError("no run was left out")
    text = left_out["error"] if "error" in left_out else left_out["status"]
    table = left_out.assign(error=text).groupby(["strategies", "error"], sort=True).size()
    return TableWithRemark(table.rename("n_runs").reset_index())


def _trajectories_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row per measure and age, one column per arm."""
    ages = [age for age in (60, 120, 240) if age <= table["month"].max()] or [int(table["month"].max())]
    labels = ordered_labels(table["strategies"].unique())
    at = table[table["month"].isin(ages)].set_index(["measure", "month", "strategies"])
    cells = {key: interval(mean, low, high, 2) for key, mean, low, high in at[["mean", "lower", "upper"]].itertuples()}
    rows = [
        {"Measure": f"{PANELS[name][0]} ({PANELS[name][1]})", "Month": f"{age}"}
        | {label: cells.get((name, age, label), DASH) for label in labels}
        for name in PANELS
        if name in set(table["measure"])
        for age in ages
    ]
    return pd.DataFrame(rows, columns=["Measure", "Month", *labels])


def _members_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row per kind and age, one column per arm."""
    parts = [
        by_age(part, "survival", (12, 60, 120)).assign(kind=str(kind).replace("_", " "))
        for kind, part in table.groupby("kind", sort=True)
    ]
    shown = pd.concat(parts, ignore_index=True).rename(columns={"kind": "Kind", "Month": "Months since joining"})
    return shown[["Kind", *(name for name in shown if name != "Kind")]].fillna(DASH)


def _errors_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row per arm and error."""
    shown = table.sort_values("n_runs", ascending=False, kind="stable").head(MOST_ROWS)
    return pd.DataFrame(
        {"Arm": shown["strategies"], "Error": shown["error"], "Runs left out": shown["n_runs"].astype(str)}
    )


#: Tables of a report in its order.
TABLES = (
    ReportTable(
        name="trajectories",
        section="develop",
        title="Trajectories",
        make=_trajectories,
        caption="Mean over the coalitions alive in a month, with its 95 % interval.",
        display=_trajectories_display,
        method="Trajectories are means over the coalitions alive in a month, with Student t intervals.",
    ),
    ReportTable(
        name="members",
        section="members",
        title="Members",
        make=_members,
        caption="Share of organisations (%) that are still members by months since joining, with 95 % intervals "
        "that allow for members of one coalition being alike. Members whose coalition ended first are "
        "censored.",
        display=_members_display,
        method="Intervals of membership spells allow for clusters of members in coalitions (Williams 1995).",
    ),
    ReportTable(
        name="network",
        section="members",
        title="Members and ties",
        make=_network,
    ),
    ReportTable(
        name="errors",
        section="errors",
        title="Runs left out",
        make=_errors,
        caption="Runs that ended in an error and are left out of every number above.",
        display=_errors_display,
        says_if_missing=False,
    ),
)
