"""Tables as CSV files of a result folder, written in one way."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd


def write_tables(tables: Mapping[str, pd.DataFrame], folder: Path) -> list[Path]:
    """Write every table as ``tables/NAME.csv`` below a result folder and return the files.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        By name; their index is left out.
    folder : Path
        Existing result folder; files of the same name are replaced.
    """
    (folder / "tables").mkdir(exist_ok=True)
    paths = [folder / "tables" / f"{name}.csv" for name in tables]
    for path, table in zip(paths, tables.values(), strict=True):
        table.to_csv(path, index=False, lineterminator="\n")
    return paths
