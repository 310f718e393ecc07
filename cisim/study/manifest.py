"""Provenance of results: model, version, commit, packages, platform, seed, command, time."""

import hashlib
import json
import platform
import subprocess
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from cisim._version import __version__
from cisim.study.own_classes import digests, resolve_extensions
from cisim.study.study import Study

#: Packages of the model itself; the rest of cisim decides nothing that a run gives.
PARTS = ("parameters", "core", "agents")


@cache
def model_digest() -> str:
    """Hash (16 hexadecimal digits) of the sources of the model; results of equal hashes can be put together."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for part in PARTS:
        for path in sorted((package / part).rglob("*.py")):
            digest.update(path.relative_to(package).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


#: Folder that the package is in: the checkout, if it is one.
ROOT = Path(__file__).resolve().parents[2]

#: Packages that can change a number, a table or a figure.
PACKAGES = (
    "SALib",
    "hydra-core",
    "lifelines",
    "llvmlite",
    "matplotlib",
    "mesa",
    "numba",
    "numpy",
    "omegaconf",
    "pandas",
    "pyarrow",
    "scikit-learn",
    "scipy",
)


@dataclass(frozen=True, kw_only=True)
class Timing:
    """When a study began and ended (with time zone)."""

    start: datetime
    end: datetime

    @property
    def wall_seconds(self) -> float:
        """Seconds between the two."""
        return (self.end - self.start).total_seconds()


def manifest_of(study: Study, command: str, timing: Timing, state: str) -> dict[str, Any]:
    """Provenance of the results of `study`.

    Parameters
    ----------
    study : Study
        What was run.
    command : str
        How it was called.
    timing : Timing
        Begin and end.
    state : str
        ``complete``, or a remark on what is not.

    Returns
    -------
    dict
        Plain values, without host name, user or path of this machine.
    """
    return {
        **surroundings(),
        "verb": study.verb,
        "scenario": study.scenario,
        "engine": study.runs_on,
        "seed": study.seed,
        "configuration": study.fingerprint(),
        "extensions": digests(resolve_extensions(study.extensions, study.folders)),
        "command": command,
        "start": timing.start.isoformat(timespec="seconds"),
        "end": timing.end.isoformat(timespec="seconds"),
        "wall_seconds": round(timing.wall_seconds, 3),
        "state": state,
    }


def surroundings() -> dict[str, Any]:
    """Version and commit of cisim, packages, Python and kind of platform, as plain values."""
    return {
        "cisim": __version__,
        **_checkout(),
        "packages": _packages(),
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
    }


def write_manifest(description: dict[str, Any], folder: Path) -> None:
    """Write `description` as ``manifest.json``."""
    text = json.dumps(description, indent=2) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8")


def _packages() -> dict[str, str]:
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _checkout() -> dict[str, Any]:
    """Commit, and whether files differ from it, if cisim runs from a git checkout; else nothing."""
    if not (ROOT / ".git").exists():
        return {}
    commit = _git("rev-parse", "HEAD")
    if commit is None:
        return {}
    return {"commit": commit, "dirty": bool(_git("status", "--porcelain"))}


def _git(*arguments: str) -> str | None:
    """Output of a git command in the checkout; None if git is missing or fails."""
    try:
        done = subprocess.run(
            ["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=True, timeout=10
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
