"""The hashes that are recorded, by platform."""

import json
from pathlib import Path

import pytest

from tests.frozen.commands import COMMANDS
from tests.frozen.freezing import freeze
from tests.frozen.signature import signature

FILE = Path(__file__).with_name("frozen.json")

#: SHA-256 by file, of every command by its name.
Hashes = dict[str, dict[str, str]]


def platforms() -> list[tuple[dict[str, str], Hashes]]:
    """Return the signature of every platform that is recorded, with its hashes."""
    if not FILE.exists():
        return []
    return [(entry["signature"], entry["commands"]) for entry in json.loads(FILE.read_text(encoding="utf-8"))]


def record(hashes: Hashes) -> None:
    """Write the file with new hashes of this platform; those of others stay."""
    others = [(other, kept) for other, kept in platforms() if other != signature()]
    entries = [{"signature": other, "commands": kept} for other, kept in [*others, (signature(), hashes)]]
    FILE.write_text(json.dumps(entries, indent=1) + "\n", encoding="utf-8")


def recorded() -> Hashes:
    """Return the hashes of this platform; skip the test where there are none."""
    for other, hashes in platforms():
        if other == signature():
            return hashes
    pytest.skip(f"no hashes are recorded for this platform: {'; or '.join(differences())}")


def differences() -> list[str]:
    """What differs between this platform and each that is recorded."""
    mine = signature()
    names = [[name for name in mine if mine[name] != other.get(name)] for other, _ in platforms()]
    return [f"other {', '.join(differing)}" for differing in names]


def check(name: str, folder: Path) -> None:
    """Run a command in an empty folder and compare what it writes; fail with the names of the files that differ."""
    before = recorded()[name]
    now = freeze(COMMANDS[name], folder)
    differing = sorted(file for file in before.keys() | now.keys() if before.get(file) != now.get(file))
    counts = f"{len(differing)} of {len(before)} files of {name} differ from what is frozen"
    assert not differing, f"{counts}: {', '.join(differing)}"
