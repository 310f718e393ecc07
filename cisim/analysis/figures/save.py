"""Write a figure as PDF and PNG with its provenance inside the file, the same bytes every time."""

from collections.abc import Mapping
from pathlib import Path

from matplotlib.figure import Figure

from cisim.analysis.figures.style import styled

DOTS_PER_INCH = 300


def save_figure(figure: Figure, folder: Path, name: str, provenance: Mapping[str, str]) -> list[Path]:
    """Write ``name.pdf`` and ``name.png``.

    Parameters
    ----------
    figure : Figure
        Drawn by one of this package's functions.
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
    text = "; ".join(f"{key}: {value}" for key, value in provenance.items())
    pdf, png = folder / f"{name}.pdf", folder / f"{name}.png"
    with styled():
        figure.draw_without_rendering()
        figure.set_layout_engine("none")  # the places found serve both files; finding them takes half of the time
        figure.savefig(pdf, metadata={"Title": name, "Subject": text, "Creator": "cisim", "CreationDate": None})
        figure.savefig(png, dpi=DOTS_PER_INCH, metadata={"Title": name, "Description": text, "Software": "cisim"})
    figure.clear()
    return [pdf, png]
