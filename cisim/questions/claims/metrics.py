"""Names of what a claim is about: a quantity of each run, or the ratio of two."""

import re

from cisim.core.records import CAUSES
from cisim.errors import InputError
from cisim.study.table_schemas import RESULTS

#: Quantities of a run that need no month; `cisim.questions.claims.quantities` says what each is.
PLAIN = ("time_free_of_failure", "survival_time", "failed", "completed", *(f"failed_{cause}" for cause in CAUSES))
#: Quantities of an age, and of a stretch of ages.
DATED = re.compile(r"survival_(\d+)|(?:failures|months)_(\d+)_(\d+)")


def check_metric(metric: str, horizon: int, where: str) -> tuple[str, ...]:
    """Return the quantities that a metric is made of: one, or two for ``NUMERATOR/DENOMINATOR``.

    Raises
    ------
    InputError
        If there is no such quantity, or it is dated after the horizon (months).
    """
    quantities = tuple(metric.split("/"))
    if len(quantities) > 2:
        raise InputError(f"{where}: metric {metric} is no ratio of two; write NUMERATOR/DENOMINATOR")
    for name in quantities:
        dated = DATED.fullmatch(name)
        if dated is None and name not in (*PLAIN, *RESULTS):
            raise InputError(
                f"{where}: metric {name} is not known; choose among {', '.join(PLAIN)}, survival_MONTH, "
                f"failures_FIRST_LAST, months_FIRST_LAST and {', '.join(RESULTS)}"
            )
        ages = [int(age) for age in dated.groups() if age] if dated else []
        if ages and not 1 <= ages[0] <= ages[-1] <= horizon:
            raise InputError(f"{where}: metric {name} is out of range; give months from 1 to {horizon}, in order")
    return quantities


def columns_of(quantities: tuple[str, ...]) -> list[str]:
    """Columns of ``runs.parquet`` that quantities are read from, besides how and when a run ended."""
    return [name for name in RESULTS if name in quantities]
