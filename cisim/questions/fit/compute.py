"""Tables that describe observed durations and set groups of them side by side; nothing parametric."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cisim.survival.arm_tables import YEAR
from cisim.survival.curves import Curve, cumulative_incidence, median_survival, survival_curve
from cisim.survival.hazard import hazard_rates
from cisim.survival.intervals import Estimate
from cisim.survival.logrank import logrank
from cisim.survival.paired import AGES
from cisim.survival.restricted import check_tau, restricted_mean
from cisim.survival.spells import Spells


def common_window(spells: Spells, tau: float | None = None) -> float:
    """Longest window (months) that every group speaks of, or ``tau`` if that lies within it.

    Raises
    ------
    InputError
        If ``tau`` is not above 0, or past what a group speaks of.
    """
    reaches = [survival_curve(part.duration, part.event_observed, entry=part.entry).reach for _, part in spells.parts()]
    reach = min(reaches)
    if tau is not None:
        check_tau(tau, reach)
        return tau
    return reach if np.isfinite(reach) else float(spells.duration.max())


def summary_table(
    spells: Spells, tau: float, *, ages: Sequence[float] = AGES, confidence: float = 0.95
) -> pd.DataFrame:
    """Describe every group in one row.

    Parameters
    ----------
    spells : Spells
        From :func:`cisim.survival.spells.read_spells`.
    tau : float
        End of the window of the restricted mean (months), from :func:`common_window`.
    ages : sequence of float
        Ages (months) at which survival is given.
    confidence : float
        Coverage of every interval, in (0, 1).

    Returns
    -------
    DataFrame
        Columns group, n_spells, n_ended, months_followed, tau, then with their intervals (``_lower``, ``_upper``)
        median (NaN = not reached), restricted_mean and survival_36 and so on (NaN = past what the group speaks of).
    """
    rows = []
    for label, part in spells.parts():
        curve = survival_curve(part.duration, part.event_observed, entry=part.entry, confidence=confidence)
        estimates = {
            "median": median_survival(curve),
            "restricted_mean": restricted_mean(
                part.duration, part.event_observed, tau, entry=part.entry, confidence=confidence
            ),
            **{f"survival_{age:g}": curve.at(age) for age in ages},
        }
        row: dict[str, object] = {
            "group": label,
            "n_spells": part.duration.size,
            "n_ended": int(part.event_observed.sum()),
            "months_followed": float(np.sum(part.duration - (0 if part.entry is None else part.entry))),
            "tau": tau,
        }
        for name, estimate in estimates.items():
            row |= estimate.columns(name)
        rows.append(row)
    return pd.DataFrame(rows)


def curves_table(spells: Spells, *, confidence: float = 0.95) -> pd.DataFrame:
    """Kaplan-Meier curve of every group: group, month, at_risk, survival, lower, upper."""
    parts = [
        _steps(
            {"group": label},
            "survival",
            survival_curve(part.duration, part.event_observed, entry=part.entry, confidence=confidence),
        )
        for label, part in spells.parts()
    ]
    return pd.concat(parts, ignore_index=True)


def causes_table(spells: Spells, *, confidence: float = 0.95) -> pd.DataFrame:
    """Cumulative incidence of every cause in every group: group, cause, month, at_risk, incidence, lower, upper."""
    parts = [
        _steps(
            {"group": label, "cause": cause},
            "incidence",
            cumulative_incidence(part.duration, part.ending(cause), entry=part.entry, confidence=confidence),
        )
        for label, part in spells.parts()
        for cause in spells.causes
    ]
    return pd.concat(parts, ignore_index=True)


def periods_table(spells: Spells, breaks: Sequence[float] = (), *, confidence: float = 0.95) -> pd.DataFrame:
    """Rate of ending of every group by period: group, start, end, at_risk, events, rate (per month), lower, upper.

    The periods lie between the breaks (months), or are years where none are given.
    """
    longest = float(spells.duration.max())
    inner = [edge for edge in breaks if edge < longest] if len(breaks) else np.arange(YEAR, longest, YEAR)
    edges = [0.0, *inner, longest if longest > 0 else YEAR]
    parts = []
    for label, part in spells.parts():
        found = hazard_rates(part.duration, part.event_observed, edges, entry=part.entry, confidence=confidence)
        columns = {"start": found.start, "end": found.end, "at_risk": found.at_risk, "events": found.events}
        rows = pd.DataFrame(columns | {"rate": found.rate, "lower": found.lower, "upper": found.upper})
        parts.append(rows.assign(group=label)[["group", *rows]].astype({"at_risk": int, "events": int}))
    return pd.concat(parts, ignore_index=True)


def difference_table(
    spells: Spells, pairs: Sequence[tuple[str, str]], tau: float, *, confidence: float = 0.95
) -> pd.DataFrame:
    """Compare groups that share nothing: restricted means and a log-rank test.

    Parameters
    ----------
    spells : Spells
        Two groups or more.
    pairs : sequence of (str, str)
        Each group with the one that it is compared with.
    tau : float
        End of the window of the restricted means (months).
    confidence : float
        Coverage of the intervals, in (0, 1).

    Returns
    -------
    DataFrame
        Columns group, baseline, tau, difference (months of the restricted mean, group less baseline) with lower and
        upper, statistic and p_value (log-rank).

    References
    ----------
    Royston & Parmar 2013, BMC Med. Res. Methodol. 13:152. The interval puts those of the two means together: Zou &
    Donner 2008, Stat. Med. 27:1693.
    """
    means = {
        label: restricted_mean(part.duration, part.event_observed, tau, entry=part.entry, confidence=confidence)
        for label, part in spells.parts()
    }
    rows: list[dict[str, object]] = []
    for label, baseline in pairs:
        both = spells.where(np.isin(spells.group, [label, baseline]))
        test = logrank(both.duration, both.event_observed, both.group, entry=both.entry)
        change, lower, upper = _difference(means[label], means[baseline])
        row: dict[str, object] = {"group": label, "baseline": baseline, "tau": tau, "difference": change}
        rows.append(row | {"lower": lower, "upper": upper, "statistic": test.statistic, "p_value": test.p_value})
    return pd.DataFrame(rows)


def _difference(first: Estimate, second: Estimate) -> tuple[float, float, float]:
    """Difference of two independent estimates with its limits."""
    change = first.value - second.value
    below = np.hypot(first.value - first.lower, second.upper - second.value)
    above = np.hypot(first.upper - first.value, second.value - second.lower)
    return change, float(change - below), float(change + above)


def _steps(keys: dict[str, str], name: str, curve: Curve) -> pd.DataFrame:
    """Rows of a curve, one for each of its times."""
    columns = {"month": curve.time, "at_risk": curve.at_risk.astype(np.int64), name: curve.probability}
    return pd.DataFrame(keys | columns | {"lower": curve.lower, "upper": curve.upper})
