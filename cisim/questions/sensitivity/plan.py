"""What a sensitivity analysis runs: parameters out of the registry, a plan of points over them, one study."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cisim.config.compose import compose_one
from cisim.config.factors import read_factors
from cisim.config.names import find_names
from cisim.config.overrides import parse
from cisim.config.values import listed, window_of
from cisim.errors import InputError
from cisim.parameters import REGISTRY, Parameters
from cisim.parameters.checks import TOGETHER
from cisim.questions.sensitivity import VERB
from cisim.questions.sensitivity.asked_outcomes import THROUGH_TIME, check_outcomes, check_worlds
from cisim.questions.sensitivity.designs import FEWEST, SAMPLES, SURROGATE, draw_plan, note, one_by_one
from cisim.study.design import SCENARIO, Design, Factor, check_points
from cisim.study.design.factor import Column
from cisim.study.study import Study
from cisim.study.task import Task
from cisim.study.varying import choose

#: Methods that give indices of pairs.
PAIRED = ("sobol", "hdmr")

#: What screens parameters and refines those that are left (`cisim.questions.sensitivity.refining`).
AUTO = "auto"

#: What parameters are called that a screening has frozen, where they change together.
FROZEN = "frozen"

#: The parameter that nothing depends on, where a plan holds one.
DUMMY = "dummy"

#: Parameters varied where neither names nor ranges are given.
DEFAULT = "uncertainties"


@dataclass(frozen=True, eq=False, kw_only=True)
class Sampling(Task):
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
    def refining(self) -> "Refining":
        """What follows on a screening; TypeError if nothing does, a fault of the program."""
        if self.then is None:
            raise TypeError("a sampling that nothing follows on")
        return self.then

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


def plan_sensitivity(overrides: Sequence[str] = (), config_dir: str | None = None) -> Study:
    """Return the study that ``cisim sensitivity`` runs.

    Parameters with ranges or several values on the command line are varied over these, those that ``parameters=`` names
    over the whole range of the registry, and those with one value are fixed.

    Raises
    ------
    InputError
        For every bad input, in one line.
    """
    names = find_names(VERB, config_dir)
    plain, given = read_factors(overrides, names)
    if any(factor.name == SCENARIO for factor in given):
        raise InputError("cisim sensitivity takes one scenario at a time; give scenario=NAME")
    study, options = compose_one(plain, names)
    wanted = listed(options, "parameters", str)
    fixed = {parse(text).key_or_group for text in plain} & set(REGISTRY)
    factors, notes = choose(wanted or ([] if given else [DEFAULT]), given, fixed, study.params)
    if not 0 < options.precision < 2:
        raise InputError(f"precision={options.precision} is out of range; give a width above 0 and below 2")
    if options.surrogate and (options.method != "sobol" or options.second_order):
        raise InputError("surrogate=true is for method=sobol without second_order=true; leave one of them out")
    method = SURROGATE if options.surrogate else options.method
    then = _refining(options) if method == AUTO else None
    outcomes = listed(options, "outcomes", str)
    check_worlds(outcomes, study.replicates)
    if THROUGH_TIME in outcomes and (then is not None or method == SURROGATE):
        raise InputError(f"method={method} takes one number at a time; give survival_MONTH in place of {THROUGH_TIME}")
    sampling, design = draw(
        method if then is None else "morris",
        factors,
        samples=options.samples if then is None else options.screening,
        seed=study.seed,
        outcomes=outcomes,
        tau=window_of(options.tau, study.params.observation.horizon),
        precision=float(options.precision),
        second_order=options.second_order and then is None,
        case=study.params,
    )
    design = replace(design, notes=(*notes, *design.notes))
    try:
        check_points(design, study.all_cases())
    except InputError as problem:
        bound = [name for name in TOGETHER if name in design.columns]
        raise InputError(f"{problem}; or leave out or narrow some of {', '.join(bound)}") from problem
    return replace(study, design=design, task=replace(sampling, then=then))


def _refining(options: SimpleNamespace) -> Refining:
    """Return what follows on a screening; InputError if it cannot."""
    samples = SAMPLES["sobol"] if options.samples is None else options.samples
    if samples < FEWEST:
        raise InputError(f"samples={samples} is no use to method=sobol; give {FEWEST} or more")
    return Refining(samples=samples, second_order=options.second_order, negligible=float(options.negligible))
