"""Write a figure as PDF, PNG and SVG with its provenance inside the file, the same bytes every time."""

import io
from collections.abc import Mapping
from pathlib import Path

from matplotlib.figure import Figure

from cisim.figures.style import styled

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
    """Fix the places of all parts once for every file: finding them takes half of the time."""
    if figure.get_layout_engine() is not None:
        figure.draw_without_rendering()
        figure.set_layout_engine("none")


def provenance_line(provenance: Mapping[str, str]) -> str:
    """Provenance in one line."""
    return "; ".join(f"{key}: {value}" for key, value in provenance.items())
