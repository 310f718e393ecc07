"""What there is to report on: a result folder of any verb, or a bare table of durations."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from cisim.analysis.columns import as_flags, as_numbers, check_columns
from cisim.analysis.counts import checked_durations
from cisim.analysis.design import FEW_POINTS, Design, chosen_values, point_labels, read_design
from cisim.errors import InputError

#: Columns of a table of runs that a report reads, besides the varied parameters.
COLUMNS = (
    *("point", "strategies", "scenario", "replicate", "seed", "duration", "event_observed"),
    *("ending", "cause", "founders_retained", "status", "error"),
)
#: Label of the runs of a sweep without arms, and of a table without strategies.
ALL_RUNS, ALL_SPELLS = "all runs", "all spells"
READERS = {".csv": "CSV", ".parquet": "Parquet"}


class NotShownError(Exception):
    """Something cannot be shown for this result; the message says why in one sentence."""


@dataclass(frozen=True)
class Result:
    """A result that has been read.

    Attributes
    ----------
    source : Path
        Result folder, or file of a bare table.
    runs : DataFrame
        One row per coalition; ``strategies`` holds the arm, ``given`` the label that the files have.
    design : Design
        What varies.
    manifest, config : mapping
        Where the result comes from; empty for a bare table.
    told : tuple of str
        What a bare table does not say, one sentence each.
    has_endings : bool
        Whether it is known how coalitions end.
    """

    source: Path
    runs: pd.DataFrame
    design: Design
    manifest: Mapping[str, Any]
    config: Mapping[str, Any]
    told: tuple[str, ...] = ()
    has_endings: bool = True

    @property
    def is_table(self) -> bool:
        """Whether this is a bare table of durations."""
        return self.source.is_file()

    @property
    def verb(self) -> str:
        """What made the result: a verb of the command line, or ``table``."""
        return "table" if self.is_table else str(self.manifest.get("verb", "result"))

    @property
    def n_ok(self) -> int:
        """Runs that ended without error."""
        return int((self.runs["status"] == "ok").sum())

    @property
    def n_dropped(self) -> int:
        """Runs that ended in an error and are left out everywhere."""
        return len(self.runs) - self.n_ok

    @property
    def window(self) -> float | None:
        """Months that every coalition could be followed for: the horizon, if it is known and none left earlier."""
        horizon = self.config.get("observation", {}).get("horizon")
        going_on = (self.runs["status"] == "ok") & ~self.runs["event_observed"].astype(bool)
        if horizon is None or (self.runs.loc[going_on, "duration"] < horizon).any():
            return None
        return float(horizon)

    @property
    def labels(self) -> list[str]:
        """Arms in order of appearance."""
        return [str(label) for label in self.runs["strategies"].unique()]

    @property
    def baselines(self) -> list[str]:
        """Arms that others can be compared with: those with whole curves, if there are any."""
        try:
            return [str(label) for label in self.arms()["strategies"].unique()]
        except NotShownError:
            return self.labels

    def arms(self) -> pd.DataFrame:
        """Give the runs with whole curves for each arm: those of a comparison, or the points of a small sweep."""
        if self.n_ok == 0:
            raise NotShownError("no run ended without error")
        if not self.design.is_sweep:
            return self.runs
        chosen = self._chosen()
        if chosen is not None:
            runs = self.runs[self.runs[self.design.varied[0]].isin(chosen)]
            return runs.assign(strategies=point_labels(runs, self.design))
        if self.design.n_points > FEW_POINTS:
            raise NotShownError(
                f"the sweep has {self.design.n_points:,} design points; whole curves are set side by side for up to "
                f"{FEW_POINTS}"
            )
        return self.runs.assign(strategies=point_labels(self.runs, self.design))

    @property
    def selection(self) -> str:
        """Which design points have curves, where not all of them have; else nothing."""
        chosen = self._chosen()
        if chosen is None:
            return ""
        return f"Curves are drawn for {len(chosen)} of {self.design.n_points:,} values of {self.design.varied[0]}."

    def _chosen(self) -> list[object] | None:
        """Values with curves of a sweep along one parameter that has too many; else None."""
        return chosen_values(self.runs, self.design) if self.design.n_points > FEW_POINTS else None

    def sweep(self) -> pd.DataFrame:
        """Give the runs of a sweep."""
        if not self.design.is_sweep:
            raise NotShownError("no parameter varies within an arm: this is not a sweep")
        if self.n_ok == 0:
            raise NotShownError("no run ended without error")
        return self.runs

    def contract_months(self) -> float | None:
        """Term of the contracts, if it is known and the same in all runs."""
        name = "backbone.contract_months"
        if name in self.runs:
            terms = self.runs[name].unique()
            return float(terms[0]) if len(terms) == 1 else None
        term = self.config.get("backbone", {}).get("contract_months")
        return None if term is None else float(term)


def read_result(source: Path) -> Result:
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
    file = source / "runs.parquet"
    if not file.is_file():
        raise InputError(f"{source} holds no runs.parquet: {_unfinished(source)}")
    runs = _with_arms(_read_runs(file))
    runs, design = _designed(runs)
    return Result(source, runs, design, _read_json(source / "manifest.json"), _read_yaml(source / "config.yaml"))


def _designed(runs: pd.DataFrame) -> tuple[pd.DataFrame, Design]:
    """Give runs with their design; those of a sweep without arms have one label."""
    design = read_design(runs)
    return (runs.assign(strategies=ALL_RUNS) if design.is_sweep and not design.has_arms else runs), design


def _unfinished(folder: Path) -> str:
    state = _read_json(folder / "status.json").get("state")
    return (
        f"its state is {state!r}; finish it first" if state else "name a folder that cisim run, compare or sweep wrote"
    )


def _read_runs(file: Path) -> pd.DataFrame:
    """Columns that a report needs, and no others: a result may hold millions of rows."""
    names = pq.read_schema(file).names
    wanted = [name for name in names if name in COLUMNS or "." in name]
    return _to_frame(pq.read_table(file, columns=wanted))


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


def _read_table(file: Path) -> Result:
    """Bare table of durations, with what it does not say filled in and told."""
    if file.suffix.lower() not in READERS:
        raise InputError(f"{file.name} is neither {' nor '.join(READERS.values())}; give a .csv or .parquet file")
    try:
        table = pd.read_csv(file) if file.suffix.lower() == ".csv" else _to_frame(pq.read_table(file))
    except (pa.ArrowInvalid, pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as problem:
        raise InputError(f"{file.name} cannot be read: {problem}") from problem
    check_columns(table, ["duration", "event_observed"])
    told = []
    months = checked_durations(as_numbers(table, "duration"))
    runs = table.assign(duration=months, event_observed=as_flags(table, "event_observed"))
    if "strategies" not in runs:
        runs["strategies"] = ALL_SPELLS
    if "replicate" not in runs:
        runs["replicate"] = np.arange(len(runs))
        told.append("The table has no column replicate: its rows count as independent, and no two are paired.")
    has_endings = "ending" in runs
    if not has_endings:
        runs["ending"] = np.where(runs["event_observed"], "failed", "censored")
        told.append("The table has no column ending: every ending counts alike, well or badly.")
    runs["cause"] = runs["cause"].fillna("").astype(str) if "cause" in runs else ""
    runs["status"] = runs.get("status", "ok")
    runs, design = _designed(runs)
    return Result(file, runs, design, {}, {}, tuple(told), has_endings)


def _read_json(file: Path) -> dict[str, Any]:
    """Read what a JSON file holds; nothing if it is not there."""
    if not file.is_file():
        return {}
    try:
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as problem:
        raise InputError(f"{file} cannot be read ({problem}); restore it, or remove it") from problem
    return found


def _read_yaml(file: Path) -> dict[str, Any]:
    """Read what a YAML file holds; nothing if it is not there."""
    if not file.is_file():
        return {}
    try:
        found: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as problem:
        raise InputError(f"{file} cannot be read ({problem}); restore it, or remove it") from problem
    return found
