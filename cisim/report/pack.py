"""Tables and text as LaTeX: booktabs, every special character escaped."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from cisim.figures.entries import WIDTHS, FigureEntry, as_svg, save_figure
from cisim.reading.table_files import write_csv

#: What LaTeX would misread, and letters that not every engine has.
ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    **{letter: f"\\{letter}" for letter in "&%$#_"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "\N{MINUS SIGN}": r"$-$",
    "\N{MULTIPLICATION SIGN}": r"$\times$",
    "\N{EN DASH}": "--",
    "\N{NO-BREAK SPACE}": "~",
    "\N{INFINITY}": r"$\infty$",
}


def escape(text: str) -> str:
    """Text that LaTeX sets as it stands."""
    return "".join(ESCAPES.get(letter, letter) for letter in text)


def latex_table(table: pd.DataFrame, name: str, caption: str) -> str:
    r"""Table with booktabs rules, caption above and the label ``tab:name``; needs ``\usepackage{booktabs,graphicx}``.

    A table wider than the text is scaled down to it.
    """
    style = table.reset_index(drop=True).style.format(_cell).format_index(_cell, axis=1).hide(axis="index")
    body = style.to_latex(hrules=True, column_format=f"@{{}}{'l' * len(table.columns)}@{{}}").rstrip()
    return "\n".join(
        [
            r"\begin{table}",
            rf"\caption{{{escape(caption)}}}",
            rf"\label{{tab:{name}}}",
            r"\centering\footnotesize",
            r"\resizebox{\ifdim\width>\linewidth\linewidth\else\width\fi}{!}{%",
            body + "}",
            r"\end{table}",
            "",
        ]
    )


def _cell(value: object) -> str:
    return escape(str(value))


#: Largest SVG that goes into the page; a larger one goes in as PNG.
LARGEST_SVG = 600_000
#: Numbers of a CSV file: what lies beyond depends on the alignment of memory, and a report does not.
DIGITS = "%.10g"


class Pack:
    """A folder of files for a paper; files of the same names are replaced, others are left alone."""

    def __init__(self, folder: Path, provenance: Mapping[str, str]) -> None:
        self._folder, self._provenance = folder, provenance
        self._captions: list[str] = []
        for name in ("figures", "tables"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    def add_figure(self, entry: FigureEntry, table: pd.DataFrame, caption: str) -> tuple[bytes, str]:
        """Draw a figure in all its widths; return the picture for the page and its media type."""
        picture = b""
        media = "image/svg+xml"
        for width in entry.widths:
            figure = entry.draw(table, WIDTHS[width])
            name = f"{entry.name}-{width}"
            if width == "double":
                picture = as_svg(figure, entry.name, self._provenance)
            files = save_figure(figure, self._folder / "figures", name, self._provenance)
            if width == "double" and len(picture) > LARGEST_SVG:
                picture, media = files[1].read_bytes(), "image/png"
        files_named = ", ".join(f"figures/{entry.name}-{width}" for width in entry.widths)
        self._captions.append(f"{caption}\n[{files_named}; .pdf and .png]")
        return picture, media

    def add_data(self, name: str, table: pd.DataFrame) -> None:
        """Write a whole table as CSV."""
        write_csv(table, self._folder / "tables" / f"{name}.csv", DIGITS)

    def add_table(self, name: str, shown: pd.DataFrame, caption: str) -> None:
        """Write a table as readers see it, as LaTeX."""
        self._write(f"tables/{name}.tex", latex_table(shown, name, caption.partition(". ")[2]))
        self._captions.append(f"{caption}\n[tables/{name}.tex; all of it in tables/{name}.csv]")

    def finish(self, methods: list[str]) -> None:
        """Write the methods and the captions."""
        self._write("methods.txt", "\n\n".join(methods) + "\n")
        self._write("methods.tex", "\n\n".join(map(escape, methods)) + "\n")
        self._write("captions.txt", "\n\n".join(self._captions) + "\n")

    def _write(self, name: str, text: str) -> None:
        (self._folder / name).write_text(text, encoding="utf-8", newline="\n")
