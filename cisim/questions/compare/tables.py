"""Tables of whole curves and of comparisons, arm by arm."""

import pandas as pd

from cisim.questions.compare.comparison_display import (
    comparison_display,
    comparison_summary,
    effects_display,
    formation_display,
    incidence_display,
    logrank_display,
    rates_display,
    survival_display,
)
from cisim.questions.compare.compute import comparison_table
from cisim.reading.finished_result import (
    FinishedResult,
    NotShownError,
    ReportOptions,
    ReportTable,
    TableWithRemark,
    baseline_of,
    check_ended,
    negotiated,
)
from cisim.survival.arm_tables import durations_table, hazard_table, incidence_table, rate_table, survival_table
from cisim.survival.arms import read_arms
from cisim.survival.logrank import logrank_table
from cisim.survival.membership import members_table
from cisim.survival.paired import paired_differences, pairing_table
from cisim.survival.time_to_formation import formation_curves, formation_table, has_formation
from cisim.survival.trajectories import trajectory_table

#: Parts of names of estimates that tell one way to end from another.
OF_ENDINGS = ("free_of_failure", "share_failed", "share_completed")


def comparison_tables(
    runs: pd.DataFrame,
    trajectories: pd.DataFrame | None = None,
    members: pd.DataFrame | None = None,
    *,
    tau: float | None = None,
    baseline: str | None = None,
) -> dict[str, pd.DataFrame]:
    """Every table of a comparison by its name.

    Parameters
    ----------
    runs, trajectories, members : DataFrame
        As in the result folder; without trajectories or members their tables are left out.
    tau, baseline
        As for :func:`cisim.questions.compare.compute.comparison_table`.

    Returns
    -------
    dict of str to DataFrame
        comparison, effects (paired differences), survival, incidence, formation and formation_curves (where coalitions
        were negotiated), trajectories and members.
    """
    arms = read_arms(runs)
    tables = {
        "comparison": comparison_table(arms, tau, baseline=baseline),
        "effects": paired_differences(arms, tau=tau, baseline=baseline),
        "survival": survival_table(arms),
        "incidence": incidence_table(arms),
    }
    if has_formation(runs):
        tables |= {"formation": formation_table(arms, tau), "formation_curves": formation_curves(arms)}
    if trajectories is not None:
        tables["trajectories"] = trajectory_table(trajectories)
    if members is not None:
        tables["members"] = members_table(members)
    return tables


def _comparison(result: FinishedResult, options: ReportOptions) -> TableWithRemark:
    """One row per arm: how long coalitions last and how they end."""
    table = comparison_table(result.arms, options.tau, baseline=baseline_of(result, options))
    if not result.has_endings:
        table = table[[name for name in table if not any(kind in str(name) for kind in OF_ENDINGS)]]
    return TableWithRemark(table)


def _effects(result: FinishedResult, options: ReportOptions) -> TableWithRemark:
    """Paired differences to the baseline, beside those of independent runs."""
    arms = result.arm_runs()
    if len(arms["strategies"].drop_duplicates()) < 2:
        raise NotShownError("there is one arm only, and nothing to compare it with")
    table = pairing_table(result.arms, tau=options.tau, baseline=baseline_of(result, options))
    if not (table["n_pairs"] > 0).any():
        raise NotShownError("no two arms share a replicate, so no runs are paired")
    return TableWithRemark(table if result.has_endings else table[table["measure"] != "time_free_of_failure"])


def _logrank(result: FinishedResult, options: ReportOptions) -> TableWithRemark:
    """Return tests of arms against the baseline."""
    check_ended(result.arm_runs())
    table = logrank_table(result.arms, baseline=baseline_of(result, options))
    if table.empty:
        raise NotShownError("there is one arm only, and nothing to test it against")
    return TableWithRemark(table if result.has_endings else table[table["event"] == "any"])


def _survival(result: FinishedResult, options: ReportOptions) -> TableWithRemark:  # noqa: ARG001
    """Survival month by month."""
    return TableWithRemark(survival_table(result.arms))


def _incidence(result: FinishedResult, options: ReportOptions) -> TableWithRemark:  # noqa: ARG001
    """Cumulative incidence month by month."""
    arms = result.arm_runs()
    if not result.has_endings:
        raise NotShownError("the table does not say how spells end: it has no column ending")
    check_ended(arms)
    return TableWithRemark(incidence_table(result.arms))


def _durations(result: FinishedResult, options: ReportOptions) -> TableWithRemark:  # noqa: ARG001
    """Histogram of durations."""
    check_ended(result.arm_runs())
    return TableWithRemark(durations_table(result.arms))


def _hazard(result: FinishedResult, options: ReportOptions) -> TableWithRemark:  # noqa: ARG001
    """Smoothed hazard with the ends of contracts."""
    check_ended(result.arm_runs())
    return TableWithRemark(hazard_table(result.arms, contract=result.contract_months()))


def _rates(result: FinishedResult, options: ReportOptions) -> TableWithRemark:  # noqa: ARG001
    """Return endings per coalition and month, year by year."""
    check_ended(result.arm_runs())
    return TableWithRemark(rate_table(result.arms))


def _formation(result: FinishedResult, options: ReportOptions) -> TableWithRemark:
    """How many partnerships came about, and how long these lasted."""
    negotiated(result.arm_runs())
    return TableWithRemark(formation_table(result.arms, options.tau))


def _formation_curves(result: FinishedResult, options: ReportOptions) -> TableWithRemark:  # noqa: ARG001
    """Cumulative incidence of formation."""
    negotiated(result.arm_runs())
    return TableWithRemark(formation_curves(result.arms))


#: Tables of a report in its order.
TABLES = (
    ReportTable(
        name="comparison",
        section="last",
        title="Comparison",
        make=_comparison,
        caption="Restricted mean times, share not ended, median, cumulative incidence of failure and of completion "
        "at the end of the window, each with its 95 % interval. Runs that ended in an error are left out.",
        display=comparison_display,
        method="The headline is the restricted mean time free of failure, in which a completed coalition counts as "
        "free of failure until the end of the window (Andersen 2013, Stat. Med. 32:5278); its interval is "
        "symmetric on the log-log scale.",
        method_order=2,
        summary=comparison_summary,
    ),
    ReportTable(
        name="survival",
        section="last",
        title="Survival",
        make=_survival,
        caption="Share of coalitions (%) that have neither failed nor completed, with pointwise 95 % intervals.",
        display=survival_display,
        method="Survival is the product-limit estimate (Kaplan & Meier 1958) with log-log intervals (Kalbfleisch & "
        "Prentice 2002), exact with ties.",
        method_order=1,
    ),
    ReportTable(
        name="effects",
        section="last",
        title="Effects",
        make=_effects,
        caption="Changes against the baseline with 95 % intervals, runs paired by world; beside them what the same "
        "runs say when they are taken as independent, and how many times more independent runs the same "
        "width would take.",
        display=effects_display,
        method="Differences between arms are means of differences within replicates, with Student t intervals; "
        "where runs are censored inside the window, pseudo-observations stand for them (Andersen, Klein & "
        "Rosthoj 2003).",
        method_order=2,
    ),
    ReportTable(
        name="logrank",
        section="last",
        title="Tests",
        make=_logrank,
        caption="Log-rank tests that know the pairing by world; p values adjusted for the number of arms by Holm's "
        "method.",
        display=logrank_display,
        method="Log-rank tests allow for arms that share worlds; their p values are adjusted by Holm's method.",
        method_order=2,
    ),
    ReportTable(
        name="incidence",
        section="end",
        title="Ways to end",
        make=_incidence,
        caption="Cumulative incidence (%) of each way to end, with 95 % intervals. The causes add up to failure of "
        "any cause.",
        display=incidence_display,
        method="Failures by cause and completions are competing events: their cumulative incidence is the "
        "Aalen-Johansen estimate (1978) with the delta-method variance of Dinse & Larson (1986).",
        method_order=1,
    ),
    ReportTable(
        name="durations",
        section="end",
        title="Durations",
        make=_durations,
        method="Shares of a histogram have exact binomial limits (Clopper & Pearson 1934).",
        method_order=4,
    ),
    ReportTable(
        name="hazard",
        section="end",
        title="Hazard by age",
        make=_hazard,
        method="The hazard by age is the monthly Nelson-Aalen increment smoothed with Epanechnikov's kernel and "
        "local lines at the borders.",
        method_order=3,
    ),
    ReportTable(
        name="rates",
        section="end",
        title="Rates",
        make=_rates,
        caption="Endings of any kind per 100 coalitions and year lived through, with exact Poisson 95 % intervals.",
        display=rates_display,
        method="Rates are endings over months lived through, with exact Poisson limits (Garwood 1936).",
        method_order=3,
    ),
    ReportTable(
        name="formation",
        section="formed",
        title="Formation",
        make=_formation,
        caption="Partnerships that came about, and that a side gave up, among all (cumulative incidence, %); months "
        "to formation, and months free of failure since, among those that came about. The last compares "
        "the partnerships that each arm brought about, which are not the same ones.",
        display=formation_display,
        method="Time to formation is a spell of its own: its cumulative incidence is the Aalen-Johansen estimate, "
        "with giving up as the competing end.",
        method_order=5,
        says_if_missing=False,
    ),
    ReportTable(
        name="formation_curves",
        section="formed",
        title="Formation by month",
        make=_formation_curves,
        says_if_missing=False,
    ),
)
