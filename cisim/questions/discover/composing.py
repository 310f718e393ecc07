"""Scenario discovery: what is uncertain and options in, a study with its plan out."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cisim.config.names import Names
from cisim.config.uncertainty import read_case
from cisim.errors import InputError
from cisim.parameters.levers import STRATEGIES
from cisim.questions.discover.plan import Discovery
from cisim.study.arms_design import arms_design
from cisim.study.study import Study

#: Parameters that the arms set.
LEVERS = tuple(f"backbone.{name}" for name in STRATEGIES)

#: What is uncertain where neither ranges nor ``parameters=`` are given: who there is, and what befalls them.
WORLD = ("population", "environment", "shocks")


def compose_discover(overrides: Sequence[str], names: Names, folders: Sequence[Path]) -> Study:
    """Compose the study that ``cisim discover`` runs; InputError for every bad input, in one line."""
    case = read_case(overrides, names, folders, default=WORLD, levers=LEVERS)
    study, config = case.study, case.config
    horizon = study.params.observation.horizon
    if not 1 <= config.before <= horizon:
        raise InputError(f"before={config.before} is out of range; give a month from 1 to the horizon of {horizon}")
    if config.boxes < 1:
        raise InputError(f"boxes={config.boxes} is out of range; give 1 or more")
    plan = Discovery(
        labels=study.strategies,
        names=tuple(factor.name for factor in case.factors),
        before=config.before,
        boxes=config.boxes,
    )
    design = arms_design(study.strategies, study.params, study.intensity)
    return case.over_states(replace(study, design=design, task=plan))
