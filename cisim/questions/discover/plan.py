"""Plan of scenario discovery: what is uncertain and options in, a study with its task out."""

from collections.abc import Sequence
from dataclasses import replace

from cisim.config.names import find_names
from cisim.config.uncertainty import read_case
from cisim.errors import InputError
from cisim.parameters.leadership import STRATEGIES
from cisim.questions.discover import VERB
from cisim.questions.discover.compute import Discovery
from cisim.study.arms_design import arms_design
from cisim.study.study import Study

#: Parameters that the arms set.
LEVERS = tuple(f"backbone.{name}" for name in STRATEGIES)

#: What is uncertain where neither ranges nor ``parameters=`` are given: who there is, and what befalls them.
WORLD = ("population", "environment", "shocks")


def plan_discover(overrides: Sequence[str] = (), config_dir: str | None = None) -> Study:
    """Return the study that ``cisim discover`` runs; InputError for every bad input, in one line."""
    case = read_case(overrides, find_names(VERB, config_dir), default=WORLD, levers=LEVERS)
    study, options = case.study, case.options
    horizon = study.params.observation.horizon
    if not 1 <= options.before <= horizon:
        raise InputError(f"before={options.before} is out of range; give a month from 1 to the horizon of {horizon}")
    if options.boxes < 1:
        raise InputError(f"boxes={options.boxes} is out of range; give 1 or more")
    plan = Discovery(
        labels=study.strategies,
        names=tuple(factor.name for factor in case.factors),
        before=options.before,
        boxes=options.boxes,
    )
    design = arms_design(study.strategies, study.params, study.intensity)
    return case.over_states(replace(study, design=design, task=plan))
