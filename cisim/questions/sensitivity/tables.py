"""Tables of a sensitivity analysis as a report shows them: it reads what the verb has written and estimates nothing."""

from cisim.questions.sensitivity.sensitivity_display import (
    frozen_display,
    indices_display,
    pairs_display,
    surrogate_display,
    time_display,
    variance_display,
    verdicts_display,
)
from cisim.questions.sensitivity.table_names import CONDITIONAL
from cisim.reading.finished_result import FinishedResult, NotShownError
from cisim.reading.report_table import Maker, ReportOptions, ReportTable, TableWithRemark, read_written


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
