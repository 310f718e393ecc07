"""Tables of a sweep as readers see them, and its finding in a sentence."""

from collections.abc import Mapping

import pandas as pd

from cisim.reading.finished_result import (
    MOST_ROWS,
    FinishedResult,
    NotShownError,
    ReportOptions,
    ReportTable,
    TableWithRemark,
    negotiated,
    with_limits,
    without_single_arm,
)
from cisim.survival.regression import sweep_effects
from cisim.survival.sweep_estimates import points_table, ranked_by_response, response_table
from cisim.survival.sweep_maps import map_table, phase_table
from cisim.survival.time_to_formation import FORMED
from cisim.survival.words import interval, number, p_value, percent


def response_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row per parameter and arm: its lowest and its highest level."""
    rows = []
    for (name, label), part in table.groupby(["parameter", "strategies"], sort=False):
        ends = {"Fewest": int(part["time_free"].argmin()), "Most": int(part["time_free"].argmax())}
        row = {"Parameter": str(name), "Arm": str(label), "Levels": f"{len(part)}"}
        for word, place in ends.items():
            limits = part[["time_free", "lower", "upper"]].to_numpy()[place]
            row[f"{word} months free of failure"] = interval(*limits)
            row[f"at ({word.lower()})"] = str(part["label"].iloc[place])
        rows.append(row)
    return without_single_arm(pd.DataFrame(rows))


def points_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row per design point, those that stay free of failure longest first."""
    ranked = table.sort_values("time_free_of_failure", ascending=False, kind="stable").head(MOST_ROWS)
    names = [str(name) for name in table if "." in str(name)]
    shown: dict[str, object] = {"Arm": ranked["strategies"], **{name: ranked[name].map(_plain) for name in names}}
    shown["Runs"] = ranked["n_runs"].map("{:,}".format)
    shown[f"Months free of failure, of {table['tau'].iloc[0]:g}"] = with_limits(
        ranked, "time_free_of_failure", interval
    )
    shown["Failed (%)"] = with_limits(ranked, "share_failed", percent)
    shown["Completed (%)"] = with_limits(ranked, "share_completed", percent)
    return without_single_arm(pd.DataFrame(shown))


def regression_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row per effect."""
    unit = [
        f"+{number(u, 3)}" if not level else f"instead of {r}"
        for u, level, r in table[["unit", "level", "reference"]].itertuples(index=False)
    ]
    limits = table[["ratio", "ratio_lower", "ratio_upper"]].itertuples(index=False)
    return pd.DataFrame(
        {
            "Term": table["term"],
            "Change": unit,
            "Hazard ratio": [interval(r, low, high, 2) for r, low, high in limits],
            "p": [p_value(p) for p in table["p_value"]],
            "Residuals' correlation with time": [number(r, 2) for r in table["ph_correlation"]],
            "p of proportional hazards": [p_value(p) for p in table["ph_p_value"]],
        }
    )


def sweep_summary(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """Levels between which the response of each parameter moves, strongest first."""
    table = tables["response"]
    several = len(table["strategies"].drop_duplicates()) > 1
    spans = table.groupby(["parameter", "strategies"], sort=False)["time_free"].agg(["min", "max"]).reset_index()
    spans["span"] = spans["max"] - spans["min"]
    widest = spans.sort_values("span", ascending=False, kind="stable").drop_duplicates("parameter")
    ranked = [
        f"{name} {number(low)} to {number(high)}" + (f" (arm {arm})" if several else "")
        for name, arm, low, high in widest[["parameter", "strategies", "min", "max"]].itertuples(index=False)
    ]
    return [
        f"Mean months free of failure, of the first {table['tau'].iloc[0]:g}, move along each parameter from their "
        f"lowest to their highest level: {'; '.join(ranked)}."
    ]


def _plain(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


#: More design points than this are shown along parameters only, not one by one.
MOST_POINTS = 5_000
#: Values of a third parameter that are set side by side at most.
MOST_FACETS = 8


def _response(result: FinishedResult, options: ReportOptions) -> TableWithRemark:
    """Response along each parameter of a sweep."""
    return TableWithRemark(response_table(result.sweep(), result.design.varied, tau=options.tau))


def _points(result: FinishedResult, options: ReportOptions) -> TableWithRemark:
    """Estimates at each design point."""
    runs = result.sweep()
    if result.design.n_points > MOST_POINTS:
        raise NotShownError(f"{result.design.n_points:,} design points are more than {MOST_POINTS:,}; see the response")
    return TableWithRemark(points_table(runs, result.design.varied, tau=options.tau))


def _map(result: FinishedResult, options: ReportOptions) -> TableWithRemark:
    """Map over two parameters, side by side for the arms or a third parameter."""
    return _mapped(result, options, result.runs)


def _formation_map(result: FinishedResult, options: ReportOptions) -> TableWithRemark:
    """Map of the share of partnerships that came about."""
    return _mapped(result, options, negotiated(result.sweep()), FORMED)


def _lasting_map(result: FinishedResult, options: ReportOptions) -> TableWithRemark:
    """Map of how long partnerships last, among those that came about."""
    runs = negotiated(result.sweep())
    return _mapped(result, options, runs[runs[FORMED] == 1.0])


def _mapped(
    result: FinishedResult, options: ReportOptions, runs: pd.DataFrame, measure: str = "time_free"
) -> TableWithRemark:
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
    return TableWithRemark(map_table(runs, varied, axes, facet, tau=options.tau, measure=measure), remark.strip())


def _phase(result: FinishedResult, options: ReportOptions) -> TableWithRemark:
    """Best arm over two parameters."""
    axes = _axes(result, options)
    if not result.design.has_arms:
        raise NotShownError("a phase diagram compares arms, and the sweep has none")
    table = phase_table(result.runs, result.design.varied, axes, tau=options.tau)
    if table.empty:
        raise NotShownError("no two arms share a design point")
    return TableWithRemark(table)


def _regression(result: FinishedResult, options: ReportOptions) -> TableWithRemark:  # noqa: ARG001
    """Cox regression on the parameters of a sweep."""
    runs, design = result.sweep(), result.design
    columns = [*design.varied, *(["strategies"] if design.has_arms else [])]
    fit = sweep_effects(runs, columns, event="failed" if result.has_endings else "any")
    return TableWithRemark(fit.effects, " ".join(_sentence(statement) for statement in fit.statements))


def _axes(result: FinishedResult, options: ReportOptions) -> tuple[str, str]:
    """Return the two parameters of a map: those asked for, the only two in their order, or those that move most."""
    runs, varied = result.sweep(), result.design.varied
    if options.axes is not None:
        return options.axes
    if len(varied) < 2:
        raise NotShownError("one parameter varies, and a map needs two")
    names = list(varied) if len(varied) == 2 else ranked_by_response(response_table(runs, varied, tau=options.tau))
    return names[0], names[1]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."


#: Tables of a report in its order.
TABLES = (
    ReportTable(
        name="response",
        section="sweep",
        title="Response",
        make=_response,
        caption="Along each parameter, the levels at which coalitions stay free of failure shortest and longest "
        "(restricted mean months, 95 % intervals). Where several design points share a level they are "
        "averaged.",
        display=response_display,
        method="Along a parameter of the sweep, runs of a replicate at several design points are averaged first "
        "and replicates count as independent, so intervals speak of other worlds at these design points.",
        summary=sweep_summary,
    ),
    ReportTable(
        name="map",
        section="sweep",
        title="Map",
        make=_map,
    ),
    ReportTable(
        name="formation_map",
        section="formed",
        title="Formation over two parameters",
        make=_formation_map,
        says_if_missing=False,
    ),
    ReportTable(
        name="lasting_map",
        section="formed",
        title="How long the formed last",
        make=_lasting_map,
        says_if_missing=False,
    ),
    ReportTable(
        name="phase",
        section="sweep",
        title="Phase diagram",
        make=_phase,
    ),
    ReportTable(
        name="points",
        section="sweep",
        title="Design points",
        make=_points,
        caption=f"The design points that stay free of failure longest, at most {MOST_ROWS} of them, with 95 % "
        "intervals. The best of many points owes part of its place to luck.",
        display=points_display,
    ),
    ReportTable(
        name="regression",
        section="sweep",
        title="Regression",
        make=_regression,
        caption="Cox regression of the hazard of failure (of any ending, where the table does not tell them apart) "
        "on the swept parameters, standardised: a ratio is per one standard deviation. Intervals are robust "
        "to runs that share a world. The last columns check that a ratio holds at all ages.",
        display=regression_display,
        method="Effects of parameters on the hazard are from Cox regression (Efron's ties) on standardised "
        "parameters, with standard errors clustered by world (Lee, Wei & Amato 1992) and a test of "
        "proportional hazards (Grambsch & Therneau 1994), fitted by lifelines.",
    ),
)
