"""Tables and figures of a test of robustness out of its runs, and their files."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from cisim.questions.robustness.findings import findings
from cisim.questions.robustness.layout import FINDINGS, Layout
from cisim.questions.robustness.lives import read_lives
from cisim.questions.robustness.recovery import read_recoveries
from cisim.questions.robustness.tables import robustness_tables
from cisim.reading.csv_files import write_tables


def write_robustness(
    runs: pd.DataFrame,
    layout: Layout,
    folder: Path,
    provenance: Mapping[str, str],
    *,
    states: Sequence[str] = (),
    band: float = 0.05,
    baseline: str | None = None,
) -> dict[str, pd.DataFrame]:
    """Write ``tables/robustness*.csv`` and the figures of a test of robustness.

    Parameters
    ----------
    runs : DataFrame
        Columns point, replicate, duration, ending and status.
    layout : Layout
        What was run.
    folder : Path
        Existing result folder with ``trajectories.parquet`` where there are states; files of the same name are
        replaced.
    provenance : mapping of str to str
        What made the results; it goes into the figures' metadata.
    states : sequence of str
        States whose recovery is told.
    band : float
        Share by which a state may lie below its twin's.
    baseline : str, optional
        Arm that the others are compared with; by default ``none``, or the first.

    Returns
    -------
    dict of str to DataFrame
        The tables.
    """
    # matplotlib takes a second to load: not before there is something to draw
    from cisim.figures.registry import write_figures

    lives = read_lives(runs, layout.n_settings, len(layout.weights), layout.tau)
    recoveries = {}
    if states:
        ended_well = runs["point"] * lives.duration.shape[2] + runs["replicate"]
        completed = pd.Series(runs["ending"].to_numpy() == "completed", index=ended_well)
        whole = completed.reindex(range(layout.n_settings * lives.duration.shape[2]), fill_value=False)
        file = folder / "trajectories.parquet"
        done = whole.to_numpy(dtype=bool).reshape(layout.n_settings, -1)
        recoveries = read_recoveries(file, layout, done, states, band)
    tables = robustness_tables(lives, layout, recoveries, baseline=baseline)
    tables[FINDINGS] = findings(tables, layout.within)
    (folder / "figures").mkdir(exist_ok=True)
    write_tables(tables, folder)
    write_figures(tables, folder / "figures", provenance)
    return tables
