"""Tables as readers see them: a few rows, rounded, each number with its interval; the whole tables are in the files."""

from collections.abc import Iterable, Mapping

import pandas as pd

from cisim.survival.arm_tables import ANY_CAUSE
from cisim.survival.arms import ordered_labels
from cisim.survival.trajectories import PANELS
from cisim.survival.words import NBSP, NOTHING, interval, number, p_value, percent

#: Ages (months) that a brief table gives, as far as the data reach.
AGES = (12, 36, 60, 120, 180, 240)
#: Rows of a brief table at most.
MOST_ROWS = 24
Row = Mapping[str, float]


def comparison(table: pd.DataFrame) -> pd.DataFrame:
    """One row per arm."""
    tau = f"{table['tau'].iloc[0]:g}"
    columns = {
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
            shown[heading] = _with_limits(table, name, write)
    return pd.DataFrame(shown)


def effects(table: pd.DataFrame) -> pd.DataFrame:
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


def logrank(table: pd.DataFrame) -> pd.DataFrame:
    """One row per event and arm."""
    return pd.DataFrame(
        {
            "Event": table["event"].map({"any": "any ending", "failed": "failure"}),
            "Arm": table["strategies"],
            "Against": table["baseline"].replace("", NOTHING),
            "Observed": [number(v, 0) for v in table["observed"]],
            "Expected": [number(v) for v in table["expected"]],
            "Chi-squared (df)": [
                f"{number(s)} ({d})" for s, d in zip(table["statistic"], table["degrees"], strict=True)
            ],
            "p": [p_value(p) for p in table["p_value"]],
            "p, Holm": [p_value(p) for p in table["p_holm"]],
        }
    )


def survival(table: pd.DataFrame) -> pd.DataFrame:
    """One row per age, one column per arm."""
    return _by_age(table, "survival", "strategies")


def incidence(table: pd.DataFrame) -> pd.DataFrame:
    """One row per way to end, one column per arm, at the last month that every arm speaks of."""
    last = int(table.groupby("strategies")["month"].max().min())
    at = table[table["month"] == last]
    ways = [(e, c) for e, c in at[["ending", "cause"]].drop_duplicates().itertuples(index=False)]
    shown: dict[str, list[str]] = {f"Ended by month {last} (%)": [_way(ending, cause) for ending, cause in ways]}
    for label in ordered_labels(table["strategies"].unique()):
        part = at[at["strategies"] == label].set_index(["ending", "cause"])
        shown[label] = [percent(*part.loc[way, ["incidence", "lower", "upper"]]) for way in ways]
    return pd.DataFrame(shown)


def rates(table: pd.DataFrame) -> pd.DataFrame:
    """One row per period, one column per arm: endings per 100 coalitions and year."""
    shown: dict[str, list[str]] = {}
    periods = table[["start", "end"]].drop_duplicates().sort_values("start").head(MOST_ROWS)
    shown["Months"] = [f"{start + 1:g} to {end:g}" for start, end in periods.itertuples(index=False)]
    yearly = table.assign(**{name: 1200 * table[name] for name in ("rate", "lower", "upper")})
    for label in ordered_labels(table["strategies"].unique()):
        part = yearly[yearly["strategies"] == label].set_index("start").reindex(periods["start"])
        shown[label] = [interval(*row) for row in part[["rate", "lower", "upper"]].itertuples(index=False)]
    return pd.DataFrame(shown)


def formation(table: pd.DataFrame) -> pd.DataFrame:
    """One row per arm."""
    return pd.DataFrame(
        {
            "Arm": table["strategies"],
            "Runs": table["n_runs"].map("{:,}".format),
            "Formed (%)": _with_limits(table, "formed", percent),
            "Given up (%)": _with_limits(table, "gave_up", percent),
            "Median months to formation": table["median_months"].map(number),
            "With a third party (%)": (100 * table["third_party"]).map(number),
            f"Months free of failure, of {table['tau'].iloc[0]:g}": _with_limits(
                table, "time_free_of_failure", interval
            ),
        }
    )


def response(table: pd.DataFrame) -> pd.DataFrame:
    """One row per parameter and arm: its lowest and its highest level."""
    rows = []
    for (name, label), part in table.groupby(["parameter", "strategies"], sort=False):
        ends = {"Fewest": int(part["time_free"].argmin()), "Most": int(part["time_free"].argmax())}
        row = {"Parameter": str(name), "Arm": str(label), "Levels": f"{len(part)}"}
        for word, place in ends.items():
            limits = part[["time_free", "lower", "upper"]].to_numpy()[place]
            row[f"{word} months free of failure"] = interval(*limits)
            row[f"at ({word.lower()})"] = str(part["label"].iloc[place])
        rows.append(row)
    return _without_arm(pd.DataFrame(rows))


def points(table: pd.DataFrame) -> pd.DataFrame:
    """One row per design point, those that stay free of failure longest first."""
    ranked = table.sort_values("time_free_of_failure", ascending=False, kind="stable").head(MOST_ROWS)
    names = [str(name) for name in table if "." in str(name)]
    shown: dict[str, object] = {"Arm": ranked["strategies"], **{name: ranked[name].map(_plain) for name in names}}
    shown["Runs"] = ranked["n_runs"].map("{:,}".format)
    shown[f"Months free of failure, of {table['tau'].iloc[0]:g}"] = _with_limits(
        ranked, "time_free_of_failure", interval
    )
    shown["Failed (%)"] = _with_limits(ranked, "share_failed", percent)
    shown["Completed (%)"] = _with_limits(ranked, "share_completed", percent)
    return _without_arm(pd.DataFrame(shown))


def regression(table: pd.DataFrame) -> pd.DataFrame:
    """One row per effect."""
    unit = [
        f"+{number(u, 3)}" if not level else f"instead of {r}"
        for u, level, r in _columns(table, "unit level reference")
    ]
    limits = table[["ratio", "ratio_lower", "ratio_upper"]].itertuples(index=False)
    return pd.DataFrame(
        {
            "Term": table["term"],
            "Change": unit,
            "Hazard ratio": [interval(r, low, high, 2) for r, low, high in limits],
            "p": [p_value(p) for p in table["p_value"]],
            "Residuals' correlation with time": [number(r, 2) for r in table["ph_correlation"]],
            "p of proportional hazards": [p_value(p) for p in table["ph_p_value"]],
        }
    )


def trajectories(table: pd.DataFrame) -> pd.DataFrame:
    """One row per measure and age, one column per arm."""
    ages = [age for age in (60, 120, 240) if age <= table["month"].max()] or [int(table["month"].max())]
    labels = ordered_labels(table["strategies"].unique())
    at = table[table["month"].isin(ages)].set_index(["measure", "month", "strategies"])
    cells = {key: interval(mean, low, high, 2) for key, mean, low, high in at[["mean", "lower", "upper"]].itertuples()}
    rows = [
        {"Measure": f"{PANELS[name][0]} ({PANELS[name][1]})", "Month": f"{age}"}
        | {label: cells.get((name, age, label), NOTHING) for label in labels}
        for name in PANELS
        if name in set(table["measure"])
        for age in ages
    ]
    return pd.DataFrame(rows, columns=["Measure", "Month", *labels])


def members(table: pd.DataFrame) -> pd.DataFrame:
    """One row per kind and age, one column per arm."""
    parts = [
        _by_age(part, "survival", "strategies", (12, 60, 120)).assign(kind=str(kind).replace("_", " "))
        for kind, part in table.groupby("kind", sort=True)
    ]
    shown = pd.concat(parts, ignore_index=True).rename(columns={"kind": "Kind", "Month": "Months since joining"})
    return shown[["Kind", *(name for name in shown if name != "Kind")]].fillna(NOTHING)


def errors(table: pd.DataFrame) -> pd.DataFrame:
    """One row per arm and error."""
    shown = table.sort_values("n_runs", ascending=False, kind="stable").head(MOST_ROWS)
    return pd.DataFrame(
        {"Arm": shown["strategies"], "Error": shown["error"], "Runs left out": shown["n_runs"].astype(str)}
    )


def _by_age(table: pd.DataFrame, value: str, by: str, ages: Iterable[int] = AGES) -> pd.DataFrame:
    """One row per age, one column of percentages per label; dashes past the end of the data."""
    known = [age for age in ages if age <= table["month"].max()] or [int(table["month"].max())]
    shown: dict[str, list[str]] = {"Month": [f"{age}" for age in known]}
    for label in ordered_labels(table[by].unique()):
        part = table[table[by] == label].set_index("month").reindex(known)
        shown[label] = [percent(*row) for row in part[[value, "lower", "upper"]].itertuples(index=False)]
    return pd.DataFrame(shown)


def _without_arm(shown: pd.DataFrame) -> pd.DataFrame:
    """Leave out the arm where there is one only."""
    return shown.drop(columns="Arm") if len(set(shown["Arm"])) == 1 else shown


def _with_limits(table: pd.DataFrame, name: str, write: object) -> list[str]:
    """Write one estimate of every row with its limits."""
    assert callable(write)
    return [write(*row) for row in table[[name, f"{name}_lower", f"{name}_upper"]].itertuples(index=False)]


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


def _plain(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _columns(table: pd.DataFrame, names: str) -> Iterable[tuple[float, str, str]]:
    return zip(*(table[name] for name in names.split()), strict=True)
