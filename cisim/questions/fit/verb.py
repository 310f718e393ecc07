"""``cisim fit``: durations that a user observed, described, fitted and set beside simulated ones."""

import hashlib
import shutil
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

from cisim._version import __version__
from cisim.cli.experiment import write_outputs
from cisim.cli.screen import screen
from cisim.cli.terminal_words import rounded_interval, whole_percent
from cisim.cli.verbs import Arguments
from cisim.errors import InputError
from cisim.questions.fit import FitOptions, read_options
from cisim.questions.fit.tables import observed_groups, persistence_tables, read_simulated
from cisim.reading.stored_result import open_result, read_user_table
from cisim.study.manifest import surroundings, write_manifest
from cisim.survival.spells import Spells, read_spells

#: Ages in months at which the terminal shows survival.
AGES = (36, 60, 120)


def do_fit(arguments: Arguments) -> int:
    """Describe the table that the command line names; return the exit code."""
    if arguments.several or arguments.config_dir:
        raise InputError("cisim fit takes a table and name=value only; leave out -m and --config-dir")
    options = read_options(arguments.overrides)
    start = datetime.now(UTC)
    observed = _read_observed(options)
    simulated = read_simulated(_read_runs(Path(options.words["with"]))) if options.words["with"] else None
    tables, statements = persistence_tables(observed, simulated, breaks=options.breaks, tau=options.tau)
    digest = hashlib.sha256(options.table.read_bytes()).hexdigest()
    name = options.words["name"] or f"{start.astimezone():%Y%m%d-%H%M%S}-{digest[:8]}"
    target = Path(options.words["out"]) / "fit" / name
    source = {"cisim": __version__, "table": options.table.name, "sha256": digest}
    with _new_folder(target) as folder:
        with Console(stderr=True).status("tables and figures"):
            from cisim.questions.fit.figures import persistence_figures  # matplotlib takes a second to load

            entries = persistence_figures(tables, observed_groups(observed, simulated))
            write_outputs(tables, entries, folder, source)
        times = {"start": start.isoformat(timespec="seconds"), "end": datetime.now(UTC).isoformat(timespec="seconds")}
        manifest = surroundings() | {"verb": "fit", **source, "command": arguments.command, **times}
        write_manifest(manifest | {"statements": statements, "state": "complete"}, folder)
    _report(options.table.name, tables, statements, target)
    return 0


def _read_observed(options: FitOptions) -> Spells:
    """Read the user's table and check it."""
    columns = {name: options.column(name) for name in ("entry", "cause", "group")}
    words = options.words
    table = _read_table(options.table)
    return read_spells(table, duration=words["duration"], event_observed=words["event"], unit=words["unit"], **columns)


def _read_runs(folder: Path) -> pd.DataFrame:
    """Read the runs of a finished result."""
    stored = open_result(folder)
    if "runs" not in stored.tables:
        raise InputError(f"with={folder} holds no runs; name the folder that cisim run printed")
    runs: pd.DataFrame = stored.read("runs").to_pandas()
    return runs


def _read_table(path: Path) -> pd.DataFrame:
    """Read a CSV or Parquet file."""
    if not path.is_file():
        raise InputError(f"there is no file {path}; give the path of a CSV or Parquet table")
    try:
        return read_user_table(path)
    except (ValueError, OSError) as problem:  # what pandas and pyarrow raise for a file that is no table
        raise InputError(f"cannot read {path} as a table: {problem}; save it as CSV, UTF-8, with commas") from problem


@contextmanager
def _new_folder(target: Path) -> Iterator[Path]:
    """Yield an empty folder that becomes `target` at the end, and is removed on any error."""
    if target.exists():
        raise InputError(f"{target} exists already and is not overwritten; give another name=, or remove it")
    partial = target.with_name(f".{target.name}.partial")
    try:
        partial.mkdir(parents=True)
    except OSError as problem:
        raise InputError(
            f"cannot write to {target.parent}: {problem.strerror}; give another folder with out="
        ) from problem
    try:
        yield partial
        partial.rename(target)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise


def _report(name: str, tables: dict[str, pd.DataFrame], statements: list[str], target: Path) -> None:
    """Print the estimates, the limits of the data, and the folder with the rest."""
    console = screen()
    console.print(_summary(tables["summary"], f"{name}: 95 % intervals, months"))
    if "differences" in tables:
        console.print(_differences(tables["differences"]))
    if "families" in tables:
        console.print(_families(tables["families"]))
    for sentence in statements:
        console.print(f"note: {sentence}", soft_wrap=True, highlight=False, markup=False)
    console.print(f"results in {target}", soft_wrap=True, highlight=False)


def _summary(summary: pd.DataFrame, title: str) -> Table:
    mean = f"mean of the first {summary['tau'].iloc[0]:.0f}"
    table = _table(title, ["group", "spells", "ended", "median", mean, *(f"at {age // 12} y" for age in AGES)])
    for row in summary.to_dict("records"):
        cells = [str(row["group"]), f"{row['n_spells']}", f"{row['n_ended']}", _spread(row, "median") or "not reached"]
        shares = [whole_percent(row[f"survival_{age}"]) for age in AGES]
        table.add_row(*cells, _spread(row, "restricted_mean"), *shares)
    return table


def _differences(differences: pd.DataFrame) -> Table:
    table = _table("", ["group", "less", "change of the mean", "log-rank p"])
    for row in differences.to_dict("records"):
        change = rounded_interval(row["difference"], row["lower"], row["upper"], "+")
        table.add_row(str(row["group"]), str(row["baseline"]), change, f"{row['p_value']:.2g}")
    return table


def _families(families: pd.DataFrame) -> Table:
    table = _table("", ["group", "family", "AIC", "difference", "BIC", "median"])
    for row in families.to_dict("records"):
        numbers = [f"{row[key]:.1f}" for key in ("aic", "aic_difference", "bic")]
        table.add_row(str(row["group"]), str(row["family"]), *numbers, _spread(row, "median"))
    return table


def _spread(row: dict[Hashable, Any], name: str) -> str:
    return rounded_interval(row[name], row[f"{name}_lower"], row[f"{name}_upper"], "")


def _table(title: str, headings: list[str]) -> Table:
    """Empty table for the terminal, numbers to the right."""
    table = Table(title=title or None, box=None, title_justify="left", header_style="bold", pad_edge=False)
    for i, heading in enumerate(headings):
        table.add_column(heading, justify="left" if i == 0 else "right", no_wrap=i > 0)
    return table
