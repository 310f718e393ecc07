"""Morris' elementary effects: mean, mean of absolute values, standard deviation."""

import numpy as np

from cisim.questions.sensitivity.layout import DUMMY, Floats, Layout

MU, MU_STAR, SIGMA = "mu", "mu_star", "sigma"

#: Step of a trajectory on four levels, as a share of the distribution.
STEP = 2.0 / 3.0


def morris(layout: Layout, values: Floats) -> dict[str, Floats]:
    """Elementary effects of each parameter, in units of the outcome per whole range of its distribution.

    Parameters
    ----------
    layout : Layout
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


def elementary_effects(layout: Layout, outcome: Floats) -> Floats:
    """Effect of each parameter in each trajectory, shape (n_units, k), from outcomes of shape (n_units, k + 1)."""
    moves = np.diff(layout.shares, axis=1)
    moved = np.abs(moves).argmax(axis=-1)
    change = np.diff(outcome, axis=1) / np.take_along_axis(moves, moved[..., None], axis=-1)[..., 0]
    effects = np.empty_like(change)
    np.put_along_axis(effects, moved, change, axis=1)
    return effects


def with_dummy(layout: Layout, values: Floats, change: Floats) -> tuple[Layout, Floats]:
    """Add a parameter that changes nothing but the worlds that a row is run in: one more step at the end."""
    shares = np.pad(layout.shares, ((0, 0), (0, 1), (0, 1)))
    shares[:, -1, :-1], shares[:, -1, -1] = layout.shares[:, -1], STEP
    made = layout.named((*layout.names, DUMMY), shares)
    return made, np.concatenate([values, values[:, -1:] + change[:, -1:]], axis=1)
