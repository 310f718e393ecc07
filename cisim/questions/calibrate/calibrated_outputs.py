"""Write the tables and figures of a calibration into its result folder."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from cisim.questions.calibrate.tables import identifiability_table, predictive_table
from cisim.reading.csv_files import write_tables


def write_calibration(
    ensemble: pd.DataFrame, targets: pd.DataFrame, prior: pd.DataFrame, folder: Path, provenance: Mapping[str, str]
) -> dict[str, pd.DataFrame]:
    """Write ``predictive`` and ``identifiability`` as tables, ``patterns`` and ``identifiability`` as figures.

    Parameters
    ----------
    ensemble : DataFrame
        As in ``ensemble.parquet``.
    targets, prior : DataFrame
        As for :func:`cisim.questions.calibrate.tables.predictive_table` and
        :func:`cisim.questions.calibrate.tables.identifiability_table`.
    folder : Path
        Existing result folder; files of the same name are replaced.
    provenance : mapping of str to str
        What made the results; it goes into the figures' metadata.

    Returns
    -------
    dict of str to DataFrame
        The two tables.
    """
    # matplotlib takes a second to load: not before there is something to draw
    from cisim.figures.save import save_figure
    from cisim.questions.calibrate.figures import identifiability_figure, patterns_figure

    tables = {
        "predictive": predictive_table(ensemble, targets),
        "identifiability": identifiability_table(ensemble, prior),
    }
    write_tables(tables, folder)
    (folder / "figures").mkdir(exist_ok=True)
    drawn = {
        "patterns": patterns_figure(ensemble, tables["predictive"]),
        "identifiability": identifiability_figure(tables["identifiability"]),
    }
    for name, figure in drawn.items():
        save_figure(figure, folder / "figures", name, provenance)
    return tables
