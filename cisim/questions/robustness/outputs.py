"""Files of a test of robustness: its tables and figures."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from cisim.questions.robustness.compute import Floats
from cisim.questions.robustness.exposures import Stress
from cisim.questions.robustness.tables import tables_of_runs
from cisim.reading.csv_files import write_tables


def write_robustness(
    runs: pd.DataFrame, stress: Stress, weights: Floats, folder: Path, provenance: Mapping[str, str]
) -> dict[str, pd.DataFrame]:
    """Write ``tables/robustness*.csv`` and the figures into a result folder; `provenance` goes into the figures."""
    # matplotlib takes a second to load: not before there is something to draw
    from cisim.figures.registry import write_figures

    tables = tables_of_runs(runs, stress, weights, folder)
    (folder / "figures").mkdir(exist_ok=True)
    write_tables(tables, folder)
    write_figures(tables, folder / "figures", provenance)
    return tables
