"""Write the tables and the figure of a fit into its result folder."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from cisim.reading.table_files import write_tables


def write_fit(
    tables: Mapping[str, pd.DataFrame], observed: Sequence[str], folder: Path, provenance: Mapping[str, str]
) -> list[Path]:
    """Write ``tables/*.csv`` and ``figures/persistence.pdf`` and ``.png``.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        From :func:`cisim.questions.fit.tables.persistence_tables`.
    observed : sequence of str
        Groups that were observed, as they are named in the tables.
    folder : Path
        Existing result folder; files of the same name are replaced.
    provenance : mapping of str to str
        What made the results; it goes into the figure's metadata.

    Returns
    -------
    list of Path
        The files written.
    """
    # matplotlib takes a second to load: not before there is something to draw
    from cisim.figures.save import save_figure
    from cisim.questions.fit.figures import persistence_figure

    (folder / "figures").mkdir(exist_ok=True)
    written = write_tables(tables, folder)
    figure = persistence_figure(tables["survival"], list(observed), tables.get("families"), tables.get("family_curves"))
    return written + save_figure(figure, folder / "figures", "persistence", provenance)
