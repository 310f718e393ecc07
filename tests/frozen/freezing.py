"""What the commands of a table write, as SHA-256 of every file and of what they print."""

import contextlib
import hashlib
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pyarrow as pa
import pyarrow.parquet as pq
from matplotlib.figure import Figure

from cisim._version import __version__
from cisim.cli.main import main
from tests.frozen.commands import Frozen

#: Files that hold times, versions, machine or digests of the code.
LEFT_OUT = {"manifest.json", "status.json", "seal.json", "lock"}

#: Endings of figures, whose bytes depend on fonts.
FIGURES = {".pdf", ".png"}

#: Parts of a report and of its methods that name times, commit and versions.
SURROUNDINGS = re.compile(
    r'<section id="provenance">.*?</section>| \(commit [^)]*\)| \(Python [^)]*\)|'
    r"The analysis is that of cisim .*?(?=Intervals)",
    re.DOTALL,
)


def freeze(frozen: Frozen, folder: Path) -> dict[str, str]:
    """Run commands in an empty folder.

    Returns
    -------
    dict of str to str
        SHA-256 by path, in order of names; ``figure`` for a figure, of which the name counts alone;
        ``stdout N`` is what command N prints, N from 1.
    """
    for name, text in frozen.files.items():
        (folder / name).write_text(text, encoding="utf-8")
    with contextlib.chdir(folder), figures_by_name():
        printed = {f"stdout {n}": sha256(output(words)) for n, words in enumerate(frozen.commands, 1)}
    left_out = LEFT_OUT | frozen.files.keys()
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in left_out)
    return printed | {path.relative_to(folder).as_posix(): digest(path) for path in files}


def output(words: str) -> bytes:
    """Return what a command prints on stdout, without its version; it has to succeed."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([*words.split(), *(["workers=1"] if takes_workers(words) else [])])
    assert code == 0, f"cisim {words}\n{err.getvalue()}"
    return without_version(out.getvalue())


def takes_workers(words: str) -> bool:
    """Whether the verb of a command runs a study."""
    return words.split()[0] not in {"replay", "diff", "report", "fit"}


@contextlib.contextmanager
def figures_by_name() -> Iterator[None]:
    """Write figures as empty files, since their names are frozen and not their bytes."""

    def save(_: Figure, place: str | os.PathLike[str] | io.BytesIO, **__: object) -> None:
        if not isinstance(place, io.BytesIO):
            Path(place).touch()

    with mock.patch.object(Figure, "savefig", save), mock.patch.object(Figure, "draw_without_rendering"):
        yield


def digest(path: Path) -> str:
    """Return the SHA-256 of what stays the same in a file, wherever and whenever it is made."""
    if path.suffix in FIGURES:
        return "figure"
    if path.name == "points.parquet":
        return sha256(without_keys(path))
    if path.suffix in {".html", ".txt", ".tex"}:
        return sha256(without_version(SURROUNDINGS.sub("", path.read_text(encoding="utf-8"))))
    return sha256(path.read_bytes())


def without_version(text: str) -> bytes:
    """Text without the version of cisim, as bytes."""
    return text.replace(f"cisim {__version__}", "cisim VERSION").encode()


def without_keys(path: Path) -> bytes:
    """Design points as bytes, without the content keys: these change with every change of the model's code."""
    table = pq.read_table(path)
    table = table.drop_columns(["key"]) if "key" in table.column_names else table
    sink = pa.BufferOutputStream()
    pq.write_table(table.replace_schema_metadata(None), sink)
    return sink.getvalue().to_pybytes()


def sha256(content: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
