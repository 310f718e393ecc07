"""Tables of a sensitivity analysis: out of its runs by name, and as a report shows them."""

from collections.abc import Sequence

import pandas as pd

from cisim.questions.sensitivity.compute import MEAN, Analysis, explained
from cisim.questions.sensitivity.indices import PRECISION
from cisim.questions.sensitivity.layout import (
    CONDITIONAL,
    CONVERGENCE,
    EFFECTS,
    INDICES,
    PAIRS,
    TABLE_NAMES,
    Ints,
    Layout,
)
from cisim.questions.sensitivity.morris import MU_STAR, SIGMA
from cisim.questions.sensitivity.sensitivity_display import (
    frozen_display,
    indices_display,
    pairs_display,
    surrogate_display,
    time_display,
    variance_display,
    verdicts_display,
)
from cisim.reading.finished_result import FinishedResult, NotShownError
from cisim.reading.report_table import Maker, ReportOptions, ReportTable, TableWithRemark, read_written


def sensitivity_tables(
    runs: pd.DataFrame,
    layout: Layout,
    place: Ints,
    outcomes: Sequence[str],
    tau: float,
    *,
    precision: float = PRECISION,
    points: pd.DataFrame | None = None,
) -> dict[str, pd.DataFrame]:
    """Analyse the runs of a design.

    Parameters
    ----------
    runs : DataFrame
        As for :func:`cisim.questions.sensitivity.outcomes.outcome_values`.
    layout : Layout
        Design.
    place : ndarray of int, shape (n_units * n_rows,)
        Design point of each row; rows that are alike share one.
    outcomes : sequence of str
        Names of outcomes.
    tau : float
        End of the window (months).
    precision : float
        As for :func:`cisim.questions.sensitivity.indices.judge`.
    points : DataFrame, optional
        Values of the parameters at each design point; without it conditional means are along shares.

    Returns
    -------
    dict of str to DataFrame
        By the names of `cisim.questions.sensitivity.layout.TABLE_NAMES`: indices at the whole sample and at nested
        parts of it (columns of :func:`~cisim.questions.sensitivity.indices.nested_indices`), the variance taken apart,
        and a verdict for each outcome with a statement in words; effects of Morris, pairs, conditional means and
        indices through time where the design and the outcomes have them.

    Raises
    ------
    InputError
        If an outcome is not known, or too many runs raised.
    """
    analysis = Analysis(runs=runs, layout=layout, place=place, tau=tau, precision=precision, points=points)
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in TABLE_NAMES}
    for outcome in outcomes:
        for name, table in explained(analysis, outcome).items():
            parts[name].append(table.assign(outcome=outcome))
    tables = {name: _ordered(pd.concat(found, ignore_index=True)) for name, found in parts.items() if found}
    if CONVERGENCE not in tables:
        return tables
    nested = tables[CONVERGENCE]
    whole = nested["n_units"] == nested.groupby(["outcome", "of"])["n_units"].transform("max")
    indices = nested[whole].reset_index(drop=True)
    pairs = pairs_table(indices)
    return {
        INDICES: indices,
        **tables,
        **({EFFECTS: effects_table(indices)} if layout.method == "morris" else {}),
        **({PAIRS: pairs} if len(pairs) else {}),
    }


def effects_table(indices: pd.DataFrame) -> pd.DataFrame:
    """Set mean and standard deviation of elementary effects side by side: one row for each outcome and parameter.

    Columns are outcome, parameter, and ``mu_star`` and ``sigma`` with their limits.
    """
    part = indices[indices["of"] == MEAN]
    parts = []
    for index in (MU_STAR, SIGMA):
        rows = part[part["index"] == index].set_index(["outcome", "parameter"])[["value", "lower", "upper"]]
        parts.append(rows.set_axis([index, f"{index}_lower", f"{index}_upper"], axis=1))
    return pd.concat(parts, axis=1).reset_index()


def pairs_table(indices: pd.DataFrame) -> pd.DataFrame:
    """Return the indices of pairs of the expected outcomes: outcome, index, parameter, other, value and limits."""
    part = indices[(indices["of"] == MEAN) & (indices["other"] != "")]
    columns = ["outcome", "index", "parameter", "other", "value", "lower", "upper", "is_distinct"]
    return part[columns].reset_index(drop=True)


def _ordered(table: pd.DataFrame) -> pd.DataFrame:
    """Put the columns that say what a row is about first."""
    first = [name for name in ("outcome", "of") if name in table]
    return table[[*first, *(name for name in table if name not in first)]]


def _read(name: str) -> Maker:
    """Return what reads a table that ``cisim sensitivity`` wrote; the report adds no estimate of its own."""

    def read(result: FinishedResult, options: ReportOptions) -> TableWithRemark:  # noqa: ARG001
        table = read_written(result, name, "sensitivity")
        if "value" in table and name != CONDITIONAL and table["value"].isna().all():
            raise NotShownError("the outcomes do not vary enough to be explained")
        return TableWithRemark(table)

    return read


#: Tables of a report in its order.
TABLES = (
    ReportTable(
        name="sensitivity_indices",
        section="decide",
        title="Indices",
        make=_read("sensitivity_indices"),
        caption="The parameters with the largest main index, for the expected outcome, with 95 % intervals; a star "
        "marks what stands out from 0 and from the dummy.",
        display=indices_display,
        method="Sensitivity indices are of the expected outcome; shares of variance take products between "
        "different worlds only, so that chance adds nothing to them. Standard errors are by random halves "
        "of the design and of the worlds (Shao & Wu 1989).",
        says_if_missing=False,
    ),
    ReportTable(
        name="sensitivity_convergence",
        section="decide",
        title="Convergence",
        make=_read("sensitivity_convergence"),
        says_if_missing=False,
    ),
    ReportTable(
        name="sensitivity_variance",
        section="decide",
        title="Where the variance comes from",
        make=_read("sensitivity_variance"),
        caption="Variance of single runs by the law of total variance (%), with 95 % intervals: parameters, what a "
        "world does to all points alike (chance), and what it does to some (interaction).",
        display=variance_display,
        says_if_missing=False,
    ),
    ReportTable(
        name="sensitivity_verdicts",
        section="decide",
        title="Verdicts",
        make=_read("sensitivity_verdicts"),
        caption="Whether the sample was large enough, by the widest 95 % interval of the main index, and how many "
        "parameters stand out from 0 and from a dummy parameter.",
        display=verdicts_display,
        says_if_missing=False,
    ),
    ReportTable(
        name="sensitivity_effects",
        section="decide",
        title="Elementary effects",
        make=_read("sensitivity_effects"),
        says_if_missing=False,
    ),
    ReportTable(
        name="sensitivity_levels",
        section="decide",
        title="Levels one at a time",
        make=_read("sensitivity_levels"),
        says_if_missing=False,
    ),
    ReportTable(
        name="sensitivity_screening",
        section="decide",
        title="Screening",
        make=_read("sensitivity_screening"),
        says_if_missing=False,
    ),
    ReportTable(
        name="sensitivity_frozen",
        section="decide",
        title="Frozen parameters",
        make=_read("sensitivity_frozen"),
        caption="What the parameters that the screening froze carry together, by their total index with its 95 % "
        "interval.",
        display=frozen_display,
        says_if_missing=False,
    ),
    ReportTable(
        name="sensitivity_pairs",
        section="decide",
        title="Pairs",
        make=_read("sensitivity_pairs"),
        caption="The pairs with the largest second-order index: what two parameters do together beyond what each "
        "does alone, with 95 % intervals; a star marks intervals above 0.",
        display=pairs_display,
        says_if_missing=False,
    ),
    ReportTable(
        name="sensitivity_conditional",
        section="decide",
        title="Conditional means",
        make=_read("sensitivity_conditional"),
        method="Conditional means are over classes of a parameter with equally many points; their intervals speak "
        "of other points and other worlds.",
        says_if_missing=False,
    ),
    ReportTable(
        name="sensitivity_time",
        section="decide",
        title="Through time",
        make=_read("sensitivity_time"),
        caption="Main index of the strongest parameters for the share of coalitions still there after some of the "
        "years; a star marks what stands out from 0 and from the dummy. Below, the mean share over the "
        "design.",
        display=time_display,
        method="Through time, the outcome is the share of coalitions that have neither failed nor completed after "
        "each year.",
        says_if_missing=False,
    ),
    ReportTable(
        name="sensitivity_surrogate",
        section="decide",
        title="Surrogate",
        make=_read("sensitivity_surrogate"),
        caption="How well a Gaussian process predicts points that are left out of it: error of the mean over "
        "worlds, the part of it that is chance, and the share of the variance of the expected outcome that "
        "is predicted.",
        display=surrogate_display,
        says_if_missing=False,
    ),
    ReportTable(
        name="sensitivity_main_effects",
        section="decide",
        title="Main effects",
        make=_read("sensitivity_main_effects"),
        says_if_missing=False,
    ),
)
