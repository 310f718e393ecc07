"""What a sensitivity analysis runs: parameters out of the registry, a plan of points over them, one study."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cisim.core.records import CAUSES
from cisim.errors import InputError
from cisim.parameters import Parameters
from cisim.questions.sensitivity.designs import SAMPLES, draw_plan, note, one_by_one
from cisim.study.columns import FIRST_OUTCOMES
from cisim.study.design import Design, Factor
from cisim.study.design.factor import Column

#: Outcomes that need no month, and names that stand for several.
MEDIAN, THROUGH_TIME = "median", "survival"
PLAIN = ("time_free_of_failure", MEDIAN, "share_failed", "share_completed", *FIRST_OUTCOMES)
CAUSES_OF_FAILURE = tuple(f"failed_{cause}" for cause in CAUSES)
SURVIVAL = "survival_"

#: Methods that give indices of pairs.
PAIRED = ("sobol", "hdmr")

#: What screens parameters and refines those that are left (`cisim.questions.sensitivity.refining`).
AUTO = "auto"

#: What parameters are called that a screening has frozen, where they change together.
FROZEN = "frozen"

#: Fewest replicates that give two medians apart, and months of the first share of survival through time.
FEWEST_FOR_MEDIANS, FIRST_MONTH = 10, 12

#: The parameter that nothing depends on, where a plan holds one.
DUMMY = "dummy"


@dataclass(frozen=True, eq=False, kw_only=True)
class Sampling:
    """Rows of a plan, and what is to be learnt from them.

    Attributes
    ----------
    method : str
        Key of `cisim.questions.sensitivity.designs.SAMPLES`.
    factors : tuple of Factor
        Parameters with their ranges.
    second_order : bool
        Whether pairs are looked at.
    outcomes : tuple of str
        Names of outcomes.
    tau : int
        End of the window (months).
    precision : float
        Width of the widest interval that counts as converged.
    samples : int
        Size of the plan.
    shares : ndarray, shape (n_units, n_rows, columns)
        As of `cisim.questions.sensitivity.designs.draw_plan`.
    place : ndarray of int64, shape (n_units * n_rows,)
        Design point of each row.
    levels : tuple of str
        Value that each row gives to the parameter it changes, with ``method=oat``.
    frozen : tuple of str
        Parameters that change together, as one more, at the end of each unit but for its last row.
    then : Refining or None
        What follows on this screening.
    """

    method: str
    factors: tuple[Factor, ...]
    second_order: bool
    outcomes: tuple[str, ...]
    tau: int
    precision: float
    samples: int
    shares: NDArray[np.float64]
    place: NDArray[np.int64]
    levels: tuple[str, ...] = ()
    frozen: tuple[str, ...] = ()
    then: "Refining | None" = None

    @property
    def names(self) -> tuple[str, ...]:
        """Parameters, those that change together as one, and the dummy where the plan holds one."""
        names = tuple(factor.name for factor in self.factors)
        if self.frozen:
            return (*(name for name in names if name not in self.frozen), FROZEN)
        return names if self.shares.shape[-1] == len(names) else (*names, DUMMY)

    @property
    def layout(self) -> dict[str, Any]:
        """What an analysis needs to know of the rows, by the names of its layout."""
        shares = self.shares
        if self.frozen:  # many parameters have no share in common
            kept = [place for place, factor in enumerate(self.factors) if factor.name not in self.frozen]
            shares = np.pad(shares[..., kept], ((0, 0), (0, 0), (0, 1)), constant_values=np.nan)
        given = {"method": self.method, "names": self.names, "shares": shares}
        return {**given, "pairs": self.second_order, "levels": self.levels}

    def summary(self) -> dict[str, Any]:
        """Say what decides the results, as plain values."""
        return {
            "method": self.method,
            "samples": self.samples,
            "second_order": self.second_order,
            "outcomes": list(self.outcomes),
            "tau": self.tau,
            "precision": self.precision,
            **({"frozen": list(self.frozen)} if self.frozen else {}),
        }


@dataclass(frozen=True, kw_only=True)
class Refining:
    """What follows on a screening.

    Attributes
    ----------
    samples : int
        Base points.
    second_order : bool
        Whether pairs are looked at.
    negligible : float
        Share of the squared effects that frozen parameters may hold together, in [0, 1).
    """

    samples: int
    second_order: bool
    negligible: float

    def __post_init__(self) -> None:
        if not 0 <= self.negligible < 1:
            raise InputError(f"negligible={self.negligible} is out of range; give a share from 0 to below 1")


def draw(
    method: str,
    factors: Sequence[Factor],
    *,
    samples: int | None,
    seed: int,
    outcomes: Sequence[str],
    tau: int,
    precision: float,
    second_order: bool = False,
    case: Parameters | None = None,
) -> tuple[Sampling, Design]:
    """Draw the plan of a method over some parameters; rows that give the same values are one design point.

    Whole numbers and categories have equal bins of the unit interval, others the inverse of their distribution, so that
    a row is known by its shares: indices are those of the shares. ``oat`` goes out from `case`, the defaults if None.

    Raises
    ------
    InputError
        If the method is not known, or these make no plan.
    """
    if method not in SAMPLES:
        raise InputError(f"method={method} is not known; choose one of {', '.join(SAMPLES)}, {AUTO}")
    if second_order and method not in PAIRED:
        names = " or ".join(PAIRED)
        raise InputError(f"second_order=true is for method={names}, and method={method} gives no indices of pairs")
    n = SAMPLES[method] if samples is None else samples
    asked: dict[str, Any] = {"method": method, "factors": tuple(factors), "samples": n, "second_order": second_order}
    asked |= {"outcomes": check_outcomes(outcomes, tau), "tau": tau, "precision": precision}
    if method == "oat":
        design, shares, levels = one_by_one(factors, n, case or Parameters())
        return Sampling(**asked, shares=shares, place=np.arange(design.n_points), levels=levels), design
    shares = draw_plan(method, len(factors), n, seed, second_order=second_order)
    design, place = as_design(method, factors, shares, note(method, n))
    return Sampling(**asked, shares=shares, place=place), design


def as_design(
    method: str, factors: Sequence[Factor], shares: NDArray[np.float64], notes: tuple[str, ...]
) -> tuple[Design, NDArray[np.int64]]:
    """Turn the rows of a plan into design points, each once; return the point of each row too."""
    flat = shares.reshape(-1, shares.shape[-1])
    columns: dict[str, Column] = {factor.name: factor.at(flat[:, j]) for j, factor in enumerate(factors)}
    table = pd.DataFrame(columns)
    place = table.groupby(list(columns), sort=False).ngroup().to_numpy().astype(np.int64)
    first = ~table.duplicated().to_numpy()
    repeats = int((~first).sum())
    said = (f"{repeats} of {len(first)} rows repeat others and are run once",) if repeats else ()
    return Design(method, {name: column[first] for name, column in columns.items()}, (*notes, *said)), place


def check_outcomes(wanted: Sequence[str], horizon: int) -> tuple[str, ...]:
    """Names of the outcomes asked for, each once; ``causes`` stands for the probability of each cause of failure.

    Raises
    ------
    InputError
        For a name that there is not, a month after the end of the window, or ``survival`` in less than a year.
    """
    named = [name for text in wanted for name in (CAUSES_OF_FAILURE if text == "causes" else (text,))]
    if not named:
        raise InputError("outcomes=[] names none; give for instance outcomes=[time_free_of_failure,share_failed]")
    for name in named:
        month = name.removeprefix(SURVIVAL)
        if name.startswith(SURVIVAL) and month.isdecimal():
            if not 1 <= int(month) <= horizon:
                raise InputError(f"outcome {name} is not followed; give a month from 1 to {horizon}")
        elif name == THROUGH_TIME:
            if horizon < FIRST_MONTH:
                raise InputError(f"outcome {name} is taken year by year; give tau={FIRST_MONTH} or more")
        elif name not in (*PLAIN, *CAUSES_OF_FAILURE):
            raise InputError(
                f"outcome {name} is not known; choose among {', '.join(PLAIN)}, survival, survival_MONTH, causes, "
                f"{', '.join(CAUSES_OF_FAILURE)}"
            )
    return tuple(dict.fromkeys(named))


def check_worlds(wanted: Collection[str], replicates: int) -> None:
    """Raise InputError if a median is asked for and there are too few worlds to tell it from chance."""
    if MEDIAN in wanted and replicates < FEWEST_FOR_MEDIANS:
        raise InputError(
            f"outcome {MEDIAN} is compared between groups of worlds, and replicates={replicates} are too few; give "
            f"replicates={FEWEST_FOR_MEDIANS} or more"
        )
