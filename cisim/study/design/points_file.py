"""Designs that a user lists in a file: CSV or Parquet, one row for each point, one column for each parameter."""

import csv
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from cisim.errors import InputError
from cisim.parameters import REGISTRY, Value, lookup
from cisim.reading.seal import check_if_sealed
from cisim.reading.table_files import read_whole
from cisim.study.design.design_points import Design, check_size, repeated
from cisim.study.design.factor import SCENARIO, Column, Factor, as_column
from cisim.study.design.point_sets import cross


def read_points(path: Path, factors: Sequence[Factor] = (), scenarios: Collection[str] | None = None) -> Design:
    """Read the points in a file; with factors, each point at every combination of their levels.

    Parameters
    ----------
    path : Path
        A ``.csv`` file (comma, UTF-8, names in the first line) or a ``.parquet`` file. Columns are dotted names of
        parameters, and ``scenario`` if that is varied. Rows are counted from 1, without the line of names.
    factors : sequence of Factor
        What to vary besides, none of it in the table.
    scenarios : collection of str, optional
        Names that the column ``scenario`` may hold; any if None.

    Raises
    ------
    InputError
        If the file cannot be read, a column is not known, or a cell is empty or does not fit, naming row and column.
    """
    columns = _typed(path, _read(path), scenarios)
    repeats = repeated(columns)
    if repeats.any():
        raise InputError(f"table={path}: row {repeats.argmax() + 1} repeats an earlier one; give each point once")
    for factor in factors:
        if factor.name in columns:
            raise InputError(f"{factor.name} is in table={path} and on the command line; give it in one place")
    if factors:
        combinations = cross(factors)
        n, m = len(repeats), len(next(iter(combinations.values())))
        check_size(n * m, len(columns) + len(combinations))
        columns = {name: column.repeat(m) for name, column in columns.items()}
        columns |= {name: np.tile(column, n) for name, column in combinations.items()}
    return Design("table", columns)


def _read(path: Path) -> dict[str, list[Any]]:
    """Cells of a file by column, as they are."""
    readers = {".csv": _read_csv, ".parquet": _read_parquet}
    if path.suffix.lower() not in readers:
        raise InputError(f"table={path} is not a .csv or .parquet file; give one")
    try:
        names, cells = readers[path.suffix.lower()](path)
    except (OSError, UnicodeDecodeError, csv.Error, pa.ArrowException) as problem:
        reason = getattr(problem, "strerror", None) or " ".join(str(problem).split())
        raise InputError(f"cannot read table={path}: {reason}; give a CSV file in UTF-8 or a Parquet file") from problem
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"table={path} has two columns {name}; give each once")
    if not cells or not cells[0]:
        raise InputError(f"table={path} has no row of values; give at least one, below the line of names")
    return dict(zip(names, cells, strict=True))


def _read_csv(path: Path) -> tuple[list[str], list[list[Any]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = [[cell.strip() for cell in line] for line in csv.reader(file, strict=True) if line]
    names, rows = (lines[0], lines[1:]) if lines else ([], [])
    for number, row in enumerate(rows, 1):
        if len(row) != len(names):
            raise InputError(f"table={path}: row {number} has {len(row)} cells for {len(names)} columns; give one each")
    return names, [list(column) for column in zip(*rows, strict=True)]


def _read_parquet(path: Path) -> tuple[list[str], list[list[Any]]]:
    check_if_sealed(path)
    with path.open("rb"):  # says in plain words why a file cannot be opened
        found = read_whole(path)
    return found.column_names, [column.to_pylist() for column in found.columns]


def _typed(path: Path, cells: dict[str, list[Any]], scenarios: Collection[str] | None) -> dict[str, Column]:
    """Columns of the right types; InputError for the first cell that does not fit."""
    columns = {}
    for name, column in cells.items():
        try:
            if name != SCENARIO:
                lookup(name)
        except InputError as problem:
            raise InputError(f"table={path}, column {name!r}: {problem}") from problem
        values = []
        for row, cell in enumerate(column, 1):
            try:
                values.append(_value(name, cell, scenarios))
            except InputError as problem:
                raise InputError(f"table={path}, row {row}, column {name}: {problem}") from problem
        columns[name] = as_column(name, np.asarray(values))
    return columns


def _value(name: str, cell: Any, scenarios: Collection[str] | None) -> Value:
    """Turn one cell into a value of the parameter `name`; InputError if it does not fit."""
    if cell is None or cell == "":
        raise InputError("the cell is empty; give a value in every cell")
    if name == SCENARIO:
        if not isinstance(cell, str) or (scenarios is not None and cell not in scenarios):
            raise InputError(f"unknown scenario {cell}; choose one of {', '.join(scenarios or ())}")
        return cell
    declared = REGISTRY[name]
    value = cell
    if isinstance(cell, str) and not declared.choices:
        try:
            value = float(cell)
        except ValueError:
            value = cell
    declared.check(value)
    return type(declared.default)(value)
