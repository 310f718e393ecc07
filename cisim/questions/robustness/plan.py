"""What a test of robustness runs: every arm without a disturbance and with each, in the same worlds."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cisim.config.compose import compose_one
from cisim.config.names import find_names
from cisim.config.values import listed, window_of
from cisim.errors import InputError
from cisim.options.posterior import with_posterior
from cisim.parameters import REGISTRY, Parameters, get
from cisim.questions.robustness import VERB
from cisim.study.arms import arms_design
from cisim.study.design import Design
from cisim.study.excerpt import Excerpt
from cisim.study.study import Study

#: Classes of disturbance (S1 §2.2), and how one comes: once, or at a rate as long as the coalition lasts.
CLASSES = ("internal", "external", "relational")
ONCE, STANDING = "once", "standing"

#: States of which more is better, so that one can fall below what it would have been.
STATES = (
    *("trust", "commitment", "satisfaction", "social", "economic", "conditions", "credibility", "practice"),
    *("members", "staffing"),
)

#: What the design varies besides the strategies.
SCHEDULED = tuple(f"shocks.scheduled_{name}" for name in ("class", "month", "size"))


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
class Stress:
    """Plan of a test of robustness.

    Attributes
    ----------
    labels : tuple of str
        Arms.
    states : tuple of str
        States whose recovery is followed; empty for none.
    within : int
        Months after a shock for which it is followed, and after which survival is told.
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
        """Say what decides the results besides the design, as plain values."""
        states = list(self.states)
        return {"states": states, "within": self.within, "band": self.band, "tau": self.tau}

    def excerpt(self) -> Excerpt | None:
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
        return Excerpt(self.states, spans)


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
    months, classes = listed(options, "months", int), listed(options, "classes", str) or list(CLASSES)
    sizes, rates = listed(options, "sizes", float), listed(options, "rates", float)
    states = listed(options, "states", str)
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
    planned = replace(study, design=design, task=stress, trajectories=stress.excerpt() is not None)
    return with_posterior(planned, options.posterior)
