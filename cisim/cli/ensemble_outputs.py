"""Write the tables and the figure of a study over an ensemble into its result folder."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from cisim.reading.table_files import write_tables
from cisim.survival.ensembles import Ensembled, ensemble_effects, member_effects, spread_table

#: Measure that the figure and the findings are about.
FIRST = "time_free_of_failure"


def write_ensemble(found: Ensembled, folder: Path, provenance: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    """Write ``ensemble`` and, with several settings, ``ensemble_effects`` as tables, the latter as a figure too.

    Parameters
    ----------
    found : Ensembled
        From :func:`cisim.survival.ensembles.read_runs`.
    folder : Path
        Existing result folder; files of the same name are replaced.
    provenance : mapping of str to str
        What made the results; it goes into the figure's metadata.

    Returns
    -------
    dict of str to DataFrame
        The tables.
    """
    tables = {"ensemble": spread_table(found)}
    if len(found.labels) > 1:
        tables["ensemble_effects"] = ensemble_effects(found)
    write_tables(tables, folder)
    if 1 < len(found.labels) <= MOST_SETTINGS:
        # matplotlib takes a second to load: not before there is something to draw
        from cisim.figures.ensemble_effects import ensemble_figure
        from cisim.figures.save import save_figure

        (folder / "figures").mkdir(exist_ok=True)
        effects = tables["ensemble_effects"]
        figure = ensemble_figure(member_effects(found, FIRST), effects[effects["measure"] == FIRST])
        save_figure(figure, folder / "figures", "ensemble_effects", provenance)
    return tables


#: Settings that fit into a figure.
MOST_SETTINGS = 20
