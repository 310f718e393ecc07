"""Runs that two results share, and whether they are identical."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from cisim.study.store.comparison import FAULT, as_shown, as_values, unequal
from cisim.study.table_schemas import ENDING, RESULTS
from cisim.survival.arms import Arm, choose_baseline, common_tau
from cisim.survival.counts import count_events
from cisim.survival.paired import (
    PairedMeasure,
    in_shared_worlds,
    independent_difference,
    paired_difference,
    paired_differences,
    paired_measures,
    share_failed,
)


@dataclass(frozen=True)
class Overlap:
    """How two tables of runs overlap.

    Attributes
    ----------
    both, first_only, second_only : int
        Runs of one setting, seed and replicate in both, and those in one of them only.
    identical : int
        Runs in both with identical outcomes, bit for bit.
    parting : str
        The first run with other outcomes, and the first of its outcomes that differs; empty if there is none.
    """

    both: int
    first_only: int
    second_only: int
    identical: int
    parting: str


def overlap(first: pa.Table, second: pa.Table, points: Mapping[int, int]) -> Overlap:
    """Compare the runs of two results.

    Parameters
    ----------
    first, second : Table
        Their ``runs``.
    points : mapping of int to int
        Design point of the second result by the one of the first that is the same setting.
    """
    place = pd.Series(points, dtype=np.int64)
    point = first["point"].to_pandas().map(place)
    known = np.flatnonzero(point.notna())
    keys = [
        point.iloc[known].astype(np.int64),
        *(first[name].to_pandas().iloc[known] for name in ("seed", "replicate")),
    ]
    index = pd.MultiIndex.from_arrays([second[name].to_pandas() for name in ("point", "seed", "replicate")])
    there = index.get_indexer(pd.MultiIndex.from_arrays(keys))
    one, two = known[there >= 0], there[there >= 0]
    names = [name for name in (*FAULT, *ENDING, *RESULTS) if name in first.column_names and name in second.column_names]
    differs = {name: unequal(as_values(first[name])[one], as_values(second[name])[two]) for name in names}
    any_differs = np.logical_or.reduce(list(differs.values()))
    parting = ""
    if any_differs.any():
        at = int(any_differs.argmax())
        name = next(name for name in names if differs[name][at])
        values = [as_values(table[name])[rows[at]] for table, rows in ((first, one), (second, two))]
        row = first.slice(int(one[at]), 1).select(["point", "strategies", "replicate"]).to_pylist()[0]
        which = " ".join(f"{key}={value}" for key, value in row.items())
        parting = f"{which}: {name} {as_shown(values[0])} and {as_shown(values[1])}"
    n_both = len(one)
    return Overlap(n_both, first.num_rows - n_both, second.num_rows - n_both, n_both - int(any_differs.sum()), parting)


#: Measure by which arms are judged, and the first of the two compared.
FREE = "time_free_of_failure"
#: An arm that is neither better nor worse than the baseline.
UNDECIDED = "not told apart"


class Match(NamedTuple):
    """A design point of the first result and the one of the second that is the same setting."""

    label: str
    first: int
    second: int


def match_points(first: pd.DataFrame, second: pd.DataFrame, on: Sequence[str]) -> list[Match]:
    """Design points of two results that are the same setting.

    Parameters
    ----------
    first, second : DataFrame
        One row per design point: point, strategies, and the columns of `on`.
    on : sequence of str
        What has to be equal; nothing if each result has a single point.

    Returns
    -------
    list of Match
        In the order of the first result; labelled by the strategies, or where these do not tell them apart by the
        place in the first result and whatever of `on` differs.
    """
    names = list(on)
    sides = [table[list(dict.fromkeys(["point", "strategies", *names]))].astype(object) for table in (first, second)]
    if names:
        both = sides[0].merge(sides[1][list(dict.fromkeys(["point", *names]))], on=names, suffixes=("", "_second"))
    else:
        both = sides[0].merge(sides[1][["point"]], how="cross", suffixes=("", "_second"))
    shown = [name for name in names if name != "strategies" and len(set(both[name])) > 1]
    is_clear = not both["strategies"].duplicated().any()
    return [
        Match(
            str(row["strategies"])
            if is_clear
            else " ".join([f"point={row['point']}", *(_value_of(row, n) for n in shown)]),
            int(row["point"]),
            int(row["point_second"]),
        )
        for row in both.to_dict("records")
    ]


def _value_of(row: Mapping[Hashable, object], name: str) -> str:
    """Value of a parameter, named without its group."""
    value, short = row[name], name.rpartition(".")[2]
    return f"{short}={value:.4g}" if isinstance(value, float) else f"{short}={value}"


def agreement_table(
    first: pd.DataFrame, second: pd.DataFrame, matches: Sequence[Match], *, paired: bool, confidence: float = 0.95
) -> pd.DataFrame:
    """Difference between two results at every design point that they share.

    Parameters
    ----------
    first, second : DataFrame
        Runs: point, replicate, duration (months), event_observed, ending, cause, status.
    matches : sequence of Match
        Design points that are the same setting.
    paired : bool
        Whether replicates of one number are one world in both; else runs count as independent (Welch).
    confidence : float
        Probability with which all intervals of the table hold together (Bonferroni), in (0, 1).

    Returns
    -------
    DataFrame
        Two rows per point, for the mean time free of failure (months of the first tau) and the share failed by tau:
        label, measure, tau, first, second, n_first, n_second, then difference (second less first), lower, upper; if
        paired, all of the worlds in both. Points with no run without error, or no world, in both are left out.

    References
    ----------
    Simultaneous intervals: Dunn 1961, J. Am. Stat. Assoc. 56:52.
    """
    sides = [by_point(runs) for runs in (first, second)]
    arms = [
        (match.label, one, two)
        for match in matches
        if match.first in sides[0] and match.second in sides[1]
        for one, two in [_shared(sides[0][match.first], sides[1][match.second], paired=paired)]
        if len(one.runs)
    ]
    if not arms:
        return pd.DataFrame()
    tau = common_tau([arm for _, *both in arms for arm in both])
    chosen = [next(measure for measure in paired_measures(tau) if measure.name == FREE), share_failed(tau)]
    each = 1.0 - (1.0 - confidence) / (len(arms) * len(chosen))
    rows = [
        {"label": label, "measure": m.name, "tau": tau} | _row(one, two, m, paired=paired, confidence=each)
        for label, one, two in arms
        for m in chosen
    ]
    return pd.DataFrame(rows)


def by_point(runs: pd.DataFrame) -> dict[int, Arm]:
    """Split the runs without error by design point."""
    ok = runs[runs["status"] == "ok"].sort_values("replicate")
    return {int(str(point)): Arm(str(point), part.reset_index(drop=True), 0) for point, part in ok.groupby("point")}


def _shared(one: Arm, two: Arm, *, paired: bool) -> tuple[Arm, Arm]:
    return in_shared_worlds(one, two) if paired else (one, two)


def _row(one: Arm, two: Arm, measure: PairedMeasure, *, paired: bool, confidence: float) -> dict[str, float]:
    """Estimates of both, and their difference with its interval."""
    if paired:
        found = paired_difference(two, one, measure, confidence)
    else:
        value, _, lower, upper = independent_difference(two, one, measure, confidence)
        found = {"difference": value, "lower": lower, "upper": upper}
    return {
        "first": _value(one, measure),
        "second": _value(two, measure),
        "n_first": len(one.runs),
        "n_second": len(two.runs),
        **{name: found[name] for name in ("difference", "lower", "upper")},
    }


def _value(arm: Arm, measure: PairedMeasure) -> float:
    return float(measure.statistic(count_events(arm.duration, arm.ending("failed"))))


def parted(table: pd.DataFrame) -> pd.Series:
    """Whether the interval of each row of an agreement table excludes zero."""
    return (table["lower"] > 0) | (table["upper"] < 0)


def judgements(
    runs: pd.DataFrame, labels: Mapping[int, str], tau: float, *, confidence: float = 0.95
) -> dict[str, str]:
    """Judge every arm against the baseline by its mean time free of failure: better, worse, or not told apart.

    Parameters
    ----------
    runs : DataFrame
        Runs of one result, as for :func:`agreement_table`.
    labels : mapping of int to str
        Label of every design point that counts, each once; "none" is the baseline, else the first.
    tau : float
        End of the window (months).
    confidence : float
        Coverage of each paired interval; an arm is better or worse where it excludes zero.
    """
    points = by_point(runs)
    arms = [Arm(label, points[point].runs, 0) for point, label in labels.items() if point in points]
    if len(arms) < 2:
        return {}
    baseline = choose_baseline([arm.label for arm in arms])
    found = paired_differences(arms, tau=tau, baseline=baseline, ages=(), confidence=confidence)
    rows = found[found["measure"] == FREE].to_dict("records")
    return {str(row["strategies"]): _judgement(row["lower"], row["upper"]) for row in rows}


def _judgement(lower: float, upper: float) -> str:
    if lower > 0:
        return "better"
    return "worse" if upper < 0 else UNDECIDED
