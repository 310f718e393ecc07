"""Tables of a sensitivity analysis as a report shows them: it reads what the verb has written and estimates nothing."""

from typing import Any

import numpy as np
import pandas as pd

from cisim.questions.sensitivity.profiles import STEP, ranking, some_of
from cisim.questions.sensitivity.sensitivity_methods import MAINS
from cisim.questions.sensitivity.units_and_worlds import CONDITIONAL, DUMMY
from cisim.reading.finished_result import (
    MOST_ROWS,
    FinishedResult,
    Maker,
    NotShownError,
    ReportOptions,
    ReportTable,
    TableWithRemark,
    read_written,
)
from cisim.survival.words import DASH, interval, percent

#: Years that a table has columns for.
MOST_YEARS = 6


def verdicts_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each outcome and what of it is explained."""
    counts = table.get("n_distinct", pd.Series(np.nan, table.index))
    stand_out = counts.map("{:.0f}".format).replace("nan", DASH)
    statements = table["statement"]
    if "remark" in table:
        statements = statements + ("; " + table["remark"]).fillna("")
    words = {"Verdict": statements, "Parameters that stand out": stand_out}
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


def _read(name: str) -> Maker:
    """Return what reads a table that ``cisim sensitivity`` wrote; the report adds no estimate of its own."""

    def read(result: FinishedResult, options: ReportOptions) -> TableWithRemark:  # noqa: ARG001
        table = read_written(result, name, "sensitivity")
        if "value" in table and name != CONDITIONAL and table["value"].isna().all():
            raise NotShownError("the outcomes do not vary enough to be explained")
        return TableWithRemark(table)

    return read


def _written(name: str, title: str, **shown: Any) -> ReportTable:
    """Return a table that the verb wrote, where it did; `shown` are further fields of `ReportTable`."""
    return ReportTable(name=name, section="decide", title=title, make=_read(name), says_if_missing=False, **shown)


#: Tables of a report in its order.
TABLES = (
    _written(
        "sensitivity_indices",
        "Indices",
        caption="The parameters with the largest main index, for the expected outcome, with 95 % intervals; a star "
        "marks what stands out from 0 and from the dummy.",
        display=indices_display,
        method="Sensitivity indices are of the expected outcome; shares of variance take products between "
        "different worlds only, so that chance adds nothing to them. Standard errors are by random halves "
        "of the design and of the worlds (Shao & Wu 1989).",
    ),
    _written(
        "sensitivity_convergence",
        "Convergence",
    ),
    _written(
        "sensitivity_variance",
        "Where the variance comes from",
        caption="Variance of single runs by the law of total variance (%), with 95 % intervals: parameters, what a "
        "world does to all points alike (chance), and what it does to some (interaction).",
        display=variance_display,
    ),
    _written(
        "sensitivity_verdicts",
        "Verdicts",
        caption="Whether the sample was large enough, by the widest 95 % interval of the main index, and how many "
        "parameters stand out from 0 and from a dummy parameter.",
        display=verdicts_display,
    ),
    _written(
        "sensitivity_effects",
        "Elementary effects",
    ),
    _written(
        "sensitivity_levels",
        "Levels one at a time",
    ),
    _written(
        "sensitivity_screening",
        "Screening",
    ),
    _written(
        "sensitivity_frozen",
        "Frozen parameters",
        caption="What the parameters that the screening froze carry together, by their total index with its 95 % "
        "interval.",
        display=frozen_display,
    ),
    _written(
        "sensitivity_pairs",
        "Pairs",
        caption="The pairs with the largest second-order index: what two parameters do together beyond what each "
        "does alone, with 95 % intervals; a star marks intervals above 0.",
        display=pairs_display,
    ),
    _written(
        "sensitivity_conditional",
        "Conditional means",
        method="Conditional means are over classes of a parameter with equally many points; their intervals speak "
        "of other points and other worlds.",
    ),
    _written(
        "sensitivity_time",
        "Through time",
        caption="Main index of the strongest parameters for the share of coalitions still there after some of the "
        "years; a star marks what stands out from 0 and from the dummy. Below, the mean share over the "
        "design.",
        display=time_display,
        method="Through time, the outcome is the share of coalitions that have neither failed nor completed after "
        "each year.",
    ),
    _written(
        "sensitivity_surrogate",
        "Surrogate",
        caption="How well a Gaussian process predicts points that are left out of it: error of the mean over "
        "worlds, the part of it that is chance, and the share of the variance of the expected outcome that "
        "is predicted.",
        display=surrogate_display,
    ),
    _written(
        "sensitivity_main_effects",
        "Main effects",
    ),
)
