"""Every table of a report by its name, or the reason why this result has none."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from cisim.analysis.arms import choose_baseline, ordered_labels
from cisim.analysis.compare import comparison_table
from cisim.analysis.durations import durations_table
from cisim.analysis.hazards import hazard_table, rate_table
from cisim.analysis.logranks import logrank_table
from cisim.analysis.members import members_table
from cisim.analysis.monthly import incidence_table, survival_table
from cisim.analysis.network import network_table, typical_replicate
from cisim.analysis.pairing import pairing_table
from cisim.analysis.points import points_table
from cisim.analysis.regression import sweep_effects
from cisim.analysis.report.result import NotShownError, Result
from cisim.analysis.report.rows import read_replicate, read_rows
from cisim.analysis.response import map_table, phase_table, response_table, strongest
from cisim.analysis.trajectories import SHOWN, trajectory_table
from cisim.errors import CisimError

#: More design points than this are shown along parameters only, not one by one.
MOST_POINTS = 5_000
#: Membership spells read at most; months of trajectories are many more and cheaper.
MOST_SPELLS = 300_000
#: Values of a third parameter that are set side by side at most.
MOST_FACETS = 8
#: Parts of names of estimates that tell one way to end from another.
OF_ENDINGS = ("free_of_failure", "share_failed", "share_completed")
MEMBERS = ("organisation", "kind", "founder", "entry", "duration", "event_observed")


@dataclass(frozen=True)
class Options:
    """What a user may choose: end of the window (months), and the arm that the others are compared with."""

    tau: float | None = None
    baseline: str | None = None


@dataclass
class Contents:
    """Tables of a report in their order, why others are missing, and what else is to be said of them."""

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)


class Found(NamedTuple):
    """A table and what is to be said of it."""

    table: pd.DataFrame
    remark: str = ""


Maker = Callable[[Result, Options], Found]


def make_contents(result: Result, options: Options) -> Contents:
    """Make every table that the result allows; the reason is kept for every other."""
    contents = Contents()
    for name, make in MAKERS.items():
        try:
            table, remark = make(result, options)
        except (NotShownError, CisimError) as reason:
            contents.missing[name] = str(reason)
            continue
        contents.tables[name] = table
        if remark:
            contents.remarks[name] = remark
    return contents


def comparison(result: Result, options: Options) -> Found:
    """Give one row per arm: how long coalitions last and how they end."""
    table = comparison_table(result.arms(), options.tau, baseline=_baseline(result, options))
    if not result.has_endings:
        table = table[[name for name in table if not any(kind in str(name) for kind in OF_ENDINGS)]]
    return Found(table)


def effects(result: Result, options: Options) -> Found:
    """Give paired differences to the baseline, beside those of independent runs."""
    arms = result.arms()
    if len(arms["strategies"].drop_duplicates()) < 2:
        raise NotShownError("there is one arm only, and nothing to compare it with")
    table = pairing_table(arms, tau=options.tau, baseline=_baseline(result, options))
    if not (table["n_pairs"] > 0).any():
        raise NotShownError("no two arms share a replicate, so no runs are paired")
    return Found(table if result.has_endings else table[table["measure"] != "time_free_of_failure"])


def logrank(result: Result, options: Options) -> Found:
    """Test arms against the baseline."""
    arms = result.arms()
    _check_ended(arms)
    table = logrank_table(arms, baseline=_baseline(result, options))
    if table.empty:
        raise NotShownError("there is one arm only, and nothing to test it against")
    return Found(table if result.has_endings else table[table["event"] == "any"])


def survival(result: Result, options: Options) -> Found:  # noqa: ARG001
    """Give survival month by month."""
    return Found(survival_table(result.arms()))


def incidence(result: Result, options: Options) -> Found:  # noqa: ARG001
    """Give cumulative incidence month by month."""
    arms = result.arms()
    if not result.has_endings:
        raise NotShownError("the table does not say how spells end: it has no column ending")
    _check_ended(arms)
    return Found(incidence_table(arms))


def durations(result: Result, options: Options) -> Found:  # noqa: ARG001
    """Give the histogram of durations."""
    arms = result.arms()
    _check_ended(arms)
    return Found(durations_table(arms))


def hazard(result: Result, options: Options) -> Found:  # noqa: ARG001
    """Give the smoothed hazard with the ends of contracts."""
    arms = result.arms()
    _check_ended(arms)
    return Found(hazard_table(arms, contract=result.contract_months()))


def rates(result: Result, options: Options) -> Found:  # noqa: ARG001
    """Give the endings per coalition and month, year by year."""
    arms = result.arms()
    _check_ended(arms)
    return Found(rate_table(arms))


def response(result: Result, options: Options) -> Found:
    """Give the response along each parameter of a sweep."""
    return Found(response_table(result.sweep(), result.design.varied, tau=options.tau))


def points(result: Result, options: Options) -> Found:
    """Give the estimates at each design point."""
    runs = result.sweep()
    if result.design.n_points > MOST_POINTS:
        raise NotShownError(f"{result.design.n_points:,} design points are more than {MOST_POINTS:,}; see the response")
    return Found(points_table(runs, result.design.varied, tau=options.tau))


def cells(result: Result, options: Options) -> Found:
    """Give the map over two parameters, side by side for the arms or a third parameter."""
    axes = _axes(result, options)
    runs, varied = result.runs, result.design.varied
    third = [name for name in varied if name not in axes]
    facet = "strategies" if result.design.has_arms else third[0] if len(third) == 1 else None
    if facet is not None and len(runs[facet].drop_duplicates()) > MOST_FACETS:
        facet = None
    over = [name for name in third if name != facet]
    remark = f"Each cell averages over {', '.join(over)}." if over else ""
    if result.design.has_arms and facet is None:
        remark += " Each cell averages over the arms."
    return Found(map_table(runs, varied, axes, facet, tau=options.tau), remark.strip())


def phase(result: Result, options: Options) -> Found:
    """Give the best arm over two parameters."""
    axes = _axes(result, options)
    if not result.design.has_arms:
        raise NotShownError("a phase diagram compares arms, and the sweep has none")
    table = phase_table(result.runs, result.design.varied, axes, tau=options.tau)
    if table.empty:
        raise NotShownError("no two arms share a design point")
    return Found(table)


def regression(result: Result, options: Options) -> Found:  # noqa: ARG001
    """Give Cox regression on the parameters of a sweep."""
    runs, design = result.sweep(), result.design
    columns = [*design.varied, *(["strategies"] if design.has_arms else [])]
    fit = sweep_effects(runs, columns, event="failed" if result.has_endings else "any")
    return Found(fit.effects, " ".join(_sentence(said) for said in fit.statements))


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


def _check_ended(arms: pd.DataFrame) -> None:
    if not arms.loc[arms["status"] == "ok", "event_observed"].any():
        raise NotShownError("no coalition ended")


def _baseline(result: Result, options: Options) -> str | None:
    """Arm asked for, checked against those of the result."""
    if options.baseline is not None:
        choose_baseline(list(result.arms()["strategies"].unique()), options.baseline)
    return options.baseline


def _axes(result: Result, options: Options) -> tuple[str, str]:
    """Pick the two parameters of a map: the only two in their order, or those that move the response most."""
    runs, varied = result.sweep(), result.design.varied
    if len(varied) < 2:
        raise NotShownError("one parameter varies, and a map needs two")
    names = list(varied) if len(varied) == 2 else strongest(response_table(runs, varied, tau=options.tau))
    return names[0], names[1]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."


#: Tables in the order of a report.
MAKERS: dict[str, Maker] = {
    "comparison": comparison,
    "survival": survival,
    "effects": effects,
    "logrank": logrank,
    "incidence": incidence,
    "durations": durations,
    "hazard": hazard,
    "rates": rates,
    "response": response,
    "map": cells,
    "phase": phase,
    "points": points,
    "regression": regression,
    "trajectories": trajectories,
    "members": members,
    "network": network,
    "errors": errors,
}
