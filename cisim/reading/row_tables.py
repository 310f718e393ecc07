"""The larger tables of a result folder, read in part: only the columns, replicates and runs that are shown."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from cisim.reading.finished_result import FinishedResult, NotShownError

#: Rows of a table that are read at most; beyond, only the first replicates are.
MOST_ROWS = 1_500_000
_OPTIONS = {"trajectories": "trajectories=true", "events": "events=true", "members": "members=true"}


def read_rows(
    result: FinishedResult, name: str, columns: Sequence[str], most: int = MOST_ROWS
) -> tuple[pd.DataFrame, str]:
    """Rows of a table with the arm of each in ``strategies``, and a remark if not all replicates were read.

    Parameters
    ----------
    result : FinishedResult
        A result folder.
    name : str
        ``members``, ``trajectories`` or ``events``.
    columns : sequence of str
        Columns wanted besides the keys; those that are not there are left out.
    most : int
        Rows to read at most, unless one replicate has more.

    Raises
    ------
    NotShownError
        If the table was not kept, or whole arms are not shown for this result.
    """
    arms = result.arms()
    file = _file(result, name)
    wanted = [
        column for column in pq.read_schema(file).names if column in ("point", "strategies", "replicate", *columns)
    ]
    n_rows = pq.read_metadata(file).num_rows
    replicates = np.sort(arms["replicate"].unique())
    kept = max(1, int(len(replicates) * most / n_rows)) if n_rows > most else len(replicates)
    filters = [("replicate", "<=", int(replicates[kept - 1]))] if kept < len(replicates) else None
    table = pq.read_table(file, columns=wanted, filters=filters).to_pandas(split_blocks=True, self_destruct=True)
    if table.empty:
        raise NotShownError(f"{name}.parquet has no rows")
    said = f"From the first {kept:,} of {len(replicates):,} replicates." if kept < len(replicates) else ""
    return _labelled(result, table), said


def read_replicate(result: FinishedResult, name: str, replicate: int) -> pd.DataFrame:
    """All rows of one replicate, with the arm of each in ``strategies``."""
    table = pq.read_table(_file(result, name), filters=[("replicate", "=", replicate)]).to_pandas()
    return _labelled(result, table)


def _file(result: FinishedResult, name: str) -> str:
    file = result.source / f"{name}.parquet"
    if result.is_table:
        raise NotShownError(f"a bare table of durations has no {name}")
    if not file.is_file():
        raise NotShownError(f"no {name} were kept; run again with {_OPTIONS[name]}")
    return str(file)


def _labelled(result: FinishedResult, table: pd.DataFrame) -> pd.DataFrame:
    """Return rows with the arm of their design point; rows of points without curves are left out."""
    arms = result.arms()
    keys = [name for name in ("point", "given") if name in arms and (name == "given" or name in table)]
    names = arms.drop_duplicates(keys)[[*keys, "strategies"]]
    return table.rename(columns={"strategies": "given"}).merge(names, on=keys).drop(columns="given")
