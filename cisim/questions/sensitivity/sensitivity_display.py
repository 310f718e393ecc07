"""Tables of a sensitivity analysis as readers see them."""

import pandas as pd

from cisim.questions.sensitivity.layout import DUMMY, MAINS
from cisim.questions.sensitivity.through_time import STEP, ranking, some_of
from cisim.reading.report_table import MOST_ROWS
from cisim.survival.words import DASH, interval, percent

#: Years that a table has columns for.
MOST_YEARS = 6


def verdicts_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each outcome and what of it is explained."""
    stand_out = table["n_distinct"].map("{:.0f}".format).replace("nan", DASH)
    said = table["statement"]
    if "remark" in table:
        said = said + ("; " + table["remark"]).fillna("")
    words = {"Verdict": said, "Parameters that stand out": stand_out}
    return pd.DataFrame({"Outcome": table["outcome"], "Of": table["of"], **words})


def frozen_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each outcome."""
    counts = {"Kept": table["n_kept"], "Frozen": table["n_frozen"]}
    return pd.DataFrame({"Outcome": table["outcome"], **counts, "Verdict": table["statement"]})


def surrogate_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each outcome."""
    numbers = {"Points": table["n_points"], "Error": table["rmse"], "Chance": table["noise"]}
    return pd.DataFrame(
        {"Outcome": table["outcome"], **numbers, "Predicted": table["q2_expected"].map("{:.0%}".format)}
    )


def variance_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each outcome, one column for each component."""
    rows = {}
    for outcome, part in table.groupby("outcome", sort=False):
        named = part.set_index("component")
        shares = named[["share", "lower", "upper"]].itertuples(name=None)
        rows[outcome] = {str(name).capitalize(): percent(*limits) for name, *limits in shares}
    return pd.DataFrame(rows).T.rename_axis("Outcome").reset_index()


def indices_display(table: pd.DataFrame) -> pd.DataFrame:
    """Strongest parameters of each outcome, and the dummy."""
    part = table[(table["of"] == "mean") & table["other"].isna() & table["value"].notna()]
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


def pairs_display(table: pd.DataFrame) -> pd.DataFrame:
    """Strongest pairs of each outcome."""
    known = table[table["value"].notna()].sort_values("value", ascending=False, kind="stable")
    shown = known.groupby("outcome", sort=False).head(MOST_ROWS // 2)
    cells = [
        interval(row["value"], row["lower"], row["upper"], 2) + ("*" if row["is_distinct"] else "")
        for row in shown.to_dict("records")
    ]
    names = {"Parameter": shown["parameter"], "And": shown["other"]}
    return pd.DataFrame({"Outcome": shown["outcome"], **names, "Index": shown["index"], "Value": cells})


def time_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each of the strongest parameters, one column for each of some years."""
    main = next(index for index in MAINS if index in set(table["index"]))
    months = some_of(sorted(table["month"].unique()), MOST_YEARS)
    part = table[(table["index"] == main) & table["month"].isin(months)]
    stars = part["is_distinct"].map({True: "*", False: ""})
    words = part.assign(word=part["value"].map("{:.2f}".format).where(part["value"].notna(), DASH) + stars)
    by_year = words.pivot_table(index="parameter", columns="month", values="word", aggfunc="first")
    ranked = [*ranking(table, main)[: MOST_ROWS // 2], DUMMY]
    shown = by_year.loc[[name for name in ranked if name in by_year.index]].set_axis(
        [f"Year {month // STEP}" for month in months], axis=1
    )
    shares = part.groupby("month")["share"].first()
    last = pd.DataFrame(
        [{f"Year {month // STEP}": f"{shares[month]:.2f}" for month in months}], index=["share still there"]
    )
    return pd.concat([shown, last]).rename_axis(f"{main} of").reset_index()
