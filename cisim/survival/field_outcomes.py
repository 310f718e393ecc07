"""Fields of many communities: outcomes of a whole field, and which arm leads where.

Communities of one run share a world and learn from each other, so they are no independent spells: the run is the unit.
Every outcome here is one number for each run, and intervals are over runs.
"""

from collections.abc import Sequence

import pandas as pd

from cisim.errors import InputError
from cisim.survival.intervals import Estimate, mean_interval
from cisim.survival.sweep_maps import CELL, on_axes

#: Columns of ``communities.parquet`` that outcomes of a field are made of.
COLUMNS = ("point", "strategies", "replicate", "community", "duration", "ending", "social_outcome", "mean_practice")
#: Outcomes of a field, and whether more of each is better.
OUTCOMES = {
    "months_free": True,
    "share_failed": False,
    "social_outcome": True,
    "social_spread": False,
    "practice": True,
    "practice_spread": False,
}
_RUN = ["point", "strategies", "replicate"]


def field_outcomes(communities: pd.DataFrame, tau: float) -> pd.DataFrame:
    """Outcomes of every run over its communities.

    Parameters
    ----------
    communities : DataFrame
        As ``communities.parquet``: one row per coalition spell, with `COLUMNS`.
    tau : float
        Window of persistence (months), at most the horizon.

    Returns
    -------
    DataFrame
        One row per run: point, strategies, replicate, n (communities), months_free (mean months free of failure of the
        first tau), share_failed (by tau), social_outcome (mean over communities) and social_spread (their standard
        deviation), practice and practice_spread (likewise, of the mean quality of practice over each spell). A spread
        is missing where there is one community.

    Raises
    ------
    InputError
        If a column is missing, or a spell was not followed to tau.
    """
    missing = [name for name in COLUMNS if name not in communities]
    if missing:
        raise InputError(f"the table of communities lacks {', '.join(missing)}: give communities.parquet")
    open_ = communities["duration"][communities["ending"] == "censored"]
    if tau <= 0 or (len(open_) and open_.min() < tau):
        raise InputError(f"tau={tau:g} lies outside what was observed; give months above 0, at most the horizon")
    failed = (communities["ending"] == "failed") & (communities["duration"] <= tau)
    spells = communities.assign(failed=failed, free=communities["duration"].where(failed, tau).clip(upper=tau))
    table = spells.groupby(_RUN, sort=False).agg(
        n=("community", "size"),
        months_free=("free", "mean"),
        share_failed=("failed", "mean"),
        social_outcome=("social_outcome", "mean"),
        social_spread=("social_outcome", "std"),
        practice=("mean_practice", "mean"),
        practice_spread=("mean_practice", "std"),
    )
    return table.reset_index()


def field_table(
    outcomes: pd.DataFrame, keys: Sequence[str] = ("strategies",), *, confidence: float = 0.95
) -> pd.DataFrame:
    """Mean of every outcome over runs, with its Student t interval.

    Parameters
    ----------
    outcomes : DataFrame
        From `field_outcomes`, with the columns of `keys`.
    keys : sequence of str
        Columns by which settings differ.
    confidence : float
        Coverage of every interval, in (0, 1).

    Returns
    -------
    DataFrame
        One row per setting in order of appearance: the keys, n_runs, then every outcome with ``_lower``, ``_upper``.
    """
    rows = []
    for setting, part in outcomes.groupby(list(keys), sort=False):
        row: dict[str, object] = dict(zip(keys, setting, strict=True)) | {"n_runs": len(part)}
        for name in OUTCOMES:
            row |= _interval(part[name], confidence).columns(name)
        rows.append(row)
    return pd.DataFrame(rows)


def field_leads(
    outcomes: pd.DataFrame,
    outcome: str,
    axes: tuple[str, str],
    arms: str,
    facet: str | None = None,
    *,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Best arm by an outcome in each cell of two parameters, and its lead over the next, paired by replicate.

    Parameters
    ----------
    outcomes : DataFrame
        From `field_outcomes`, with the columns of `axes`, `arms` and `facet`.
    outcome : str
        One of `OUTCOMES`.
    axes : tuple of str
        The two parameters.
    arms : str
        Column that names the arms.
    facet : str, optional
        Column of few values, set side by side.
    confidence : float
        Coverage of every interval, in (0, 1).

    Returns
    -------
    DataFrame
        One row per cell: outcome, facet_name, facet, x_name, x_level, x, x_label, y_name, y_level, y, y_label, best,
        next, lead (in units of the outcome, in the direction that is better), lower, upper. The best is picked by the
        same runs, which flatters its lead a little.
    """
    if outcome not in OUTCOMES:
        raise InputError(f"outcome={outcome} is not known; use one of {', '.join(OUTCOMES)}")
    sign = 1.0 if OUTCOMES[outcome] else -1.0
    rows = []
    for setting, cell in on_axes(outcomes, axes, facet).groupby(CELL, sort=False):
        values = sign * cell.pivot_table(index="replicate", columns=arms, values=outcome)
        ranked = values.mean().sort_values(ascending=False, kind="stable").index
        if len(ranked) > 1:
            found = _interval(values[ranked[0]] - values[ranked[1]], confidence)
            best = {"outcome": outcome, "best": ranked[0], "next": ranked[1], "lead": found.value}
            limits = {"lower": found.lower, "upper": found.upper}
            rows.append(dict(zip(CELL, setting, strict=True)) | best | limits)
    table = pd.DataFrame(rows).assign(x_name=axes[0], y_name=axes[1], facet_name=facet or "")
    return table.sort_values(["facet_level", "x_level", "y_level"], kind="stable", ignore_index=True)


def _interval(values: "pd.Series[float]", confidence: float) -> Estimate:
    """Mean with its interval, which may extend past the values seen by as much as their range."""
    low, high = float(values.min()), float(values.max())
    return mean_interval(values, confidence, 2 * low - high, 2 * high - low)
