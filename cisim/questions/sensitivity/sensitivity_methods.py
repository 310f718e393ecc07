"""The one table of methods: sampler, estimator, needs and limits of each.

A new method is a function that estimates, in a file here, and its record in `METHODS`.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import pandas as pd

from cisim.questions.sensitivity.distribution_based import (
    DELTA,
    KS,
    PAWN,
    delta_index,
    delta_with_errors,
    pawn_index,
    regional_distance,
)
from cisim.questions.sensitivity.elementary_effects import (
    HIGH,
    LOW,
    MU,
    MU_STAR,
    SIGMA,
    SWING,
    levels_table,
    morris_measures,
    morris_with_dummy,
    oat_effects,
    oat_with_dummy,
)
from cisim.questions.sensitivity.samplers import (
    CURVES,
    N_CURVES,
    POINTS,
    SALTELLI,
    SHORTEST_CURVE,
    TRAJECTORIES,
    Sampler,
)
from cisim.questions.sensitivity.surrogate import (
    FEWEST_POINTS,
    surrogate_estimate,
    surrogate_indices,
    surrogate_tables,
)
from cisim.questions.sensitivity.units_and_worlds import FEWEST_UNITS, HALVES, LEVELS, Floats, UnitLayout
from cisim.questions.sensitivity.variance_based import (
    FEWEST_HDMR_HALVED,
    FIRST,
    HALVES_HDMR,
    TOTAL,
    fast_indices,
    hdmr_indices,
    rbd_fast_indices,
    sobol_indices,
    sobol_with_dummy,
    sobol_without_pairs,
)

#: Indices by name.
Indices = dict[str, Floats]


class OutcomeRows(NamedTuple):
    """One outcome of a design, for the tables that a method has of its own."""

    layout: UnitLayout
    """Design without the units that runs that raised have spoilt."""
    means: Floats
    """What is explained of the outcome, shape (n_units, n_rows, n_groups)."""
    whole: UnitLayout
    """Whole design."""
    values: Floats
    """Outcome of every run of the whole design, shape (n_points, n_worlds); NaN where one raised."""


class Method(NamedTuple):
    """One method of sensitivity analysis."""

    estimate: Callable[[UnitLayout, Floats], Indices]
    """From a layout and values of shape (n_units, n_rows, n_worlds) to indices by name."""
    main: str
    """Index that parameters are ranked by, and that convergence is judged by."""
    labels: Mapping[str, str]
    """What the indices that figures draw are called on an axis."""
    sampler: Sampler | None
    """How points are placed; None for levels of one parameter at a time, which are not drawn."""
    samples: int
    """Samples where no number is given."""
    fewest_samples: int = FEWEST_UNITS
    """Fewest samples that a plan is drawn of."""
    fewest_units: int = FEWEST_UNITS
    """Fewest units that intervals can be made of."""
    halves: int = HALVES
    """Halves that they are made of; fewer where an estimate takes long."""
    with_errors: Callable[[UnitLayout, Floats], tuple[Indices, Indices]] | None = None
    """Estimates with their standard errors over other units, where resampling by halves is not used."""
    with_dummy: Callable[[UnitLayout, Floats, Floats], tuple[UnitLayout, Floats]] | None = None
    """Adds a dummy out of the spread between worlds; None where the plan holds one."""
    without_pairs: Callable[[UnitLayout, Floats], tuple[UnitLayout, Floats]] | None = None
    """Leaves out the rows that indices of pairs alone take; None where there are no such rows."""
    base_rows: tuple[int, ...] | None = None
    """Rows of a unit that are drawn from the distributions of the parameters; None if all are."""
    own_tables: Callable[[OutcomeRows], dict[str, pd.DataFrame]] | None = None
    """Tables of an outcome that no other method has, by name."""
    signed: tuple[str, ...] = ()
    """Indices with a sign, which stand out where their interval does not hold 0."""
    is_share: bool = True
    """Whether indices are shares or distances in [0, 1]; else they have the unit of the outcome."""
    units_are_worlds: bool = False
    """Whether intervals are over worlds alone, since there is but one unit of points."""
    second_order: bool = False
    """Whether there are indices of pairs."""
    through_time: bool = True
    """Whether survival can be analysed year by year."""
    dispersion: bool = True
    """Whether the variance of a run about its expected value is explained too."""
    unexplained: str = "the outcome does not vary enough"
    """Why there is no index where there is none."""


#: Method that takes Sobol's indices from a surrogate, for ``method=sobol surrogate=true``.
SURROGATE = "surrogate"

_SHARES = {FIRST: "first order S1", TOTAL: "total order ST"}

#: Every method by the name that ``method=`` takes.
METHODS = {
    "morris": Method(
        morris_measures,
        MU_STAR,
        {
            MU_STAR: "mean absolute effect \N{GREEK SMALL LETTER MU}*",
            MU: "mean effect \N{GREEK SMALL LETTER MU}",
            SIGMA: "SD of effects \N{GREEK SMALL LETTER SIGMA}",
        },
        TRAJECTORIES,
        20,
        with_dummy=morris_with_dummy,
        signed=(MU,),
        is_share=False,
    ),
    "sobol": Method(
        sobol_indices,
        TOTAL,
        _SHARES,
        SALTELLI,
        256,
        with_dummy=sobol_with_dummy,
        without_pairs=sobol_without_pairs,
        base_rows=(0, -1),
        second_order=True,
    ),
    "fast": Method(fast_indices, TOTAL, _SHARES, CURVES, 2048, fewest_samples=N_CURVES * SHORTEST_CURVE),
    "oat": Method(
        oat_effects,
        SWING,
        {SWING: "swing over all levels"},
        None,
        5,
        with_dummy=oat_with_dummy,
        own_tables=lambda rows: {LEVELS: levels_table(rows.whole, rows.values)},
        signed=(LOW, HIGH),
        is_share=False,
        units_are_worlds=True,
    ),
    SURROGATE: Method(
        surrogate_estimate,
        TOTAL,
        _SHARES,
        POINTS,
        512,
        fewest_samples=FEWEST_POINTS,
        fewest_units=FEWEST_POINTS,
        with_errors=surrogate_indices,
        own_tables=lambda rows: surrogate_tables(rows.layout, rows.means),
        through_time=False,
        dispersion=False,
        unexplained="the surrogate predicts too little",
    ),
    "rbd_fast": Method(rbd_fast_indices, FIRST, _SHARES, POINTS, 1024),
    "pawn": Method(pawn_index, PAWN, {PAWN: "PAWN (median distance)"}, POINTS, 1024),
    "delta": Method(
        delta_index,
        DELTA,
        {DELTA: "Borgonovo's \N{GREEK SMALL LETTER DELTA}"},
        POINTS,
        1024,
        with_errors=delta_with_errors,
    ),
    "regional": Method(regional_distance, KS, {KS: "distance between regions (KS)"}, POINTS, 1024),
    "hdmr": Method(
        hdmr_indices,
        FIRST,
        _SHARES,
        POINTS,
        1024,
        fewest_samples=FEWEST_HDMR_HALVED,
        fewest_units=FEWEST_HDMR_HALVED,
        halves=HALVES_HDMR,
        second_order=True,
    ),
}

#: Main indices, by which parameters are ranked.
MAINS = tuple(dict.fromkeys(method.main for method in METHODS.values()))

#: What each index is called on an axis, and those that have the unit of the outcome.
INDEX_LABELS = {name: label for method in METHODS.values() for name, label in method.labels.items()}
IN_UNITS = {name for method in METHODS.values() if not method.is_share for name in method.labels}


def independent_rows(method: Method, values: Floats) -> Floats:
    """Return the rows drawn from the distributions of the parameters; where none is drawn, all rows in one world.

    Parameters
    ----------
    method : Method
        How the rows were placed.
    values : ndarray, shape (n_units, n_rows, n_worlds)
        Outcomes.
    """
    if method.sampler is None:
        return values[..., :1]
    return values if method.base_rows is None else values[:, list(method.base_rows)]
