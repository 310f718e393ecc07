"""Runs that need not be done again: those of other results, and the sound ones of a result with errors."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cisim.core.layout import PARAMETERS
from cisim.errors import CisimError
from cisim.reading.seal import check_sealed, read_seal
from cisim.reading.table_files import read_where, read_whole
from cisim.study.design.encoding import encode_design
from cisim.study.manifest import model_digest
from cisim.study.own_classes import digests
from cisim.study.prepared import Plan
from cisim.study.store.shards import WINDOW, Shards, by_run
from cisim.study.table_schemas import schemas
from cisim.study.task import series_of

#: Design points whose records are in memory at a time, a record being about 1.6 kB.
CHUNK = 10_000

Ints = NDArray[np.int64]


def keys_of(plan: Plan) -> NDArray[np.object_]:
    """Content key of every design point: a hash of model, own classes, seed and all parameters there.

    Two points with the same key give the same runs, whatever study they are in.
    """
    common = f"{model_digest()} {plan.study.seed} {sorted(digests(plan.setting.extensions).items())}".encode()
    keys = []
    for first in range(0, plan.design.n_points, CHUNK):
        points = range(first, min(first + CHUNK, plan.design.n_points))
        records = encode_design(plan.design, plan.setting.cases, points)
        data, width = records.tobytes(), PARAMETERS.itemsize
        keys += [
            hashlib.blake2b(data[at : at + width], digest_size=16, key=hashlib.sha256(common).digest()).hexdigest()
            for at in range(0, len(data), width)
        ]
    return np.array(keys, dtype=object)


@dataclass(frozen=True)
class Source:
    """Where each design point's runs may be taken from.

    Attributes
    ----------
    folders : tuple of Path
        Finished results.
    folder_of, point_of : ndarray of int64, shape (n_points,)
        Place in `folders`, -1 for none, and design point there.
    """

    folders: tuple[Path, ...]
    folder_of: Ints
    point_of: Ints


def take_sound(plan: Plan, folder: Path, shards: Shards) -> None:
    """Reuse the runs of a finished result of the same study that did not raise."""
    n = plan.design.n_points
    _take(plan, Source((folder,), np.zeros(n, dtype=np.int64), np.arange(n)), shards, None)


def take_over(plan: Plan, folder: Path, shards: Shards) -> None:
    """Reuse the first replicates of design points that finished results beside `folder` have too.

    A result serves if it keeps every table that this study keeps.
    """
    source = _look_around(plan, folder, shards.tables)
    if (source.folder_of >= 0).any():
        _take(plan, source, shards, int(plan.cells.stops.max()))


def _look_around(plan: Plan, folder: Path, tables: Sequence[str]) -> Source:
    """Find every design point in the results beside `folder`, in order of their names.

    A result serves if its seal is sound, it was made by this model and it keeps every table that this study keeps; what
    is wrong with any other does not matter here.
    """
    keys = pd.Series(keys_of(plan))
    folder_of, point_of = (np.full(len(keys), fill, dtype=np.int64) for fill in (-1, 0))
    folders: list[Path] = []
    for other in sorted(path for path in folder.parent.glob("*") if path != folder):
        theirs = _keys_in(other, tables)
        found = keys.map(theirs)
        new = found.notna().to_numpy() & (folder_of < 0)
        if new.any() and _is_sound(other, tables):
            folder_of[new], point_of[new] = len(folders), found[new].astype(np.int64)
            folders.append(other)
    return Source(tuple(folders), folder_of, point_of)


def _keys_in(folder: Path, tables: Sequence[str]) -> "pd.Series[int]":
    """Return the design point of a result by its content key; none if the result cannot serve."""
    try:
        seal = read_seal(folder)
        if (
            seal is None
            or seal.model != model_digest()
            or not {f"{name}.parquet" for name in tables} <= set(seal.files)
        ):
            return pd.Series(dtype=np.int64)
        check_sealed(folder, seal, ["points.parquet"])
        found = read_whole(folder / "points.parquet", ["point", "key"]).to_pandas()
    except (CisimError, OSError, pa.ArrowException, KeyError):
        return pd.Series(dtype=np.int64)
    points: pd.Series[int] = found.drop_duplicates("key").set_index("key")["point"]
    return points


def _is_sound(folder: Path, tables: Sequence[str]) -> bool:
    """Whether the tables of a result are those that were sealed."""
    try:
        seal = read_seal(folder)
        if seal is not None:
            check_sealed(folder, seal, [f"{name}.parquet" for name in tables])
        return seal is not None
    except CisimError:
        return False


def _take(plan: Plan, source: Source, shards: Shards, limit: int | None) -> None:
    """Write the runs of `source` as shards, a window of design points each; at most replicates below `limit`."""
    step = max(1, WINDOW * plan.design.n_points // plan.cells.n_runs)
    for first in range(0, plan.design.n_points, step):
        window = np.arange(first, min(first + step, plan.design.n_points))
        if (source.folder_of[window] >= 0).any():
            shards.write(_window(plan, source, shards.tables, window, limit))


def _window(plan: Plan, source: Source, tables: Sequence[str], window: Ints, limit: int | None) -> dict[str, pa.Table]:
    """Tables of the sound runs of some design points, under their places in this design."""
    parts: dict[str, list[pa.Table]] = {name: [] for name in tables}
    for at in np.unique(source.folder_of[window]):
        if at < 0:
            continue
        here = window[source.folder_of[window] == at]
        for name, table in _read(source.folders[at], tables, source.point_of[here], limit).items():
            parts[name].append(_placed(plan, name, table, source.point_of[here], here))
    joined = {name: by_run(pa.concat_tables(found)) for name, found in parts.items()}
    return joined if plan.chosen_cells is None else {name: _held(plan, table) for name, table in joined.items()}


def _held(plan: Plan, table: pa.Table) -> pa.Table:
    """Leave out the rows of runs that this study does not have."""
    return table.filter(pa.array(plan.cells.hold(*(table[name].to_numpy() for name in ("point", "replicate")))))


def _read(folder: Path, tables: Sequence[str], points: Ints, limit: int | None) -> dict[str, pa.Table]:
    """Rows of some design points of a result, of those runs that did not raise."""
    wanted = pc.field("point").isin(pa.array(points))
    if limit is not None:
        wanted &= pc.field("replicate") < limit
    found = {name: read_where(folder / f"{name}.parquet", wanted) for name in tables}
    bad = found["runs"].filter(pc.field("status") == "error").select(["point", "replicate"])
    if bad.num_rows:
        found = {name: table.join(bad, ["point", "replicate"], join_type="left anti") for name, table in found.items()}
    return found


def _placed(plan: Plan, name: str, table: pa.Table, there: Ints, here: Ints) -> pa.Table:
    """Return the rows with the design points, scenario and setting that they have here."""
    order = np.argsort(there)
    points = here[order][np.searchsorted(there[order], table["point"].to_numpy())]
    columns = {field: table[field] for field in table.column_names} | {"point": pa.array(points)}
    if name == "runs":
        columns["scenario"] = pa.repeat(pa.scalar(plan.study.scenario), table.num_rows)
        columns |= {field: pa.array(column[points]) for field, column in plan.design.columns.items()}
    series = series_of(plan.trajectory_filter)
    everything = dict.fromkeys(("members", "trajectories", "events", "communities"), True)
    wanted = schemas(plan.design.told, **everything, series=series)[name]
    return pa.Table.from_arrays(
        [columns[field].cast(wanted.field(field).type) for field in wanted.names], schema=wanted
    )
