"""Disturbances that a test of robustness runs, each with what it is compared with, and where their runs are."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cisim.study.task import Task, TrajectoryFilter

#: Classes of disturbance (S1 §2.2), and how one comes: once, or at a rate as long as the coalition lasts.
CLASSES = ("internal", "external", "relational")
ONCE, STANDING = "once", "standing"

#: Tables.
EFFECTS, CONTRASTS, FINDINGS = "robustness", "robustness_contrasts", "robustness_findings"

#: Measure of the case as it is, without any disturbance of the plan.
CALM = "time_free_of_failure"

#: Columns that say which disturbance a row is about; month and size are empty for the mean over all of a class.
WHICH = ("kind", "class", "month", "size")

#: States of which more is better, so that one can fall below what it would have been.
STATES = (
    *("trust", "commitment", "satisfaction", "social", "economic", "conditions", "credibility", "practice"),
    *("members", "staffing"),
)


@dataclass(frozen=True)
class Exposure:
    """A disturbance, or the absence of one, and the exposure that it is compared with.

    Attributes
    ----------
    kind : str
        ``once`` or ``standing``; empty for the case as it is.
    of : str
        Class of the disturbance; empty for the case as it is.
    month : int
        When it strikes; 0 if it stands.
    size : float
        Size of a shock that comes once, or rate of a standing one (a year and member, a year, or a year and tie); a
        rate of 0 is what the other rates are compared with.
    twin : int
        Place of the exposure compared with; its own where it is compared with nothing.
    """

    kind: str
    of: str
    month: int
    size: float
    twin: int


@dataclass(frozen=True, kw_only=True)
class Stress(Task):
    """Plan of a test of robustness.

    Attributes
    ----------
    labels : tuple of str
        Arms.
    states : tuple of str
        States whose recovery is followed; empty for none.
    within : int
        Months after a shock for which it is followed, and after which survival is compared.
    band : float
        Share by which a state may stay below its twin's and count as recovered.
    tau : int
        End of the window (months).
    exposures : tuple of Exposure
        The same for every arm, the case as it is first.
    place : ndarray of int64, shape (n_arms * n_exposures,)
        Design point of each exposure of each arm; exposures that give the same parameters share one.
    """

    labels: tuple[str, ...]
    states: tuple[str, ...]
    within: int
    band: float
    tau: int
    exposures: tuple[Exposure, ...] = ()
    place: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64), compare=False)

    def summary(self) -> dict[str, Any]:
        """Return what decides the results besides the design, as plain values."""
        states = list(self.states)
        return {"states": states, "within": self.within, "band": self.band, "tau": self.tau}

    def trajectory_filter(self) -> TrajectoryFilter | None:
        """Months of the states that recovery is read from: from before a shock until `within` months after it."""
        once = [exposure.month for exposure in self.exposures if exposure.kind == ONCE]
        if not self.states or not once:
            return None
        of_case = (min(once), max(once) + self.within - 1)
        others = {"": of_case, STANDING: (1, 0)}
        rows = [(e.month, e.month + self.within - 1) if e.kind == ONCE else others[e.kind] for e in self.exposures]
        spans = np.full((int(self.place.max()) + 1, 2), (1, 0))
        wanted = np.tile(np.array(rows, dtype=np.int64), (len(self.labels), 1))
        spans[self.place[::-1]] = wanted[::-1]  # where points are shared the first exposure, the case as it is, decides
        return TrajectoryFilter(self.states, spans)

    def setting(self, arm: int, exposure: int) -> int:
        """Return the design point of an exposure of an arm."""
        return int(self.place[arm * len(self.exposures) + exposure])

    @property
    def n_settings(self) -> int:
        """Number of different design points."""
        return int(self.place.max()) + 1

    @property
    def disturbances(self) -> list[int]:
        """Positions of the exposures that are compared with another."""
        return [place for place, exposure in enumerate(self.exposures) if exposure.twin != place]
