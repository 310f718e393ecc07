"""What a test of robustness ran, and the names of its tables."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Tables.
EFFECTS, CONTRASTS, FINDINGS = "robustness", "robustness_contrasts", "robustness_findings"

#: Measure of the case as it is, without any disturbance of the plan.
CALM = "time_free_of_failure"

#: How a disturbance comes.
ONCE, STANDING = "once", "standing"

#: Columns that say which disturbance a row is about; month and size are empty for the mean over all of a class.
WHICH = ("kind", "class", "month", "size")


@dataclass(frozen=True)
class Exposure:
    """A disturbance (kind, class, month, size or rate) and the place of what it is compared with."""

    kind: str
    of: str
    month: int
    size: float
    twin: int


@dataclass(frozen=True, eq=False, kw_only=True)
class Layout:
    """What was run.

    Attributes
    ----------
    labels : tuple of str
        Arms.
    exposures : tuple of Exposure
        The same for every arm.
    place : ndarray of int, shape (n_arms * n_exposures,)
        Setting of each exposure of each arm among those run.
    weights : ndarray, shape (n_members,)
        Weights of the parameter sets that every setting was run with; one of 1 without an ensemble.
    tau : int
        End of the window (months).
    within : int
        Months after a shock for which it is followed.
    """

    labels: tuple[str, ...]
    exposures: tuple[Exposure, ...]
    place: Ints
    weights: Floats
    tau: int
    within: int

    def setting(self, arm: int, exposure: int) -> int:
        """Return the setting of an exposure of an arm."""
        return int(self.place[arm * len(self.exposures) + exposure])

    @property
    def n_settings(self) -> int:
        """Settings that were run."""
        return int(self.place.max()) + 1

    @property
    def disturbances(self) -> list[int]:
        """Places of the exposures that are compared with another."""
        return [place for place, exposure in enumerate(self.exposures) if exposure.twin != place]
