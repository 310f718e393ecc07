"""Tables and figures of a question as files of its result folder."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from cisim.reading.table_files import write_tables

if TYPE_CHECKING:
    from cisim.figures.entries import FigureEntry


def write_outputs(
    tables: Mapping[str, pd.DataFrame], entries: "Iterable[FigureEntry]", folder: Path, provenance: Mapping[str, str]
) -> list[Path]:
    """Write ``tables/*.csv``, and ``figures/*.pdf`` and ``*.png`` of every figure that has something to show.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        By name.
    entries : iterable of FigureEntry
        Figures in the order of writing.
    folder : Path
        Existing result folder; files of the same name are replaced.
    provenance : mapping of str to str
        What made the results, such as version, command and seed; it goes into every figure's metadata.

    Returns
    -------
    list of Path
        The files written.
    """
    from cisim.figures.entries import write_figures  # matplotlib takes a second to load

    (folder / "figures").mkdir(exist_ok=True)
    return write_tables(tables, folder) + write_figures(entries, tables, folder / "figures", provenance)
