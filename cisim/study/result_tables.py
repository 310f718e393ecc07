"""Result tables in memory."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa


@dataclass(frozen=True)
class Tables:
    """Results of a study as tables; the columns are those of the files of the same name.

    Attributes
    ----------
    runs : DataFrame
        One row per coalition spell; a run that raised has status "error", its error text, duration 0
        and NaN outcomes.
    members : DataFrame or None
        One row per membership spell, if kept.
    trajectories : DataFrame or None
        One row per month of each run, if asked for.
    events : DataFrame or None
        The timed event log, if asked for.
    communities : DataFrame or None
        One row per coalition spell of every community, if a run has several; the other tables are then about the
        first community of each run.
    """

    runs: pd.DataFrame
    members: pd.DataFrame | None = None
    trajectories: pd.DataFrame | None = None
    events: pd.DataFrame | None = None
    communities: pd.DataFrame | None = None

    @property
    def errors(self) -> pd.Series:
        """Error texts of the runs that raised."""
        return self.runs.loc[self.runs["status"] == "error", "error"]

    def present(self) -> dict[str, pd.DataFrame]:
        """Return the tables that there are, by name."""
        return {name: table for name, table in vars(self).items() if table is not None}


def as_tables(found: Mapping[str, pa.Table]) -> Tables:
    """Turn Arrow tables into those of pandas."""
    return Tables(**{name: table.to_pandas() for name, table in found.items()})
