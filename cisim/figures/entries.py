"""Figures by name: which table each shows, in which widths; drawn and written with their provenance."""

import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from cisim.figures.style import DOUBLE, SINGLE, styled

DOTS_PER_INCH = 300


def save_figure(figure: Figure, folder: Path, name: str, provenance: Mapping[str, str]) -> list[Path]:
    """Write ``name.pdf`` and ``name.png``.

    Parameters
    ----------
    figure : Figure
        Drawn by one of this package's functions; it is empty afterwards.
    folder : Path
        Existing folder.
    name : str
        File name without its ending.
    provenance : mapping of str to str
        What made the figure, such as version, command and seed. It goes into the file's metadata; no date does.

    Returns
    -------
    list of Path
        The two files.
    """
    text = provenance_line(provenance)
    pdf, png = folder / f"{name}.pdf", folder / f"{name}.png"
    with styled():
        settle_layout(figure)
        figure.savefig(pdf, metadata={"Title": name, "Subject": text, "Creator": "cisim", "CreationDate": None})
        figure.savefig(png, dpi=DOTS_PER_INCH, metadata={"Title": name, "Description": text, "Software": "cisim"})
    figure.clear()
    return [pdf, png]


def as_svg(figure: Figure, name: str, provenance: Mapping[str, str]) -> bytes:
    """Figure as an SVG document of its own, letters as outlines, so that it looks the same everywhere.

    Parameters
    ----------
    figure, name, provenance
        As for :func:`save_figure`; the figure stays as it is.
    """
    metadata = {"Title": name, "Description": provenance_line(provenance), "Creator": "cisim", "Date": None}
    document = io.BytesIO()
    with styled():
        settle_layout(figure)
        figure.savefig(document, format="svg", metadata=metadata)
    return document.getvalue()


def settle_layout(figure: Figure) -> None:
    """Fix the layout once for every file: computing it takes half of the time."""
    if figure.get_layout_engine() is not None:
        figure.draw_without_rendering()
        figure.set_layout_engine("none")


def provenance_line(provenance: Mapping[str, str]) -> str:
    """Provenance in one line."""
    return "; ".join(f"{key}: {value}" for key, value in provenance.items())


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
        """Whether the tables have rows to draw."""
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
        As for :func:`cisim.figures.entries.save_figure`.

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
