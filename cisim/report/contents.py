"""Every table of a report by its name, or the reason why this result has none."""

from dataclasses import dataclass, field

import pandas as pd

from cisim.errors import CisimError
from cisim.questions.claims import of_claims
from cisim.questions.compare import tables as of_arms
from cisim.questions.run import tables as of_runs
from cisim.questions.sensitivity import tables as of_sensitivity
from cisim.questions.sweep import tables as of_sweeps
from cisim.reading.making import Maker, Options
from cisim.reading.result import NotShownError, Result
from cisim.report import of_written


@dataclass
class Contents:
    """Tables of a report in their order, why others are missing, and what else is to be said of them."""

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)


#: Tables in the order of a report.
MAKERS: dict[str, Maker] = {
    "comparison": of_arms.comparison,
    "survival": of_arms.survival,
    "effects": of_arms.effects,
    "logrank": of_arms.logrank,
    "incidence": of_arms.incidence,
    "durations": of_arms.durations,
    "hazard": of_arms.hazard,
    "rates": of_arms.rates,
    "formation": of_arms.formation,
    "formation_curves": of_arms.formation_by_month,
    "response": of_sweeps.response,
    "map": of_sweeps.cells,
    "formation_map": of_sweeps.formation_cells,
    "lasting_map": of_sweeps.lasting_cells,
    "phase": of_sweeps.phase,
    "points": of_sweeps.points,
    "regression": of_sweeps.regression,
    **of_sensitivity.MAKERS,
    **of_claims.MAKERS,
    **of_written.MAKERS,
    "trajectories": of_runs.trajectories,
    "members": of_runs.members,
    "network": of_runs.network,
    "errors": of_runs.errors,
}


def make_contents(result: Result, options: Options) -> Contents:
    """Make every table that the result allows; the reason is kept for every other."""
    contents = Contents()
    makers = of_claims.MAKERS if result.verb == "claims" else MAKERS
    for name, make in makers.items():
        try:
            table, remark = make(result, options)
        except (NotShownError, CisimError) as reason:
            contents.missing[name] = str(reason)
            continue
        contents.tables[name] = table
        if remark:
            contents.remarks[name] = remark
    return contents
