"""Event log and trajectory of one run on the terminal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.table import Table

from cisim.cli.screen import complain, screen
from cisim.cli.verbs import Arguments
from cisim.config.options import TRUST
from cisim.config.places import config_folders
from cisim.errors import InputError
from cisim.questions.replay.compute import Replay, find_row, replay
from cisim.questions.replay.tables import narrate, yearly
from cisim.reading.result_files import find_result
from cisim.reading.stored_result import StoredResult, open_result
from cisim.reading.table_files import write_csv
from cisim.study.changes import changes_since


def show_log(log: pd.DataFrame) -> None:
    """Print the events by month; a log longer than the terminal goes through a pager.

    Parameters
    ----------
    log : DataFrame
        month and text of every event, in order.
    """
    console = screen()
    if not console.is_terminal:
        for month, text in zip(log["month"], log["text"], strict=True):
            _print(console, f"{month:>5}  {text}")
    elif len(log) + log["month"].nunique() > console.height:
        with console.pager():
            _print_months(console, log)
    else:
        _print_months(console, log)


def _print_months(console: Console, log: pd.DataFrame) -> None:
    for month, part in log.groupby("month", sort=True):
        console.print(_heading(int(str(month))), style="bold", highlight=False)
        for text in part["text"]:
            _print(console, f"  {text}")


def _heading(month: int) -> str:
    return "founding" if month == 0 else f"month {month} (year {1 + (month - 1) // 12})"


def show_trajectory(steps: pd.DataFrame) -> None:
    """Print a trajectory at yearly steps, one row each."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in steps:
        table.add_column(str(name).replace("_", "\n"), justify="right")
    for row in _rounded(steps):
        table.add_row(*row)
    screen().print(table)


def _rounded(steps: pd.DataFrame) -> Iterator[list[str]]:
    for row in steps.to_dict("records"):
        yield ["" if pd.isna(value) else _short(float(value)) for value in row.values()]


def _short(value: float) -> str:
    """Whole numbers as such, others to two or, above 100, no decimals."""
    return f"{value:.0f}" if value == round(value) or abs(value) >= 100 else f"{value:.2f}"


def _print(console: Console, text: str) -> None:
    console.print(text, soft_wrap=True, highlight=False, markup=False)


#: Options besides the columns that choose a row.
OPTIONS = ("engine", "out", TRUST)

#: Differences that are printed one by one.
SHOWN = 5


@dataclass(frozen=True)
class Wanted:
    """What the command line asks for: a result, a row or columns that choose it, and options."""

    result: Path
    row: str | None
    columns: Mapping[str, str]
    options: Mapping[str, str]


def do_replay(arguments: Arguments) -> int:
    """Replay the run that the command line names; return 0 if it is identical to the one kept, else 1."""
    if arguments.several:
        raise InputError("cisim replay takes one run at a time; leave out -m")
    wanted = read_words(arguments.overrides)
    result = open_result(wanted.result)
    row = find_row(result, wanted.columns) if wanted.row is None else _number(wanted.row)
    folders = tuple(folder.parent for folder in config_folders(arguments.config_dir))
    done = replay(result, row, engine=wanted.options.get("engine"), folders=folders, trust=_trusts(wanted))
    _show(verdict(done, result))
    if done.run["status"] == "error":
        _show(done.run["traceback"].rstrip() or done.run["error"])
    else:
        _write_and_show(done, Path(wanted.options.get("out", result.folder / "replays")) / str(row))
    for parting in done.partings[:SHOWN]:
        complain(parting)
    if len(done.partings) > SHOWN:
        complain(f"and {len(done.partings) - SHOWN} further differences")
    return 1 if done.partings else 0


def read_words(words: tuple[str, ...]) -> Wanted:
    """Parse result, row and options; InputError unless there is one result and one way to its row."""
    plain = [word for word in words if "=" not in word or Path(word).exists()]
    named = dict(word.split("=", 1) for word in words if word not in plain)
    empty = [name for name, value in named.items() if not value]
    if empty:
        raise InputError(f"{empty[0]}= has no value; write {empty[0]}=VALUE, or leave it out")
    options = {name: named.pop(name) for name in OPTIONS if name in named}
    if len(plain) not in (1, 2) or (len(plain) == 2) == bool(named):
        raise InputError(
            "cisim replay takes a result and one row of its runs.parquet; write cisim replay RESULT 17, or "
            "cisim replay RESULT point=3 replicate=17"
        )
    return Wanted(find_result(plain[0]), plain[1] if len(plain) == 2 else None, named, options)


def _trusts(wanted: Wanted) -> bool:
    """Whether the user vouches for code that the result names."""
    text = wanted.options.get(TRUST, "false")
    if text not in ("true", "false"):
        raise InputError(f"{TRUST}={text} is not true or false")
    return text == "true"


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise InputError(f"row {text} is no whole number; give a row of runs.parquet from 0, or replicate=") from None


def verdict(done: Replay, result: StoredResult) -> str:
    """Return which run this is and whether it is identical to the one kept, and if not, possible reasons."""
    run, engine = done.run, done.study.runs_on
    setting = f"{label} " if (label := done.study.points().label(0)) else ""
    which = (
        f"Row {done.row} of {result.folder} (scenario {run['scenario']}, point {run['point']} {setting}strategies "
        f"{run['strategies']}, seed {run['seed']}, replicate {run['replicate']}) on the {engine} engine"
    )
    reasons = changes_since(result)
    if not done.partings:
        rows = ", ".join(f"{table.num_rows:,} rows of {name}" for name, table in done.kept.items() if name != "runs")
        compared = f"{done.kept['runs'].num_columns - 1} columns of runs{f' and {rows}' if rows else ''}"
        changed = f" That holds although {'; '.join(reasons)}." if reasons else ""
        return f"{which} came out as it was kept, bit for bit: {compared}.{changed}"
    if engine != result.config["engine"]:
        reasons.append(f"the result was made on the {result.config['engine']} engine (cisim verify docks the two)")
    why = (
        "; ".join(reasons) or "the manifest tells of no change, so a file of the result was altered, or cisim has a bug"
    )
    return f"{which} came out differently in {len(done.partings)} columns. Why it may: {why}."


def _write_and_show(done: Replay, folder: Path) -> None:
    """Write the log and the trajectory with their figure, and print both."""
    events, trajectory, members = (done.found[name].to_pandas() for name in ("events", "trajectories", "members"))
    _write(done, events, trajectory, folder)
    show_log(narrate(events, dict(zip(members["organisation"], members["kind"], strict=True))))
    show_trajectory(yearly(trajectory))
    _show(f"events.csv, trajectory.csv and figures in {folder}")


def _write(done: Replay, events: pd.DataFrame, trajectory: pd.DataFrame, folder: Path) -> None:
    # matplotlib takes a second to load: not before there is something to draw
    from cisim.figures.entries import WIDTHS, save_figure
    from cisim.questions.replay.figures import replay_figure

    run = done.run
    provenance = {"scenario": run["scenario"], "seed": str(run["seed"]), "replicate": str(run["replicate"])}
    try:
        (folder / "figures").mkdir(parents=True, exist_ok=True)
        for name, table in (("events", events), ("trajectory", trajectory)):
            write_csv(table, folder / f"{name}.csv")
        for name, width in WIDTHS.items():
            save_figure(replay_figure(trajectory, events, width), folder / "figures", f"replay-{name}", provenance)
    except OSError as problem:
        raise InputError(f"cannot write to {folder}: {problem.strerror}; give another folder with out=") from problem


def _show(text: str) -> None:
    screen().print(text, soft_wrap=True, highlight=False, markup=False)
