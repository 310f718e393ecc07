"""What makes a table of a report: from a result and a user's options to a table, and a remark on it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from cisim.reading.result import NotShownError, Result
from cisim.survival.arms import choose_baseline
from cisim.survival.time_to_formation import has_formation


@dataclass(frozen=True)
class Options:
    """What a user may choose: end of the window (months), arm that others are compared with, parameters of a map."""

    tau: float | None = None
    baseline: str | None = None
    axes: tuple[str, str] | None = None


class Found(NamedTuple):
    """A table and what is to be said of it."""

    table: pd.DataFrame
    remark: str = ""


#: Raises NotShownError, or an error of the analysis, where the result has no such table.
Maker = Callable[[Result, Options], Found]


def check_ended(arms: pd.DataFrame) -> None:
    """Raise NotShownError if no coalition ended."""
    if not arms.loc[arms["status"] == "ok", "event_observed"].any():
        raise NotShownError("no coalition ended")


def baseline_of(result: Result, options: Options) -> str | None:
    """Return the arm asked for; InputError unless it is one of the result."""
    if options.baseline is not None:
        choose_baseline(list(result.arms()["strategies"].unique()), options.baseline)
    return options.baseline


def negotiated(runs: pd.DataFrame) -> pd.DataFrame:
    """Return runs as they are; NotShownError unless their coalitions were negotiated first."""
    if not has_formation(runs):
        raise NotShownError("coalitions were given from the start: none was negotiated")
    return runs
