"""The configuration that both engines are docked on, as a study."""

from collections.abc import Sequence

from cisim.config.compose import compose_one
from cisim.config.names import find_names
from cisim.questions.verify import VERB
from cisim.study.study import Study


def plan_verify(overrides: Sequence[str] = (), config_dir: str | None = None) -> Study:
    """Return the study whose configuration ``cisim verify`` docks the engines on; arguments as for every verb."""
    return compose_one(overrides, find_names(VERB, config_dir))[0]
