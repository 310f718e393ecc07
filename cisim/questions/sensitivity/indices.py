"""Indices with intervals at nested sample sizes, a verdict on the sample, and the variance taken apart."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cisim.questions.sensitivity.sensitivity_methods import METHODS
from cisim.questions.sensitivity.units_and_worlds import (
    DUMMY,
    FEWEST_WORLDS,
    SEED,
    Floats,
    Ints,
    UnitLayout,
    chance_changes,
    error_parts,
    over_pairs,
    ratio,
    standard_errors,
)
from cisim.survival.intervals import t_quantile

#: Parts of the sample at which indices are estimated, each the beginning of the next.
NESTED = (8, 4, 2, 1)

#: Width of the widest 95 % interval of the main index at which a sample counts as large enough, where nothing else is
#: asked for: for shares as it is, for effects in units of the largest (Sarrazin, Pianosi & Wagener 2016,
#: Environmental Modelling & Software 79:135, who ask for 0.05).
PRECISION = 0.1

#: Part of a unit that is rounding.
ROUNDING = 1e-6

PARAMETERS, CHANCE, INTERACTION = COMPONENTS = ("parameters", "chance", "interaction")
VARIANCE_COLUMNS = ["component", "variance", "share", "standard_error", "lower", "upper"]


def nested_indices(
    layout: UnitLayout, values: Floats, *, parts: Sequence[int] | None = None, confidence: float = 0.95
) -> pd.DataFrame:
    """Estimate every index of a method with its interval, at growing parts of the design.

    Parameters
    ----------
    layout : UnitLayout
        Design.
    values : ndarray, shape (n_units, n_rows, n_worlds)
        Outcomes; several worlds are independent repetitions, common to all rows.
    parts : sequence of int, optional
        Divisors of the sample; by default `NESTED`, and (1,) is the whole sample alone.
    confidence : float
        Coverage of every interval, in (0, 1).

    Returns
    -------
    DataFrame
        One row for each size, index and parameter: n_units, index, parameter, other (of a pair, else empty), value,
        standard_error, ``from_chance`` (the part of its square that is over other worlds and not over other units; NaN
        where the two are not known separately), lower, upper, and ``is_distinct``: whether the interval lies above 0
        and above that of the dummy (for effects with a sign: does not hold 0). The interval is Student's, on the
        standard error by random halves. A value without a standard error, because the variance of half a sample may be
        0, is NaN.
    """
    method = METHODS[layout.method]
    change = chance_changes(values, np.random.default_rng(SEED)) if method.with_dummy is not None else None
    if method.with_dummy is not None and change is not None:
        layout, values = method.with_dummy(layout, values, change)
    wanted = {layout.n_units // part for part in (NESTED if parts is None else parts)}
    sizes = sorted(n for n in wanted if n >= method.fewest_units) or [layout.n_units]
    return pd.concat([_table(layout.part(slice(n)), values[:n], confidence) for n in sizes], ignore_index=True)


def _table(layout: UnitLayout, values: Floats, confidence: float) -> pd.DataFrame:
    """Return the indices at one size."""
    method = METHODS[layout.method]
    if method.with_errors is not None:
        found, errors = method.with_errors(layout, values)
        chance = {name: np.full(array.shape, np.nan) for name, array in found.items()}
    else:
        found = method.estimate(layout, values)
        of_units, of_worlds = error_parts(
            lambda units, worlds: _flat(method.estimate(layout.part(units), values[units][..., worlds])),
            layout.n_units,
            values.shape[-1],
            method.halves,
        )
        variance = of_units + of_worlds
        errors = _as_found(np.sqrt(variance), found)
        is_told = (variance > 0) & (values.shape[-1] >= FEWEST_WORLDS)
        chance = _as_found(np.where(is_told, of_worlds, np.nan) / np.where(is_told, variance, 1.0), found)
    table = pd.concat([_rows(layout, name, found[name], errors[name], chance[name]) for name in found])
    if layout.n_units >= method.fewest_units:
        table["value"] = table["value"].where(table["standard_error"].notna())
    half = float(t_quantile(layout.n_units - 1, confidence)) * table["standard_error"]
    table = table.assign(lower=table["value"] - half, upper=table["value"] + half)
    table.insert(0, "n_units", layout.n_units)
    table = table.reset_index(drop=True)
    return table.assign(is_distinct=_distinct(table, method.signed))


def _flat(found: dict[str, Floats]) -> Floats:
    return np.concatenate([array.ravel() for array in found.values()])


def _as_found(flat: Floats, found: dict[str, Floats]) -> dict[str, Floats]:
    """Return numbers that `_flat` put together as indices by name."""
    ends = np.cumsum([array.size for array in found.values()])[:-1]
    pieces = zip(found.items(), np.split(flat, ends), strict=True)
    return {name: piece.reshape(array.shape) for (name, array), piece in pieces}


def _rows(layout: UnitLayout, index: str, values: Floats, errors: Floats, chance: Floats) -> pd.DataFrame:
    """Return the rows of one index; of pairs, those of two real parameters."""
    names = np.array(layout.names, dtype=object)
    if values.ndim == 1:
        columns = {"parameter": names, "other": "", "value": values, "standard_error": errors, "from_chance": chance}
    else:
        first, second = np.triu_indices(int((names != DUMMY).sum()), 1)
        columns = {"parameter": names[first], "other": names[second]}
        found = {"value": values, "standard_error": errors, "from_chance": chance}
        columns |= {name: array[first, second] for name, array in found.items()}
    table = pd.DataFrame(columns)
    table.insert(0, "index", index)
    return table


def _distinct(table: pd.DataFrame, with_sign: Sequence[str]) -> "pd.Series[bool]":
    """Return whether each index is distinguishable from nothing."""
    floor = table[table["parameter"] == DUMMY].set_index("index")["upper"]
    above = table["index"].map(floor).where(table["other"] == "").fillna(0.0).clip(lower=0.0)
    is_signed = table["index"].isin(with_sign)
    signed = is_signed & ((table["lower"] > 0) | (table["upper"] < 0))
    return (signed | (~is_signed & (table["lower"] > above))) & (table["parameter"] != DUMMY)


@dataclass(frozen=True)
class Verdict:
    """Whether a sample was large enough.

    Attributes
    ----------
    index : str
        Main index of the method.
    width : float
        Width of its widest interval; of effects in units of the largest.
    precision : float
        Width asked for.
    is_converged : bool
        Whether the first is at most the second.
    distinct : tuple of str
        Parameters that are distinguishable from nothing, the strongest first.
    n_units, more_units : int
        Units of the design, and how many more would make the intervals short enough; 0 if they are.
    from_chance : float
        Part of the squared standard error of the widest interval that is over other worlds. Above a half, twice the
        worlds shorten that interval more than twice the units; NaN where that is not known.
    """

    index: str
    width: float
    precision: float
    is_converged: bool
    distinct: tuple[str, ...]
    n_units: int
    more_units: int
    from_chance: float


def judge_convergence(table: pd.DataFrame, method: str, precision: float = PRECISION) -> Verdict | None:
    """Return the verdict on the largest size of `nested_indices`; None if the outcome has no index or no interval.

    The width of an interval falls with the square root of the sample, so that a width w and a precision p take
    n (w / p) ** 2 units in all.
    """
    main = METHODS[method].main
    n = int(table["n_units"].max())
    rows = table[(table["n_units"] == n) & (table["index"] == main)]
    real = rows[rows["parameter"] != DUMMY]
    scale = 1.0 if METHODS[method].is_share else float(real["value"].max())
    widths = (rows["upper"] - rows["lower"]) / scale if scale > 0 else rows["value"] * np.nan
    if widths.isna().all():
        return None
    width = float(widths.max())
    wanted = int(np.ceil(n * (width / precision) ** 2 - ROUNDING))
    strongest = real[real["is_distinct"]].sort_values("value", ascending=False, kind="stable")
    is_converged = width <= precision
    distinct = tuple(str(name) for name in strongest["parameter"])
    chance = float(rows["from_chance"].to_numpy()[widths.argmax()])
    return Verdict(main, width, precision, is_converged, distinct, n, 0 if is_converged else wanted - n, chance)


def variance_table(values: Floats, *, confidence: float = 0.95) -> pd.DataFrame:
    """Return the components of the variance of single runs, in a two-way layout of points and worlds.

    Parameters
    ----------
    values : ndarray, shape (n_units, n_rows, n_worlds)
        Outcomes of points drawn from the distributions of the parameters, all in the same worlds; units are
        independent of one another, rows of a unit may be alike. At least two units.
    confidence : float
        Coverage of every interval, in (0, 1).

    Returns
    -------
    DataFrame
        One row for each of parameters (variance of the expected outcome), chance (what a world does to all points
        alike) and interaction (what it does to some): variance, share, standard_error (of the share), lower, upper.
        With a single world nothing tells chance apart: no rows. Unbiased estimates may fall below 0.

    References
    ----------
    Searle, Casella & McCulloch 1992, Variance Components, ch. 4; for sensitivity analysis Marrel, Iooss, Da Veiga &
    Ribatet 2012, Statistics and Computing 22:833.
    """
    if values.shape[-1] < 2:
        return pd.DataFrame(columns=VARIANCE_COLUMNS)
    parts = variance_components(values)
    share = ratio(parts, parts.sum())

    def shares(units: Ints, worlds: Ints) -> Floats:
        found = variance_components(values[units][..., worlds])
        return ratio(found, found.sum())

    error = standard_errors(shares, len(values), values.shape[-1])
    half = float(t_quantile(len(values) - 1, confidence)) * error
    found = {"component": COMPONENTS, "variance": parts, "share": share, "standard_error": error}
    return pd.DataFrame({**found, "lower": share - half, "upper": share + half})


def variance_components(values: Floats) -> Floats:
    """Return the three components of variance in the order of `COMPONENTS`, from values as in `variance_table`."""
    n_points, n_worlds = values.shape[0] * values.shape[1], values.shape[-1]
    parameters = between_points(values)
    by_unit = values.mean(axis=1).T
    chance = over_pairs(lambda y: np.asarray(y.var(axis=0, ddof=1)), by_unit)
    rest = values - values.mean(axis=-1, keepdims=True) - values.mean(axis=(0, 1)) + values.mean()
    interaction = (rest**2).sum() / ((n_points - 1) * (n_worlds - 1))
    return np.array([parameters, float(chance), float(interaction)])


def between_points(values: Floats) -> float:
    """Return the variance of the expected outcome over the points, from values as in `variance_table`.

    A single world will do too. Of a single unit, as ``oat`` has, it is that of the means over worlds.
    """
    if len(values) == 1:
        return float(values.mean(axis=-1).var())
    return float(over_pairs(_between, values - values.mean(axis=(0, 1))))


def _between(y: Floats) -> Floats:
    """Return the variance over points, from rows that are alike within a unit: products are taken between units."""
    n_units, n_rows = y.shape[:2]
    sums = y.sum(axis=1)
    cross = (sums.sum(axis=0) ** 2 - (sums**2).sum(axis=0)) / (n_units * (n_units - 1) * n_rows**2)
    return np.asarray((y**2).mean(axis=(0, 1)) - cross)
