"""The configuration that both engines are docked on, as a study."""

import platform
from collections.abc import Sequence
from importlib.metadata import version

from cisim._version import __version__
from cisim.cli.experiment import for_each_study
from cisim.cli.screen import screen
from cisim.cli.verbs import Arguments
from cisim.config.compose import compose_one
from cisim.config.names import find_names
from cisim.core.series import SERIES
from cisim.errors import InputError
from cisim.questions.verify import VERB
from cisim.questions.verify.compute import Docking, dock
from cisim.study.progress import show_progress
from cisim.study.study import Study


def plan_verify(overrides: Sequence[str] = (), config_dir: str | None = None) -> Study:
    """Return the study whose configuration ``cisim verify`` docks the engines on; arguments as for every verb."""
    return compose_one(overrides, find_names(VERB, config_dir))[0]


def do_verify(arguments: Arguments) -> int:
    """Dock the engines on the configuration that the command line names; return the exit code."""
    return for_each_study(arguments, plan_verify, _verify)


def _verify(study: Study) -> int:
    """Dock, print the result, and return 0 if the engines agree, else 1."""
    if study.extensions:
        raise InputError(
            f"cisim verify cannot dock own classes ({', '.join(study.extensions)}): they run on the Mesa engine only; "
            "leave out extensions"
        )
    with show_progress(f"verify {study.scenario}", study.replicates) as watch:
        docking = dock(study.params, seed=study.seed, replicates=study.replicates, watch=watch)
    screen().print(sentence(study, docking), soft_wrap=True, highlight=False, markup=False)
    return 0 if docking.is_identical else 1


def sentence(study: Study, docking: Docking) -> str:
    """Return a sentence on what was docked and the result, to be quoted."""
    engines = f"The Mesa engine and the compiled engine of cisim {__version__} ({_packages()})"
    case = f"scenario {study.scenario} (configuration {study.fingerprint()[:12]}, seed {study.seed})"
    if not docking.is_identical:
        return f"{engines} differ in {docking.parted} of {_runs(docking.runs)} of {case}, first in {docking.first}."
    return (
        f"{engines} gave identical records, event for event and bit for bit, in {_runs(docking.runs)} of {case}: "
        f"{docking.months:,} months of {len(SERIES)} series, {docking.events:,} events and "
        f"{docking.memberships:,} memberships."
    )


def _runs(number: int) -> str:
    return "1 run" if number == 1 else f"{number:,} runs"


def _packages() -> str:
    """Versions of what computes the numbers."""
    packages = {"Mesa": "mesa", "numba": "numba", "NumPy": "numpy"}
    known = [f"{name} {version(package)}" for name, package in packages.items()]
    return ", ".join([*known, f"Python {platform.python_version()}"])
