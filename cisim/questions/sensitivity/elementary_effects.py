"""Effects of one parameter at a time: Morris' elementary effects along trajectories, and levels away from the case."""

import numpy as np
import pandas as pd

from cisim.questions.sensitivity.units_and_worlds import DUMMY, Floats, UnitLayout
from cisim.survival.intervals import t_quantile

MU, MU_STAR, SIGMA = "mu", "mu_star", "sigma"
SWING, LOW, HIGH = "swing", "low", "high"

#: Step of a trajectory on four levels, as a share of the distribution.
STEP = 2.0 / 3.0


def morris_measures(layout: UnitLayout, values: Floats) -> dict[str, Floats]:
    """Return mean and spread of elementary effects, in units of the outcome per whole range of a distribution.

    Parameters
    ----------
    layout : UnitLayout
        Trajectories: each row differs from the one before in one parameter.
    values : ndarray, shape (n_units, k + 1, n_worlds)
        Outcomes; means over worlds are taken first.

    Returns
    -------
    dict of str to ndarray of shape (k,)
        ``mu``, ``mu_star`` and ``sigma``. The latter two hold the noise of chance too: compare with the dummy.

    References
    ----------
    Morris 1991, Technometrics 33:161; Campolongo, Cariboni & Saltelli 2007, Environmental Modelling & Software 22:1509.
    """
    effects = elementary_effects(layout, values.mean(axis=-1))
    return {
        MU: effects.mean(axis=0),
        MU_STAR: np.abs(effects).mean(axis=0),
        SIGMA: effects.std(axis=0, ddof=1) if len(effects) > 1 else np.full(effects.shape[1], np.nan),
    }


def elementary_effects(layout: UnitLayout, outcome: Floats) -> Floats:
    """Return effects by trajectory and parameter, shape (n_units, k), from outcomes of shape (n_units, k + 1)."""
    moves = np.diff(layout.shares, axis=1)
    moved = np.abs(moves).argmax(axis=-1)
    change = np.diff(outcome, axis=1) / np.take_along_axis(moves, moved[..., None], axis=-1)[..., 0]
    effects = np.empty_like(change)
    np.put_along_axis(effects, moved, change, axis=1)
    return effects


def morris_with_dummy(layout: UnitLayout, values: Floats, change: Floats) -> tuple[UnitLayout, Floats]:
    """Add a parameter that changes nothing but the worlds that a row is run in: one more step at the end."""
    shares = np.pad(layout.shares, ((0, 0), (0, 1), (0, 1)))
    shares[:, -1, :-1], shares[:, -1, -1] = layout.shares[:, -1], STEP
    made = layout.named((*layout.names, DUMMY), shares)
    return made, np.concatenate([values, values[:, -1:] + change[:, -1:]], axis=1)


def oat_effects(layout: UnitLayout, values: Floats) -> dict[str, Floats]:
    """Return the effects of each parameter alone, in units of the outcome.

    Parameters
    ----------
    layout : UnitLayout
        The case, then every level of every parameter; worlds are the units, since there is but one design.
    values : ndarray, shape (n_units, n_rows, n_worlds)
        Outcomes; of one unit too, where there is a single world.

    Returns
    -------
    dict of str to ndarray of shape (k,)
        ``swing``, from the lowest to the highest outcome over all levels and the case, which chance makes larger:
        compare with the dummy; ``low`` and ``high``, the effects of the first and the last level against the case in
        the same worlds, 0 where the case is at that level itself.

    Notes
    -----
    Effects hold at the case and say nothing of interactions (Saltelli & Annoni 2010, Environmental Modelling &
    Software 25:1508).
    """
    effects = (values - values[:, :1]).mean(axis=(0, -1))
    found = [_of_levels(shares, effects) for shares in layout.shares[0].T]
    return dict(zip((SWING, LOW, HIGH), np.array(found).reshape(-1, 3).T, strict=True))


def _of_levels(shares: Floats, effects: Floats) -> tuple[float, float, float]:
    """Swing, and the effects of the first and the last level; the case has no share."""
    own = np.append(effects[~np.isnan(shares)], 0.0)
    return float(np.ptp(own)), float(effects[shares == 0.0].sum()), float(effects[shares == 1.0].sum())


def _by_world(layout: UnitLayout, values: Floats) -> tuple[UnitLayout, Floats]:
    """Return the same outcomes with worlds as units: what the intervals are over."""
    shares = np.repeat(layout.shares, values.shape[-1], axis=0)
    return layout.named(layout.names, shares), values[0].T[..., None]


def oat_with_dummy(layout: UnitLayout, values: Floats, change: Floats) -> tuple[UnitLayout, Floats]:
    """Add a parameter whose levels, as many as others have at the median, change nothing but the worlds."""
    n_levels = max(1, int(np.median((~np.isnan(layout.shares[0])).sum(axis=0))))
    shares = np.pad(layout.shares, ((0, 0), (0, n_levels), (0, 1)), constant_values=np.nan)
    shares[:, -n_levels:, -1] = np.linspace(0, 1, n_levels)
    more = values[:, :1] + change[:, 1 : 1 + n_levels]
    return _by_world(layout.named((*layout.names, DUMMY), shares), np.concatenate([values, more], axis=1))


def levels_table(layout: UnitLayout, values: Floats, *, confidence: float = 0.95) -> pd.DataFrame:
    """Return the outcome at every level of every parameter beside that of the case.

    Parameters
    ----------
    layout : UnitLayout
        The case, then every level of every parameter.
    values : ndarray, shape (n_rows, n_worlds)
        Outcomes; NaN where a run raised.
    confidence : float
        Coverage of every interval, in (0, 1).

    Returns
    -------
    DataFrame
        One row for each level: parameter, level (its value), share (its place among the levels, 0 to 1), n_worlds, case
        and value (mean outcomes of these worlds), effect (their difference, world by world) and its Student interval,
        lower and upper; none with a single world.
    """
    differences = values[1:] - values[0]
    is_known = ~np.isnan(differences)
    n = is_known.sum(axis=1)
    mean = np.where(is_known, differences, 0.0).sum(axis=1) / n
    case = np.where(is_known, values[0], 0.0).sum(axis=1) / n
    squares = np.where(is_known, (differences - mean[:, None]) ** 2, 0.0).sum(axis=1)
    half = t_quantile(n - 1, confidence) * np.sqrt(squares / np.maximum(n - 1, 1) / n)
    shares = layout.shares[0, 1:]
    changed = (~np.isnan(shares)).argmax(axis=1)
    columns = {"parameter": np.array(layout.names)[changed], "level": layout.levels[1:]}
    columns |= {"share": np.take_along_axis(shares, changed[:, None], axis=1)[:, 0], "n_worlds": n}
    columns |= {"case": case, "value": case + mean, "effect": mean, "lower": mean - half, "upper": mean + half}
    return pd.DataFrame(columns)
