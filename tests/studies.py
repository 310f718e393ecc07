"""Studies for the tests, composed as the command line composes them."""

from collections.abc import Sequence
from importlib import import_module

from cisim.study.study import Study

#: Verbs whose plan is so short that it stands in their module ``verb``.
SHORT = ("run", "verify")


def compose_study(verb: str, overrides: Sequence[str] = (), config_dir: str | None = None) -> Study:
    """Return the study that ``cisim VERB`` runs."""
    module = "verb" if verb in SHORT else "plan"
    plan = getattr(import_module(f"cisim.questions.{verb}.{module}"), f"plan_{verb}")
    study: Study = plan(overrides, config_dir)
    return study
