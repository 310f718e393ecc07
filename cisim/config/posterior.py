"""``posterior=``: the study at every member of an ensemble of parameter sets."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import numpy as np

from cisim.errors import InputError
from cisim.parameters import REGISTRY, Parameters, get
from cisim.study.design import SCENARIO, Design
from cisim.study.parameter_sets import SHIPPED, Ensemble, read_ensemble
from cisim.study.study import Study


def with_posterior(study: Study, wanted: object) -> Study:
    """Return the study over the ensemble that ``posterior=`` names; as it is for false.

    Parameters
    ----------
    study : Study
        With its design.
    wanted : bool, str or None
        True is the ensemble that comes with cisim; else a Parquet file of one, or the folder of a calibration.

    Raises
    ------
    InputError
        If it names no ensemble.
    """
    ensemble = find_ensemble(wanted)
    return study if ensemble is None else over_ensemble(study, ensemble)


def find_ensemble(wanted: object) -> Ensemble | None:
    """Read the ensemble that ``posterior=`` names; None for false, InputError if it names none."""
    if wanted is None or wanted is False:
        return None
    return ensemble_of(wanted)


def ensemble_of(wanted: object) -> Ensemble:
    """Return the ensemble that ``posterior=`` names; InputError if it names none."""
    if wanted is not True and not isinstance(wanted, str):
        raise InputError(f"posterior={wanted} is not known; use true, false, or the ensemble.parquet of a calibration")
    path = SHIPPED if wanted is True else Path(str(wanted))
    if path.is_dir():
        path = path / "ensemble.parquet"
    if not path.is_file():
        raise InputError(f"posterior={wanted}: there is no {path.name}; make one with cisim calibrate")
    return read_ensemble(path)


def over_ensemble(study: Study, ensemble: Ensemble, *, ranged: Collection[str] = ()) -> Study:
    """Return the study with every setting of its design at every member of the ensemble.

    Parameters of `ranged` are varied whatever the case has. What the case or the command line sets to something else
    than the default of the registry stays as it is, and so does what the design varies: the ensemble stands for what is
    not known otherwise. Memberships and trajectories are left out, since there are so many runs.

    Raises
    ------
    InputError
        If nothing is left for the ensemble to vary.
    """
    settings, cases = study.points(), study.all_cases()
    names = [name for name in ensemble.parameters if name not in settings.columns]
    scenarios = settings.columns.get(SCENARIO, np.full(settings.n_points, next(iter(cases)), dtype=object))
    left = [name for name in names if name not in ranged]
    set_here = {case: [name for name in left if _is_set(name, params)] for case, params in cases.items()}
    for case, found in set_here.items():
        if len(found) == len(names):
            raise InputError(f"scenario {case} sets or varies all that posterior={ensemble.name} varies; leave it out")
    size = len(ensemble.weights)
    columns = {name: np.repeat(column, size) for name, column in settings.columns.items()}
    for name in names:
        own = np.array([name in set_here[case] for case in scenarios]).repeat(size)
        if not own.all():
            fixed = np.array([get(cases[case], name) for case in scenarios]).repeat(size)
            columns[name] = np.where(own, fixed, np.tile(ensemble.parameters[name], settings.n_points))
    kept = sorted({name for found in set_here.values() for name in found})
    said = (f"the ensemble leaves {', '.join(kept)} as the case has them",) if kept else ()
    design = Design("ensemble", columns, (*settings.notes, *said))
    return replace(study, design=design, ensemble=ensemble, members=False, trajectories=False)


def _is_set(name: str, params: Parameters) -> bool:
    return get(params, name) != REGISTRY[name].default
