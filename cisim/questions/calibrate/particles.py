"""A population of parameter sets on its way to the targets, as a table that a disk can keep."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cisim.reading.table_files import is_sound, read_whole, write_frame

Floats = NDArray[np.float64]

#: Fields of `Particles` that are one number for all.
SCALARS = ("number", "generation", "tolerance", "redraw", "stride", "accepted", "runs", "is_over")


@dataclass(frozen=True, kw_only=True)
class Particles:
    """Particles after one sweep of the sampler.

    Attributes
    ----------
    shares : ndarray, shape (n, d)
        Each particle's parameters as shares of their priors.
    statistics : ndarray, shape (n, n_targets)
        What its simulation gave.
    luck : ndarray, shape (n,)
        The draw that its distance was made with (see `cisim.questions.calibrate.targets`).
    distance : ndarray, shape (n,)
        Distance to the targets.
    moves : ndarray of int64, shape (n,)
        Accepted moves of each particle at this tolerance.
    number, generation : int
        Of the sweep, and of the tolerance; 0 is the draw from the prior.
    tolerance : float
        Every particle is this near or nearer.
    redraw : float
        Probability with which a move draws a parameter of length 1 anew (`cisim.questions.calibrate.sampler.lengths`);
        above 1 more than those of length 1 are drawn anew for certain.
    stride : float
        Length of a step of the other kind of move in a parameter of length 1, where 1 is a new draw.
    accepted : float
        Share of the moves of this sweep that were accepted.
    runs : int
        Runs so far, all sweeps together.
    is_over : bool
        Whether the sampler has ended.
    """

    shares: Floats
    statistics: Floats
    luck: Floats
    distance: Floats
    moves: NDArray[np.int64]
    number: int
    generation: int
    tolerance: float
    redraw: float
    stride: float
    accepted: float
    runs: int
    is_over: bool = False

    def take(self, places: NDArray[np.int64], **changes: Any) -> "Particles":
        """Return the particles at `places`, with further fields changed."""
        rows = {name: getattr(self, name)[places] for name in ("shares", "statistics", "luck", "distance", "moves")}
        return replace(self, **{**rows, **changes})


def as_frame(population: Particles) -> pd.DataFrame:
    """One row for each particle; what is one number for all is repeated."""
    columns: dict[str, Any] = {f"share_{i}": column for i, column in enumerate(population.shares.T)}
    columns |= {f"statistic_{i}": column for i, column in enumerate(population.statistics.T)}
    columns |= {name: getattr(population, name) for name in ("luck", "distance", "moves", *SCALARS)}
    return pd.DataFrame(columns)


def from_frame(table: pd.DataFrame) -> Particles:
    """Make a population of what `as_frame` gave."""
    arrays: dict[str, Any] = {name: table[name].to_numpy() for name in ("luck", "distance", "moves")}
    for field, prefix in (("shares", "share_"), ("statistics", "statistic_")):
        names = [name for name in table.columns.astype(str) if name.startswith(prefix)]
        arrays[field] = np.ascontiguousarray(table[names].to_numpy(dtype=np.float64))
    return Particles(**arrays, **{name: table[name].iloc[0].item() for name in SCALARS})


class StepStore:
    """Steps whose results are kept, so that work that broke off goes on where it was.

    Parameters
    ----------
    folder : Path or None
        Where they are kept; None keeps nothing.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def do(self, name: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """Return the table of a step: kept, or made now and kept, whole or not at all."""
        if self._folder is None:
            return make()
        path = self._folder / f"{name}.parquet"
        if not is_sound(path):
            self._folder.mkdir(exist_ok=True)
            write_frame(make(), path)
        found: pd.DataFrame = read_whole(path).to_pandas()
        return found

    def clear(self) -> None:
        """Remove what was kept."""
        if self._folder is not None and self._folder.is_dir():
            for path in self._folder.iterdir():
                path.unlink()
            self._folder.rmdir()


def trace(populations: Sequence[Particles]) -> pd.DataFrame:
    """One row for each sweep: tolerance, acceptance and runs."""
    rows = [{name: getattr(population, name) for name in SCALARS} for population in populations]
    return pd.DataFrame(rows).drop(columns="is_over").rename(columns={"number": "sweep"})
