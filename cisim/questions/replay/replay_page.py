"""Event log and trajectory of one run on the terminal."""

from collections.abc import Iterator

import pandas as pd
from rich.console import Console
from rich.table import Table

from cisim.cli.screen import screen


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
