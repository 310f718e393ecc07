"""Sensitivity analyses: parameters, ranges and options in, a study with its plan out."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from omegaconf import DictConfig

from cisim.config.compose import compose_one
from cisim.config.factors import read_factors
from cisim.config.names import Names
from cisim.config.overrides import parse
from cisim.config.values import listed, window_of
from cisim.errors import InputError
from cisim.parameters import REGISTRY
from cisim.parameters.checks import TOGETHER
from cisim.questions.sensitivity.outcomes import SURVIVAL, check_worlds
from cisim.questions.sensitivity.plan import (
    AUTO,
    REFINING_METHOD,
    SCREENING_METHOD,
    Refining,
    check_samples,
    draw_sampling,
)
from cisim.questions.sensitivity.sensitivity_methods import METHODS, SURROGATE
from cisim.study.design import SCENARIO, check_points
from cisim.study.study import Study
from cisim.study.varying import choose

#: Parameters varied where neither names nor ranges are given.
DEFAULT = "uncertainties"


def compose_sensitivity(overrides: Sequence[str], names: Names, folders: Sequence[Path]) -> Study:
    """Compose the study that ``cisim sensitivity`` runs.

    Parameters with ranges or several values on the command line are varied over these, those that ``parameters=`` names
    over the whole range of the registry, and those with one value are fixed.

    Raises
    ------
    InputError
        For every bad input, in one line.
    """
    plain, given = read_factors(overrides, names)
    if any(factor.name == SCENARIO for factor in given):
        raise InputError("cisim sensitivity takes one scenario at a time; give scenario=NAME")
    study, config = compose_one(plain, names, folders)
    wanted = listed(config, "parameters", str)
    fixed = {parse(text).key_or_group for text in plain} & set(REGISTRY)
    factors, notes = choose(wanted or ([] if given else [DEFAULT]), given, fixed, study.params)
    if not 0 < config.precision < 2:
        raise InputError(f"precision={config.precision} is out of range; give a width above 0 and below 2")
    if config.surrogate and (config.method != "sobol" or config.second_order):
        raise InputError("surrogate=true is for method=sobol without second_order=true; leave one of them out")
    method = SURROGATE if config.surrogate else config.method
    then = refining(config) if method == AUTO else None
    outcomes = listed(config, "outcomes", str)
    check_worlds(outcomes, study.replicates)
    at_once = then is not None or (method in METHODS and not METHODS[method].through_time)
    if SURVIVAL in outcomes and at_once:
        raise InputError(f"method={method} takes one number at a time; give survival_MONTH in place of {SURVIVAL}")
    sampling, design = draw_sampling(
        method if then is None else SCREENING_METHOD,
        factors,
        samples=config.samples if then is None else config.screening,
        seed=study.seed,
        outcomes=outcomes,
        tau=window_of(config.tau, study.params.observation.horizon),
        precision=float(config.precision),
        second_order=config.second_order and then is None,
        case=study.params,
    )
    design = replace(design, notes=(*notes, *design.notes))
    try:
        check_points(design, study.all_cases())
    except InputError as problem:
        bound = [name for name in TOGETHER if name in design.columns]
        raise InputError(f"{problem}; or leave out or narrow some of {', '.join(bound)}") from problem
    return replace(study, design=design, sampling=replace(sampling, then=then))


def refining(config: DictConfig) -> Refining:
    """Return what follows on a screening; InputError if it cannot."""
    samples = METHODS[REFINING_METHOD].samples if config.samples is None else config.samples
    check_samples(REFINING_METHOD, samples)
    return Refining(samples=samples, second_order=config.second_order, negligible=float(config.negligible))
