"""One run of a finished result, run again and compared with the tables of the result, bit for bit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from cisim.errors import InputError
from cisim.parameters import Parameters
from cisim.parameters import replace as change
from cisim.reading.seal import CONFIG
from cisim.reading.stored_result import StoredResult
from cisim.study.batch_runs import LOST, rerun_singly, simulate_batch
from cisim.study.changes import groups_of, made_by, own_classes
from cisim.study.design import SCENARIO, Design
from cisim.study.design.design_points import WIDE
from cisim.study.design.factor import as_column
from cisim.study.own_classes import check_trust, digests, resolve_extensions
from cisim.study.prepared import prepare
from cisim.study.store.comparison import as_values, partings
from cisim.study.study import Study
from cisim.study.tabulate import Found


@dataclass(frozen=True)
class Replay:
    """A run that was run again.

    Attributes
    ----------
    row : int
        Its row of ``runs.parquet``, from 0.
    study : Study
        The study of this run alone, as it was run.
    kept, found : dict of str to Table
        Rows of this run in every table that the result keeps, and what came out now (all tables).
    partings : tuple of str
        What differs, each in words; empty if nothing does.
    """

    row: int
    study: Study
    kept: Found
    found: Found
    partings: tuple[str, ...]

    @property
    def run(self) -> dict[str, Any]:
        """The row of ``runs`` as it came out now."""
        row: dict[str, Any] = self.found["runs"].to_pylist()[0]
        return row


def replay(
    result: StoredResult, row: int, *, engine: str | None = None, folders: Sequence[Path] = (), trust: bool = False
) -> Replay:
    """Run one row of ``runs.parquet`` again, with memberships, trajectory and event log.

    Parameters
    ----------
    result : StoredResult
        A finished result.
    row : int
        Row of ``runs.parquet``, from 0.
    engine : str, optional
        Key of `cisim.study.engines.ENGINES`; by default the engine that made the result.
    folders : sequence of Path
        Where files of extensions are looked up, after the current folder.
    trust : bool
        Whether code that the result names may be run.

    Raises
    ------
    InputError
        If there is no such row, the configuration does not fit this version of cisim, a file of an extension
        is missing or has changed, or the result names code and is not trusted.
    """
    kept = {"runs": result.read_row(row)}
    run = kept["runs"].to_pylist()[0]
    if not {"point", "replicate"} <= set(run):
        raise InputError(
            f"{result.folder} was made by an earlier version of cisim, without design points; run it again"
        )
    at = {name: int(run[name]) for name in ("point", "replicate")}
    kept |= {name: result.read_where(name, **at) for name in result.tables[1:]}
    study = rebuild(result, at["point"], engine=engine, folders=folders, trust=trust)
    batch = prepare(study).batch(0, np.array([0]), np.array([at["replicate"]]))
    simulate = rerun_singly if run["error"] == LOST else simulate_batch  # what killed its process would kill this one
    found = simulate(replace(batch, numbers=np.array([at["point"]])))
    return Replay(row, study, kept, found, tuple(partings(kept, found)))


def find_row(result: StoredResult, wanted: Mapping[str, str]) -> int:
    """Find the one row of ``runs.parquet`` that has the values wanted.

    Parameters
    ----------
    result : StoredResult
        A finished result.
    wanted : mapping of str to str
        Values as text by column: ``point``, ``replicate``, ``strategies``, ``scenario``, or a parameter that varies.

    Raises
    ------
    InputError
        If a column is not known, a value is not of its type, or not exactly one row has all values.
    """
    known = list(dict.fromkeys(("point", "replicate", "strategies", "scenario", *result.varied)))
    for name in wanted:
        if name not in known:
            raise InputError(f"{name}= does not distinguish runs of {result.folder}; use {', '.join(known)}")
    table = result.read("runs", list(wanted))
    chosen = np.ones(table.num_rows, dtype=bool)
    for name, text in wanted.items():
        chosen &= as_values(table[name]) == _typed(name, text, table.schema.field(name).type)
    rows = np.flatnonzero(chosen)
    if rows.size != 1:
        criteria = " ".join(f"{name}={text}" for name, text in wanted.items())
        others = ", ".join(f"{name}=" for name in known if name not in wanted)
        found = f"{rows.size:,} runs have" if rows.size else "no run has"
        raise InputError(f"{found} {criteria}; {f'add {others}' if rows.size and others else 'give other values'}")
    return int(rows[0])


def _typed(name: str, text: str, kind: pa.DataType) -> Any:
    try:
        return pa.scalar(text).cast(kind).as_py()
    except pa.ArrowInvalid as problem:
        expected = "whole number" if pa.types.is_integer(kind) else "number"
        raise InputError(f"{name}={text} is no {expected}; give a value as runs.parquet has it") from problem


def rebuild(
    result: StoredResult, point: int, *, engine: str | None = None, folders: Sequence[Path] = (), trust: bool = False
) -> Study:
    """Study of one design point of a result, with everything kept; arguments as for `replay`."""
    config = result.config
    setting = result.read_where("points", point=point).drop_columns(["point", "key"]).to_pydict()
    scenario = str(setting.get(SCENARIO, [config["scenario"]])[0])
    extensions = own_classes(result)
    check_trust(extensions, str(result.folder / CONFIG), trust=trust)
    _check_extensions(result, extensions, folders)
    kind = WIDE if config.get("design", {}).get("kind") == WIDE else "single"
    return Study(
        verb=str(config["verb"]),
        scenario=str(config["scenario"]),
        params=params_of(result, scenario),
        design=Design(kind=kind, columns={name: as_column(name, values) for name, values in setting.items()}),
        cases={scenario: params_of(result, scenario)},
        seed=config["seed"],
        replicates=1,
        workers=1,
        engine=engine or config["engine"],
        members=True,
        trajectories=True,
        events=True,
        extensions=extensions,
        folders=tuple(folders),
    )


def params_of(result: StoredResult, scenario: str) -> Parameters:
    """Parameters of a scenario of the result; InputError if this version of cisim does not take them."""
    groups = groups_of(result, scenario)
    given = {f"{group}.{name}": value for group, values in groups.items() for name, value in values.items()}
    try:
        return change(Parameters(), given)
    except InputError as problem:
        raise InputError(
            f"the configuration of {result.folder} does not fit this version of cisim ({problem}); "
            f"check out the version that made it: {made_by(result.manifest)}"
        ) from problem


def _check_extensions(result: StoredResult, extensions: Mapping[str, str], folders: Sequence[Path]) -> None:
    """Raise InputError if a file of an extension is not the one that made the result."""
    recorded = result.manifest.get("extensions", {})
    for key, digest in digests(resolve_extensions(extensions, folders)).items():
        if digest != recorded.get(key):
            raise InputError(
                f"extensions.{key}={extensions[key]} has changed since the result was made (SHA-256 "
                f"{str(recorded.get(key))[:12]} then, {digest[:12]} now); put the old file back to replay it"
            )
