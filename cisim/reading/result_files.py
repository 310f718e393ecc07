"""Read a result folder of any verb, or a bare table of durations; the larger tables of a folder in part only."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from cisim.errors import InputError
from cisim.reading.finished_result import ALL_RUNS, ALL_SPELLS, FinishedResult, NotShownError
from cisim.reading.stored_result import open_result, read_user_table
from cisim.reading.table_files import read_whole
from cisim.survival.counts import checked_durations
from cisim.survival.spells import as_flags, as_numbers, check_columns
from cisim.survival.time_to_formation import COLUMNS as FORMATION
from cisim.survival.variation import Variation, read_variation

#: Columns of a table of runs that a report reads, besides the varied parameters.
COLUMNS = (
    *("point", "strategies", "scenario", "replicate", "seed", "duration", "event_observed"),
    *("ending", "cause", "founders_retained", "status", "error", *FORMATION),
)
#: Folder below which a result may be named by verb and name alone.
RESULTS = Path("results")
#: Kinds of file that a bare table may have.
READERS = {".csv": "CSV", ".parquet": "Parquet"}
#: Rows of a table that are read at most; beyond, only the first replicates are.
MOST_ROWS = 1_500_000
#: Option that keeps each of them.
KEPT_WITH = {"trajectories": "trajectories=true", "events": "events=true", "members": "members=true"}


def find_result(source: str) -> Path:
    """Path of a result: as it stands, or below ``results``."""
    path = Path(source)
    return path if path.exists() or not (RESULTS / path).exists() else RESULTS / path


def read_result(source: Path) -> FinishedResult:
    """Read a result folder, or a CSV or Parquet table with ``duration`` and ``event_observed``.

    Raises
    ------
    InputError
        If there is nothing there, the runs are not whole, or a bare table cannot be used.
    """
    if source.is_file():
        return _read_table(source)
    if not source.is_dir():
        raise InputError(f"{source} does not exist; name a result folder, or a CSV or Parquet table of durations")
    stored = open_result(source)
    if "runs" not in stored.tables:
        raise InputError(
            f"{source} holds no runs.parquet; name a folder that a cisim verb such as run or compare wrote"
        )
    runs, design = _designed(_with_arms(_read_runs(source / "runs.parquet")))
    return FinishedResult(source, runs, design, stored.manifest, stored.config)


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
    arms = result.arm_runs()
    file = _file(result, name)
    wanted = [
        column for column in pq.read_schema(file).names if column in ("point", "strategies", "replicate", *columns)
    ]
    n_rows = pq.read_metadata(file).num_rows
    replicates = np.sort(arms["replicate"].unique())
    kept = max(1, int(len(replicates) * most / n_rows)) if n_rows > most else len(replicates)
    filters = [("replicate", "<=", int(replicates[kept - 1]))] if kept < len(replicates) else None
    table = pq.read_table(file, columns=wanted, filters=filters, page_checksum_verification=True).to_pandas(
        split_blocks=True, self_destruct=True
    )
    if table.empty:
        raise NotShownError(f"{name}.parquet has no rows")
    remark = f"From the first {kept:,} of {len(replicates):,} replicates." if kept < len(replicates) else ""
    return _labelled(result, table), remark


def read_replicate(result: FinishedResult, name: str, replicate: int) -> pd.DataFrame:
    """All rows of one replicate, with the arm of each in ``strategies``."""
    table = pq.read_table(
        _file(result, name), filters=[("replicate", "=", replicate)], page_checksum_verification=True
    ).to_pandas()
    return _labelled(result, table)


def _file(result: FinishedResult, name: str) -> str:
    file = result.source / f"{name}.parquet"
    if result.is_table:
        raise NotShownError(f"a bare table of durations has no {name}")
    if not file.is_file():
        raise NotShownError(f"no {name} were kept; run again with {KEPT_WITH[name]}")
    return str(file)


def _labelled(result: FinishedResult, table: pd.DataFrame) -> pd.DataFrame:
    """Return rows with the arm of their design point; rows of points without curves are left out."""
    arms = result.arm_runs()
    keys = [name for name in ("point", "given") if name in arms and (name == "given" or name in table)]
    names = arms.drop_duplicates(keys)[[*keys, "strategies"]]
    return table.rename(columns={"strategies": "given"}).merge(names, on=keys).drop(columns="given")


def _designed(runs: pd.DataFrame) -> tuple[pd.DataFrame, Variation]:
    """Return runs with their design; those of a sweep without arms have one label."""
    design = read_variation(runs)
    return (runs.assign(strategies=ALL_RUNS) if design.is_sweep and not design.has_arms else runs), design


def _read_runs(file: Path) -> pd.DataFrame:
    """Columns that a report needs, and no others: a result may hold millions of rows."""
    names = pq.read_schema(file).names
    wanted = [name for name in names if name in COLUMNS or "." in name]
    return _to_frame(read_whole(file, wanted))


def _to_frame(table: pa.Table) -> pd.DataFrame:
    frame: pd.DataFrame = table.to_pandas(split_blocks=True, self_destruct=True)
    return frame


def _with_arms(runs: pd.DataFrame) -> pd.DataFrame:
    """Name the arm of each run by its scenario too, where there are several."""
    runs["given"] = runs["strategies"]
    if "scenario" in runs and (runs["scenario"] != runs["scenario"].iloc[:1].squeeze()).any():
        alone = len(runs[["scenario", "strategies"]].drop_duplicates()) == len(runs["scenario"].drop_duplicates())
        runs["strategies"] = runs["scenario"] if alone else runs["scenario"] + ": " + runs["strategies"]
    return runs


def _read_table(file: Path) -> FinishedResult:
    """Bare table of durations, with missing columns filled in and noted."""
    if file.suffix.lower() not in READERS:
        raise InputError(f"{file.name} is neither {' nor '.join(READERS.values())}; give a .csv or .parquet file")
    try:
        table = read_user_table(file)
    except (pa.ArrowInvalid, pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as problem:
        raise InputError(f"{file.name} cannot be read: {problem}") from problem
    check_columns(table, ["duration", "event_observed"])
    notes = []
    months = checked_durations(as_numbers(table, "duration"))
    runs = table.assign(duration=months, event_observed=as_flags(table, "event_observed"))
    if "strategies" not in runs:
        runs["strategies"] = ALL_SPELLS
    if "replicate" not in runs:
        runs["replicate"] = np.arange(len(runs))
        notes.append("The table has no column replicate: its rows count as independent, and no two are paired.")
    has_endings = "ending" in runs
    if not has_endings:
        runs["ending"] = np.where(runs["event_observed"], "failed", "censored")
        notes.append("The table has no column ending: every ending counts alike, well or badly.")
    runs["cause"] = runs["cause"].fillna("").astype(str) if "cause" in runs else ""
    runs["status"] = runs.get("status", "ok")
    runs, design = _designed(runs)
    return FinishedResult(file, runs, design, {}, {}, tuple(notes), has_endings)
