"""Write the tables and figures of a comparison into its result folder."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from cisim.questions.compare.compute import comparison_table
from cisim.reading.csv_files import write_tables
from cisim.survival.arm_tables import incidence_table, survival_table
from cisim.survival.arms import read_arms
from cisim.survival.membership import members_table
from cisim.survival.paired import paired_differences
from cisim.survival.time_to_formation import formation_curves, formation_table, has_formation
from cisim.survival.trajectories import trajectory_table


def comparison_tables(
    runs: pd.DataFrame,
    trajectories: pd.DataFrame | None = None,
    members: pd.DataFrame | None = None,
    *,
    tau: float | None = None,
    baseline: str | None = None,
) -> dict[str, pd.DataFrame]:
    """Every table of a comparison by its name.

    Parameters
    ----------
    runs, trajectories, members : DataFrame
        As in the result folder; without trajectories or members their tables are left out.
    tau, baseline
        As for :func:`cisim.questions.compare.compute.comparison_table`.

    Returns
    -------
    dict of str to DataFrame
        comparison, effects (paired differences), survival, incidence, formation and formation_curves (where coalitions
        were negotiated), trajectories and members.
    """
    tables = {
        "comparison": comparison_table(runs, tau, baseline=baseline),
        "effects": paired_differences(read_arms(runs), tau=tau, baseline=baseline),
        "survival": survival_table(runs),
        "incidence": incidence_table(runs),
    }
    if has_formation(runs):
        tables |= {"formation": formation_table(runs, tau), "formation_curves": formation_curves(runs)}
    if trajectories is not None:
        tables["trajectories"] = trajectory_table(trajectories)
    if members is not None:
        tables["members"] = members_table(members)
    return tables


def write_comparison(
    runs: pd.DataFrame,
    trajectories: pd.DataFrame | None,
    members: pd.DataFrame | None,
    folder: Path,
    provenance: Mapping[str, str],
    *,
    tau: float | None = None,
    baseline: str | None = None,
) -> list[Path]:
    """Write ``tables/*.csv`` and ``figures/*.pdf`` and ``*.png`` of a comparison.

    Parameters
    ----------
    runs, trajectories, members : DataFrame
        As in the result folder; without trajectories or members what is made of them is left out.
    folder : Path
        Existing result folder; files of the same name are replaced.
    provenance : mapping of str to str
        What made the results, such as version, command and seed; it goes into every figure's metadata.
    tau, baseline
        As for :func:`cisim.questions.compare.compute.comparison_table`.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    InputError
        If a table cannot be analysed; nothing is written then.
    """
    # matplotlib takes a second to load: not before there is something to draw
    from cisim.figures.registry import write_figures

    tables = comparison_tables(runs, trajectories, members, tau=tau, baseline=baseline)
    (folder / "figures").mkdir(exist_ok=True)
    return write_tables(tables, folder) + write_figures(tables, folder / "figures", provenance)
