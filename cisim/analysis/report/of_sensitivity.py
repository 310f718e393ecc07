"""Tables of a sensitivity analysis, as the verb has written them: a report adds no estimate of its own."""

from functools import partial

import pandas as pd

from cisim.analysis.report.making import Found, Maker, Options
from cisim.analysis.report.result import NotShownError, Result
from cisim.analysis.sensitivity.layout import EFFECTS, FROZEN_CHECK, LEVELS, SCREENED, TABLES

#: What the command has to say for some of them.
ONLY = {
    EFFECTS: " by method=morris",
    LEVELS: " by method=oat",
    **dict.fromkeys((SCREENED, FROZEN_CHECK), " by method=auto"),
}


def _read(name: str, result: Result, options: Options) -> Found:  # noqa: ARG001
    """Read a table of the result folder."""
    file = result.source / "tables" / f"{name}.csv"
    if not file.is_file():
        raise NotShownError(f"this is no result of cisim sensitivity{ONLY.get(name, '')}")
    return Found(pd.read_csv(file))


#: By the name of the table.
MAKERS: dict[str, Maker] = {name: partial(_read, name) for name in TABLES}
