"""Indices with their intervals at nested sample sizes, and a plain verdict on them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cisim.questions.sensitivity.halves import FEWEST_WORLDS, error_parts
from cisim.questions.sensitivity.layout import DUMMY, SEED, Floats, Layout, luck
from cisim.questions.sensitivity.methods import METHODS
from cisim.questions.sensitivity.morris import MU
from cisim.questions.sensitivity.oat import HIGH, LOW
from cisim.survival.intervals import t_quantile

#: Parts of the sample at which indices are estimated, each the beginning of the next.
NESTED = (8, 4, 2, 1)

#: Width of the widest 95 % interval of the main index at which a sample counts as large enough, where nothing else is
#: asked for: for shares as it is, for effects in units of the largest (Sarrazin, Pianosi & Wagener 2016,
#: Environmental Modelling & Software 79:135, who ask for 0.05).
PRECISION = 0.1

#: Part of a unit that is rounding.
ROUNDING = 1e-6

#: Indices with a sign, which stand out where their interval does not hold 0.
SIGNED = (MU, LOW, HIGH)


def nested_indices(
    layout: Layout, values: Floats, *, parts: Sequence[int] | None = None, confidence: float = 0.95
) -> pd.DataFrame:
    """Estimate every index of a method with its interval, at growing parts of the design.

    Parameters
    ----------
    layout : Layout
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
        where that is not told apart), lower, upper, and ``is_distinct``: whether the interval lies above 0 and above
        that of the dummy (for the `SIGNED` effects: does not hold 0). The interval is Student's, on the standard error
        of `cisim.questions.sensitivity.halves`. What has no standard error, because half of a sample does not tell its
        variance from 0, is NaN.
    """
    method = METHODS[layout.method]
    change = luck(values, np.random.default_rng(SEED)) if method.with_dummy is not None else None
    if method.with_dummy is not None and change is not None:
        layout, values = method.with_dummy(layout, values, change)
    wanted = {layout.n_units // part for part in (NESTED if parts is None else parts)}
    sizes = sorted(n for n in wanted if n >= method.fewest) or [layout.n_units]
    return pd.concat([_table(layout.part(slice(n)), values[:n], confidence) for n in sizes], ignore_index=True)


def _table(layout: Layout, values: Floats, confidence: float) -> pd.DataFrame:
    """Estimate at one size."""
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
    if layout.n_units >= method.fewest:
        table["value"] = table["value"].where(table["standard_error"].notna())
    half = float(t_quantile(layout.n_units - 1, confidence)) * table["standard_error"]
    table = table.assign(lower=table["value"] - half, upper=table["value"] + half)
    table.insert(0, "n_units", layout.n_units)
    table = table.reset_index(drop=True)
    return table.assign(is_distinct=_distinct(table))


def _flat(found: dict[str, Floats]) -> Floats:
    return np.concatenate([array.ravel() for array in found.values()])


def _as_found(flat: Floats, found: dict[str, Floats]) -> dict[str, Floats]:
    """Take numbers as `_flat` puts them together apart again."""
    ends = np.cumsum([array.size for array in found.values()])[:-1]
    pieces = zip(found.items(), np.split(flat, ends), strict=True)
    return {name: piece.reshape(array.shape) for (name, array), piece in pieces}


def _rows(layout: Layout, index: str, values: Floats, errors: Floats, chance: Floats) -> pd.DataFrame:
    """Rows of one index; of pairs, those of two real parameters."""
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


def _distinct(table: pd.DataFrame) -> "pd.Series[bool]":
    """Whether each index is distinguishable from nothing."""
    floor = table[table["parameter"] == DUMMY].set_index("index")["upper"]
    above = table["index"].map(floor).where(table["other"] == "").fillna(0.0).clip(lower=0.0)
    is_signed = table["index"].isin(SIGNED)
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
        worlds shorten that interval more than twice the units; NaN where that is not told apart.
    """

    index: str
    width: float
    precision: float
    is_converged: bool
    distinct: tuple[str, ...]
    n_units: int
    more_units: int
    from_chance: float


def judge(table: pd.DataFrame, method: str, precision: float = PRECISION) -> Verdict | None:
    """Judge the largest size of a table of `nested_indices`; None if the outcome has no index or no interval.

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
