"""A user's own classes: found by file or module, imported the same way in every process, checked.

An extension names what it replaces and where its class lives::

    extensions.gazing=experiments/patient_gazing.py:PatientGazing
    extensions.corporation=mypackage.agents:FamilyFirm
"""

import hashlib
import importlib
import importlib.util
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

from cisim.errors import InputError

#: What can be replaced: the agent class of a kind of organisation, or a strategy of the backbone.
KEYS = (
    "corporation",
    "nonprofit",
    "funder",
    "social_enterprise",
    "public_agency",
    "gazing",
    "abstracting",
    "spacing",
)


def resolve_extensions(given: Mapping[str, str], folders: Sequence[Path]) -> dict[str, str]:
    """Make every file in `given` absolute, so that all worker processes find it.

    Parameters
    ----------
    given : mapping of str to str
        ``file.py:Class`` or ``package.module:Class`` by key (see `KEYS`).
    folders : sequence of Path
        Where a relative file is looked up, in this order, after the current folder.

    Raises
    ------
    InputError
        If a reference has no class name, or no folder has the file.
    """
    return {key: _resolve(key, reference, folders) for key, reference in given.items()}


def _resolve(key: str, reference: str, folders: Sequence[Path]) -> str:
    place, _, name = reference.rpartition(":")
    if not place or not name.isidentifier():
        raise InputError(
            f"extensions.{key}={reference} names no class; write path/to/file.py:ClassName or package.module:ClassName"
        )
    if not place.endswith(".py"):
        return reference
    for folder in (Path.cwd(), *folders):
        if (folder / place).is_file():
            return f"{(folder / place).resolve()}:{name}"
    raise InputError(f"extensions.{key}={reference}: no file {place}; give a path from the current folder")


def check_trust(references: Mapping[str, str], where: str, *, trust: bool) -> None:
    """Raise InputError if there are references to code and the user does not vouch for it.

    Parameters
    ----------
    references : mapping of str to str
        As `where` has them; nothing of them is imported.
    where : str
        The result or file that names them.
    trust : bool
        Whether the user does.
    """
    if references and not trust:
        named = ", ".join(f"extensions.{key}={reference}" for key, reference in references.items())
        raise InputError(f"{where} names code to be run: {named}; read it first, then add trust=true to run it")


def digests(references: Mapping[str, str]) -> dict[str, str]:
    """SHA-256 of the content of every file in `references` (as `resolve_extensions` returns them), by key."""
    places = {key: Path(reference.rpartition(":")[0]) for key, reference in references.items()}
    return {
        key: hashlib.sha256(place.read_bytes()).hexdigest() for key, place in places.items() if place.suffix == ".py"
    }


def load_extensions(references: Mapping[str, str]) -> dict[str, type]:
    """Import every class in `references` (as `resolve_extensions` returns them) and check what it extends.

    Raises
    ------
    InputError
        If a module cannot be imported, has no such class, or the class does not extend what it replaces.
    """
    if not references:
        return {}
    from cisim.agents.organisations import check

    loaded = {}
    for key, reference in references.items():
        loaded[key] = _load_class(key, reference)
        check(key, loaded[key])
    return loaded


def _load_class(key: str, reference: str) -> type:
    place, _, name = reference.rpartition(":")
    try:
        module = _import_file(Path(place)) if place.endswith(".py") else importlib.import_module(place)
    except Exception as problem:  # whatever a user's file raises while it is read
        reason = f"{type(problem).__name__}: {problem}"
        raise InputError(f"extensions.{key}={reference} cannot be imported ({reason})") from problem
    found = getattr(module, name, None)
    if not isinstance(found, type):
        raise InputError(f"extensions.{key}={reference}: {Path(place).name} has no class {name}")
    return found


def _import_file(path: Path) -> ModuleType:
    """Import a file under a name made of its path and content: stable, but new after an edit."""
    digest = hashlib.sha256(str(path).encode() + path.read_bytes()).hexdigest()[:12]
    name = f"cisim_extension_{path.stem}_{digest}"
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module
