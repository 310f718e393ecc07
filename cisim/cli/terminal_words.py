"""Result tables in words and round numbers, for the terminal."""

import math

import pandas as pd

from cisim.survival.arms import read_arms
from cisim.survival.field_outcomes import field_outcomes, field_table
from cisim.survival.restricted import restricted_mean


def has_runs(runs: pd.DataFrame) -> bool:
    """Whether any run ended without error."""
    return bool((runs["status"] == "ok").any())


def outcome_rows(runs: pd.DataFrame, horizon: int) -> list[tuple[str, str]]:
    """Lines on the outcomes of the coalitions of one scenario.

    Parameters
    ----------
    runs : DataFrame
        As in ``runs.parquet``, one strategies label.
    horizon : int
        Months of observation.

    Returns
    -------
    list of tuple of str
        Name and value of each line.
    """
    ok = runs[runs["status"] == "ok"]
    rows = [("runs", f"{len(ok)}" if len(ok) == len(runs) else f"{len(ok)} of {len(runs)}")]
    if ok.empty:
        return rows
    rows.append(("failed", whole_percent((ok["ending"] == "failed").mean())))
    for cause, count in ok.loc[ok["ending"] == "failed", "cause"].value_counts().sort_index().items():
        rows.append((f"  from {cause}", whole_percent(count / len(ok))))
    rows.append(("completed", whole_percent((ok["ending"] == "completed").mean())))
    rows.append((f"still there after {horizon} months", whole_percent((ok["ending"] == "censored").mean())))
    arm = read_arms(runs)[0]
    window = min(float(horizon), arm.reach)
    free = restricted_mean(arm.duration, arm.ending("failed"), window)
    span = rounded_interval(free.value, free.lower, free.upper, "")
    rows.append(("mean months free of failure", f"{span} of {window:.0f}"))
    return rows


def field_rows(communities: pd.DataFrame, horizon: int) -> list[tuple[str, str]]:
    """Lines on the outcomes of whole fields: means over communities, with intervals over runs.

    Parameters
    ----------
    communities : DataFrame
        As in ``communities.parquet``, one strategies label.
    horizon : int
        Months of observation.

    Returns
    -------
    list of tuple of str
        Name and value of each line; none if no run went through.
    """
    if communities.empty:
        return []
    row = field_table(field_outcomes(communities, horizon)).iloc[0]
    named = {
        "mean months free of failure": "months_free",
        "social outcome": "social_outcome",
        "its spread between them": "social_spread",
    }
    spans = [(f"  {text}", rounded_interval(*_limits(row, name), "")) for text, name in named.items()]
    number = int(communities["community"].max()) + 1
    return [("over all communities", f"{number}"), ("  failed", whole_percent(row["share_failed"])), *spans]


def _limits(row: "pd.Series[float]", name: str) -> tuple[float, float, float]:
    return float(row[name]), float(row[f"{name}_lower"]), float(row[f"{name}_upper"])


def comparison_rows(table: pd.DataFrame) -> list[tuple[str, ...]]:
    """One row of text per arm out of `cisim.questions.compare.compute.comparison_table`."""
    return [_comparison_row({str(name): value for name, value in row.items()}) for row in table.to_dict("records")]


def _comparison_row(row: dict[str, float | str]) -> tuple[str, ...]:
    def number(name: str) -> float:
        return float(row.get(name, math.nan))

    free, change = "time_free_of_failure", "difference_time_free_of_failure"
    median = number("median")
    return (
        str(row["strategies"]),
        rounded_interval(number(free), number(f"{free}_lower"), number(f"{free}_upper"), ""),
        rounded_interval(number(change), number(f"{change}_lower"), number(f"{change}_upper"), "+"),
        *(whole_percent(number(f"survival_{age}")) for age in (36, 60, 120)),
        f"> {number('tau'):.0f}" if math.isnan(median) else f"{median:.0f}",
        whole_percent(number("share_failed")),
        whole_percent(number("share_completed")),
    )


def whole_percent(share: float) -> str:
    """Share in [0, 1] as a percentage; nothing for NaN."""
    return "" if math.isnan(share) else f"{100 * share:.0f} %"


def rounded_interval(value: float, lower: float, upper: float, sign: str) -> str:
    """Months to one decimal and their interval; `sign` is "+" to show one. Nothing for NaN."""
    if math.isnan(value):
        return ""
    span = "" if math.isnan(lower) else f" ({lower:{sign}.0f} to {upper:{sign}.0f})"
    return f"{value:{sign}.1f}{span}"
