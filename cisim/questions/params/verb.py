"""``cisim params``: the registry as a table for the terminal, CSV, Markdown or JSON."""

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict

from rich.table import Table

from cisim.cli.screen import screen
from cisim.cli.verbs import Arguments
from cisim.errors import InputError
from cisim.parameters import REGISTRY, Parameter

#: Columns of the table where the output is no terminal: one line for each parameter, for grep.
PLAIN_WIDTH = 1000

HEADINGS = ("name", "default", "unit", "range", "distribution", "role", "source", "description")


def do_params(arguments: Arguments) -> int:
    """Print the registry in the format asked for."""
    chosen = _format(arguments.overrides)
    if chosen == "table":
        screen(PLAIN_WIDTH).print(registry_on_screen(REGISTRY.values()))
    else:
        sys.stdout.write(FORMATS[chosen](REGISTRY.values()))
    return 0


def _format(overrides: Iterable[str]) -> str:
    """Format named by ``format=``, by default a table; InputError for anything else."""
    chosen = "table"
    for override in overrides:
        name, _, chosen = override.partition("=")
        if name != "format":
            raise InputError(f"cisim params does not take {override}; write format= or nothing")
        if chosen not in ("table", *FORMATS):
            raise InputError(f"format={chosen} is not known; choose one of table, {', '.join(FORMATS)}")
    return chosen


def row(parameter: Parameter) -> tuple[str, ...]:
    """One parameter as text, in the order of `HEADINGS`."""
    p = parameter
    return p.name, str(p.default), p.unit, p.range_text, p.distribution, p.role, p.source, p.description


def as_csv(parameters: Iterable[Parameter]) -> str:
    """Comma-separated values, one line per parameter."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerows(row(parameter) for parameter in parameters)
    return text.getvalue()


def as_markdown(parameters: Iterable[Parameter]) -> str:
    """Markdown table, one line per parameter."""
    lines = [HEADINGS, ("---",) * len(HEADINGS)]
    lines += [_escape(row(parameter)) for parameter in parameters]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _escape(cells: tuple[str, ...]) -> tuple[str, ...]:
    name, *rest = (cell.replace("|", "\\|") for cell in cells)
    return f"`{name}`", *rest


def as_json(parameters: Iterable[Parameter]) -> str:
    """Every parameter as an object in a JSON array, numbers as numbers."""
    return json.dumps([asdict(parameter) for parameter in parameters], indent=2, ensure_ascii=False) + "\n"


def registry_on_screen(parameters: Iterable[Parameter]) -> Table:
    """Table for the terminal, a rule between groups."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("name", "default", "range", "unit", "role", "description"):
        table.add_column(heading, no_wrap=heading == "name", overflow="fold")
    group = None
    for parameter in parameters:
        if group not in (None, parameter.name.split(".")[0]):
            table.add_row()
        group = parameter.name.split(".")[0]
        name, default, unit, span, _, role, _, description = row(parameter)
        table.add_row(name, default, span, unit, role, description)
    return table


#: Formats other than the table, by name.
FORMATS: dict[str, Callable[[Iterable[Parameter]], str]] = {
    "csv": as_csv,
    "md": as_markdown,
    "json": as_json,
}
