"""Parameter sets with weights: the ensemble of a calibration, ranges of parameters, or both."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from cisim.errors import InputError
from cisim.parameters import REGISTRY
from cisim.reading.seal import check_if_sealed
from cisim.reading.table_files import read_whole
from cisim.study.design import Factor
from cisim.study.design.design_points import check_size

#: The ensemble that comes with cisim, written by ``cisim calibrate``.
SHIPPED = Path(__file__).resolve().parents[1] / "data" / "ordinary.parquet"

MEMBER, WEIGHT = "member", "weight"

#: Fewest states that a range is worth.
FEWEST_STATES = 8


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
        """Return size and parameters of the ensemble, with a hash of its members."""
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
    check_if_sealed(path)
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


def draw_states(ensemble: Ensemble | None, factors: Sequence[Factor], samples: int, seed: int) -> Ensemble:
    """Draw states of the world: the members of the ensemble, or points of the ranges, alike ones once.

    Parameters
    ----------
    ensemble : Ensemble or None
        What is not known otherwise.
    factors : sequence of Factor
        Parameters with ranges; a Latin hypercube spreads over them, and each state takes the parameters left over from
        a member, members by their weights (systematic resampling, Kitagawa 1996, J. Comput. Graph. Stat. 5:1).
    samples : int
        States, where there are ranges.
    seed : int
        Of the hypercube and of the order of members.

    Raises
    ------
    InputError
        If nothing is uncertain, or there are too few states.
    """
    if not factors:
        if ensemble is None:
            raise InputError("nothing is uncertain here; give posterior=true, parameters=, or ranges")
        return ensemble
    if samples < FEWEST_STATES:
        raise InputError(f"samples={samples} is too few; give {FEWEST_STATES} or more")
    check_size(samples, len(factors) + (0 if ensemble is None else len(ensemble.parameters)))
    from cisim.study.design.point_sets import latin_shares  # scipy.stats takes long to load

    shares = latin_shares(samples, len(factors), seed)
    columns = {factor.name: factor.at(shares[:, j]) for j, factor in enumerate(factors)}
    name = "ranges"
    if ensemble is not None:
        rng = np.random.default_rng(seed)
        at = (np.arange(samples) + rng.random()) / samples
        member = rng.permutation(
            np.minimum(np.searchsorted(np.cumsum(ensemble.weights), at), len(ensemble.weights) - 1)
        )
        columns = {n: column[member] for n, column in ensemble.parameters.items() if n not in columns} | columns
        name = f"{ensemble.name} and ranges"
    table = pd.DataFrame(columns)
    times = table.groupby(list(columns), sort=False).size().to_numpy()
    first = ~table.duplicated().to_numpy()
    return Ensemble(name, times / samples, {n: column[first] for n, column in columns.items()})
