"""The verbs: what each is for, and the module that does it, imported only when it is asked for."""

from dataclasses import dataclass
from importlib import import_module

from cisim.cli.arguments import Arguments
from cisim.errors import InputError


@dataclass(frozen=True)
class Verb:
    """One verb.

    Attributes
    ----------
    title : str
        One sentence.
    module : str
        Module whose ``main(arguments)`` does it and returns the exit code.
    """

    title: str
    module: str


VERBS = {
    "run": Verb("Run one scenario and show how its coalitions fare.", "cisim.questions.run.verb"),
    "compare": Verb("Compare the strategies of the backbone in the same worlds.", "cisim.questions.compare.verb"),
    "sweep": Verb("Run a design over parameters, and estimate at each of its points.", "cisim.questions.sweep.verb"),
    "sensitivity": Verb("Tell which parameters decide an outcome, and how surely.", "cisim.questions.sensitivity.verb"),
    "claims": Verb(
        "Put the claims of documents to the test, and tell where they reverse.", "cisim.questions.claims.verb"
    ),
    "robustness": Verb(
        "Tell what shocks take from a coalition, and whether strategies help.", "cisim.questions.robustness.verb"
    ),
    "advise": Verb(
        "Recommend strategies, contract and period for a case, and say how surely.", "cisim.questions.advise.verb"
    ),
    "discover": Verb("Find the conditions under which coalitions fail early.", "cisim.questions.discover.verb"),
    "calibrate": Verb(
        "Find parameter sets that meet target patterns, or durations observed.", "cisim.questions.calibrate.verb"
    ),
    "report": Verb("Make a page and a paper pack from a result or a table of durations.", "cisim.report.verb"),
    "replay": Verb(
        "Run one row of a result again, bit for bit, and tell its story event by event.", "cisim.questions.replay.verb"
    ),
    "diff": Verb(
        "Say what differs between two results: configuration, code, runs, conclusions.", "cisim.questions.diff.verb"
    ),
    "fit": Verb(
        "Describe observed durations, fit families, set simulated ones beside them.", "cisim.questions.fit.verb"
    ),
    "verify": Verb(
        "Check that both engines give identical records for a configuration.", "cisim.questions.verify.verb"
    ),
    "params": Verb("List every parameter with unit, range, role and source.", "cisim.questions.params.verb"),
}


def check_verb(name: str) -> None:
    """Raise InputError unless there is a verb of this name."""
    if name not in VERBS:
        raise InputError(f"unknown verb {name}; choose one of {', '.join(VERBS)}")


def do_verb(arguments: Arguments) -> int:
    """Do what the command line asks for and return the exit code."""
    code: int = import_module(VERBS[arguments.verb].module).main(arguments)
    return code
