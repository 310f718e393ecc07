"""How long members stay, by kind of organisation; the intervals know that members share a coalition."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from cisim.errors import InputError
from cisim.survival.arms import ordered_labels
from cisim.survival.clustered import clustered_mean, clustered_survival
from cisim.survival.counts import checked_durations, count_events
from cisim.survival.curves import Curve
from cisim.survival.paired import AGES
from cisim.survival.survival import median_survival

COLUMNS = ("strategies", "replicate", "kind", "duration", "event_observed")


def members_table(members: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """Probability of still being a member by months since joining, for every arm and kind of organisation.

    Parameters
    ----------
    members : DataFrame
        One row per membership spell: strategies, replicate, kind, duration (months as a member),
        event_observed (left before the coalition ended; members whose coalition ended first are censored).
    confidence : float
        Coverage of each pointwise interval, in (0, 1).

    Returns
    -------
    DataFrame
        Columns strategies, kind, month, at_risk, survival, lower, upper, n_spells, n_coalitions.

    Raises
    ------
    InputError
        If a column is missing, there is no row, or a duration cannot be used.
    """
    parts = []
    for label, kind, spells in _groups(members):
        curve = clustered_survival(
            spells["duration"], spells["event_observed"], spells["replicate"], confidence=confidence
        )
        parts.append(_rows(label, kind, spells, curve))
    return pd.concat(parts, ignore_index=True)


def members_summary(
    members: pd.DataFrame,
    tau: float | None = None,
    *,
    ages: Sequence[int] = AGES,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """How long members stay, in one row for every arm and kind of organisation.

    Parameters
    ----------
    members : DataFrame
        As for :func:`members_table`.
    tau : float, optional
        End of the window of the restricted mean (months); by default the longest that every group speaks of.
    ages : sequence of int
        Months since joining at which the share of members is given.
    confidence : float
        Coverage of every interval, in (0, 1); robust to what members of a coalition share.

    Returns
    -------
    DataFrame
        Columns strategies, kind, n_spells, n_coalitions, n_left, tau, then with their intervals (``_lower``,
        ``_upper``) months_stayed (of the first tau), median (NaN = not reached) and stayed_36 and so on (share; NaN =
        past what the group speaks of).

    Raises
    ------
    InputError
        As for :func:`members_table`, or if tau cannot be used.
    """
    groups = list(_groups(members))
    window = _common_tau([spells for *_, spells in groups]) if tau is None else tau
    rows = []
    for label, kind, spells in groups:
        columns = spells["duration"], spells["event_observed"], spells["replicate"]
        curve = clustered_survival(*columns, confidence=confidence)
        row: dict[str, object] = {"strategies": label, "kind": kind, "n_spells": len(spells)}
        row |= {"n_coalitions": spells["replicate"].nunique(), "n_left": int(columns[1].sum()), "tau": window}
        estimates = {"months_stayed": clustered_mean(*columns, window, confidence=confidence)}
        estimates |= {"median": median_survival(curve), **{f"stayed_{age}": curve.at(age) for age in ages}}
        for name, found in estimates.items():
            row |= found.columns(name)
        rows.append(row)
    return pd.DataFrame(rows)


def _common_tau(groups: Sequence[pd.DataFrame]) -> float:
    """Longest window (months) that every group speaks of."""
    reach = min(count_events(spells["duration"], spells["event_observed"]).reach for spells in groups)
    return float(reach if np.isfinite(reach) else max(spells["duration"].max() for spells in groups))


def _groups(members: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Spells of every arm and kind of organisation, checked."""
    missing = [name for name in COLUMNS if name not in members]
    if missing:
        raise InputError(f"the table of members lacks {', '.join(missing)}: it needs the columns {', '.join(COLUMNS)}")
    checked_durations(members["duration"])
    for label in ordered_labels(members["strategies"].unique()):
        for kind, spells in members[members["strategies"] == label].groupby("kind", sort=True):
            yield label, str(kind), spells


def _rows(label: str, kind: str, spells: pd.DataFrame, curve: Curve) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "strategies": label,
            "kind": kind,
            "month": curve.time.astype(np.int64),
            "at_risk": curve.at_risk.astype(np.int64),
            "survival": curve.probability,
            "lower": curve.lower,
            "upper": curve.upper,
            "n_spells": len(spells),
            "n_coalitions": spells["replicate"].nunique(),
        }
    )
