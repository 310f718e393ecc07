"""Every method by its name: what it estimates, its main index, and how it takes a dummy parameter."""

from collections.abc import Callable
from typing import NamedTuple

from cisim.questions.sensitivity import distributions, fourier, hdmr, morris, oat, saltelli, surrogate
from cisim.questions.sensitivity.gaussian import FEWEST
from cisim.questions.sensitivity.halves import FEWEST_UNITS, HALVES
from cisim.questions.sensitivity.layout import SURROGATE, Floats, Layout

Estimator = Callable[[Layout, Floats], dict[str, Floats]]


class Method(NamedTuple):
    """One method of sensitivity analysis."""

    estimate: Estimator
    """From a layout and values of shape (n_units, n_rows, n_worlds) to indices by name."""
    main: str
    """Index that parameters are ranked by, and that convergence is judged by."""
    with_dummy: Callable[[Layout, Floats, Floats], tuple[Layout, Floats]] | None = None
    """Adds a dummy out of the spread between worlds; None where the design holds one."""
    with_errors: Callable[[Layout, Floats], tuple[dict[str, Floats], dict[str, Floats]]] | None = None
    """Estimates with their standard errors over other units, where resampling by halves is not used."""
    is_share: bool = True
    """Whether indices are shares or distances in [0, 1]; else they have the unit of the outcome."""
    fewest: int = FEWEST_UNITS
    """Fewest units that intervals can be made of."""
    halves: int = HALVES
    """Halves that they are made of; fewer where an estimate takes long."""


METHODS = {
    "sobol": Method(saltelli.sobol, saltelli.TOTAL, saltelli.with_dummy),
    "morris": Method(morris.morris, morris.MU_STAR, morris.with_dummy, is_share=False),
    "oat": Method(oat.oat, oat.SWING, oat.with_dummy, is_share=False),
    SURROGATE: Method(
        surrogate.surrogate_estimate,
        saltelli.TOTAL,
        with_errors=surrogate.surrogate_indices,
        fewest=FEWEST,
    ),
    "fast": Method(fourier.fast, saltelli.TOTAL),
    "rbd_fast": Method(fourier.rbd_fast, saltelli.FIRST),
    "pawn": Method(distributions.pawn, distributions.PAWN),
    "delta": Method(distributions.delta, distributions.DELTA, with_errors=distributions.delta_with_errors),
    "hdmr": Method(hdmr.hdmr, saltelli.FIRST, fewest=hdmr.FEWEST_HALVED, halves=hdmr.HALVES),
    "regional": Method(distributions.regional, distributions.KS),
}
