"""Design of a test of robustness: every arm without a disturbance and with each, in the same worlds."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from cisim.config.compose import compose_one
from cisim.config.names import find_names, list_option, window_of
from cisim.config.uncertainty import with_posterior
from cisim.errors import InputError
from cisim.parameters import REGISTRY, Parameters, get
from cisim.questions.robustness import VERB
from cisim.questions.robustness.exposures import CLASSES, ONCE, STANDING, STATES, Exposure, Stress
from cisim.study.arms_design import arms_design
from cisim.study.design import Design
from cisim.study.study import Study

#: What the design varies besides the strategies.
SCHEDULED = tuple(f"shocks.scheduled_{name}" for name in ("class", "month", "size"))


def exposures_of(
    classes: Sequence[str], months: Sequence[int], sizes: Sequence[float], rates: Sequence[float]
) -> tuple[Exposure, ...]:
    """Every disturbance with what it is compared with, the case as it is first.

    Parameters
    ----------
    classes : sequence of str
        Out of `CLASSES`.
    months : sequence of int
        When a shock strikes that comes once.
    sizes : sequence of float
        Its sizes, above 0, at most 1.
    rates : sequence of float
        Rates of standing disturbances as shares, above 0 and at most 1, of the largest of the registry.
    """
    found = [Exposure("", "", 0, 0.0, 0)]
    for of, month, size in product(classes, months, sizes):
        found.append(Exposure(ONCE, of, month, size, 0))
    for of in classes if rates else ():
        calm, highest = len(found), REGISTRY[f"shocks.{of}_rate"].high
        assert highest is not None
        found.append(Exposure(STANDING, of, 0, 0.0, calm))
        found += [Exposure(STANDING, of, 0, round(share * highest, 12), calm) for share in rates]
    return tuple(found)


def check_exposures(
    classes: Sequence[str], months: Sequence[int], sizes: Sequence[float], rates: Sequence[float], stress: Stress
) -> None:
    """Raise InputError unless there is something to compare, all of it within the window and in range."""
    for name, given in {"classes": classes, "months": months, "sizes": sizes, "rates": rates}.items():
        if len(set(given)) < len(given):
            raise InputError(f"{name}=[{','.join(map(str, given))}] names one twice; name each once")
    for of in classes:
        if of not in CLASSES:
            raise InputError(f"classes={of} is not known; choose among {', '.join(CLASSES)}")
    for name, given in {"sizes": sizes, "rates": rates}.items():
        for value in given:
            if not 0.0 < value <= 1.0:
                raise InputError(f"{name}={value} is out of range; give shares above 0 and at most 1")
    if not classes or not ((months and sizes) or rates):
        raise InputError("there is no disturbance; give classes=, and months= with sizes=, or rates=")
    for state in stress.states:
        if state not in STATES:
            raise InputError(f"states={state} is not known; choose among {', '.join(STATES)}, or states=[] for none")
    if stress.within < 1:
        raise InputError(f"within={stress.within} is out of range; give 1 month or more")
    if not 0.0 < stress.band < 1.0:
        raise InputError(f"band={stress.band} is out of range; give a share above 0 and below 1")
    last = stress.tau - stress.within + 1
    for month in months:
        if not 1 <= month <= last:
            raise InputError(
                f"months={month} with within={stress.within} leaves the window of {stress.tau} months; "
                + (f"give months from 1 to {last}, or a smaller within=" if last >= 1 else "give a smaller within=")
            )


def stress_design(stress: Stress, params: Parameters, intensity: float | None) -> tuple[Stress, Design]:
    """Points of all arms at all exposures, those that are alike once, and the plan with its places among them."""
    n_arms, n = len(stress.labels), len(stress.exposures)
    arms = arms_design(stress.labels, params, intensity).columns
    columns: dict[str, Any] = {name: np.repeat(column, n) for name, column in arms.items()}
    calm = ("none", *(get(params, name) for name in SCHEDULED[1:]))
    once = [(e.of, e.month, e.size) if e.kind == ONCE else calm for e in stress.exposures]
    for name, values in zip(SCHEDULED, zip(*once, strict=True), strict=True):
        kind = object if isinstance(values[0], str) else None
        columns[name] = np.tile(np.array(values, dtype=kind), n_arms)
    for of in dict.fromkeys(e.of for e in stress.exposures if e.kind == STANDING):
        name = f"shocks.{of}_rate"
        at = [e.size if (e.kind, e.of) == (STANDING, of) else float(get(params, name)) for e in stress.exposures]
        columns[name] = np.tile(np.array(at), n_arms)
    table = pd.DataFrame(columns)
    place = table.groupby(list(columns), sort=False).ngroup().to_numpy().astype(np.int64)
    first = ~table.duplicated().to_numpy()
    design = Design("robustness", {name: column[first] for name, column in columns.items()})
    return replace(stress, place=place), design


def plan_robustness(overrides: Sequence[str] = (), config_dir: str | None = None) -> Study:
    """Return the study that ``cisim robustness`` runs; InputError for every bad input, in one line."""
    study, options = compose_one(overrides, find_names(VERB, config_dir))
    is_over_ensemble = options.posterior not in (None, False)
    months, classes = list_option(options, "months", int), list_option(options, "classes", str) or list(CLASSES)
    sizes, rates = list_option(options, "sizes", float), list_option(options, "rates", float)
    states = list_option(options, "states", str)
    stress = Stress(
        labels=study.strategies,
        states=tuple(states),
        within=options.within,
        band=options.band,
        tau=window_of(options.tau, study.params.observation.horizon),
    )
    check_exposures(classes, months, sizes, rates, stress)
    if is_over_ensemble:  # trajectories of so many runs would be too many
        stress = replace(stress, states=())
    stress, design = stress_design(
        replace(stress, exposures=exposures_of(classes, months, sizes, rates)), study.params, study.intensity
    )
    planned = replace(study, design=design, task=stress, trajectories=stress.trajectory_filter() is not None)
    return with_posterior(planned, options.posterior)
