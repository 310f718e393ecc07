"""Tables of what goes on within runs: months, members, one coalition; and of the runs left out."""

from cisim.questions.run.compute import network_table, typical_replicate
from cisim.reading.making import Found, Options
from cisim.reading.result import NotShownError, Result
from cisim.reading.rows import read_replicate, read_rows
from cisim.survival.arms import choose_baseline, ordered_labels
from cisim.survival.membership import members_table
from cisim.survival.trajectories import SHOWN, trajectory_table

#: Membership spells read at most; months of trajectories are many more and cheaper.
MOST_SPELLS = 300_000
MEMBERS = ("organisation", "kind", "founder", "entry", "duration", "event_observed")


def trajectories(result: Result, options: Options) -> Found:  # noqa: ARG001
    """Give the mean and spread of what is drawn of the trajectories."""
    rows, said = read_rows(result, "trajectories", ("month", *SHOWN))
    return Found(trajectory_table(rows), said)


def members(result: Result, options: Options) -> Found:  # noqa: ARG001
    """Give how long members stay."""
    rows, said = read_rows(result, "members", MEMBERS, MOST_SPELLS)
    return Found(members_table(rows), said)


def network(result: Result, options: Options) -> Found:
    """Give one coalition at chosen months, in the baseline and the last other arm."""
    arms = result.arms()
    labels = ordered_labels(arms["strategies"].unique())
    shown = list(dict.fromkeys([choose_baseline(labels, options.baseline), labels[-1]]))
    first = arms[(arms["strategies"] == shown[0]) & (arms["status"] == "ok")]
    if first.empty:
        raise NotShownError(f"no run of {shown[0]} ended without error")
    replicate = typical_replicate(first)
    found = [read_replicate(result, name, replicate) for name in ("members", "events")]
    return Found(network_table(*(table[table["strategies"].isin(shown)] for table in found)))


def errors(result: Result, options: Options) -> Found:  # noqa: ARG001
    """Give the runs left out, by what went wrong."""
    left_out = result.runs[result.runs["status"] != "ok"]
    if left_out.empty:
        raise NotShownError("no run was left out")
    text = left_out["error"] if "error" in left_out else left_out["status"]
    table = left_out.assign(error=text).groupby(["strategies", "error"], sort=True).size()
    return Found(table.rename("n_runs").reset_index())
