"""The figures of a comparison: which table each is drawn from, and under which name it is written."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from cisim.analysis.figures.effects import effects_figure
from cisim.analysis.figures.incidence import incidence_figure
from cisim.analysis.figures.save import save_figure
from cisim.analysis.figures.survival import survival_figure
from cisim.analysis.figures.trajectories import spread_figure, trajectories_figure

#: Name of each figure: the table that it shows and the function that draws it.
FIGURES: dict[str, tuple[str, Callable[[pd.DataFrame], Figure]]] = {
    "survival": ("survival", survival_figure),
    "incidence": ("incidence", incidence_figure),
    "effects": ("effects", effects_figure),
    "trajectories": ("trajectories", trajectories_figure),
    "trajectories_spread": ("trajectories", spread_figure),
}


def write_figures(tables: Mapping[str, pd.DataFrame], folder: Path, provenance: Mapping[str, str]) -> list[Path]:
    """Draw and write every figure whose table is there and not empty.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        From :func:`cisim.analysis.outputs.comparison_tables`.
    folder : Path
        Existing folder.
    provenance : mapping of str to str
        As for :func:`cisim.analysis.figures.save.save_figure`.

    Returns
    -------
    list of Path
        The files written, PDF and PNG of each figure.
    """
    written: list[Path] = []
    for name, (table, draw) in FIGURES.items():
        if len(tables.get(table, ())):
            written += save_figure(draw(tables[table]), folder, name, provenance)
    return written
