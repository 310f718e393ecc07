"""Tables of a sensitivity analysis as readers see them."""

import pandas as pd

from cisim.analysis.report.briefs import MOST_ROWS
from cisim.analysis.report.words import NOTHING, interval, percent
from cisim.analysis.sensitivity.layout import DUMMY, MAINS


def verdicts(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each outcome and what of it is explained."""
    stand_out = table["n_distinct"].map("{:.0f}".format).replace("nan", NOTHING)
    words = {"Verdict": table["statement"], "Parameters that stand out": stand_out}
    return pd.DataFrame({"Outcome": table["outcome"], "Of": table["of"], **words})


def frozen(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each outcome."""
    counts = {"Kept": table["n_kept"], "Frozen": table["n_frozen"]}
    return pd.DataFrame({"Outcome": table["outcome"], **counts, "Verdict": table["statement"]})


def variance(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each outcome, one column for each component."""
    rows = {}
    for outcome, part in table.groupby("outcome", sort=False):
        named = part.set_index("component")
        shares = named[["share", "lower", "upper"]].itertuples(name=None)
        rows[outcome] = {str(name).capitalize(): percent(*limits) for name, *limits in shares}
    return pd.DataFrame(rows).T.rename_axis("Outcome").reset_index()


def indices(table: pd.DataFrame) -> pd.DataFrame:
    """Strongest parameters of each outcome, and the dummy."""
    part = table[(table["of"] == "mean") & table["other"].isna()]
    parts = []
    for outcome, rows in part.groupby("outcome", sort=False):
        main = next(index for index in MAINS if index in set(rows["index"]))
        ranked = rows[rows["index"] == main].sort_values("value", ascending=False, kind="stable")
        real = ranked[ranked["parameter"] != DUMMY].head(MOST_ROWS // 2)
        shown = pd.concat([real, ranked[ranked["parameter"] == DUMMY]])
        cells = [
            interval(row["value"], row["lower"], row["upper"], 2) + ("*" if row["is_distinct"] else "")
            for row in shown.to_dict("records")
        ]
        parts.append(pd.DataFrame({"Outcome": outcome, "Parameter": shown["parameter"], "Index": main, "Value": cells}))
    return pd.concat(parts, ignore_index=True)
