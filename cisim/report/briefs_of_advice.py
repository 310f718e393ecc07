"""Tables of scenario discovery and of advice as readers see them."""

import pandas as pd

from cisim.report.briefs import MOST_ROWS
from cisim.survival.words import NOTHING, interval, percent


def said(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each sentence."""
    arms = {"Arm": table["strategies"]} if "strategies" in table else {}
    return pd.DataFrame({**arms, "Finding": table["sentence"]})


def boxes(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each arm, box and sample."""
    part = table.head(MOST_ROWS)
    shown = {
        "Arm": part["strategies"],
        "Box": part["box"],
        "Conditions": part["conditions"].fillna(NOTHING).replace("", NOTHING),
        "States": part["sample"].map({"found": "used to find it", "check": "kept for the check"}),
        "Mass (%)": [percent(value) for value in part["mass"]],
        "Coverage (%)": [percent(value) for value in part["coverage"]],
    }
    for name in ("density", "lift"):
        rows = part[[name, f"{name}_lower", f"{name}_upper"]].itertuples(index=False)
        shown[f"{name.capitalize()} (%)"] = [percent(*limits) for limits in rows]
    return pd.DataFrame(shown)


def options(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each option, the longest expected persistence first."""
    part = table.head(MOST_ROWS)
    shown: dict[str, object] = {"Option": part["choice"]}
    headings = {
        "expected": "Expected (months)",
        "worst_tenth": "Worst tenth (months)",
        "mean_regret": "Mean regret (months)",
        "max_regret": "Largest regret (months)",
    }
    for name, heading in headings.items():
        rows = part[[name, f"{name}_lower", f"{name}_upper"]].itertuples(index=False)
        shown[heading] = [interval(*limits) for limits in rows]
    shown["First in (%)"] = [percent(share) for share in part["expected_p_best"]]
    shown["May be the best"] = part["may_be_best"].map({True: "yes", False: "no"})
    return pd.DataFrame(shown)
