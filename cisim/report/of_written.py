"""Tables of tests of robustness, scenario discovery and advice, as the verbs have written them."""

from functools import partial

import pandas as pd

from cisim.questions.advise.tables import TABLES as OF_ADVICE
from cisim.questions.discover.tables import TABLES as OF_DISCOVERY
from cisim.questions.robustness.exposures import TABLES as OF_ROBUSTNESS
from cisim.reading.making import Found, Maker, Options
from cisim.reading.result import NotShownError, Result

#: Verb that writes each table.
VERBS = {
    **dict.fromkeys(OF_ROBUSTNESS, "robustness"),
    **dict.fromkeys(OF_DISCOVERY, "discover"),
    **dict.fromkeys(OF_ADVICE, "advise"),
}


def _read(name: str, result: Result, options: Options) -> Found:  # noqa: ARG001
    """Read a table of the result folder."""
    file = result.source / "tables" / f"{name}.csv"
    if not file.is_file():
        raise NotShownError(f"this is no result of cisim {VERBS[name]}")
    return Found(pd.read_csv(file))


#: By the name of the table.
MAKERS: dict[str, Maker] = {name: partial(_read, name) for name in VERBS}
