"""What a sensitivity analysis runs: parameters out of the registry, a plan of points over them, one study."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cisim.core.records import CAUSES
from cisim.errors import InputError
from cisim.parameters import REGISTRY, Parameters, Value, get, lookup
from cisim.parameters.checks import TOGETHER, check_together
from cisim.study.columns import FIRST_OUTCOMES
from cisim.study.design import Design, Factor
from cisim.study.design.factor import Column
from cisim.study.design.plans import SAMPLES, draw_plan, note, one_by_one

#: Sets of parameters by the role that they have.
SETS = {"uncertainties": ("uncertainty",), "levers": ("lever",), "all": ("uncertainty", "lever")}

#: Outcomes that need no month, and names that stand for several.
PLAIN = ("time_free_of_failure", "share_failed", "share_completed", *FIRST_OUTCOMES)
CAUSES_OF_FAILURE = tuple(f"failed_{cause}" for cause in CAUSES)
SURVIVAL = "survival_"

#: Methods that give indices of pairs.
PAIRED = ("sobol", "hdmr")

#: The parameter that nothing depends on, where a plan holds one.
DUMMY = "dummy"


@dataclass(frozen=True, eq=False, kw_only=True)
class Sampling:
    """Rows of a plan, and what is to be learnt from them.

    Attributes
    ----------
    method : str
        Key of `cisim.study.design.plans.SAMPLES`.
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
        As of `cisim.study.design.plans.draw_plan`.
    place : ndarray of int64, shape (n_units * n_rows,)
        Design point of each row.
    levels : tuple of str
        Value that each row gives to the parameter it changes, with ``method=oat``.
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

    @property
    def names(self) -> tuple[str, ...]:
        """Parameters, and the dummy where the plan holds one."""
        names = tuple(factor.name for factor in self.factors)
        return names if self.shares.shape[-1] == len(names) else (*names, DUMMY)

    @property
    def layout(self) -> dict[str, Any]:
        """What an analysis needs to know of the rows, by the names of its layout."""
        given = {"method": self.method, "names": self.names, "shares": self.shares}
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
        }


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
        raise InputError(f"method={method} is not known; choose one of {', '.join(SAMPLES)}")
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
        For a name that there is not, or a month after the horizon.
    """
    named = [name for text in wanted for name in (CAUSES_OF_FAILURE if text == "causes" else (text,))]
    if not named:
        raise InputError("outcomes=[] names none; give for instance outcomes=[time_free_of_failure,share_failed]")
    for name in named:
        month = name.removeprefix(SURVIVAL)
        if name.startswith(SURVIVAL) and month.isdecimal():
            if not 1 <= int(month) <= horizon:
                raise InputError(f"outcome {name} is not followed; give a month from 1 to {horizon}")
        elif name not in (*PLAIN, *CAUSES_OF_FAILURE):
            raise InputError(
                f"outcome {name} is not known; choose among {', '.join(PLAIN)}, survival_MONTH, causes, "
                f"{', '.join(CAUSES_OF_FAILURE)}"
            )
    return tuple(dict.fromkeys(named))


def choose(
    wanted: str | Sequence[str], given: Sequence[Factor], fixed: Collection[str], params: Parameters
) -> tuple[tuple[Factor, ...], tuple[str, ...]]:
    """Parameters to vary, in the order of the registry, and sentences on those that are left out.

    Parameters
    ----------
    wanted : str or sequence of str
        ``uncertainties``, ``levers``, ``all`` (both), a group such as ``exit``, a dotted name, or several of these.
    given : sequence of Factor
        Parameters with ranges or levels of their own; they are varied besides.
    fixed : collection of str
        Names that the command line sets to one value: left out of sets and groups.
    params : Parameters
        The case, which all else comes from.

    Returns
    -------
    factors : tuple of Factor
        Over the whole range of the registry unless given.
    notes : tuple of str
        Why a parameter of a set is not varied.

    Raises
    ------
    InputError
        If a name is not known, is given one value too, or none is left.
    """
    listed = [wanted] if isinstance(wanted, str) else [str(name) for name in wanted]
    own = {factor.name: factor for factor in given}
    by_name = {name for name in listed if name in REGISTRY} | set(own)
    for name in sorted(by_name & set(fixed)):
        raise InputError(f"{name} is set to one value and named in parameters= too; leave out one of them")
    names = {name for text in listed for name in _named(text)} - set(fixed) | set(own)
    factors = {name: own.get(name) or _over_range(name) for name in REGISTRY if name in names}
    clashing = _clashing({name: factors[name] for name in factors if name not in by_name}, factors, params)
    chosen = tuple(factor for name, factor in factors.items() if name not in clashing)
    if not chosen:
        raise InputError("no parameter is left to vary; give parameters=uncertainties, levers, all, or names")
    if not clashing:
        return chosen, ()
    said = f"{', '.join(clashing)} stay as the case has them, since their whole ranges contradict it or one another"
    return chosen, (f"{said}; give a range that fits, for instance {_example(clashing[0])}",)


def _named(text: str) -> list[str]:
    if text in SETS:
        return [name for name, declared in REGISTRY.items() if declared.role in SETS[text]]
    group = [name for name in REGISTRY if name.split(".")[0] == text.removesuffix(".*")]
    if group:
        return [name for name in group if REGISTRY[name].role in SETS["all"]]
    return [lookup(text).name]


def _over_range(name: str) -> Factor:
    declared = REGISTRY[name]
    if declared.choices:
        return Factor(name=name, values=declared.choices)
    return Factor(name=name, low=declared.low, high=declared.high)


def _clashing(sets: Mapping[str, Factor], all_of: Mapping[str, Factor], params: Parameters) -> list[str]:
    """Parameters out of sets whose ranges do not fit the case and the other parameters that are varied.

    Rules that bind several parameters (`cisim.parameters.checks`) hold everywhere in a box if they hold at its corners.
    """
    case = {name: get(params, name) for name in TOGETHER}
    kept = {name: _ends(factor) for name, factor in all_of.items() if name in TOGETHER and name not in sets}
    left_out = []
    for name in TOGETHER:
        if name in sets:
            tried = {**kept, name: _ends(sets[name])}
            if _fits_at_corners(case, tried):
                kept = tried
            else:
                left_out.append(name)
    return left_out


def _ends(factor: Factor) -> tuple[Value, ...]:
    if not factor.is_interval:
        return tuple(factor.spaced(2).tolist())
    return tuple(factor.at(np.array([0.0, 1.0])).tolist())


def _fits_at_corners(case: Mapping[str, Value], box: Mapping[str, tuple[Value, ...]]) -> bool:
    for corner in product(*box.values()):
        try:
            check_together({**case, **dict(zip(box, corner, strict=True))})
        except InputError:
            return False
    return True


def _example(name: str) -> str:
    declared = REGISTRY[name]
    if declared.choices:
        return f"{name}={','.join(declared.choices[:2])}"
    return f"{name}=interval({declared.low:g},{declared.default:g})"
