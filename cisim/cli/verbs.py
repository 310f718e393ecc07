"""Parsing of the command line, and the list of verbs, each imported only when it is used."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from cisim.config.options import Verb
from cisim.errors import InputError


@dataclass(frozen=True)
class Arguments:
    """A parsed command line.

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
    """Parse a command line; InputError for an unknown flag, or one without its value."""
    rest: list[str] = []
    config_dir = None
    flags = {"several": False, "help": False, "version": False}
    queue = list(words)
    for word in queue:
        if not word.isascii() and word != word.encode(errors="ignore").decode():
            raise InputError(f"{word.encode(errors='replace').decode()} is not written in UTF-8; write it in UTF-8")
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


#: Package of each verb, which holds its ``VERB``; ``do_NAME(arguments)`` in its module ``verb`` does it.
VERBS = {
    "run": "cisim.questions.run",
    "compare": "cisim.questions.compare",
    "sweep": "cisim.questions.sweep",
    "sensitivity": "cisim.questions.sensitivity",
    "claims": "cisim.questions.claims",
    "robustness": "cisim.questions.robustness",
    "advise": "cisim.questions.advise",
    "discover": "cisim.questions.discover",
    "calibrate": "cisim.questions.calibrate",
    "report": "cisim.report",
    "replay": "cisim.questions.replay",
    "diff": "cisim.questions.diff",
    "fit": "cisim.questions.fit",
    "check": "cisim.questions.check",
    "verify": "cisim.questions.verify",
    "params": "cisim.questions.params",
}


def check_verb(name: str) -> None:
    """Raise InputError unless there is a verb of this name."""
    if name not in VERBS:
        raise InputError(f"unknown verb {name}; choose one of {', '.join(VERBS)}")


def declared(name: str) -> Verb:
    """Return the declaration of a verb."""
    verb: Verb = import_module(VERBS[name]).VERB
    return verb


def do_verb(arguments: Arguments) -> int:
    """Do what the command line asks for and return the exit code."""
    module = import_module(f"{VERBS[arguments.verb]}.verb")
    code: int = getattr(module, f"do_{arguments.verb}")(arguments)
    return code
