"""Tables of a comparison as readers see them, and its findings in sentences."""

from collections.abc import Callable, Mapping

import pandas as pd

from cisim.reading.finished_result import MOST_ROWS, by_age, with_limits
from cisim.survival.arm_tables import ANY_CAUSE
from cisim.survival.arms import choose_baseline, ordered_labels
from cisim.survival.words import DASH, NBSP, comma_list, interval, number, p_value, percent


def comparison_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row per arm."""
    tau = f"{table['tau'].iloc[0]:g}"
    columns: dict[str, tuple[str, Callable[..., str]]] = {
        "time_free_of_failure": (f"Months free of failure, of {tau}", interval),
        "survival_time": (f"Months until any ending, of {tau}", interval),
        **{f"survival_{age}": (f"Not ended after {age} months (%)", percent) for age in (36, 60, 120)},
        "median": ("Median (months)", _median),
        "share_failed": ("Failed (%)", percent),
        "share_completed": ("Completed (%)", percent),
        "founders_retained": ("Founders retained (%)", percent),
    }
    shown: dict[str, object] = {"Arm": table["strategies"], "Runs": table["n_runs"].map("{:,}".format)}
    for name, (heading, write) in columns.items():
        if name in table:
            shown[heading] = with_limits(table, name, write)
    return pd.DataFrame(shown)


def effects_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row per arm and measure: paired, independent, and what the pairing saves."""
    order = table["measure"].map({name: i for i, name in enumerate(table["measure"].unique())})
    part = table.assign(order=order)[table["n_pairs"] > 0].sort_values("order", kind="stable")
    probability = part["unit"] == "probability"
    unpaired = [f"{name}_independent" for name in ("difference", "lower", "upper")]
    return pd.DataFrame(
        {
            "Measure": part["measure"].map(_measure),
            "Arm": part["strategies"],
            "Against": part["baseline"],
            "Pairs": part["n_pairs"].map(lambda n: f"{int(n):,}"),
            "Change, paired": _changes(part, ["difference", "lower", "upper"], probability),
            "The same runs, taken as independent": _changes(part, unpaired, probability),
            "Runs that independent seeds need": [f"\N{MULTIPLICATION SIGN}{number(r)}" for r in part["variance_ratio"]],
        }
    )


def logrank_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row per event and arm."""
    return pd.DataFrame(
        {
            "Event": table["event"].map({"any": "any ending", "failed": "failure"}),
            "Arm": table["strategies"],
            "Against": table["baseline"].replace("", DASH),
            "Observed": [number(v, 0) for v in table["observed"]],
            "Expected": [number(v) for v in table["expected"]],
            "Chi-squared (df)": [
                f"{number(s)} ({d})" for s, d in zip(table["statistic"], table["degrees"], strict=True)
            ],
            "p": [p_value(p) for p in table["p_value"]],
            "p, Holm": [p_value(p) for p in table["p_holm"]],
        }
    )


def survival_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row per age, one column per arm."""
    return by_age(table, "survival")


def incidence_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row per way to end, one column per arm, at the last month that every arm speaks of."""
    last = int(table.groupby("strategies")["month"].max().min())
    at = table[table["month"] == last]
    ways = [(e, c) for e, c in at[["ending", "cause"]].drop_duplicates().itertuples(index=False)]
    shown: dict[str, list[str]] = {f"Ended by month {last} (%)": [_way(ending, cause) for ending, cause in ways]}
    for label in ordered_labels(table["strategies"].unique()):
        part = at[at["strategies"] == label].set_index(["ending", "cause"])
        shown[label] = [percent(*part.loc[way, ["incidence", "lower", "upper"]]) for way in ways]
    return pd.DataFrame(shown)


def rates_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row per period, one column per arm: endings per 100 coalitions and year."""
    shown: dict[str, list[str]] = {}
    periods = table[["start", "end"]].drop_duplicates().sort_values("start").head(MOST_ROWS)
    shown["Months"] = [f"{start + 1:g} to {end:g}" for start, end in periods.itertuples(index=False)]
    yearly = table.assign(**{name: 1200 * table[name] for name in ("rate", "lower", "upper")})
    for label in ordered_labels(table["strategies"].unique()):
        part = yearly[yearly["strategies"] == label].set_index("start").reindex(periods["start"])
        shown[label] = [interval(*row) for row in part[["rate", "lower", "upper"]].itertuples(index=False)]
    return pd.DataFrame(shown)


def formation_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row per arm."""
    return pd.DataFrame(
        {
            "Arm": table["strategies"],
            "Runs": table["n_runs"].map("{:,}".format),
            "Formed (%)": with_limits(table, "formed", percent),
            "Given up (%)": with_limits(table, "gave_up", percent),
            "Median months to formation": table["median_months"].map(number),
            "With a third party (%)": (100 * table["third_party"]).map(number),
            f"Months free of failure, of {table['tau'].iloc[0]:g}": with_limits(
                table, "time_free_of_failure", interval
            ),
        }
    )


def comparison_summary(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """How long the baseline lasts, and by how much every other arm differs from it."""
    table = tables["comparison"].set_index("strategies")
    measure = "time_free_of_failure" if "time_free_of_failure" in table else "survival_time"
    known = table.dropna(subset=[measure])
    base = choose_baseline(list(known.index))
    if "effects" in tables:
        base = str(tables["effects"]["baseline"].iloc[0])
    limits = known.loc[[base], [measure, f"{measure}_lower", f"{measure}_upper"]].to_numpy(dtype=float)[0]
    window = f"{known['tau'].iloc[0]:g}"
    what = "stays free of failure" if measure == "time_free_of_failure" else "lasts"
    lines = [f"Of the first {window} months, a coalition of arm {base} {what} for {interval(*limits)}."]
    if "effects" in tables:
        lines += _changes_summary(tables, measure)
    return lines


def _changes_summary(tables: Mapping[str, pd.DataFrame], measure: str) -> list[str]:
    """By how much each arm differs from the baseline, and what the pairing saves."""
    table = tables["effects"]
    part = table[(table["measure"] == measure) & (table["n_pairs"] > 0)]
    changes = [
        f"{label} {interval(change, low, high, sign=True)}"
        for label, change, low, high in part[["strategies", "difference", "lower", "upper"]].itertuples(index=False)
    ]
    lines = [f"Against {part['baseline'].iloc[0]}: {comma_list(changes)} months (95 % intervals, paired by world)."]
    ratios = part["variance_ratio"].dropna()
    if len(ratios):
        least, most = number(ratios.min()), number(ratios.max())
        times = f"{least} times" if least == most else f"{least} to {most} times"
        lines.append(f"Without the pairing, equally narrow intervals would need {times} as many runs.")
    return lines


def _median(value: float, lower: float, upper: float) -> str:
    """Median with its interval; a limit that is not reached lies beyond the data."""
    if value != value:
        return "not reached"
    return f"{value:g} ({lower:g}{NBSP}to{NBSP}{'not reached' if upper != upper else f'{upper:g}'})"


def _changes(table: pd.DataFrame, names: list[str], probability: "pd.Series[bool]") -> list[str]:
    """Write differences with a sign: months, or percentage points where they are probabilities."""
    rows = zip(table[names].itertuples(index=False), probability, strict=True)
    return [interval(*(value * (100 if share else 1) for value in row), sign=True) for row, share in rows]


def _measure(name: str) -> str:
    """Name of a measure with its unit."""
    if name.startswith("survival_") and name != "survival_time":
        return f"Not ended after {name.removeprefix('survival_')} months (percentage points)"
    return f"{name.replace('_', ' ').capitalize()} (months)"


def _way(ending: str, cause: str) -> str:
    return ending if ending == "completed" else "failed, any cause" if cause == ANY_CAUSE else f"failed: {cause}"
