"""Tables of parametric families: how well each fits, its parameters, its curve."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cisim.survival.families import Family, fit_families
from cisim.survival.spells import Spells

#: Ages at which a curve is given.
POINTS = 200


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
    curves, said = [], []
    ages = np.linspace(0.0, horizon, POINTS)
    for label, part in spells.parts():
        families, doubts = fit_families(part, breaks)
        said += [f"{label}: {sentence}" if len(spells.groups) > 1 else sentence for sentence in doubts]
        for family in families:
            keys: dict[str, object] = {"group": label, "family": family.name}
            criteria.append(keys | {"n_spells": part.duration.size} | _criteria(family, tau, confidence))
            parameters += [keys | row for row in _parameters(family, confidence)]
            curves.append(_curve(label, family, ages, confidence))
    if not criteria:
        return {}, said
    table = pd.DataFrame(criteria)
    best = table.groupby("group")["aic"].transform("min")
    table.insert(table.columns.tolist().index("aic") + 1, "aic_difference", table["aic"] - best)
    drawn = pd.concat(curves, ignore_index=True)
    return {"families": table, "parameters": pd.DataFrame(parameters), "family_curves": drawn}, said


def _criteria(family: Family, tau: float, confidence: float) -> dict[str, object]:
    """How well a family fits, and what it says of the median and of the window."""
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
