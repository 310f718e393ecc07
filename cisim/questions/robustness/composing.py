"""Tests of robustness: arms, disturbances and options in, a study with its plan out."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cisim.config.compose import compose_one
from cisim.config.names import Names
from cisim.config.posterior import with_posterior
from cisim.config.values import listed, window_of
from cisim.questions.robustness.exposures import CLASSES, Stress
from cisim.questions.robustness.plan import check_exposures, exposures_of, stress_design
from cisim.study.study import Study


def compose_robustness(overrides: Sequence[str], names: Names, folders: Sequence[Path]) -> Study:
    """Compose the study that ``cisim robustness`` runs; InputError for every bad input, in one line."""
    study, config = compose_one(overrides, names, folders)
    is_over_ensemble = config.posterior not in (None, False)
    months, classes = listed(config, "months", int), listed(config, "classes", str) or list(CLASSES)
    sizes, rates = listed(config, "sizes", float), listed(config, "rates", float)
    states = listed(config, "states", str)
    stress = Stress(
        labels=study.strategies,
        states=tuple(states),
        within=config.within,
        band=config.band,
        tau=window_of(config.tau, study.params.observation.horizon),
    )
    check_exposures(classes, months, sizes, rates, stress)
    if is_over_ensemble:  # trajectories of so many runs would be too many
        stress = replace(stress, states=())
    stress, design = stress_design(
        replace(stress, exposures=exposures_of(classes, months, sizes, rates)), study.params, study.intensity
    )
    planned = replace(study, design=design, task=stress, trajectories=stress.excerpt() is not None)
    return with_posterior(planned, config.posterior)
