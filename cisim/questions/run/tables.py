"""Tables of what goes on within runs: months, members, one coalition; and of the runs left out."""

import pandas as pd

from cisim.questions.run.compute import network_table, typical_replicate
from cisim.reading.finished_result import FinishedResult, NotShownError
from cisim.reading.report_table import MOST_ROWS, ReportOptions, ReportTable, TableWithRemark, by_age
from cisim.reading.result_files import read_replicate, read_rows
from cisim.survival.arms import choose_baseline, ordered_labels
from cisim.survival.membership import members_table
from cisim.survival.trajectories import PANELS, SHOWN, trajectory_table
from cisim.survival.words import DASH, interval

#: Membership spells read at most; months of trajectories are many more and cheaper.
MOST_SPELLS = 300_000
#: Columns of membership spells that are read.
MEMBERS = ("organisation", "kind", "founder", "entry", "duration", "event_observed")


def _trajectories(result: FinishedResult, options: ReportOptions) -> TableWithRemark:  # noqa: ARG001
    """Mean and spread of what is drawn of the trajectories."""
    rows, said = read_rows(result, "trajectories", ("month", *SHOWN))
    return TableWithRemark(trajectory_table(rows), said)


def _members(result: FinishedResult, options: ReportOptions) -> TableWithRemark:  # noqa: ARG001
    """How long members stay."""
    rows, said = read_rows(result, "members", MEMBERS, MOST_SPELLS)
    return TableWithRemark(members_table(rows), said)


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
