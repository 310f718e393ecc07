"""The verbs and the package of each: its declaration, and the module that does it, imported when it is asked for."""

from importlib import import_module

from cisim.cli.arguments import Arguments
from cisim.config.options import Verb
from cisim.errors import InputError

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
