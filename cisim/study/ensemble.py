"""A study over an ensemble of parameter sets: every setting with every member, all in the same worlds."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from cisim.errors import InputError
from cisim.parameters import REGISTRY, Parameters, get
from cisim.reading.table_files import read_whole
from cisim.study.design import SCENARIO, Design
from cisim.study.study import Study

#: The ensemble that comes with cisim, written by ``cisim calibrate``.
SHIPPED = Path(__file__).resolve().parents[1] / "data" / "ordinary.parquet"

MEMBER, WEIGHT = "member", "weight"


@dataclass(frozen=True, eq=False)
class Ensemble:
    """Parameter sets with weights.

    Attributes
    ----------
    name : str
        File that they come from.
    weights : ndarray, shape (n,)
        Weights of the members; they add up to 1.
    parameters : mapping of str to ndarray, each of shape (n,)
        Parameters by dotted name.
    """

    name: str
    weights: np.ndarray[Any, np.dtype[np.float64]]
    parameters: Mapping[str, np.ndarray[Any, np.dtype[Any]]]

    def summary(self) -> dict[str, str | int]:
        """Say what the ensemble is, with a hash of its members."""
        digest = hashlib.sha256(self.weights.tobytes())
        for name, column in self.parameters.items():
            digest.update(f"{name}={column.tolist()!r};".encode())
        return {"file": self.name, "members": len(self.weights), "digest": digest.hexdigest()[:16]}


def read_ensemble(path: Path) -> Ensemble:
    """Read ``ensemble.parquet`` of a calibration; columns that are no parameters are left aside.

    Raises
    ------
    InputError
        If the file cannot be read, or holds no ensemble.
    """
    try:
        table: pd.DataFrame = read_whole(path).to_pandas()
    except (OSError, pa.ArrowException) as problem:
        reason = " ".join(str(problem).split())
        raise InputError(f"cannot read posterior={path}: {reason}; give ensemble.parquet of a calibration") from problem
    names = [name for name in table.columns if name in REGISTRY]
    if WEIGHT not in table or not names or table.empty:
        raise InputError(f"posterior={path} is no ensemble; give ensemble.parquet of cisim calibrate")
    weights = table[WEIGHT].to_numpy(dtype=np.float64)
    if not (weights > 0).all():
        raise InputError(f"posterior={path} has a weight that is not above 0; give ensemble.parquet of cisim calibrate")
    return Ensemble(path.name, weights / weights.sum(), {name: table[name].to_numpy() for name in names})


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
    return replace(
        study, design=design, ensemble=ensemble, n_settings=settings.n_points, members=False, trajectories=False
    )


def _is_set(name: str, params: Parameters) -> bool:
    return get(params, name) != REGISTRY[name].default
