"""``seal.json``: the last file of a result, with a digest of every file that was written before it.

A result without a seal was not brought to its end. One whose files do not have the digests of its seal was changed, cut
short or put together from several results, and is not read.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cisim.errors import InputError
from cisim.reading.table_files import file_digest

SEAL = "seal.json"

#: The resolved configuration of a result.
CONFIG = "config.yaml"

#: What a seal speaks of: tables, configuration, provenance. Not figures and pages, which nothing is read from.
SEALED = ("*.parquet", "*.yaml", "manifest.json", "tables/*.csv")


#: What to do with a result that is damaged.
REMEDY = "restore it from a copy, or remove the folder and run the study again"


@dataclass(frozen=True)
class Seal:
    """What a finished result consists of.

    Attributes
    ----------
    configuration, model : str
        Hashes of what decides the results, and of the model's sources.
    files : mapping of str to str
        SHA-256 of every file by its path in the folder.
    """

    configuration: str
    model: str
    files: Mapping[str, str]

    def digest(self) -> str:
        """Return the SHA-256 of all of this."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


def read_seal(folder: Path) -> Seal | None:
    """Return the seal of a result, None if it has none.

    Raises
    ------
    InputError
        If the seal is damaged.
    """
    path = folder / SEAL
    try:
        given: dict[str, Any] = json.loads(path.read_bytes())
        stated = given.pop("digest")
        seal = Seal(**given)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as problem:
        raise InputError(f"{path} cannot be read ({problem}); {REMEDY}") from problem
    if seal.digest() != stated:
        raise InputError(f"{path} was changed after it was written; {REMEDY}")
    return seal


def check_sealed(folder: Path, seal: Seal, only: Iterable[str] | None = None) -> None:
    """Check that files of a result are as they were sealed.

    Parameters
    ----------
    folder : Path
        Result folder.
    seal : Seal
        Its seal.
    only : iterable of str, optional
        Paths in the folder; by default every file.

    Raises
    ------
    InputError
        If one is missing, was added, or has changed.
    """
    for name in seal.files if only is None else only:
        path = folder / name
        if name not in seal.files:
            raise InputError(f"{path} does not belong to this result; {REMEDY}")
        try:
            found = file_digest(path)
        except OSError as problem:
            raise InputError(f"{path} cannot be read ({problem.strerror or problem}); {REMEDY}") from problem
        if found != seal.files[name]:
            raise InputError(f"{path} is not what was written (its SHA-256 differs from {SEAL}); {REMEDY}")
    if only is None:
        for name in sorted(set(sealed_files(folder)) - set(seal.files)):
            raise InputError(f"{folder / name} does not belong to this result; remove it, or restore {SEAL}")


def check_if_sealed(path: Path) -> None:
    """Check a table that a user names, if it lies in a finished result; InputError if it is not what was written."""
    for folder in (path.parent, path.parent.parent):
        seal = read_seal(folder)
        name = path.relative_to(folder).as_posix()
        if seal is not None and name in seal.files:
            check_sealed(folder, seal, [name])


def sealed_files(folder: Path) -> list[str]:
    """Return the paths, in a result folder, of the files that a seal speaks of, in order."""
    found = {path.relative_to(folder).as_posix() for pattern in SEALED for path in folder.glob(pattern)}
    return sorted(name for name in found if not name.startswith("."))


def write_seal(folder: Path, configuration: str, model: str) -> None:
    """Seal a result: nothing that `SEALED` names may change from here on.

    Parameters
    ----------
    folder : Path
        Result folder, all of whose files are written.
    configuration, model : str
        As for `Seal`.
    """
    seal = Seal(configuration, model, {name: file_digest(folder / name) for name in sealed_files(folder)})
    write_json({**asdict(seal), "digest": seal.digest()}, folder / SEAL, is_durable=True)


def write_json(values: Any, path: Path, *, is_durable: bool = False) -> None:
    """Write `values` as JSON, as `write_text` does."""
    write_text(json.dumps(values, indent=2) + "\n", path, is_durable=is_durable)


def write_text(text: str, path: Path, *, is_durable: bool = False) -> None:
    """Write a text file; a reader sees the old file or the new one, never a part, also when the disk is full.

    With `is_durable` it is on the disk before this returns.
    """
    partial = path.with_name(f".{path.name}.partial")
    with partial.open("w", encoding="utf-8") as file:
        file.write(text)
        if is_durable:
            file.flush()
            os.fsync(file.fileno())
    partial.replace(path)
