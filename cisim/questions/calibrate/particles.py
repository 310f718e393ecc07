"""Parameter sets on their way to the targets, and those that meet them with many runs."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from cisim.questions.calibrate.prior import Prior
from cisim.questions.calibrate.simulate import Simulator
from cisim.questions.calibrate.targets import INTERVAL, distances
from cisim.reading.table_files import read_proved, write_proved

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
    """Return the population of a table made by `as_frame`."""
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
    plan : str
        Identity of the calibration that they belong to.
    """

    def __init__(self, folder: Path | None = None, plan: str = "") -> None:
        self._folder, self._plan = folder, plan

    def do(self, name: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """Return the table of a step: kept and proved to be that of this step, or made now and kept."""
        if self._folder is None:
            return make()
        path, identity = self._folder / f"{name}.parquet", {"plan": self._plan, "step": name}
        known = read_proved(path, identity)
        if known is None:
            self._folder.mkdir(exist_ok=True)
            known = pa.Table.from_pandas(make(), preserve_index=False).replace_schema_metadata(None)
            write_proved(known, path, identity)
        found: pd.DataFrame = known.to_pandas()
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


#: Parameter sets that are confirmed in one step.
CHUNK = 32

#: Columns besides the parameters and the statistics.
MEMBER, WEIGHT, DISTANCE = "member", "weight", "distance"


class Central(NamedTuple):
    """The most central parameter set that meets the targets.

    Attributes
    ----------
    member : int
        Its number in the ensemble; -1 is the case as it is.
    spread : float
        How far it is from the mean of the ensemble: root mean square over the parameters, in standard deviations.
    case_spread : float
        How far the case as it is lies from that mean.
    case_distance : float
        Distance of the case as it is to the targets; 1 or less meets them.
    case_statistics : ndarray, shape (n_targets,)
        Statistics of the case as it is.
    parameters : dict of str to float
        Parameters by name.
    """

    member: int
    spread: float
    case_spread: float
    case_distance: float
    case_statistics: Floats
    parameters: dict[str, float]


def confirm_particles(
    population: Particles, simulator: Simulator, replicates: int, seed: int, kept: StepStore
) -> pd.DataFrame:
    """Simulate every distinct particle with many replicates, all in the worlds of one seed.

    Returns
    -------
    DataFrame
        One row for each distinct particle that meets the targets (every one for the kernel ``normal``, or if none
        does): member, weight (its share of the particles; they add up to 1), the parameters, the statistics under the
        names of the targets, and its distance.
    """
    targets, prior = simulator.targets, simulator.prior
    shares, copies = np.unique(population.shares, axis=0, return_counts=True)
    parts = [
        kept.do(f"confirm-{number:04d}", lambda at=at: _as_frame(simulator(shares[at], replicates, seed)))  # type: ignore[misc]
        for number, at in enumerate(_chunks(len(shares)))
    ]
    statistics = pd.concat(parts, ignore_index=True).to_numpy(dtype=np.float64)
    distance = distances(statistics, np.full(len(shares), np.exp(-0.5)), targets)
    within = distance <= 1.0 if targets.kernel == INTERVAL else np.isfinite(distance)
    chosen = np.flatnonzero(within) if within.any() else np.arange(len(shares))
    table = {MEMBER: np.arange(len(chosen)), WEIGHT: copies[chosen] / copies[chosen].sum()}
    table |= {name: column[chosen] for name, column in prior.values(shares).items()}
    table |= {name: statistics[chosen, i] for i, name in enumerate(targets.names)}
    return pd.DataFrame({**table, DISTANCE: distance[chosen]})


def find_central(ensemble: pd.DataFrame, simulator: Simulator, replicates: int, seed: int) -> Central:
    """Find the member nearest to the mean of the ensemble; the case as it is takes part if it meets the targets.

    Nearness is taken over all parameters, as shares of their priors, in standard deviations of the ensemble. The
    intervals of the targets are to be met and their values not to be chased; so the fit decides who takes part, and the
    nearness decides among them.
    """
    prior, targets = simulator.prior, simulator.targets
    own = prior.own_shares()
    found = simulator.at({name: np.array([value]) for name, value in prior.own_values().items()}, replicates, seed)
    distance = float(distances(found, np.full(1, np.exp(-0.5)), targets)[0])
    shares = np.column_stack([prior.share(name, ensemble[name].to_numpy()) for name in prior.names])
    weight = ensemble[WEIGHT].to_numpy()
    mean = weight @ shares
    spread = np.sqrt(np.maximum(weight @ (shares - mean) ** 2, 1e-12))
    far = np.sqrt((((shares - mean) / spread) ** 2).mean(axis=1))
    own_far = float(np.sqrt((((own - mean) / spread) ** 2).mean()))
    member = int(far.argmin())
    keeps_case = distance <= 1.0 and own_far <= far[member]
    values = prior.own_values() if keeps_case else {name: float(ensemble[name][member]) for name in prior.names}
    return Central(
        member=-1 if keeps_case else member,
        spread=own_far if keeps_case else float(far[member]),
        case_spread=own_far,
        case_distance=distance,
        case_statistics=found[0],
        parameters=values,
    )


def _chunks(n: int) -> Iterator[slice]:
    for first in range(0, n, CHUNK):
        yield slice(first, first + CHUNK)


def _as_frame(statistics: Floats) -> pd.DataFrame:
    return pd.DataFrame({f"statistic_{i}": column for i, column in enumerate(statistics.T)})


def prior_table(prior: Prior) -> pd.DataFrame:
    """Range and distribution of every parameter, one row each."""
    rows = []
    for name in prior.names:
        declared = prior.declared(name)
        span = {"low": declared.low, "high": declared.high, "distribution": declared.distribution}
        rows.append({"parameter": name, **span, "case": prior.own_values()[name]})
    return pd.DataFrame(rows)
