"""Tables of whole curves and of comparisons, arm by arm."""

from cisim.questions.compare.compute import comparison_table
from cisim.reading.making import Found, Options, baseline_of, check_ended, negotiated
from cisim.reading.result import NotShownError, Result
from cisim.survival.arm_tables import hazard_table, incidence_table, rate_table, survival_table
from cisim.survival.durations import durations_table
from cisim.survival.logrank import logrank_table
from cisim.survival.paired import pairing_table
from cisim.survival.time_to_formation import formation_curves, formation_table

#: Parts of names of estimates that tell one way to end from another.
OF_ENDINGS = ("free_of_failure", "share_failed", "share_completed")


def comparison(result: Result, options: Options) -> Found:
    """Give one row per arm: how long coalitions last and how they end."""
    table = comparison_table(result.arms(), options.tau, baseline=baseline_of(result, options))
    if not result.has_endings:
        table = table[[name for name in table if not any(kind in str(name) for kind in OF_ENDINGS)]]
    return Found(table)


def effects(result: Result, options: Options) -> Found:
    """Give paired differences to the baseline, beside those of independent runs."""
    arms = result.arms()
    if len(arms["strategies"].drop_duplicates()) < 2:
        raise NotShownError("there is one arm only, and nothing to compare it with")
    table = pairing_table(arms, tau=options.tau, baseline=baseline_of(result, options))
    if not (table["n_pairs"] > 0).any():
        raise NotShownError("no two arms share a replicate, so no runs are paired")
    return Found(table if result.has_endings else table[table["measure"] != "time_free_of_failure"])


def logrank(result: Result, options: Options) -> Found:
    """Test arms against the baseline."""
    arms = result.arms()
    check_ended(arms)
    table = logrank_table(arms, baseline=baseline_of(result, options))
    if table.empty:
        raise NotShownError("there is one arm only, and nothing to test it against")
    return Found(table if result.has_endings else table[table["event"] == "any"])


def survival(result: Result, options: Options) -> Found:  # noqa: ARG001
    """Give survival month by month."""
    return Found(survival_table(result.arms()))


def incidence(result: Result, options: Options) -> Found:  # noqa: ARG001
    """Give cumulative incidence month by month."""
    arms = result.arms()
    if not result.has_endings:
        raise NotShownError("the table does not say how spells end: it has no column ending")
    check_ended(arms)
    return Found(incidence_table(arms))


def durations(result: Result, options: Options) -> Found:  # noqa: ARG001
    """Give the histogram of durations."""
    arms = result.arms()
    check_ended(arms)
    return Found(durations_table(arms))


def hazard(result: Result, options: Options) -> Found:  # noqa: ARG001
    """Give the smoothed hazard with the ends of contracts."""
    arms = result.arms()
    check_ended(arms)
    return Found(hazard_table(arms, contract=result.contract_months()))


def rates(result: Result, options: Options) -> Found:  # noqa: ARG001
    """Give the endings per coalition and month, year by year."""
    arms = result.arms()
    check_ended(arms)
    return Found(rate_table(arms))


def formation(result: Result, options: Options) -> Found:
    """Say how many partnerships came about, and how long these lasted."""
    return Found(formation_table(negotiated(result.arms()), options.tau))


def formation_by_month(result: Result, options: Options) -> Found:  # noqa: ARG001
    """Give the cumulative incidence of formation."""
    return Found(formation_curves(negotiated(result.arms())))
