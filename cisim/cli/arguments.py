"""What the command line says, before anything is looked up: a verb, its overrides, a few flags."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cisim.errors import InputError

#: Folder below which a result may be named by verb and name alone.
RESULTS = Path("results")


@dataclass(frozen=True)
class Arguments:
    """A command line taken apart.

    Attributes
    ----------
    verb : str
        First word; empty if there is none.
    overrides : tuple of str
        Everything of the form ``name=value``, and whatever else is no flag.
    config_dir : str or None
        Folder given by ``--config-dir``.
    several : bool
        Whether ``-m`` or ``--multirun`` was given.
    help, version : bool
        Whether ``-h`` or ``--help``, or ``--version``, was given.
    """

    verb: str = ""
    overrides: tuple[str, ...] = ()
    config_dir: str | None = None
    several: bool = False
    help: bool = False
    version: bool = False

    @property
    def command(self) -> str:
        """The command as one line."""
        flags = (["-m"] if self.several else []) + (["--config-dir", self.config_dir] if self.config_dir else [])
        return " ".join(["cisim", self.verb, *flags, *self.overrides])


def parse_arguments(words: Sequence[str]) -> Arguments:
    """Take a command line apart; InputError for a flag that there is not, or one without its value."""
    rest: list[str] = []
    config_dir = None
    flags = {"several": False, "help": False, "version": False}
    queue = list(words)
    while queue:
        word = queue.pop(0)
        if word in _FLAGS:
            flags[_FLAGS[word]] = True
        elif word == "--config-dir":
            if not queue:
                raise InputError("--config-dir names no folder; write --config-dir DIR")
            config_dir = queue.pop(0)
        elif word.startswith("--config-dir="):
            config_dir = word.partition("=")[2]
        elif word.startswith("--format="):
            rest.append(word.removeprefix("--"))
        elif word.startswith("-"):
            raise _unknown_flag(word)
        else:
            rest.append(word)
    return Arguments(verb="".join(rest[:1]), overrides=tuple(rest[1:]), config_dir=config_dir, **flags)


def find_result(source: str) -> Path:
    """Path of a result: as it stands, or below ``results``."""
    path = Path(source)
    return path if path.exists() or not (RESULTS / path).exists() else RESULTS / path


_FLAGS = {
    "-m": "several",
    "--multirun": "several",
    "-h": "help",
    "--help": "help",
    "--version": "version",
}


def _unknown_flag(word: str) -> InputError:
    name = word.lstrip("-").partition("=")[0]
    hint = f"write {word.lstrip('-')} without dashes" if "=" in word else "see cisim --help"
    return InputError(f"unknown flag {word.partition('=')[0]}; " + (hint if name else "see cisim --help"))
