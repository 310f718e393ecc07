"""Proof that the files of a result are what was written, belong together, and hold each run exactly once."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from rich.console import Console

from cisim.cli.screen import screen
from cisim.cli.verbs import Arguments
from cisim.core.series import SERIES
from cisim.errors import InputError
from cisim.reading.result_files import find_result
from cisim.reading.seal import CONFIG, REMEDY, read_seal
from cisim.reading.stored_result import StoredResult, command_of, open_result, read_config
from cisim.reading.table_files import read_proved
from cisim.study.cells import Cells
from cisim.study.design import SCENARIO
from cisim.study.manifest import model_digest
from cisim.study.store.comparison import as_values, unequal
from cisim.study.store.folder import SHARDS
from cisim.study.store.shards import Shards, n_raised, plan_of, tables_of
from cisim.study.table_schemas import schemas

#: Table of the design, and table of a calibration.
POINTS, ENSEMBLE = "points", "ensemble"


@dataclass(frozen=True)
class Findings:
    """What is sound in a finished result.

    Attributes
    ----------
    configuration, model : str
        Hashes of what decides the results, and of the model's sources.
    files : int
        Files whose SHA-256 is that of the seal.
    rows : mapping of str to int
        Rows of every table of runs, or of the ensemble of a calibration.
    points, raised : int
        Design points, and runs that raised.
    """

    configuration: str
    model: str
    files: int
    rows: Mapping[str, int]
    points: int = 0
    raised: int = 0


def prove(result: StoredResult) -> Findings:
    """Prove what the seal does not say by itself: that configuration, points and runs belong together.

    Raises
    ------
    InputError
        For the first thing that is wrong, with the file and the remedy.
    """
    seal = result.seal
    stated = (configuration_hash(result.config), result.manifest.get("configuration"))
    for name, found in zip((CONFIG, "manifest.json"), stated, strict=True):
        if found != seal.configuration:
            raise _wrong(result.folder / name, "is not that of the study which was sealed")
    if not (result.folder / "runs.parquet").is_file():
        return Findings(*_hashes(result), {ENSEMBLE: result.read(ENSEMBLE).num_rows})
    n_points = _check_points(result)
    runs = result.read("runs")
    _check_types(result)
    _check_runs(result, runs, n_points)
    rows = {"runs": runs.num_rows}
    for name in result.tables[1:]:
        rows[name] = _check_rows(result, name, runs)
    return Findings(*_hashes(result), rows, n_points, n_raised(runs))


def _hashes(result: StoredResult) -> tuple[str, str, int]:
    return result.seal.configuration, result.seal.model, len(result.seal.files)


def configuration_hash(config: Mapping[str, Any]) -> str:
    """Hash of a configuration as it is read back: the fingerprint of its study."""
    return hashlib.sha256(json.dumps(config, sort_keys=True).encode()).hexdigest()


def _wrong(path: Path, what: str) -> InputError:
    return InputError(f"{path} {what}; {REMEDY}")


def _check_points(result: StoredResult) -> int:
    """Return the number of design points, which are those of the configuration."""
    points = result.read(POINTS)
    path = result.folder / "points.parquet"
    n: int = points.num_rows
    if not np.array_equal(points["point"].to_numpy(), np.arange(n)):
        raise _wrong(path, "does not count its points from 0")
    design = result.config.get("design")
    if design is not None:
        text = "".join(f"{name}={points[name].to_pylist()!r};" for name in design["varied"])
        if hashlib.sha256(text.encode()).hexdigest()[:16] != design["digest"] or n != design["points"]:
            raise _wrong(path, f"does not hold the design of {CONFIG}")
    return int(n)


def _check_types(result: StoredResult) -> None:
    """Check names and types of the columns of all tables of runs."""
    columns = {name: result.columns(name) for name in result.tables}
    told = [name for name in result.varied if name in columns["runs"] and name != SCENARIO]
    series = [name for name in columns.get("trajectories", ()) if name in SERIES]
    everything = dict.fromkeys(("members", "trajectories", "events", "communities"), True)
    wanted = schemas(told, **everything, series=series)
    for name in result.tables:
        if result.schema(name) != wanted[name]:
            raise _wrong(result.folder / f"{name}.parquet", "has not the columns of such a table")


def _check_runs(result: StoredResult, runs: pa.Table, n_points: int) -> None:
    """Check that each run of the design is there exactly once, in order, with the values of its point."""
    path = result.folder / "runs.parquet"
    point, replicate = (runs[name].to_numpy() for name in ("point", "replicate"))
    counts = np.bincount(point, minlength=n_points) if len(point) and point.min() >= 0 else np.zeros(n_points, int)
    if len(counts) != n_points or not _are_all(result.config, point, replicate, counts):
        raise _wrong(path, f"does not hold each run of {n_points:,} design points exactly once")
    if not (runs["seed"].to_numpy() == result.config["seed"]).all():
        raise _wrong(path, f"has another seed than {CONFIG}")
    points = result.read(POINTS)
    for name in result.varied:
        if name in runs.column_names and name != SCENARIO:
            given = as_values(points[name])[point]
            if unequal(as_values(runs[name]), given).any():
                raise _wrong(path, f"has other values of {name} than points.parquet")


def _are_all(
    config: Mapping[str, Any], point: NDArray[np.int64], replicate: NDArray[np.int64], counts: NDArray[np.int64]
) -> bool:
    """Whether runs are those of the configuration: as many of every point, or as many as the spread asked for."""
    asked = int(config["replicates"])
    if config["verb"] == "claims":  # each claim has replicates of its own
        later = (np.diff(point) > 0) | ((np.diff(point) == 0) & (np.diff(replicate) > 0))
        return bool(later.all() and (counts > 0).all() and (replicate >= 0).all())
    is_number = (counts >= asked).all() if config.get("replication") else (counts == asked).all()
    wanted = Cells.of(counts).listed(0, len(point))
    return bool(is_number and np.array_equal(point, wanted[0]) and np.array_equal(replicate, wanted[1]))


def _check_rows(result: StoredResult, name: str, runs: pa.Table) -> int:
    """Return the number of rows of a table, all of which belong to runs that there are."""
    table = result.read(name, ["point", "replicate"])
    keys = [(one["point"].to_numpy() << 32) | one["replicate"].to_numpy() for one in (runs, table)]
    if not np.isin(keys[1], keys[0]).all():
        raise _wrong(result.folder / f"{name}.parquet", "has rows of runs that are not in runs.parquet")
    rows: int = table.num_rows
    return rows


@dataclass(frozen=True)
class Progress:
    """How far an unfinished result is.

    Attributes
    ----------
    runs, shards, damaged : int
        Runs held in sound shards, these shards, and others that will be done again.
    steps : int
        Sound steps of a calibration.
    """

    runs: int
    shards: int
    damaged: int
    steps: int = 0


def progress_of(folder: Path, config: Mapping[str, Any]) -> Progress:
    """Count the runs that an unfinished result holds in sound shards of its own study; nothing is changed."""
    files = sorted((folder / SHARDS).glob("*.runs.parquet"))
    own = [path for path in files if (plan_of(path) or "").startswith(f"{configuration_hash(config)}-")]
    if not own:
        plan = f"{configuration_hash(config)}-{model_digest()}"
        steps = [path for path in folder.glob("steps/*.parquet") if _is_step(path, plan)]
        return Progress(0, 0, len(files), len(steps))
    shards = Shards(folder / SHARDS, tables_of(own[0]), str(plan_of(own[0])))
    held = list(shards.sound())
    return Progress(sum(len(shard.points) for shard in held), len(held), len(files) - len(held))


def _is_step(path: Path, plan: str) -> bool:
    """Whether a file is a sound step of a calibration."""
    return read_proved(path, {"plan": plan, "step": path.stem}) is not None


def inner_results(folder: Path) -> Iterator[Path]:
    """Yield the results inside a result: the screening of a sensitivity analysis."""
    yield from (path.parent for path in sorted(folder.glob(f"*/{CONFIG}")))


def do_check(arguments: Arguments) -> int:
    """Check the result that the command line names; return the exit code."""
    if arguments.several or arguments.config_dir or len(arguments.overrides) != 1:
        raise InputError("cisim check takes one result and nothing else; write cisim check RESULT")
    folder, console = find_result(arguments.overrides[0]), screen()
    folders = [folder, *inner_results(folder)]
    return max([_check(console, one) for one in folders])


def _check(console: Console, folder: Path) -> int:
    """Check one folder and say what was found; return the exit code."""
    if (folder / CONFIG).is_file() and read_seal(folder) is None:
        found, command = progress_of(folder, read_config(folder)), command_of(folder)
        held = f"{found.runs:,} runs are held in {found.shards} sound shards"
        _say(console, f"{folder} is not finished: {f'{found.steps} steps are held' if found.steps else held}")
        if found.damaged:
            _say(console, f"{found.damaged} shards are damaged or of another study; their runs will be done again")
        _say(console, f"to go on: {command}")
        return 1
    for line in _lines(folder, prove(open_result(folder))):
        _say(console, line)
    return 0


def _lines(folder: Path, found: Findings) -> list[str]:
    """Return what is sound, one line each."""
    rows = ", ".join(f"{name} {n:,}" for name, n in found.rows.items())
    lines = [
        f"{folder} is sound",
        f"files: {found.files}, each with the SHA-256 of the seal, and the seal with its own",
        f"configuration: {found.configuration[:12]}, model {found.model}",
        f"rows: {rows}",
    ]
    if found.points:
        n = found.rows["runs"]
        lines.append(f"runs: {n:,} at {found.points:,} design points, each exactly once; {found.raised:,} raised")
    return lines


def _say(console: Console, text: str) -> None:
    console.print(text, soft_wrap=True, highlight=False, markup=False)
