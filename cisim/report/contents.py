"""Every table of a report by its name, or the reason why this result has none."""

from dataclasses import dataclass, field

import pandas as pd

from cisim.errors import CisimError
from cisim.reading.finished_result import FinishedResult, NotShownError
from cisim.reading.report_table import ReportOptions, ReportTable
from cisim.report.catalogue import report_tables


@dataclass
class Contents:
    """What a report holds.

    Attributes
    ----------
    listed : dict of str to ReportTable
        Every table that it may have, in its order.
    tables : dict of str to DataFrame
        Those that this result has.
    missing : dict of str to str
        Why it has no others.
    remarks : dict of str to str
        Remarks for captions.
    """

    listed: dict[str, ReportTable]
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)


def make_contents(result: FinishedResult, options: ReportOptions) -> Contents:
    """Make every table that the result allows; the reason is kept for every other."""
    contents = Contents({table.name: table for table in report_tables(result.verb)})
    for name, listed in contents.listed.items():
        try:
            table, remark = listed.make(result, options)
        except (NotShownError, CisimError) as reason:
            contents.missing[name] = str(reason)
            continue
        contents.tables[name] = table
        if remark:
            contents.remarks[name] = remark
    return contents
