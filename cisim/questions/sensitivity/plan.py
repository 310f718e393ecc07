"""Design of a sensitivity analysis: parameters of the registry, a plan of points over them, one study."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from cisim.config.compose import compose_one
from cisim.config.names import find_names, list_option, window_of
from cisim.config.overrides import parse, read_factors
from cisim.errors import InputError
from cisim.parameters import REGISTRY, Parameters
from cisim.parameters.checks import TOGETHER
from cisim.questions.sensitivity import VERB
from cisim.questions.sensitivity.outcomes import SURVIVAL, check_outcomes, check_worlds
from cisim.questions.sensitivity.samplers import (
    SALTELLI,
    balance_note,
    draw_grouped_rows,
    draw_plan_rows,
    levels_one_at_a_time,
)
from cisim.questions.sensitivity.sensitivity_methods import METHODS, SURROGATE
from cisim.questions.sensitivity.units_and_worlds import DUMMY, Floats, Ints
from cisim.study.design import SCENARIO, Design, Factor, check_points
from cisim.study.design.factor import Column
from cisim.study.study import Study
from cisim.study.task import Task
from cisim.study.varying import choose_factors

#: Screens parameters by the one method and refines those that are left by the other.
AUTO, SCREENING_METHOD, REFINING_METHOD = "auto", "morris", "sobol"

#: What parameters are called that a screening has frozen, where they change together.
FROZEN = "frozen"

#: Parameters varied where neither names nor ranges are given.
DEFAULT = "uncertainties"


@dataclass(frozen=True, eq=False, kw_only=True)
class Sampling(Task):
    """Rows of a plan, and the outcomes to be explained by them.

    Attributes
    ----------
    method : str
        Key of `cisim.questions.sensitivity.sensitivity_methods.METHODS`.
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
        As of `cisim.questions.sensitivity.samplers.Sampler.draw`.
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
    shares: Floats
    place: Ints
    levels: tuple[str, ...] = ()
    frozen: tuple[str, ...] = ()
    then: "Refining | None" = None

    @property
    def refining(self) -> "Refining":
        """Second stage after a screening; TypeError if there is none, a fault of the program."""
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
        """Layout of the rows for an analysis, by the names of its parameters."""
        shares = self.shares
        if self.frozen:  # many parameters have no share in common
            kept = [place for place, factor in enumerate(self.factors) if factor.name not in self.frozen]
            shares = np.pad(shares[..., kept], ((0, 0), (0, 0), (0, 1)), constant_values=np.nan)
        given = {"method": self.method, "names": self.names, "shares": shares}
        return {**given, "pairs": self.second_order, "levels": self.levels}

    def summary(self) -> dict[str, Any]:
        """Return what decides the results, as plain values."""
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
    """Second stage after a screening.

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


def draw_sampling(
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
    if method not in METHODS:
        raise InputError(f"method={method} is not known; choose one of {', '.join(METHODS)}, {AUTO}")
    asked_for = METHODS[method]
    if second_order and not asked_for.second_order:
        names = " or ".join(name for name, other in METHODS.items() if other.second_order)
        raise InputError(f"second_order=true is for method={names}, and method={method} gives no indices of pairs")
    n = asked_for.samples if samples is None else samples
    asked: dict[str, Any] = {"method": method, "factors": tuple(factors), "samples": n, "second_order": second_order}
    asked |= {"outcomes": check_outcomes(outcomes, tau), "tau": tau, "precision": precision}
    if asked_for.sampler is None:
        design, shares, levels = levels_one_at_a_time(factors, n, case or Parameters())
        return Sampling(**asked, shares=shares, place=np.arange(design.n_points), levels=levels), design
    check_samples(method, n)
    shares = draw_plan_rows(asked_for.sampler, len(factors), n, seed, second_order=second_order)
    design, place = design_of_rows(method, factors, shares, balance_note(asked_for.sampler, n))
    return Sampling(**asked, shares=shares, place=place), design


def check_samples(method: str, samples: int) -> None:
    """Raise InputError if a method needs more samples."""
    fewest = METHODS[method].fewest_samples
    if samples < fewest:
        raise InputError(f"samples={samples} is no use to method={method}; give {fewest} or more")


def design_of_rows(
    method: str, factors: Sequence[Factor], shares: Floats, notes: tuple[str, ...]
) -> tuple[Design, Ints]:
    """Return the rows of a plan as design points, each once, and the point of each row."""
    flat = shares.reshape(-1, shares.shape[-1])
    columns: dict[str, Column] = {factor.name: factor.at(flat[:, j]) for j, factor in enumerate(factors)}
    table = pd.DataFrame(columns)
    place = table.groupby(list(columns), sort=False).ngroup().to_numpy().astype(np.int64)
    first = ~table.duplicated().to_numpy()
    repeats = int((~first).sum())
    note = (f"{repeats} of {len(first)} rows repeat others and are run once",) if repeats else ()
    return Design(method, {name: column[first] for name, column in columns.items()}, (*notes, *note)), place


def refined_study(screening: Study, frozen: Collection[str]) -> Study:
    """Return the study that follows on a screening: Sobol's indices of the parameters that are not frozen.

    Parameters
    ----------
    screening : Study
        Its sampling holds what follows.
    frozen : collection of str
        Parameters that change together.

    Notes
    -----
    Nothing is fixed at a value: the total index of the frozen parameters together is what fixing them would lose
    (Sobol', Tarantola, Gatelli, Kucherenko & Mauntz 2007, Reliability Engineering & System Safety 92:957).
    """
    first = screening.task_as(Sampling)
    then, k = first.refining, len(first.factors)
    check_samples(REFINING_METHOD, then.samples)
    kept = [place for place, factor in enumerate(first.factors) if factor.name not in frozen]
    pairs = then.second_order
    if frozen:
        shares = draw_grouped_rows(kept, k, then.samples, screening.seed, second_order=pairs)
    else:
        shares = draw_plan_rows(SALTELLI, k, then.samples, screening.seed, second_order=pairs)
    design, place = design_of_rows(REFINING_METHOD, first.factors, shares, balance_note(SALTELLI, then.samples))
    names = tuple(factor.name for factor in first.factors if factor.name in frozen)
    plan = replace(first, method=REFINING_METHOD, samples=then.samples, shares=shares, place=place, second_order=pairs)
    sampling = replace(plan, frozen=names, then=None)
    return replace(screening, design=design, task=sampling)


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
    wanted = list_option(options, "parameters", str)
    fixed = {parse(text).key_or_group for text in plain} & set(REGISTRY)
    factors, notes = choose_factors(wanted or ([] if given else [DEFAULT]), given, fixed, study.params)
    if not 0 < options.precision < 2:
        raise InputError(f"precision={options.precision} is out of range; give a width above 0 and below 2")
    if options.surrogate and (options.method != "sobol" or options.second_order):
        raise InputError("surrogate=true is for method=sobol without second_order=true; leave one of them out")
    method = SURROGATE if options.surrogate else options.method
    then = _refining(options) if method == AUTO else None
    outcomes = list_option(options, "outcomes", str)
    check_worlds(outcomes, study.replicates)
    at_once = then is not None or (method in METHODS and not METHODS[method].through_time)
    if SURVIVAL in outcomes and at_once:
        raise InputError(f"method={method} takes one number at a time; give survival_MONTH in place of {SURVIVAL}")
    sampling, design = draw_sampling(
        method if then is None else SCREENING_METHOD,
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
    """Return the second stage after a screening; InputError if it is not possible."""
    samples = METHODS[REFINING_METHOD].samples if options.samples is None else options.samples
    check_samples(REFINING_METHOD, samples)
    return Refining(samples=samples, second_order=options.second_order, negligible=float(options.negligible))
