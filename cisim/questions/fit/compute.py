"""Tables of durations: groups described and set side by side, and the parametric families fitted to each."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cisim.survival.arm_tables import YEAR
from cisim.survival.curves import Curve, cumulative_incidence, median_survival, survival_curve
from cisim.survival.families import Family, fit_families
from cisim.survival.hazard import hazard_rates
from cisim.survival.intervals import Estimate
from cisim.survival.logrank import logrank_test
from cisim.survival.paired import AGES
from cisim.survival.restricted import check_tau, restricted_mean
from cisim.survival.spells import Spells

#: Ages at which the curve of a family is given.
CURVE_POINTS = 200


def common_window(spells: Spells, tau: float | None = None) -> float:
    """Longest window (months) for which every group has data, or ``tau`` if that lies within it.

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
        test = logrank_test(both.duration, both.event_observed, both.group, entry=both.entry)
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


def family_tables(
    spells: Spells, breaks: Sequence[float], tau: float, horizon: float, *, confidence: float = 0.95
) -> tuple[dict[str, pd.DataFrame], list[str]]:
    """Fit every family to every group.

    Parameters
    ----------
    spells : Spells
        From :func:`cisim.survival.spells.read_spells`.
    breaks : sequence of float
        As for :func:`cisim.survival.families.fit_families`.
    tau : float
        End of the window of the restricted means (months).
    horizon : float
        Last age (months) of the curves.
    confidence : float
        Coverage of every interval, in (0, 1).

    Returns
    -------
    dict of str to DataFrame, list of str
        ``families``: group, family, n_spells, n_ended, n_parameters, log_likelihood, aic, aic_difference (to the best
        of the group), bic, tau, median and restricted_mean with their intervals (months). ``parameters``: group,
        family, parameter, unit, standard_error, value with its interval. ``family_curves``: group, family, month,
        survival, lower, upper. None of them where nothing could be fitted. Then what was left out or is doubtful.
    """
    criteria: list[dict[str, object]] = []
    parameters: list[dict[str, object]] = []
    curves, statements = [], []
    ages = np.linspace(0.0, horizon, CURVE_POINTS)
    for label, part in spells.parts():
        families, doubts = fit_families(part, breaks)
        statements += [f"{label}: {sentence}" if len(spells.groups) > 1 else sentence for sentence in doubts]
        for family in families:
            keys: dict[str, object] = {"group": label, "family": family.name}
            criteria.append(keys | {"n_spells": part.duration.size} | _criteria(family, tau, confidence))
            parameters += [keys | row for row in _parameters(family, confidence)]
            curves.append(_curve(label, family, ages, confidence))
    if not criteria:
        return {}, statements
    table = pd.DataFrame(criteria)
    best = table.groupby("group")["aic"].transform("min")
    table.insert(table.columns.tolist().index("aic") + 1, "aic_difference", table["aic"] - best)
    drawn = pd.concat(curves, ignore_index=True)
    return {"families": table, "parameters": pd.DataFrame(parameters), "family_curves": drawn}, statements


def _criteria(family: Family, tau: float, confidence: float) -> dict[str, object]:
    """Criteria of the fit of a family, and its estimates of the median and of the restricted mean."""
    row: dict[str, object] = {"n_ended": family.n_ended, "n_parameters": family.fitted.size}
    row |= {"log_likelihood": family.log_likelihood, "aic": family.aic, "bic": family.bic, "tau": tau}
    row |= family.median(confidence).columns("median")
    return row | family.restricted_mean(tau, confidence).columns("restricted_mean")


def _parameters(family: Family, confidence: float) -> list[dict[str, object]]:
    return [
        {"parameter": parameter.name, "unit": parameter.unit, "standard_error": estimate.standard_error}
        | estimate.columns("value")
        for parameter, estimate in zip(family.parameters, family.estimates(confidence), strict=True)
    ]


def _curve(label: str, family: Family, ages: NDArray[np.float64], confidence: float) -> pd.DataFrame:
    survival, lower, upper = family.survival(ages, confidence)
    columns = {"month": ages, "survival": survival, "lower": lower, "upper": upper}
    return pd.DataFrame({"group": label, "family": family.name} | columns)
