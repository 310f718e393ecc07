"""Uncertainty of a case: an ensemble of parameter sets, parameters, and ranges on the command line."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from cisim.config.compose import compose_one
from cisim.config.names import Names, list_option
from cisim.config.overrides import parse, read_factors
from cisim.errors import InputError
from cisim.parameters import REGISTRY, Parameters, get
from cisim.study.design import SCENARIO, Design, Factor, check_points
from cisim.study.design.design_points import check_size
from cisim.study.parameter_sets import SHIPPED, Ensemble, draw_states, read_ensemble
from cisim.study.study import Study
from cisim.study.varying import choose_factors


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
    check_size(settings.n_points * len(ensemble.weights), len(settings.columns) + len(ensemble.parameters))
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
    note = (f"the ensemble leaves {', '.join(kept)} as the case has them",) if kept else ()
    design = Design("ensemble", columns, (*settings.notes, *note))
    return replace(study, design=design, ensemble=ensemble, members=False, trajectories=False)


def _is_set(name: str, params: Parameters) -> bool:
    return get(params, name) != REGISTRY[name].default


@dataclass(frozen=True)
class Case:
    """A case with its uncertain parameters.

    Attributes
    ----------
    study : Study
        The case, without a design.
    options : SimpleNamespace
        Options of the verb.
    factors : tuple of Factor
        Parameters with ranges.
    notes : tuple of str
        Why a parameter of a set has none.
    fixed : collection of str
        Parameters that the command line sets to one value.
    """

    study: Study
    options: SimpleNamespace
    factors: tuple[Factor, ...]
    notes: tuple[str, ...]
    fixed: Collection[str]

    def over_states(self, planned: Study) -> Study:
        """Return the planned study at every state of the world; InputError if a state is impossible."""
        states = draw_states(find_ensemble(self.options.posterior), self.factors, self.options.samples, self.study.seed)
        made = over_ensemble(planned, states, ranged=[factor.name for factor in self.factors])
        design = replace(made.points(), notes=(*self.notes, *made.points().notes))
        check_points(design, made.all_cases())
        return replace(made, design=design)


def read_case(
    overrides: Sequence[str],
    names: Names,
    *,
    default: Sequence[str] = (),
    levers: Collection[str],
) -> Case:
    """Read a case and the ranges of what is uncertain.

    Parameters
    ----------
    overrides, names
        As for :func:`cisim.config.compose.compose_one`.
    default : sequence of str
        Parameters, groups or sets that are uncertain where neither ranges nor ``parameters=`` are given.
    levers : collection of str
        Parameters that the verb sets itself and that cannot be uncertain.
    """
    plain, given = read_factors(overrides, names)
    for factor in given:
        if factor.name == SCENARIO or factor.name in levers:
            raise InputError(f"{factor.name} cannot be uncertain here; give it one value, or none")
    study, options = compose_one(plain, names)
    fixed = {parse(text).key_or_group for text in plain} & set(REGISTRY)
    wanted = list_option(options, "parameters", str) or ([] if given else list(default))
    factors, notes = choose_factors(wanted, given, fixed | set(levers), study.params) if wanted or given else ((), ())
    return Case(study, options, factors, notes, fixed)
