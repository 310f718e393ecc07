"""Which model this is: a hash of everything that decides what a run gives."""

import hashlib
from functools import cache
from pathlib import Path

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
