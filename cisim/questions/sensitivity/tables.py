"""Tables of a sensitivity analysis as files: written by the verb, and read again by a report."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pandas as pd

from cisim.questions.sensitivity.table_names import CONDITIONAL, ONLY, TABLES
from cisim.reading.csv_files import write_tables
from cisim.reading.making import Found, Maker, Options
from cisim.reading.result import NotShownError, Result


def _read(name: str, result: Result, options: Options) -> Found:  # noqa: ARG001
    """Return a table of the result folder."""
    file = result.source / "tables" / f"{name}.csv"
    if not file.is_file():
        raise NotShownError(f"this is no result of cisim sensitivity{ONLY.get(name, '')}")
    table = pd.read_csv(file)
    if "value" in table and name != CONDITIONAL and table["value"].isna().all():
        raise NotShownError("the outcomes do not vary enough to be explained")
    return Found(table)


#: Makers of the tables of a report, by the name of the table.
MAKERS: dict[str, Maker] = {name: partial(_read, name) for name in TABLES}


def write_sensitivity(tables: Mapping[str, pd.DataFrame], folder: Path, provenance: Mapping[str, str]) -> list[Path]:
    """Write tables and figures into an existing result folder; files of the same name are replaced.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Of :func:`cisim.questions.sensitivity.compute.sensitivity_tables`.
    folder : Path
        Result folder.
    provenance : mapping of str to str
        What made the results; it goes into the metadata of figures.

    Returns
    -------
    list of Path
        The files written.
    """
    # matplotlib takes a second to load: not before there is something to draw
    from cisim.figures.registry import write_figures

    (folder / "figures").mkdir(exist_ok=True)
    return write_tables(tables, folder) + write_figures(tables, folder / "figures", provenance)
