"""Tables of a sweep: along its parameters, over two of them, point by point, and by regression."""

import pandas as pd

from cisim.reading.making import Found, Options, negotiated
from cisim.reading.result import NotShownError, Result
from cisim.survival.regression import sweep_effects
from cisim.survival.sweep_estimates import points_table, response_table, strongest_parameters
from cisim.survival.sweep_maps import map_table, phase_table
from cisim.survival.time_to_formation import FORMED

#: More design points than this are shown along parameters only, not one by one.
MOST_POINTS = 5_000
#: Values of a third parameter that are set side by side at most.
MOST_FACETS = 8


def response(result: Result, options: Options) -> Found:
    """Give the response along each parameter of a sweep."""
    return Found(response_table(result.sweep(), result.design.varied, tau=options.tau))


def points(result: Result, options: Options) -> Found:
    """Give the estimates at each design point."""
    runs = result.sweep()
    if result.design.n_points > MOST_POINTS:
        raise NotShownError(f"{result.design.n_points:,} design points are more than {MOST_POINTS:,}; see the response")
    return Found(points_table(runs, result.design.varied, tau=options.tau))


def cells(result: Result, options: Options) -> Found:
    """Give the map over two parameters, side by side for the arms or a third parameter."""
    return _mapped(result, options, result.runs)


def formation_cells(result: Result, options: Options) -> Found:
    """Give the map of the share of partnerships that came about."""
    return _mapped(result, options, negotiated(result.sweep()), FORMED)


def lasting_cells(result: Result, options: Options) -> Found:
    """Give the map of how long partnerships last, among those that came about."""
    runs = negotiated(result.sweep())
    return _mapped(result, options, runs[runs[FORMED] == 1.0])


def _mapped(result: Result, options: Options, runs: pd.DataFrame, measure: str = "time_free") -> Found:
    axes = _axes(result, options)
    varied = result.design.varied
    third = [name for name in varied if name not in axes]
    facet = "strategies" if result.design.has_arms else third[0] if len(third) == 1 else None
    if facet is not None and len(runs[facet].drop_duplicates()) > MOST_FACETS:
        facet = None
    over = [name for name in third if name != facet]
    remark = f"Each cell averages over {', '.join(over)}." if over else ""
    if result.design.has_arms and facet is None:
        remark += " Each cell averages over the arms."
    return Found(map_table(runs, varied, axes, facet, tau=options.tau, measure=measure), remark.strip())


def phase(result: Result, options: Options) -> Found:
    """Give the best arm over two parameters."""
    axes = _axes(result, options)
    if not result.design.has_arms:
        raise NotShownError("a phase diagram compares arms, and the sweep has none")
    table = phase_table(result.runs, result.design.varied, axes, tau=options.tau)
    if table.empty:
        raise NotShownError("no two arms share a design point")
    return Found(table)


def regression(result: Result, options: Options) -> Found:  # noqa: ARG001
    """Give Cox regression on the parameters of a sweep."""
    runs, design = result.sweep(), result.design
    columns = [*design.varied, *(["strategies"] if design.has_arms else [])]
    fit = sweep_effects(runs, columns, event="failed" if result.has_endings else "any")
    return Found(fit.effects, " ".join(_sentence(said) for said in fit.statements))


def _axes(result: Result, options: Options) -> tuple[str, str]:
    """Pick the two parameters of a map: those asked for, the only two in their order, or those that move most."""
    runs, varied = result.sweep(), result.design.varied
    if options.axes is not None:
        return options.axes
    if len(varied) < 2:
        raise NotShownError("one parameter varies, and a map needs two")
    names = list(varied) if len(varied) == 2 else strongest_parameters(response_table(runs, varied, tau=options.tau))
    return names[0], names[1]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."
