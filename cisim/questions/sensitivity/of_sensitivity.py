"""Tables of a sensitivity analysis, as the verb has written them: a report adds no estimate of its own."""

from functools import partial

import pandas as pd

from cisim.questions.sensitivity.layout import (
    ALONG,
    CONDITIONAL,
    EFFECTS,
    FROZEN_CHECK,
    LEVELS,
    PAIRS,
    QUALITY,
    SCREENED,
    TABLES,
    TIME,
)
from cisim.reading.finished_result import NotShownError, Result
from cisim.reading.making import Found, Maker, Options

#: What the command has to say for some of them.
ONLY = {
    EFFECTS: " by method=morris",
    LEVELS: " by method=oat",
    **dict.fromkeys((SCREENED, FROZEN_CHECK), " by method=auto"),
    PAIRS: " with indices of pairs",
    CONDITIONAL: " with spread points",
    TIME: " with outcomes=survival",
    **dict.fromkeys((QUALITY, ALONG), " with surrogate=true"),
}


def _read(name: str, result: Result, options: Options) -> Found:  # noqa: ARG001
    """Read a table of the result folder."""
    file = result.source / "tables" / f"{name}.csv"
    if not file.is_file():
        raise NotShownError(f"this is no result of cisim sensitivity{ONLY.get(name, '')}")
    table = pd.read_csv(file)
    if "value" in table and name != CONDITIONAL and table["value"].isna().all():
        raise NotShownError("the outcomes do not vary enough to be explained")
    return Found(table)


#: By the name of the table.
MAKERS: dict[str, Maker] = {name: partial(_read, name) for name in TABLES}
