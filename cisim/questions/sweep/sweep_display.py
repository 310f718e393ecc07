"""Tables of a sweep as readers see them, and what came out of it in a sentence."""

from collections.abc import Mapping

import pandas as pd

from cisim.reading.report_table import MOST_ROWS, with_limits, without_single_arm
from cisim.survival.words import interval, number, p_value, percent


def response_display(table: pd.DataFrame) -> pd.DataFrame:
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
    return without_single_arm(pd.DataFrame(rows))


def points_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row per design point, those that stay free of failure longest first."""
    ranked = table.sort_values("time_free_of_failure", ascending=False, kind="stable").head(MOST_ROWS)
    names = [str(name) for name in table if "." in str(name)]
    shown: dict[str, object] = {"Arm": ranked["strategies"], **{name: ranked[name].map(_plain) for name in names}}
    shown["Runs"] = ranked["n_runs"].map("{:,}".format)
    shown[f"Months free of failure, of {table['tau'].iloc[0]:g}"] = with_limits(
        ranked, "time_free_of_failure", interval
    )
    shown["Failed (%)"] = with_limits(ranked, "share_failed", percent)
    shown["Completed (%)"] = with_limits(ranked, "share_completed", percent)
    return without_single_arm(pd.DataFrame(shown))


def regression_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row per effect."""
    unit = [
        f"+{number(u, 3)}" if not level else f"instead of {r}"
        for u, level, r in table[["unit", "level", "reference"]].itertuples(index=False)
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


def sweep_summary(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """Levels between which the response of each parameter moves, strongest first."""
    table = tables["response"]
    several = len(table["strategies"].drop_duplicates()) > 1
    spans = table.groupby(["parameter", "strategies"], sort=False)["time_free"].agg(["min", "max"]).reset_index()
    spans["span"] = spans["max"] - spans["min"]
    widest = spans.sort_values("span", ascending=False, kind="stable").drop_duplicates("parameter")
    ranked = [
        f"{name} {number(low)} to {number(high)}" + (f" (arm {arm})" if several else "")
        for name, arm, low, high in widest[["parameter", "strategies", "min", "max"]].itertuples(index=False)
    ]
    return [
        f"Mean months free of failure, of the first {table['tau'].iloc[0]:g}, move along each parameter from their "
        f"lowest to their highest level: {'; '.join(ranked)}."
    ]


def _plain(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
