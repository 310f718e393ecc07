"""Mean trajectories of the coalitions still alive: interval of the mean, and spread between runs."""

import pandas as pd

from cisim.errors import InputError
from cisim.survival.arms import ordered_labels
from cisim.survival.intervals import t_quantile

#: Columns that say which row this is, and carry no measure.
KEYS = ("point", "strategies", "replicate", "month")
#: Percentiles of the runs: the middle 80 % and 50 %, and the median.
PERCENTILES = (10, 25, 50, 75, 90)

#: Measures of which the means of all arms share a panel: title and unit of the axis. Outcomes are totals: under gazing
#: the outcome of a month swings with the goal that is attended to, and curves on top of one another could not be read.
PANELS = {
    "trust": ("Trust", "index, 0-1"),
    "conflict": ("Conflict", "index"),
    "commitment": ("Commitment", "index, 0-1"),
    "common_agenda": ("Common agenda", "index, 0-1"),
    "shared_measurement": ("Shared measurement", "index, 0-1"),
    "reinforcing_activities": ("Reinforcing activities", "index, 0-1"),
    "communication": ("Communication", "index, 0-1"),
    "backbone_support": ("Backbone support", "index, 0-1"),
    "social_outcome": ("Social outcome", "total so far"),
    "economic_outcome": ("Economic outcome", "total so far"),
}
#: Measures whose spread is drawn, each arm by itself.
SPREAD_PANELS = {
    **{name: PANELS[name] for name in ("trust", "conflict", "commitment")},
    "social": ("Social outcome", "a month"),
    "economic": ("Economic outcome", "a month"),
}
#: The five conditions of collective impact.
CONDITIONS = ("common_agenda", "shared_measurement", "reinforcing_activities", "communication", "backbone_support")
#: Measures that any figure shows.
SHOWN = tuple(dict.fromkeys([*PANELS, *SPREAD_PANELS, *CONDITIONS]))


def trajectory_table(trajectories: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """Average every measure over the coalitions that are alive in a month.

    Parameters
    ----------
    trajectories : DataFrame
        Columns strategies, replicate, month and one numeric column per measure; a run has no row after its
        last month.
    confidence : float
        Coverage of the interval of the mean (Student t), in (0, 1).

    Returns
    -------
    DataFrame
        Long: strategies, month, measure, n_alive (coalitions averaged), mean, lower, upper (of the mean; NaN
        for a single coalition), q10, q25, q50, q75, q90 (of the coalitions).

    Raises
    ------
    InputError
        If there is no row, or a key column is missing.

    Notes
    -----
    Only coalitions still alive are averaged, so a mean can rise because the weak have ended: read it with
    ``n_alive``.
    """
    missing = [name for name in KEYS[1:] if name not in trajectories]
    if missing or trajectories.empty:
        fault = f"lacks {', '.join(missing)}" if missing else "has no rows"
        raise InputError(f"the table of trajectories {fault}: run the study with trajectories switched on")
    names = [name for name in trajectories.select_dtypes(["number", "bool"]).columns if name not in KEYS]
    rows = trajectories.astype(dict.fromkeys(names, float))
    groups = rows.groupby(["strategies", "month"], sort=True)[names]
    counts, means = groups.count(), groups.mean()
    half = t_quantile(counts - 1, confidence) * groups.std() / counts**0.5
    parts = {
        "n_alive": counts,
        "mean": means,
        "lower": means - half,
        "upper": means + half,
        **{f"q{percent}": groups.quantile(percent / 100) for percent in PERCENTILES},
    }
    table = pd.concat(
        [pd.DataFrame({key: part[name] for key, part in parts.items()}).assign(measure=name) for name in names]
    )
    return _by_label(table.reset_index())


def _by_label(table: pd.DataFrame) -> pd.DataFrame:
    """Rows by label, then in the order they have; the columns that identify a row first."""
    ranks = {label: i for i, label in enumerate(ordered_labels(table["strategies"].unique()))}
    ordered = table.sort_values("strategies", key=lambda labels: labels.map(ranks), kind="stable")
    keys = ["strategies", "measure", "month"]
    return ordered[[*keys, *(name for name in ordered if name not in keys)]].reset_index(drop=True)
