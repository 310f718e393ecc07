"""Damage to files, by chance: one flipped bit, a cut, two files exchanged, a copy over another, a loss, an edit."""

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path


def flip(folder: Path, chance: random.Random) -> str:
    """Flip one bit of a file."""
    path = _file(folder, chance)
    content = bytearray(path.read_bytes())
    at = chance.randrange(len(content)) if content else 0
    if content:
        content[at] ^= 1 << chance.randrange(8)
    path.write_bytes(content)
    return f"bit flipped in byte {at} of {path}"


def cut(folder: Path, chance: random.Random) -> str:
    """Cut the end of a file off."""
    path = _file(folder, chance)
    content = path.read_bytes()
    size = chance.randrange(len(content)) if content else 0
    path.write_bytes(content[:size])
    return f"{path} cut to {size} bytes"


def swap(folder: Path, chance: random.Random) -> str:
    """Exchange two files."""
    one, two = _file(folder, chance), _file(folder, chance)
    content = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(content)
    return f"{one} and {two} exchanged"


def copy(folder: Path, chance: random.Random) -> str:
    """Copy one file over another of its kind."""
    one = _file(folder, chance)
    two = chance.choice(sorted(path for path in folder.rglob(f"*{one.suffix}") if path.is_file()) or [one])
    if one != two:
        shutil.copyfile(one, two)
    return f"{one} copied over {two}"


def lose(folder: Path, chance: random.Random) -> str:
    """Remove a file."""
    path = _file(folder, chance)
    path.unlink()
    return f"{path} removed"


def edit(folder: Path, chance: random.Random) -> str:
    """Change a number in a file of JSON or YAML."""
    path = _file(folder, chance, (".json", ".yaml"))
    text = path.read_text(encoding="utf-8")
    numbers = list(re.finditer(r"\d+", text))
    if numbers:
        found = chance.choice(numbers)
        text = f"{text[: found.start()]}{chance.randrange(1000)}{text[found.end() :]}"
        path.write_text(text, encoding="utf-8")
    return f"a number of {path} edited"


DAMAGES: tuple[Callable[[Path, random.Random], str], ...] = (flip, cut, swap, copy, lose, edit)


def _file(folder: Path, chance: random.Random, kinds: tuple[str, ...] = ()) -> Path:
    """Choose a file; of one of these kinds, if there is one."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return chance.choice([path for path in files if path.suffix in kinds] or files)
