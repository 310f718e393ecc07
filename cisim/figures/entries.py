"""A figure of a question: the table it shows, the function that draws it, the widths that suit it; and its files."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from cisim.figures.save import save_figure
from cisim.figures.style import DOUBLE, SINGLE

#: Widths in inches by the name that a file carries.
WIDTHS = {"single": SINGLE, "double": DOUBLE}
#: Widths of a figure, the usual one first.
SINGLE_FIRST, DOUBLE_FIRST, DOUBLE_ONLY = ("single", "double"), ("double", "single"), ("double",)


class FigureEntry(NamedTuple):
    """One figure, as the ``FIGURES`` of a question list it."""

    name: str
    """Name of its files."""
    table: str
    """Name of the table that it shows."""
    draw: Callable[[pd.DataFrame, float], Figure]
    """From the table and a width in inches to the figure."""
    widths: tuple[str, ...]
    """Keys of `WIDTHS`; the first is the usual one."""
    title: str = ""
    """In a report."""
    caption: str = ""
    """In a report."""
    measures: tuple[str, ...] = ()
    """Measures of a table of trajectories of which at least one must be there."""
    column: str = ""
    """Column of which at least one number must be there."""

    def shows(self, table: pd.DataFrame | None) -> bool:
        """Whether there is something to draw."""
        if table is None or table.empty or (self.column and table[self.column].isna().all()):
            return False
        return not self.measures or bool(set(self.measures) & set(table["measure"]))


class DetailSection(NamedTuple):
    """A section of a report of its own: one row of a table with its figure, such as one claim."""

    anchor: str
    """Its place in the page."""
    title: str
    """Heading."""
    text: str
    """What it is about, in a sentence; the caption of the figure begins with it."""
    facts: Mapping[str, str]
    """Everything known of it, by heading."""
    figure: FigureEntry
    """Its figure."""
    alternative: str
    """What the figure shows, for those who cannot see it."""


def write_figures(
    entries: Iterable[FigureEntry], tables: Mapping[str, pd.DataFrame], folder: Path, provenance: Mapping[str, str]
) -> list[Path]:
    """Draw and write, at its usual width, every figure whose table is there and not empty.

    Parameters
    ----------
    entries : iterable of FigureEntry
        In the order of writing.
    tables : mapping of str to DataFrame
        By name.
    folder : Path
        Existing folder.
    provenance : mapping of str to str
        As for :func:`cisim.figures.save.save_figure`.

    Returns
    -------
    list of Path
        The files written, PDF and PNG of each figure.
    """
    written: list[Path] = []
    for entry in entries:
        if entry.shows(tables.get(entry.table)):
            figure = entry.draw(tables[entry.table], WIDTHS[entry.widths[0]])
            written += save_figure(figure, folder, entry.name, provenance)
    return written
